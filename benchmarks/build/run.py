"""Measure `keifu build` on the five documents as whole processes, beside a process that only imports.

Two builds are told apart: one that compiles the mappings, and one that finds them compiled. One run of each
is not counted. See benchmarks/README.md for the budget.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "build" / "benchmarks" / "build"
BUILD = [sys.executable, "-m", "api.cli", "build", "--out", str(OUT)]
IMPORTS = [sys.executable, "-c", "import api.cli, graph_builder.pipeline"]


@dataclass(frozen=True)
class Run:
    """One process: wall clock in seconds, peak of resident memory in MB."""

    seconds: float
    memory: float


def measured(command: Sequence[str]) -> Run:
    """Run a command to its end; raises CalledProcessError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss / 1024)


def forget_queries() -> None:
    """Let the next build compile the mappings anew."""
    shutil.rmtree(OUT / "queries", ignore_errors=True)


def row(name: str, command: Sequence[str], runs: int, before: Callable[[], None] = lambda: None) -> None:
    """Print minimum, median and maximum of several runs after one that is not counted."""
    found = []
    for count in range(runs + 1):
        before()
        run = measured(command)
        found += [run] if count else []
    found.sort(key=lambda run: run.seconds)
    middle = statistics.median(run.seconds for run in found)
    memory = max(run.memory for run in found)
    print(f"{name}: {found[0].seconds:.2f} / {middle:.2f} / {found[-1].seconds:.2f} s, up to {memory:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    row("build, mappings compiled before", BUILD, runs)
    row("build, mappings compiled anew", BUILD, runs, forget_queries)
    row("only its imports", IMPORTS, runs)
