"""Every workload on every server in turn, so that a slow minute of the machine is slow for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from corpus import Corpus
from figures import Record, medians, ratio
from jobs import Job, run
from processes import Peak, cpu_seconds, memory
from servers import RESULTS, Server, all_running
from workloads import Workload, workloads

CLIENTS = (1, 8)


@dataclass(frozen=True)
class Span:
    """How long to measure: rounds, the seconds of each, and the seconds of warming up before each."""

    rounds: int
    seconds: float
    warm_up: float = 0.0


ONCE = Span(1, 0.001)


@dataclass(frozen=True)
class Running:
    """A running server with its process id."""

    server: Server
    pid: int

    def timed(self, job: Job) -> Record:
        """Run a job; the record has the CPU milliseconds that the server spent on each request."""
        before = cpu_seconds(self.pid)
        outcome = run(job)
        spent = cpu_seconds(self.pid) - before
        return {**asdict(outcome), "cpu_ms": 1000 * spent / max(outcome.asked, 1)}


def measure_workloads(corpus: Corpus, span: Span) -> Record:
    """Return the figures of every workload, and the memory of every server in MiB."""
    with all_running(corpus) as processes:
        running = [Running(server, pid) for server, pid in processes.items()]
        resting = {each.server.name: asdict(memory(each.pid)) for each in running}
        peaks = {each.server.name: Peak(each.pid) for each in running}
        cells = dict(_cells(corpus, running, span))
        for name, peak in peaks.items():
            resting[name]["peak"] = peak.stop()
    return {"cells": cells, "memory": resting}


def _cells(corpus: Corpus, running: list[Running], span: Span) -> Iterator[tuple[str, Record]]:
    for workload in workloads():
        asked = workload.targets(corpus)
        slow = {each: _slow_answer(each, workload, asked, span) for each in running}
        for clients in CLIENTS:
            rounds: dict[str, list[Record]] = {each.server.name: [] for each in running}
            for _ in range(span.rounds):
                for each in running:
                    done = slow[each] or each.timed(_job(each.server, workload, asked, clients, span))
                    rounds[each.server.name].append(done)
            name = f"{workload.name}, {clients} client{'s' if clients > 1 else ''}"
            print(f"   {name}", flush=True)
            yield name, _cell(rounds)


def _slow_answer(
    each: Running, workload: Workload, asked: list[tuple[str, str]], span: Span
) -> Record | None:
    """Ask once. An answer that takes longer than a round is the measurement, whatever the clients."""
    done = each.timed(_job(each.server, workload, asked[:1], 1, ONCE))
    return done if not done["requests"] or done["p50"] > 1000 * span.seconds else None


def _job(server: Server, workload: Workload, asked: list[tuple[str, str]], clients: int, span: Span) -> Job:
    return Job(
        port=server.port,
        targets=[(server.endpoint + query, expected) for query, expected in asked],
        accept=RESULTS,
        compare=workload.compare,
        clients=clients,
        seconds=span.seconds,
        warm_up=span.warm_up,
        unlike=not workload.repeated,
    )


def _cell(rounds: dict[str, list[Record]]) -> Record:
    """The figures of each server, and how many times the throughput of each other one ours has."""
    ours, *others = rounds
    ratios = {
        name: ratio(
            (mine["throughput"], theirs["throughput"])
            for mine, theirs in zip(rounds[ours], rounds[name], strict=True)
        )
        for name in others
    }
    return {**{name: medians(outcomes) for name, outcomes in rounds.items()}, "ratios": ratios}
