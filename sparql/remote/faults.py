"""Why an endpoint gave no answer → why we give none.

Its own words are quoted within bounds; its address is nobody's business.
"""

from __future__ import annotations

import re
from urllib.error import URLError

from sparql.refusals import Reason, RefusalError
from sparql.remote.call import Reply

MESSAGE_AT_MOST = 300
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
ASK_FOR_LESS = "Ask for less: add LIMIT, or join on fewer variables"
LOOK = "If it stays, tell who runs the service: the endpoint behind it needs a look"
SET = "Set KEIFU_ENDPOINT to the address of a SPARQL 1.1 endpoint that answers"

BY_STATUS = {
    400: (Reason.MALFORMED, "the endpoint cannot read the query", "Ask in another way"),
    401: (Reason.FORBIDDEN, "the endpoint wants to know who asks", SET),
    403: (Reason.FORBIDDEN, "the endpoint does not allow this query", "Ask in another way"),
    404: (Reason.NO_STORE, "there is no endpoint at the address that is set", SET),
    405: (Reason.NO_STORE, "the address that is set takes no queries", SET),
    408: (Reason.OUT_OF_TIME, "the endpoint ran out of time", ASK_FOR_LESS),
    413: (Reason.TOO_LONG, "the query is too long for the endpoint", "Ask a shorter query"),
    414: (Reason.TOO_LONG, "the query is too long for the endpoint", "Ask a shorter query"),
    429: (Reason.BUSY, "the endpoint is asked too often", "Try again in a moment"),
    502: (Reason.BUSY, "the endpoint is out of reach", "Try again in a moment"),
    503: (Reason.BUSY, "the endpoint is busy", "Try again in a moment"),
    504: (Reason.OUT_OF_TIME, "the endpoint ran out of time", ASK_FOR_LESS),
}
TIMED_OUT = re.compile(rb"timed? ?out", re.IGNORECASE)
CUT_SHORT = {
    # Virtuoso answers 200 with the rows up to its own limits, and says so only here.
    "x-sparql-maxrows": (Reason.TOO_MUCH, "the endpoint gives no more than {} rows"),
    "x-sql-state": (Reason.OUT_OF_TIME, "the endpoint ended the query early ({})"),
}


def check(reply: Reply, *, trusted: bool) -> None:
    """Raise `RefusalError` where a reply is no whole answer; a query of ours that is refused is our fault."""
    if reply.status != 200:
        refusal = _refusal(reply)
        ours = trusted and refusal.reason in {Reason.MALFORMED, Reason.FORBIDDEN, Reason.TOO_LONG}
        raise broken(refusal.problem.what) if ours else refusal
    for header, (reason, what) in CUT_SHORT.items():
        if value := reply.headers.get(header):
            raise RefusalError(reason, what.format(_plain(value)), ASK_FOR_LESS)


def broken(what: str) -> RefusalError:
    """Return the refusal for an endpoint that does not do what the standard says."""
    return RefusalError(Reason.BROKEN, what, LOOK)


def disconnected(fault: Exception) -> RefusalError:
    """Return the refusal for an endpoint that cannot be reached, or that ends the connection too early."""
    if isinstance(fault, URLError):
        return RefusalError(Reason.NO_STORE, f"the endpoint cannot be reached: {_cause(fault)}", SET)
    return broken("the endpoint ended the connection before the end of its answer")


def is_late(fault: Exception) -> bool:
    """Whether a fault is that of a time limit."""
    return isinstance(getattr(fault, "reason", fault), TimeoutError)


def _refusal(reply: Reply) -> RefusalError:
    if 300 <= reply.status < 400:
        return RefusalError(Reason.NO_STORE, "the endpoint sends on to another address", SET)
    if reply.status == 500 and TIMED_OUT.search(reply.body[:MESSAGE_AT_MOST]):
        return RefusalError(Reason.OUT_OF_TIME, "the endpoint ran out of time", ASK_FOR_LESS)
    if reply.status not in BY_STATUS:
        return broken(_quoting(f"the endpoint failed with {reply.status}", reply))
    reason, what, remedy = BY_STATUS[reply.status]
    return RefusalError(reason, _quoting(what, reply), remedy)


def _quoting(what: str, reply: Reply) -> str:
    """Return `what` with the first paragraph of a plain message; a page of HTML says nothing."""
    if not reply.headers.get("content-type", "").startswith("text/plain"):
        return what
    message = _plain(reply.body.decode("utf-8", "replace").partition("\n\n")[0])
    return f"{what}: {message}" if message else what


def _plain(text: str) -> str:
    return CONTROLS.sub(" ", text).strip()[:MESSAGE_AT_MOST]


def _cause(fault: URLError) -> str:
    return _plain(str(getattr(fault.reason, "strerror", None) or fault.reason))
