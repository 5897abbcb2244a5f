"""The figures as JSON for machines and as Markdown for the manual, each budget met or missed."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from importlib.metadata import version
from pathlib import Path
from typing import Any

from figures import Record
from workloads import declared

SERVERS = ("keifu", "oxigraph", "rdflib-endpoint")


def circumstances(peers: dict[str, str]) -> Record:
    """Return the day, the machine and the versions."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} × {processor}, {platform.system()} {platform.release().split('-')[0]}",
        "load": round(os.getloadavg()[0], 2),
        "versions": {
            "Python": platform.python_version(),
            "pyoxigraph": version("pyoxigraph"),
            "uvicorn": version("uvicorn"),
            **peers,
        },
    }


def budgets(corpus: Record) -> Iterator[tuple[str, float | None, str, bool]]:
    """Yield each budget of workloads.toml: name, what was measured, what was promised, whether it is met."""
    for budget in declared()["budget"]:
        found = _figure(corpus, budget["figure"])
        least, most = budget.get("at_least"), budget.get("at_most")
        promised = f"≥ {least:,}" if most is None else f"≤ {most:,}"
        is_met = found is not None and (found >= least if most is None else found <= most)
        yield budget["name"], found, promised, is_met


def _figure(corpus: Record, path: list[str]) -> float | None:
    found: Any = reduce(lambda record, name: record[name], path, corpus)
    return None if found is None else float(found)


def write(results: Record, folder: Path) -> str:
    """Write results.json and results.md; return the latter."""
    text = "\n".join(markdown(results)) + "\n"
    (folder / "results.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (folder / "results.md").write_text(text, encoding="utf-8")
    return text


def markdown(results: Record) -> Iterator[str]:
    """Yield the lines of the report."""
    about = results["circumstances"]
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    yield f"{about['date']}; {about['machine']}; {versions}. Load average before: {about['load']}."
    yield f"The load generator alone: {results['load_generator']:,.0f} requests a second."
    for name, corpus in results["corpora"].items():
        yield from ("", f"### {name}, {corpus['triples']:,} triples in the default graph", "")
        yield from _budget_lines(corpus)
        yield from _throughput_lines(corpus)
        yield from _time_lines(corpus)
        yield from _memory_lines(corpus)
        yield from _page_lines(corpus["pages"])
        yield from _error_lines(corpus)


def _budget_lines(corpus: Record) -> Iterator[str]:
    yield from ("| budget | measured | promised | |", "|---|---|---|---|")
    for name, found, promised, is_met in budgets(corpus):
        measured = "nothing" if found is None else f"{found:,.1f}"
        yield f"| {name} | {measured} | {promised} | {'met' if is_met else '**missed**'} |"


def _throughput_lines(corpus: Record) -> Iterator[str]:
    yield from ("", "Requests a second, and keifu's as a multiple of each peer's in the same round:", "")
    yield from ("| | keifu | oxigraph | rdflib-endpoint | × oxigraph | × rdflib-endpoint |", "|---" * 6 + "|")
    for name, cell in corpus["cells"].items():
        speeds = " | ".join(_number(cell[server]["throughput"]) for server in SERVERS)
        ratios = " | ".join(_number(cell["ratios"][server]) for server in SERVERS[1:])
        yield f"| {name} | {speeds} | {ratios} |"


def _time_lines(corpus: Record) -> Iterator[str]:
    yield from ("", "Milliseconds until the last byte, p50 / p95 / p99, and CPU of the server a request:", "")
    yield from ("| | keifu | CPU | oxigraph | CPU | rdflib-endpoint | CPU |", "|---" * 7 + "|")
    for name, cell in corpus["cells"].items():
        times = " | ".join(f"{_quantiles(cell[server])} | {cell[server]['cpu_ms']:.2f}" for server in SERVERS)
        yield f"| {name} | {times} |"


def _memory_lines(corpus: Record) -> Iterator[str]:
    yield from ("", "Memory of all processes of a server in MiB:", "")
    yield from ("| | at rest (resident) | at rest (proportional) | peak (resident) |", "|---|---|---|---|")
    for name, figures in corpus["memory"].items():
        sizes = (figures["resident"], figures["proportional"], figures["peak"])
        yield f"| {name} | {' | '.join(map(_number, sizes))} |"
    yield f"| keifu beside hostile queries | | | {corpus['pages']['peak']:.0f} |"


def _page_lines(pages: Record) -> Iterator[str]:
    yield from (
        "",
        "Entity pages, one reader, ms:",
        "",
        "| | p50 / p95 / p99 | pages a second |",
        "|---|---|---|",
    )
    for name, figures in (("quiet", pages["quiet"]), ("beside hostile queries", pages["beside"])):
        yield f"| {name} | {_quantiles(figures)} | {_number(figures['throughput'])} |"
    statuses = ", ".join(
        f"{count} × {status}" for status, count in sorted(pages["hostile"]["statuses"].items())
    )
    yield from (
        "",
        f"The hostile queries were answered {statuses}; the slowest after {pages['slowest'] / 1000:.1f} s.",
    )


def _error_lines(corpus: Record) -> Iterator[str]:
    cells = {
        f"{name}, {server}": cell[server]["errors"]
        for name, cell in corpus["cells"].items()
        for server in SERVERS
    }
    pages = corpus["pages"]
    places = {
        **cells,
        "pages, quiet": pages["quiet"]["errors"],
        "pages beside hostile queries": pages["beside"]["errors"],
        "hostile queries": pages["hostile"]["errors"],
        "pages after the hostile queries": pages["errors_after"],
    }
    wrong = {place: errors for place, errors in places.items() if errors}
    yield ""
    if not wrong:
        yield "Errors: none. Every answer was compared with pyoxigraph's own."
    for place, errors in wrong.items():
        yield f"- Errors, {place}: " + "; ".join(f"{count} × {what}" for what, count in errors.items())


def _quantiles(figures: Record) -> str:
    return " / ".join(_number(figures[name]) for name in ("p50", "p95", "p99"))


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
