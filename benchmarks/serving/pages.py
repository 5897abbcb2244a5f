"""Pages of ours, alone and beside hostile queries: nobody who reads may wait for someone who attacks."""

from __future__ import annotations

import time
from dataclasses import asdict

from corpus import Corpus
from figures import Record, medians, ratio, total
from jobs import Job, finish, run, start
from measuring import Running, Span
from processes import Peak
from servers import RESULTS, keifu
from workloads import hostile_targets, things

THINGS = "https://w3id.org/keifu/id/"
HOSTILE_CLIENTS = 4
LEAD = 2.0
SECONDS = 10.0
"""Of a round. The attack begins `LEAD` seconds before and lasts longer than the time limit of a query."""


def measure_pages(corpus: Corpus, span: Span) -> Record:
    """Return the figures of pages, quiet and beside hostile queries, and what these were told.

    One client reads, no page twice in a round or in two rounds as far as there are enough of them.
    """
    addresses = things(corpus.store(), "things")
    parts = [addresses[number :: 2 * span.rounds] for number in range(2 * span.rounds)]
    quiet, beside, hostile = [], [], []
    server = keifu(corpus)
    with server.running() as pid:
        running, peak = Running(server, pid), Peak(pid)
        for _ in range(span.rounds):
            quiet.append(running.timed(_reading(server.port, parts.pop(), span)))
            attack = start(_attack(server.port))
            time.sleep(LEAD)
            beside.append(running.timed(_reading(server.port, parts.pop(), span)))
            hostile.append(asdict(finish(attack)))
        after = run(_reading(server.port, addresses[:100], Span(1, 0.5)))
        record = {"quiet": medians(quiet), "beside": medians(beside), "peak": peak.stop()}
    return {
        **record,
        "ratio": ratio((two["p95"], one["p95"]) for one, two in zip(quiet, beside, strict=True)),
        "hostile": {"statuses": total(hostile, "statuses"), "errors": total(hostile, "errors")},
        "slowest": max(each["p99"] for each in hostile),
        "errors_after": after.errors,
    }


def _reading(port: int, addresses: list[str], span: Span) -> Job:
    pages = [(f"/doc/{address.removeprefix(THINGS)}", address) for address in addresses]
    return Job(port, pages, "text/html", "page", 1, min(SECONDS, 4 * span.seconds), span.warm_up)


def _attack(port: int) -> Job:
    targets = [(f"/sparql{query}", "") for query, _ in hostile_targets()]
    return Job(port, targets, RESULTS, None, HOSTILE_CLIENTS, LEAD + SECONDS, unlike=True)
