"""The questions: one query a file, with its title in both languages in the comments on top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem

_TITLE = re.compile(r"^# title@(ja|en): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question that others have asked before: its name (the file's), its titles, its query."""

    name: str
    title_ja: str
    title_en: str
    query: str


def read_question(path: Path) -> Question:
    """The question in a file; raises DeclarationError where a title is missing."""
    text = path.read_text("utf-8")
    titles = dict(_TITLE.findall(text))
    if missing := {"ja", "en"} - titles.keys():
        what = f"the question has no title in {', '.join(sorted(missing))}"
        remedy = "write a line `# title@ja: …` and one `# title@en: …` on top"
        raise DeclarationError(Problem(Place(str(path), 1), what, remedy))
    query = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    return Question(path.stem, titles["ja"], titles["en"], query.strip() + "\n")


def read_questions(folder: Path) -> tuple[Question, ...]:
    """All questions of a folder, by name."""
    return tuple(read_question(path) for path in sorted(folder.glob("*.rq")))
