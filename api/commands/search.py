"""keifu search: what a word finds, without a browser."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings
from graph_builder.folders import Folders


class FoundFormat(StrEnum):
    """How the results are written."""

    TABLE = "table"
    JSON = "json"


def search_command(
    words: Annotated[list[str], typer.Argument(help="Words; -word leaves out what has it (after --).")],
    kind: Annotated[
        list[str] | None, typer.Option(help="Only things of this kind, as plan or law; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many results at most.", min=1, max=1000)] = 20,
    format_: Annotated[
        FoundFormat, typer.Option("--format", help="How to write the results.")
    ] = FoundFormat.TABLE,
    out: Annotated[Path, typer.Option(help="The folder of the build.")] = Folders.out,
) -> None:
    """Search what is published, as the page of the service does."""
    from api.addresses import Addresses
    from api.result_table import found_table, show
    from api.search.reading import ask_once
    from api.search.records import found_record
    from api.search.searching import Wanted, search
    from api.search.words import readable
    from graph_builder.search.index import published_index

    text = readable(" ".join(words))
    wanted = Wanted(text, {"kind": tuple(map(readable, kind))} if kind else {}, limit)
    settings = Settings.from_environment()
    found = ask_once(published_index(Folders(out=out)), lambda index: search(index, wanted))
    if format_ is FoundFormat.TABLE:
        show(found_table(found, settings.base))
    else:
        typer.echo(json.dumps(found_record(found, Addresses(settings.base)), ensure_ascii=False, indent=2))
