"""What goes wrong in a worker → why there is no answer, with the limit that was hit."""

from __future__ import annotations

import re

from graph_builder.errors import Place
from sparql.execution.limits import Limits
from sparql.execution.output import NoRoomError, ResultTooLargeError
from sparql.refusals import Limit, Reason, RefusalError

FAULTS = (ResultTooLargeError, NoRoomError, MemoryError, ValueError, OSError, RuntimeError)
"""What the engine, the address of a graph or a full disk may raise."""
POSITION = re.compile(r"error at (\d+):(\d+): ")


def refusal_of(fault: Exception, limits: Limits) -> RefusalError:
    """Return the refusal that a fault amounts to."""
    match fault:
        case ResultTooLargeError():
            return too_large(limits)
        case NoRoomError():
            what = f"the answer cannot be put aside: {fault}"
            return RefusalError(Reason.NO_ROOM, what, "Ask for less, or try again later")
        case MemoryError():
            return out_of_memory(limits)
        case ValueError():
            what = f"the query names no valid graph: {fault}"
            return RefusalError(Reason.MALFORMED, what, "Mend the address")
        case _:
            return RefusalError(Reason.BROKEN, f"the engine failed: {fault}", "Ask in another way")


def out_of_memory(limits: Limits) -> RefusalError:
    """Return the answer to a query that took more memory than it may."""
    limit = Limit("KEIFU_QUERY_MEMORY_MB", limits.memory_mb, "MiB")
    remedy = "Ask for less: add LIMIT, or leave out ORDER BY and DISTINCT over large results"
    return RefusalError(Reason.CRASHED, f"the query needs more than {limit} of memory", remedy, limit=limit)


def too_large(limits: Limits) -> RefusalError:
    """Return the answer to a query whose result is larger than it may be."""
    limit = Limit("KEIFU_RESULT_MB", limits.result_mb, "MiB")
    remedy = "Ask for less: add LIMIT and OFFSET, or fewer variables; /dumps has everything"
    return RefusalError(Reason.TOO_MUCH, f"the result is larger than {limit}", remedy, limit=limit)


def syntax_refusal(fault: SyntaxError) -> RefusalError:
    """Return the refusal of a query that the engine cannot parse, with the place where it stopped."""
    message = str(fault)
    found = POSITION.match(message)
    place = Place("query", int(found[1]), int(found[2])) if found else Place("query")
    return RefusalError(Reason.MALFORMED, f"the query cannot be parsed: {message}", "Mend the query", place)
