"""The questions: one query a file, with titles, parameters and an example in the comments on top.

# title@ja: …                      # title@en: …             both are needed
# description@ja: …                # description@en: …       optional
# param: <name> <type> <required|optional|default=value> <Japanese> | <English>
# example: name=value name=value   values as on a command line
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem
from sparql.parameters import Parameter, read_parameter

_HEADER = re.compile(r"^# (title@ja|title@en|description@ja|description@en|param|example): (.+)$")


@dataclass(frozen=True)
class Question:
    """A question that others have asked before: its name (the file's), its titles, parameters and query."""

    name: str
    title_ja: str
    title_en: str
    query: str
    description_ja: str = ""
    description_en: str = ""
    parameters: tuple[Parameter, ...] = ()
    example: tuple[tuple[str, str], ...] = ()


def read_question(path: Path) -> Question:
    """The question in a file; raises DeclarationError where a title is missing or a line malformed."""
    question = parse_question(path.read_text("utf-8"), path.stem, str(path))
    if missing := [name for name in ("ja", "en") if not getattr(question, f"title_{name}")]:
        what = f"the question has no title in {', '.join(sorted(missing))}"
        remedy = "write a line `# title@ja: …` and one `# title@en: …` on top"
        raise DeclarationError(Problem(Place(str(path), 1), what, remedy))
    return question


def parse_question(text: str, name: str, file: str) -> Question:
    """The question in a text, which may go without titles: someone's own."""
    heads: dict[str, str] = {}
    parameters: list[Parameter] = []
    example: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = _HEADER.match(line)
        if not found:
            continue
        try:
            if found[1] == "param":
                parameters.append(read_parameter(found[2]))
            elif found[1] == "example":
                example = [_pair(part) for part in shlex.split(found[2])]
            else:
                heads[found[1].replace("@", "_")] = found[2]
        except (KeyError, ValueError) as fault:
            problem = Problem(Place(file, number), f"the line cannot be read: {fault}", "mend the line")
            raise DeclarationError(problem) from fault
    query = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    return Question(
        name,
        heads.get("title_ja", ""),
        heads.get("title_en", ""),
        query.strip() + "\n",
        heads.get("description_ja", ""),
        heads.get("description_en", ""),
        tuple(parameters),
        tuple(example),
    )


def read_questions(folder: Path) -> tuple[Question, ...]:
    """All questions of a folder, by name."""
    return tuple(read_question(path) for path in sorted(folder.glob("*.rq")))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"{text!r} is no name=value")
    return name, value
