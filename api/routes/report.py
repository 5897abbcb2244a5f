"""The report of what is published, as it was written."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.headers import POLICY
from api.site import Site
from sparql.refusals import Reason, RefusalError

FORMATS = {".html": "text/html", ".json": "application/json", ".ttl": "text/turtle; charset=utf-8"}
REPORT_POLICY = POLICY.replace("style-src 'self'", "style-src 'unsafe-inline'")
"""The report is one file that can be sent by mail, so its style is inside."""


async def show_report(request: Request) -> Response:
    """Send /report (the page), /report.json or /report.ttl; before a publication, those of the last build."""
    suffix = request.url.path.removeprefix("/report") or ".html"
    site = Site.of(request)
    file = (site.folders.published or site.folders).report.with_suffix(suffix)
    try:
        body = await asyncio.to_thread(file.read_bytes)
    except OSError as fault:
        remedy = "Give --out, the folder of the build" if site.settings.endpoint else "Run keifu build"
        raise RefusalError(Reason.NOT_FOUND, "there is no report", remedy) from fault
    response = Response(body, media_type=FORMATS[suffix], headers={"Content-Security-Policy": REPORT_POLICY})
    return conditional(request, response, negotiated=False)


ROUTES = {"/report": show_report} | {f"/report{suffix}": show_report for suffix in FORMATS}
