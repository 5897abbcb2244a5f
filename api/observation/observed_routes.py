"""Routes that leave a note of which one took a request: the framework keeps that to itself."""

from __future__ import annotations

from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

TEMPLATE = "keifu.template"


class ObservedRoute(Route):
    """A route that notes the template of its path."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        scope[TEMPLATE] = self.path
        await super().handle(scope, receive, send)


class ObservedMount(Mount):
    """A mount that notes the template of its paths."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        scope[TEMPLATE] = f"{self.path}/{{path:path}}"
        await super().handle(scope, receive, send)


def template_of(scope: Scope) -> str:
    """Return the template of the route that took a request; never a path, of which there is no end."""
    template = scope.get(TEMPLATE)
    return template if isinstance(template, str) else "(none)"
