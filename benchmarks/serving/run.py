"""Measure our endpoint beside Oxigraph's own server and rdflib-endpoint: speed, memory, and under attack.

Everything is made below build/benchmarks/serving/, and requests go to 127.0.0.1 only. See README.md beside
this file.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus import WORK, Corpus, real, synthetic
from figures import Record
from jobs import Job, run
from measuring import Span, measure_workloads
from pages import measure_pages
from results import circumstances, write
from servers import peer_versions, prepare_peer

ENOUGH = 15_000
CORPORA = ("real", "synthetic")


def main() -> None:
    """Prepare, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each workload in each round")
    parser.add_argument("--triples", type=int, default=1_000_000, help="of the synthetic corpus")
    parser.add_argument("--corpora", nargs="+", choices=CORPORA, default=CORPORA)
    options = parser.parse_args()
    # Ended from outside, it still ends the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    WORK.mkdir(parents=True, exist_ok=True)
    prepare_peer()
    results: Record = {
        "circumstances": circumstances(peer_versions()),
        "load_generator": load_generator_alone(),
    }
    span = Span(options.rounds, options.seconds, options.seconds / 6)
    results["corpora"] = {
        corpus.name: measure(corpus, span) for corpus in corpora(options.corpora, options.triples)
    }
    print(write(results, WORK))


def corpora(names: list[str], triples: int) -> Iterator[Corpus]:
    """Yield each corpus once it is made; the synthetic one is made of the real one."""
    original = real()
    if "real" in names:
        yield original
    if "synthetic" in names:
        yield synthetic(original, triples)


def measure(corpus: Corpus, span: Span) -> Record:
    """Return all figures of one corpus."""
    with corpus.triples.open("rb") as file:
        triples = sum(1 for _ in file)
    print(f"{corpus.name}: {triples:,} triples", flush=True)
    return {"triples": triples, **measure_workloads(corpus, span), "pages": measure_pages(corpus, span)}


def load_generator_alone() -> float:
    """Return what the load generator reaches where the server does nothing; say so if that is too little."""
    script = Path(__file__).with_name("idle_server.py")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        port = int(process.stdout.readline()) if process.stdout else 0
        targets = [("/?query=ASK%7B%7D", "0 rows")]
        reached = run(Job(port, targets, "*/*", "count", 8, 3.0, 0.5, unlike=True)).throughput
        process.kill()
    if reached < ENOUGH:
        print(
            f"The load generator reaches {reached:,.0f} requests a second: the machine is busy, or too slow"
        )
    return reached


if __name__ == "__main__":
    main()
