"""Queries to an endpoint as they are, a few at a time, each within its time and its size."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from sparql.execution.limits import MEBIBYTE, Limits
from sparql.execution.output import ResultTooLargeError
from sparql.protocol import Answer, Format, Query
from sparql.refusals import Reason, RefusalError
from sparql.remote import faults
from sparql.remote.call import Call
from sparql.remote.conversion import Received, accept, converted
from sparql.tokens import form


class Line:
    """A backend that sends a query as it stands and gives back the whole answer in the format asked for.

    At most `width` queries are under way; at most `queue` wait. Time runs from the arrival of a query.
    """

    def __init__(self, endpoint: str, limits: Limits, *, width: int, queue: int) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._most = width + queue
        self._calls: set[Call] = set()
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="endpoint")

    async def stop(self) -> None:
        """Cut every call that is under way."""
        for call in self._calls:
            call.cut()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer; raises `RefusalError` in every other case, within the time limit."""
        if len(self._calls) >= self._most:
            what = f"{len(self._calls)} queries are on their way already"
            raise RefusalError(Reason.BUSY, what, "Try again in a moment")
        wanted = _wanted(query)
        call = Call(self._endpoint, query, accept(wanted))
        self._calls.add(call)
        work = asyncio.get_running_loop().run_in_executor(
            self._threads, self._asked, call, wanted, query.trusted
        )
        work.add_done_callback(lambda _: self._calls.discard(call))
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await work
        except TimeoutError as fault:
            raise self._late(call) from fault
        finally:
            call.cut()

    def _asked(self, call: Call, wanted: Format, trusted: bool) -> Answer:
        limit = self._limits.result_mb * MEBIBYTE
        try:
            reply = call.send(self._limits.seconds, limit)
        except (OSError, HTTPException) as fault:
            raise (self._late(call) if faults.is_late(fault) else faults.disconnected(fault)) from fault
        faults.check(reply, trusted=trusted)
        if reply.is_long:
            raise self._too_large()
        media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        # A fault must not leave this thread: its traceback holds results of the engine, which would then be
        # dropped in another thread, and the engine does not stand that.
        try:
            written = converted(Received(media_type, reply.body, reply.has_end), wanted, limit)
            return Answer(wanted, written.body, written.digest)
        except ResultTooLargeError:
            refusal = self._too_large()
        except (ValueError, SyntaxError, OSError) as fault:
            refusal = faults.broken(f"the endpoint gave no whole answer: {fault}")
        raise refusal

    def _too_large(self) -> RefusalError:
        what = f"the result is larger than {self._limits.result_mb} MiB"
        return RefusalError(Reason.TOO_MUCH, what, faults.ASK_FOR_LESS)

    def _late(self, call: Call) -> RefusalError:
        if not call.has_begun:
            what = f"no connection was free for {self._limits.seconds:g} seconds"
            return RefusalError(Reason.BUSY, what, "Try again in a moment")
        what = f"the endpoint did not answer within {self._limits.seconds:g} seconds"
        return RefusalError(Reason.OUT_OF_TIME, what, faults.ASK_FOR_LESS)


def _wanted(query: Query) -> Format:
    """Return the format of the answer to this form of query; raises `RefusalError` where none will do."""
    is_graph = form(query.text) in {"CONSTRUCT", "DESCRIBE"}
    wanted = query.graph if is_graph else query.table
    if wanted is None:
        kind = "a graph" if is_graph else "a table"
        what = f"the query gives {kind}, and no format for it is acceptable"
        remedy = "Accept one of the formats that the query can be answered in"
        raise RefusalError(Reason.NOT_ACCEPTABLE, what, remedy)
    return wanted
