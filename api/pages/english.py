"""English beside the Japanese of an answer: what the graph calls a thing or a name in English."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

AT_ONCE = 500
"""Things or names that one query names."""

NAMES = "skos:prefLabel|rdfs:label|dcterms:title"

OF_THINGS = f"""{prologue("skos", "rdfs", "dcterms")}
SELECT ?known ?english WHERE {{
  VALUES ?known {{ %s }} ?known {NAMES} ?english FILTER(LANG(?english) = "en")
}}
"""

OF_NAMES = f"""{prologue("skos", "rdfs", "dcterms", "sh")}
SELECT DISTINCT ?known ?english WHERE {{
  VALUES ?known {{ %s }} ?thing {NAMES}|sh:resultMessage ?known .
  ?thing {NAMES}|sh:resultMessage ?english FILTER(LANG(?english) = "en")
}}
"""
"""Whatever is written into a query was spelled by the engine's own types: nothing can end the clause."""


@dataclass(frozen=True)
class Translated:
    """A name in Japanese, and what bears it in English."""

    own: Term
    english: Term


async def english_of(backend: Backend, rows: Iterable[Row]) -> Mapping[Term, Term]:
    """Return term → English name, of things and of Japanese names that mean one thing in English."""
    terms = {term for row in rows for term in row.values()}
    things = sorted(str(NamedNode(term.value)) for term in terms if term.is_address)
    names = sorted(str(Literal(term.value, language="ja")) for term in terms if term.language == "ja")
    answers = await asyncio.gather(
        *(select(backend, OF_THINGS % some) for some in _batches(things)),
        *(select(backend, OF_NAMES % some) for some in _batches(names)),
    )
    found: defaultdict[Term, set[Term]] = defaultdict(set)
    for row in (row for rows in answers for row in rows):
        found[row["known"]].add(row["english"])
    return {known: next(iter(english)) for known, english in found.items() if len(english) == 1}


def _batches(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), AT_ONCE):
        yield " ".join(words[start : start + AT_ONCE])
