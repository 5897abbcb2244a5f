"""The `keifu` command. Exit codes: 0 done, 1 the data is at fault, 2 the call is at fault."""

from __future__ import annotations

import gc
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from api.commands.ask import ask_command
from api.commands.export import export_command
from api.commands.lineage import lineage_command
from api.commands.search import search_command
from api.settings import Settings
from graph_builder.errors import KeifuError
from graph_builder.folders import Folders

# The engines are imported by the command that needs them: `keifu --help` and `keifu serve` start at once.

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
    CSV = "csv"
    JUNIT = "junit"


@app.command("build")
def build_command(
    mappings: Mappings = Folders.mappings,
    out: Out = Folders.out,
    only: Annotated[str | None, typer.Option(help="Build this document alone.")] = None,
    engine: Annotated[Engine, typer.Option(help="What executes the mappings.")] = Engine.DUCKDB,
) -> None:
    """Read, map, check and publish; what is published stays until the new graph is whole."""
    from graph_builder.pipeline import build, severities

    # One short process that keeps nearly all it makes: looking for garbage costs an eighth of the build.
    gc.disable()

    with say.status("…") as status:
        made = build(
            Folders(mappings=mappings, out=out),
            only,
            base=Settings.from_environment().base,
            engine=engine.value,
            progress=lambda arrow: status.update(f"{arrow} …"),
        )
    counts = severities(made.report)
    say.print(f"[bold]{sum(made.graphs.values()):,}[/] statements in {len(made.graphs)} graphs")
    say.print("  ".join(f"{name} {seconds:.2f} s" for name, seconds in made.seconds.items()))
    say.print("  ".join(f"{severity}: {count}" for severity, count in counts.items()))
    say.print(f"published in {escape(str(out / 'store'))}, version {made.report.version[:12]}")


@app.command("check")
def check_command(
    out: Out = Folders.out,
    format_: Annotated[
        ReportFormat, typer.Option("--format", help="How to write the report.")
    ] = ReportFormat.TEXT,
) -> None:
    """Check the built graph against shapes and checks; exit 1 where something is a Violation."""
    from graph_builder.pipeline import check_built
    from graph_builder.report import render

    base = Settings.from_environment().base
    report = check_built(Folders(out=out), base)
    typer.echo(render(report, format_.value, base), nl=False)
    if not report.conforms:
        raise typer.Exit(1)


@app.command("serve")
def serve_command(
    out: Annotated[Path | None, typer.Option(help="The folder of the build.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.", min=0, max=65535)] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="A SPARQL endpoint to serve from, in place of the published store.")
    ] = None,
) -> None:
    """Serve the published graph: endpoint, linked data, pages, report."""
    from api.serving.server import serve

    serve(Settings.from_environment(out=out, host=host, port=port, endpoint=endpoint))


app.command("ask")(ask_command)
app.command("lineage")(lineage_command)
app.command("export")(export_command)
app.command("search")(search_command)


@app.command("rollback")
def rollback_command(out: Out = Folders.out) -> None:
    """Publish the build before again; a second time, return to the one it was taken back from."""
    from graph_builder.switching import roll_back

    published = roll_back(Folders(out=out))
    say.print(f"published in {escape(str(out / 'store'))}, version {published.name[:12]}")


@app.command("new-document")
def new_document_command(
    file: Annotated[Path, typer.Argument(help="A UTF-8 text.")],
    layout: Annotated[str | None, typer.Option(help="The layout reader; without it the best fit.")] = None,
    key: Annotated[
        str | None, typer.Option(help="The document's key; without it from the file's name.")
    ] = None,
    authority: Annotated[
        str, typer.Option(help="Six-digit local government code of the publisher.")
    ] = "000000",
    publisher: Annotated[str | None, typer.Option(help="The publisher's name.")] = None,
    title: Annotated[str | None, typer.Option(help="The document's title; without it a guess.")] = None,
    mappings: Mappings = Folders.mappings,
) -> None:
    """Scaffold a folder for a text: its hash, line ranges, row counts and a proposed layout."""
    from graph_builder.scaffolding import Answers, scaffold

    made = scaffold(file, mappings, Answers(authority, key, layout, title, publisher))
    say.print(f"{escape(str(made.folder))}: layout {made.layout}, {made.entries} entries")
    for note in made.notes:
        say.print(f"  [yellow]review[/] {escape(note)}")
    for problem in made.problems:
        say.print(f"  [red]open[/] {escape(str(problem))}", soft_wrap=True)


def main() -> None:
    """Run the command line; errors become sentences and exit codes."""
    try:
        app()
    except KeifuError as error:
        for problem in error.problems:
            say.print(f"[red]✗[/] {escape(str(problem))}", soft_wrap=True)
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
