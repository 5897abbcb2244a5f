"""Measure the mapping engine against Morph-KGC on the same mapping and the same synthetic table.

Each run is one process from its start to the closed file: unique triples, unsorted. The results are compared
as sets. Sorting is a third run, on a line of its own. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "build" / "benchmarks" / "mapping"
PEER = WORK / "morph-kgc"
REQUIREMENT = "morph-kgc==2.10.*"
COLUMNS = ["id", "name", "summary", "department", "division", "year", "value", "unit"]

KEIFU = """
import sys
from pathlib import Path
from graph_builder.dataset import write_lines
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
folder, out, order, memory_limit = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
maps = read_mappings([folder / "mapping.rml.ttl"])
with DuckDB(folder, threads=2, memory_limit=memory_limit) as engine:
    write_lines(maps, engine, "https://example.org/", out, ordered=order == "sorted")
"""

MORPH = """[CONFIGURATION]
output_file: morph-kgc.nt
output_format: N-TRIPLES
number_of_processes: 2
logging_level: WARNING
[Entries]
mappings: mapping.rml.ttl
file_path: entries.csv
"""


@dataclass(frozen=True)
class Measured:
    """One process with its children: wall and CPU seconds, and the peak of proportional memory in MB."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.1f} s wall {self.cpu:7.1f} s CPU {self.memory:7.0f} MB"


def main() -> None:
    """Prepare, measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the table (8 triples each)")
    parser.add_argument("--memory-limit", default="1GB", help="DuckDB's memory limit")
    options = parser.parse_args()
    prepare(options.rows)
    keifu = run([sys.executable, "-c", KEIFU, str(WORK), "keifu.nt", "unsorted", options.memory_limit])
    ordered = run([sys.executable, "-c", KEIFU, str(WORK), "sorted.nt", "sorted", options.memory_limit])
    morph = run([str(PEER / "bin" / "python"), "-m", "morph_kgc", "morph.ini"])
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    print(
        f"duckdb {version('duckdb')}, ibis {version('ibis-framework')}, {peer_version()}; {options.rows} rows"
    )
    print(f"keifu          {keifu}")
    print(f"keifu, sorted  {ordered}")
    print(f"morph-kgc      {morph}")
    print(f"ratio          {morph.wall / keifu.wall:7.1f} × wall {morph.cpu / keifu.cpu:7.1f} × CPU", end=" ")
    print(f"{morph.memory / keifu.memory:7.1f} × memory")
    compare()


def prepare(rows: int) -> None:
    """The table, the mapping beside it, and the environment of the peer."""
    WORK.mkdir(parents=True, exist_ok=True)
    if not (PEER / "bin" / "morph_kgc").exists() and not list(PEER.glob("lib/*/site-packages/morph_kgc")):
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        subprocess.run([str(PEER / "bin" / "pip"), "install", "--quiet", REQUIREMENT], check=True)
    shutil.copy(HERE / "mapping.rml.ttl", WORK)
    (WORK / "morph.ini").write_text(MORPH, encoding="utf-8")
    with (WORK / "entries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(row(number) for number in range(rows))


def row(number: int) -> list[str]:
    """One entry: Japanese text, quotation marks, a space and a slash to be made safe, a year, a decimal."""
    name, summary = f"事業{number}号「デジタル化」", f'県民の声, "{number % 1009}" 件を集める'
    department, division = f"department {number % 13}", f"division/{number % 97}"
    year, value = str(2001 + number % 25), f"{number % 1000}.{number % 9 + 1}"
    return [str(number), name, summary, department, division, year, value, ("件", "人", "％")[number % 3]]


def run(command: list[str]) -> Measured:
    """Run a command to its end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=WORK, env=environment)
    peak = Peak(process.pid)
    peak.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    peak.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, peak.megabytes)


class Peak(threading.Thread):
    """Samples the proportional memory of a process and its children every 50 ms."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.megabytes = pid, 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(0.05):
            self.megabytes = max(self.megabytes, sum(map(proportional, family(self.pid))) / 1024)

    def stop(self) -> None:
        """End sampling."""
        self._ended.set()
        self.join()


def family(pid: int) -> list[int]:
    """A process and all processes below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in family(int(child)))]


def proportional(pid: int) -> int:
    """The proportional set size of a process in kB; shared pages count once among those who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def compare() -> None:
    """Whether the three files hold the same triples, by sorting the unsorted ones with sort(1)."""
    digests = {}
    for name in ("keifu.nt", "sorted.nt", "morph-kgc.nt"):
        command = f"LC_ALL=C sort -u -S 1G --parallel=2 {name} | sed '/^$/d' | sha256sum"
        done = subprocess.run(["sh", "-c", command], cwd=WORK, check=True, capture_output=True, text=True)
        digests[name] = done.stdout.split()[0]
    same = len(set(digests.values())) == 1
    print("the same triples" if same else f"DIFFERENT triples: {digests}")
    if not same:
        sys.exit(1)


def peer_version() -> str:
    """Name and version of the peer in its own environment."""
    code = "from importlib.metadata import version; print('morph-kgc', version('morph-kgc'))"
    done = subprocess.run(
        [str(PEER / "bin" / "python"), "-c", code], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    main()
