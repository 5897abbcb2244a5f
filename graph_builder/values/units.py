"""What numbers count: the unit as printed, and the concept of `ontology/concepts/units.ttl` it stands for.

A counter that the scheme does not know stays as it is printed, without a concept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders
from graph_builder.namespaces import SKOS
from graph_builder.values.text import compared

_LABELS = frozenset({SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel})
_PERIOD = r"年度|年|か?月|週|日|時間|回|人|件"


@dataclass(frozen=True)
class Unit:
    """A unit concept: its notation in the scheme and its Japanese label."""

    notation: str
    label: str


@dataclass(frozen=True)
class Units:
    """All units by spelling (NFKC, no white space)."""

    by_spelling: Mapping[str, Unit]

    def named(self, spelling: str) -> Unit | None:
        """The unit of a spelling, whatever its width or spaces."""
        return self.by_spelling.get(compared(spelling))

    def text_at(self, folded: str, at: int) -> str | None:
        """The longest unit that stands at a place of a folded text, with what it is counted per."""
        match = self._pattern.match(folded, at)
        return match[0] if match else None

    def text_at_end(self, folded: str) -> str | None:
        """The longest unit with which a folded text ends."""
        endings = (folded[at:] for at in range(len(folded)))
        return next((ending for ending in endings if ending in self.by_spelling), None)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # A Latin unit ends where its word ends: 5G is no gram and 3D no day.
        spellings = sorted(self.by_spelling, key=len, reverse=True)
        known = "|".join(re.escape(s) + ("(?![A-Za-z])" if s[-1].isascii() and s[-1].isalpha() else "")
                         for s in spellings)  # fmt: skip
        return re.compile(rf"(?:{known})(?:/(?:{known}|{_PERIOD}))?")


def read_units(path: Path) -> Units:
    """The units of a SKOS scheme in Turtle; raises DeclarationError."""
    try:
        triples = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        problem = Problem(Place(str(path)), f"the units cannot be read: {error}", "mend the Turtle there")
        raise DeclarationError(problem) from error
    notations: dict[str, str] = {}
    spellings: list[tuple[str, str, bool]] = []
    for triple in triples:
        subject, predicate, value = str(triple.subject), triple.predicate.value, triple.object
        if not isinstance(value, pyoxigraph.Literal):
            continue
        if predicate == SKOS.notation:
            notations[subject] = value.value
        elif predicate in _LABELS and value.language == "ja":
            spellings.append((subject, value.value, predicate.endswith("prefLabel")))
    labels = {subject: text for subject, text, is_preferred in spellings if is_preferred}
    return Units(
        {
            compared(text): Unit(notations[subject], labels[subject])
            for subject, text, _ in sorted(spellings)
            if subject in notations
        }
    )


@cache
def known_units() -> Units:
    """The units of the repository's own scheme."""
    return read_units(Folders().ontology / "concepts" / "units.ttl")
