"""The server that runs the application until it is told to stop."""

from __future__ import annotations

import asyncio
import math
import resource
import signal
import socket
import sys
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.observation.logs import configure_logs
from api.serving.connection import ConnectionLimits, bounded_by
from api.settings import Settings
from graph_builder.garbage import search_less_garbage

BACKLOG = 2048
FILES_BESIDE_CONNECTIONS = 200


class Server(uvicorn.Server):
    """A server that says that it will stop before it takes no more connections."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, drain_seconds: float) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let /health answer 503 for a while, then answer what is under way and end."""
        self._app.state.stopping = True
        await asyncio.sleep(self._drain_seconds)
        await super().shutdown(sockets)


def serve(settings: Settings) -> None:
    """Run the service until it is told to stop; requests under way are answered first."""
    configure_logs(settings)
    _allow_files(settings.connections + FILES_BESIDE_CONNECTIONS)
    app = create_app(settings)
    server = Server(server_config(settings, app), app, settings.drain_seconds)
    search_less_garbage()
    # The server ends by raising again the signal that told it to; the log must be written out after that.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(3)


def server_config(settings: Settings, app: FastAPI) -> uvicorn.Config:
    """Return how the server runs: what it is given here, and nothing from its own environment variables."""
    limits = ConnectionLimits(settings.connections, settings.request_seconds, settings.head_kb * 1024)
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=bounded_by(limits),
        ws="none",
        lifespan="on",
        workers=1,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        backlog=BACKLOG,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=math.ceil(settings.query_seconds) + 1,
    )


def _allow_files(wanted: int) -> None:
    """Raise the limit of open files as far as the system lets us: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))
