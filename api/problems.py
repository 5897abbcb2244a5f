"""Every error in one shape: `application/problem+json` (RFC 9457), or a page for who reads pages."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.headers import HEADERS
from api.negotiation import preferred
from api.observation.exchange import instance, note_refusal
from api.pages.showing import show
from sparql.refusals import Reason, RefusalError

MEDIA_TYPE = "application/problem+json"
SECONDS_TO_WAIT = "5"
SOUGHT_AT_MOST = 80
"""Characters of a path that are offered to the search."""
TEMPORARY = (Reason.BUSY, Reason.NOT_READY, Reason.NO_ROOM, Reason.NO_STORE)
BY_STATUS = {404: Reason.NOT_FOUND, 405: Reason.WRONG_METHOD}


def problem_response(refusal: RefusalError) -> Response:
    """Return a refusal as problem+json; `type` is the address of the page that explains the reason."""
    note_refusal(refusal.reason)
    return JSONResponse(
        problem_record(refusal), refusal.reason.status, _headers(refusal.reason), media_type=MEDIA_TYPE
    )


def problem_record(refusal: RefusalError) -> dict[str, Any]:
    """Return the members of the problem: those of RFC 9457, place and limit, and the same in Japanese."""
    reason, problem, limit = refusal.reason, refusal.problem, refusal.limit
    record = {
        "type": f"/problems/{reason.slug}",
        "title": reason.title,
        "status": reason.status,
        "detail": problem.what,
        "instance": instance(),
        "remedy": problem.remedy,
        "line": problem.place.line,
        "column": problem.place.column,
        "limit": None if limit is None else asdict(limit),
        "ja": {
            "title": reason.title_ja,
            "detail": reason.detail_ja(limit),
            "remedy": reason.remedy_ja,
        },
    }
    return {name: value for name, value in record.items() if value is not None}


async def answer_refusal(request: Request, fault: Exception) -> Response:
    """Return a refusal as the client likes it; the exception handler of the whole application."""
    refusal = fault if isinstance(fault, RefusalError) else _unforeseen(fault)
    offers = (MEDIA_TYPE, "application/json", "text/html")
    if preferred(request.headers.get("accept"), offers) != "text/html":
        return problem_response(refusal)
    note_refusal(refusal.reason)
    reason = refusal.reason
    page = show(
        request,
        "problem.html",
        reason.status,
        reason=reason,
        problem=refusal.problem,
        limit=refusal.limit,
        sought=_sought(request) if reason in (Reason.NOT_FOUND, Reason.GONE) else "",
        again=f"?{request.url.query}" if request.method == "GET" else "",
        seconds=SECONDS_TO_WAIT,
    )
    page.headers.update({name: value for name, value in _headers(reason).items() if name != "Vary"})
    return page


def _sought(request: Request) -> str:
    """Return what the reader may have looked for: the words of the last part of the path."""
    last = request.url.path.rstrip("/").rpartition("/")[2]
    return " ".join(re.split(r"[-_.+\s]+", unquote(last)))[:SOUGHT_AT_MOST].strip()


def _unforeseen(fault: Exception) -> RefusalError:
    if isinstance(fault, HTTPException) and fault.status_code in BY_STATUS:
        return RefusalError(BY_STATUS[fault.status_code], str(fault.detail), "Start from the home page")
    return RefusalError(
        Reason.BROKEN, "the service failed", "Try again; if it stays, tell who runs the service"
    )


def _headers(reason: Reason) -> dict[str, str]:
    headers = {"Vary": "Accept", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*", **HEADERS}
    if reason in TEMPORARY:
        headers["Retry-After"] = SECONDS_TO_WAIT
    return headers
