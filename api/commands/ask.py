"""keifu ask: a question of the library, of a file or of standard input."""

from __future__ import annotations

import difflib
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings
from graph_builder.errors import CallError, Place, Problem
from graph_builder.folders import Folders


class ResultFormat(StrEnum):
    """How the rows of an answer are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def ask_command(
    question: Annotated[
        str | None, typer.Argument(help="A question's name, a file, or - for standard input.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="A value for a parameter, as name=value; may be repeated.")
    ] = None,
    format_: Annotated[
        ResultFormat, typer.Option("--format", help="How to write the answer.")
    ] = ResultFormat.TABLE,
    out: Annotated[Path, typer.Option(help="The folder of the build.")] = Folders.out,
) -> None:
    """Ask a question of the published graph; without a question, list the questions."""
    from api.commands.graph import with_graph
    from api.result_table import questions_table, result_table, show
    from sparql.answering import Asked, answer
    from sparql.asking import read_table
    from sparql.library import parse_question, read_questions
    from sparql.protocol import Syntax

    library = read_questions(Folders.questions)
    if question is None:
        show(questions_table(library))
        return
    settings = Settings.from_environment()
    found = next((each for each in library if each.name == question), None)
    if found is None:
        found = parse_question(_text(question, [each.name for each in library]), question, question)
        asked = Asked(found, _values(param or []), trusted=False)
    else:
        asked = Asked(found, _values(param or []))
    syntax: Syntax = "csv" if format_ is ResultFormat.CSV else "json"
    body = with_graph(out, settings, lambda backend: answer(backend, asked, syntax))
    if format_ is ResultFormat.TABLE:
        show(result_table(found, read_table(body), settings.base))
    else:
        sys.stdout.buffer.write(body)


def _text(question: str, names: list[str]) -> str:
    if question == "-":
        return sys.stdin.read()
    try:
        return Path(question).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        near = difflib.get_close_matches(question, names, n=3, cutoff=0.4)
        near += [name for name in names if question in name and name not in near]
        remedy = (
            f"Names that are near: {', '.join(near)}" if near else "keifu ask without a question lists them"
        )
        what = "there is no such question, and no such file"
        raise CallError(Problem(Place(question), what, remedy)) from fault


def _values(given: list[str]) -> dict[str, str]:
    for entry in given:
        if "=" not in entry:
            raise CallError(Problem(Place("--param"), f"{entry!r} is no name=value", "Write name=value"))
    return dict(entry.split("=", 1) for entry in given)
