"""keifu export: the graph in another form, or every dump at once."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.settings import Settings
from graph_builder.errors import CallError, Place, Problem
from graph_builder.folders import Folders


class GraphFormat(StrEnum):
    """How a graph is written."""

    NQ = "nq"
    TRIG = "trig"
    TTL = "ttl"
    JSONLD = "jsonld"
    CSV = "csv"
    PARQUET = "parquet"


def export_command(
    out: Annotated[Path, typer.Option(help="The folder of the build.")] = Folders.out,
    format_: Annotated[
        GraphFormat | None,
        typer.Option("--format", help="How to write the graph: nq without it; csv and parquet by class."),
    ] = None,
    graph: Annotated[
        str | None, typer.Option(help="One named graph: its IRI or the last part of it.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            help="The file to write, or the folder for csv, parquet and --all; else standard output."
        ),
    ] = None,
    with_default_graph: Annotated[
        bool, typer.Option("--with-default-graph", help="Add the merge of the graphs, as the store has it.")
    ] = False,
    gzip: Annotated[bool, typer.Option("--gzip", help="Compress; so does a --to that ends in .gz.")] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Write every dump, a manifest and the catalogue to the folder --to.")
    ] = False,
) -> None:
    """Write the published graph, or before anything is published the built one, to a file or a folder."""
    from graph_builder.export import Wanted, export, export_all, export_to

    base = Settings.from_environment().base
    folders = Folders(out=out)
    source = folders.published or folders
    gzip = gzip or (to is not None and to.suffix == ".gz")
    wanted = Wanted((format_ or GraphFormat.NQ).value, graph, with_default_graph, gzip)
    if all_:
        given = [("--format", format_), ("--graph", graph), ("--gzip", gzip)]
        _refuse([*given, ("--with-default-graph", with_default_graph)], to)
        with Console(stderr=True).status("…") as status:
            export_all(source, to or Path(), base, progress=lambda name: status.update(f"{name} …"))
    elif to is not None:
        export_to(source.dataset, to, base, wanted)
    else:
        export(source.dataset, sys.stdout.buffer, base, wanted)


def _refuse(given: list[tuple[str, object]], to: Path | None) -> None:
    flag = next((flag for flag, value in given if value), None)
    if flag is not None:
        problem = Problem(Place(flag), "--all writes every dump in every form", f"leave out {flag} or --all")
        raise CallError(problem)
    if to is None:
        raise CallError(Problem(Place("--all"), "every dump is a file", "name a folder with --to"))
