"""The questions of the library as a page lists them: in groups, by what a reader comes for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph_builder.folders import Folders
from sparql.library import Question

FILE = Folders.questions.parent / "question_groups.toml"


@dataclass(frozen=True)
class Group:
    """A group: its title by language, and its questions in order."""

    title: Mapping[str, str]
    questions: tuple[Question, ...]


def grouped(library: Mapping[str, Question]) -> tuple[Group, ...]:
    """Return the groups with the questions of a library."""
    return tuple(
        Group(entry["title"], tuple(library[name] for name in entry["questions"])) for entry in _groups()
    )


@cache
def _groups() -> tuple[Mapping[str, Mapping[str, str]], ...]:
    return tuple(tomllib.loads(FILE.read_text("utf-8"))["groups"])
