"""The `keifu` command. Exit codes: 0 done, 1 the data is at fault, 2 the call is at fault."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from graph_builder.errors import KeifuError
from graph_builder.folders import Folders

app = typer.Typer(
    help="Keifu（系譜）: the genealogy of public plans as linked data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
say = Console(stderr=True, highlight=False)

Out = Annotated[Path, typer.Option(help="The folder of the build.")]
Mappings = Annotated[Path, typer.Option(help="The folder of the documents' folders.")]


class Engine(StrEnum):
    """What executes the mappings."""

    DUCKDB = "duckdb"


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    TTL = "ttl"
    JSON = "json"
    HTML = "html"
    JUNIT = "junit"


class GraphFormat(StrEnum):
    """How a graph is written."""

    NQ = "nq"
    TRIG = "trig"
    TTL = "ttl"


@app.command("build")
def build_command(
    mappings: Mappings = Folders.mappings,
    out: Out = Folders.out,
    only: Annotated[str | None, typer.Option(help="Build this document alone.")] = None,
    engine: Annotated[Engine, typer.Option(help="What executes the mappings.")] = Engine.DUCKDB,  # noqa: ARG001
) -> None:
    """Read, map, check and publish; what is published stays until the new graph is whole."""
    from graph_builder.pipeline import build

    with say.status("…") as status:
        made = build(
            Folders(mappings=mappings, out=out),
            only,
            progress=lambda arrow: status.update(f"{arrow} …"),
        )
    counts = made.report.counts()
    say.print(f"[bold]{sum(made.graphs.values()):,}[/] statements in {len(made.graphs)} graphs")
    say.print("  ".join(f"{name} {seconds:.2f} s" for name, seconds in made.seconds.items()))
    say.print("  ".join(f"{severity}: {count}" for severity, count in counts.items()))
    say.print(f"published in {escape(str(out / 'store'))}, version {made.version[:12]}")


def main() -> None:
    """Run the command line; errors become sentences and exit codes."""
    try:
        app()
    except KeifuError as error:
        for problem in error.problems:
            say.print(f"[red]✗[/] {escape(str(problem))}", soft_wrap=True)
        raise SystemExit(error.exit_code) from None
