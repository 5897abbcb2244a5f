"""The load generator: asks one server at 127.0.0.1 over keep-alive connections, and looks at every answer.

Reads a job as JSON from standard input, writes the outcome as JSON to standard output. Each client has one
request under way; its time runs from the first byte sent to the last byte received. Answers are compared with
what they should be after the clock has stopped.
"""

from __future__ import annotations

import json
import selectors
import sys
import time
from collections import Counter
from dataclasses import asdict

from answers import fault
from connection import Connection, Response
from jobs import Job, Outcome

REQUESTS_AT_MOST = 200_000
OK = 200


class Load:
    """One job under way."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._selector = selectors.DefaultSelector()
        self._end = f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {job.accept}\r\n\r\n".encode()
        self._starts = [f"GET {path}".encode() for path, _ in job.targets]
        self._asked = 0
        self._first = time.time_ns()  # no job repeats the comments of one before
        self._busy: dict[Connection, int] = {}
        self._seconds: list[float] = []
        self._statuses: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._bodies: dict[tuple[int, bytes], int] = {}

    def outcome(self) -> Outcome:
        """Warm up, measure, compare. What goes wrong while warming up counts among the errors, too."""
        self._ask_for(self._job.warm_up)
        self._seconds.clear()
        self._statuses.clear()
        took = self._ask_for(self._job.seconds)
        self._compare()
        times = sorted(self._seconds) or [0.0]
        p50, p95, p99 = (round(1000 * times[round(part * (len(times) - 1))], 3) for part in (0.5, 0.95, 0.99))
        answers, statuses, errors = len(self._seconds), dict(self._statuses), dict(self._errors)
        return Outcome(self._asked, answers, round(answers / took, 2), p50, p95, p99, statuses, errors)

    def _ask_for(self, seconds: float) -> float:
        """Ask for some seconds, and wait for the answers still under way; return the seconds it took."""
        began = time.perf_counter()
        for connection in [Connection(self._job.port) for _ in range(self._job.clients if seconds else 0)]:
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._ask(connection)
        while self._busy:
            for key, _ in self._selector.select(0.1):
                self._receive(key.data, is_over=time.perf_counter() - began > seconds)
            self._give_up()
        return time.perf_counter() - began

    def _ask(self, connection: Connection) -> None:
        number = self._asked % len(self._starts)
        comment = b"%%0A%%23%d" % (self._first + self._asked) if self._job.unlike else b""
        self._asked += 1
        self._busy[connection] = number
        connection.ask(self._starts[number] + comment + self._end)

    def _receive(self, connection: Connection, *, is_over: bool) -> None:
        try:
            response = connection.receive()
            if response is None:
                return
            self._note(response, self._busy[connection])
            if is_over or self._asked >= REQUESTS_AT_MOST:
                self._leave(connection)
            else:
                self._ask(connection)
        except (OSError, ValueError) as broken:
            self._errors[str(broken)] += 1
            self._leave(connection)

    def _note(self, response: Response, number: int) -> None:
        self._seconds.append(response.seconds)
        self._statuses[str(response.status)] += 1
        if self._job.compare is None:
            return
        if response.status == OK:
            answer = (number, response.body)
            self._bodies[answer] = self._bodies.get(answer, 0) + 1
        else:
            self._errors[f"status {response.status}"] += 1

    def _give_up(self) -> None:
        """Leave what has not answered in time; a client whose connection broke asks no more."""
        now = time.perf_counter()
        for connection in [each for each in self._busy if now - each.began > self._job.timeout]:
            self._errors[f"no answer within {self._job.timeout:g} s"] += 1
            self._leave(connection)

    def _leave(self, connection: Connection) -> None:
        del self._busy[connection]
        self._selector.unregister(connection.socket)
        connection.socket.close()

    def _compare(self) -> None:
        if self._job.compare is None:
            return
        for (number, body), count in self._bodies.items():
            wrong = fault(body, self._job.compare, self._job.targets[number][1])
            if wrong:
                self._errors[wrong] += count


if __name__ == "__main__":
    json.dump(asdict(Load(Job(**json.load(sys.stdin))).outcome()), sys.stdout)
