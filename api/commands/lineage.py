"""keifu lineage: the family tree of a plan, law, strategy, idea or project."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings
from graph_builder.folders import Folders
from sparql.lineage.family import Direction


class TreeFormat(StrEnum):
    """How a family tree is written."""

    TEXT = "text"
    JSON = "json"
    TTL = "ttl"


def lineage_command(
    thing: Annotated[str, typer.Argument(help="The address or the name of a thing.")],
    direction: Annotated[
        Direction, typer.Option(help="Ancestors (up), descendants (down), or both.")
    ] = Direction.BOTH,
    format_: Annotated[TreeFormat, typer.Option("--format", help="How to write the tree.")] = TreeFormat.TEXT,
    out: Annotated[Path, typer.Option(help="The folder of the build.")] = Folders.out,
) -> None:
    """Show where a thing comes from and what became of it, step by step, with the lines that prove it."""
    from pyoxigraph import RdfFormat

    from api.commands.graph import with_graph
    from api.lineage_text import family_tree
    from api.result_table import show
    from sparql.backends import Backend
    from sparql.lineage.family import Family
    from sparql.lineage.reading import read_family
    from sparql.lineage.records import family_record
    from sparql.lineage.start import find_start, unknown
    from sparql.lineage.statements import family_graph

    settings = Settings.from_environment()

    async def find(backend: Backend) -> Family:
        address = await find_start(backend, thing, settings.base)
        found = await read_family(backend, address, direction)
        if found is None:
            raise unknown(thing)
        return found

    family = with_graph(out, settings, find)
    if format_ is TreeFormat.TEXT:
        show(family_tree(family, settings.base))
    elif format_ is TreeFormat.JSON:
        typer.echo(json.dumps(family_record(family), ensure_ascii=False, indent=2))
    else:
        address = f"{settings.base}lineage/{family.address.removeprefix(settings.base)}"
        sys.stdout.buffer.write(family_graph(family, address, RdfFormat.TURTLE))
