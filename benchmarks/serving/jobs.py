"""What the load generator is told, and what it tells: it is a process of its own (load.py)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from answers import Compare

LOAD = Path(__file__).with_name("load.py")


@dataclass(frozen=True)
class Job:
    """What to ask, and how: `targets` are paths and what to expect of each, asked in turn.

    `unlike` appends a comment with a number to each query, so that no two requests are the same. `compare`
    is None where any answer will do and only its status is counted. Times are in seconds.
    """

    port: int
    targets: list[tuple[str, str]]
    accept: str
    compare: Compare | None
    clients: int
    seconds: float
    warm_up: float = 0.0
    timeout: float = 60.0
    unlike: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a job: throughput a second, quantiles in ms, statuses, and errors by what was wrong.

    `asked` counts all requests, `requests` those answered after warming up.
    """

    asked: int
    requests: int
    throughput: float
    p50: float
    p95: float
    p99: float
    statuses: dict[str, int]
    errors: dict[str, int]


def start(job: Job) -> subprocess.Popen[str]:
    """Start a job."""
    process = subprocess.Popen(
        [sys.executable, str(LOAD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if process.stdin is None:
        raise OSError("the load generator has no standard input")
    with process.stdin as stream:
        json.dump(asdict(job), stream)
    process.stdin = None
    return process


def finish(process: subprocess.Popen[str]) -> Outcome:
    """Wait for a job to end; raises CalledProcessError where it failed."""
    output, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, str(LOAD))
    return Outcome(**json.loads(output))


def run(job: Job) -> Outcome:
    """Run a job to its end."""
    return finish(start(job))
