"""What stands beside the lines: each thing that a passage of theirs proves, and how it is called."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from api.pages.reader.blocks import Block
from api.pages.reader.kinds import Kind, kind_of
from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

PREFIXES = prologue("kf", "oa", "dcterms", "skos", "rdfs")
QUOTED = """
  ?passage dcterms:isPartOf ?document ; kf:startLine ?first ; kf:endLine ?last .
  FILTER (?last >= %(first)d && ?first <= %(last)d)
  ?thing kf:evidence|kf:comparedWith|kf:citedAt ?passage .
"""

PLACES = f"""{PREFIXES}
SELECT DISTINCT ?document ?thing (STR(?first) AS ?from) (STR(?last) AS ?until) (STR(?start) AS ?begin)
                (STR(?end) AS ?finish) WHERE {{ {QUOTED}
  OPTIONAL {{ ?passage oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end }}
}}
"""

THINGS = f"""SELECT DISTINCT ?document ?thing WHERE {{ {QUOTED} }}"""

CLASSES = f"""{PREFIXES}
SELECT ?document ?thing ?class WHERE {{ {{ {THINGS} }} ?thing a ?class }}
"""

LABELS = f"""{PREFIXES}
SELECT ?document ?node ?label WHERE {{ {{ {THINGS.replace("?thing", "?node")} }}
  ?node skos:prefLabel|rdfs:label|dcterms:title|kf:nameText|kf:indicatorText|kf:noteText|kf:printed ?label
}}
"""

MENTIONED = f"""{PREFIXES}
SELECT ?document ?thing ?node ?label WHERE {{ {{ {THINGS} }}
  ?thing kf:mentions ?node . ?node skos:prefLabel|rdfs:label|dcterms:title ?label
}}
"""

CORRECTIONS = f"""{PREFIXES}
SELECT ?document ?thing ?printed ?corrected ?reason WHERE {{ {{ {THINGS} }}
  ?thing a kf:Correction ; kf:printed ?printed ; kf:corrected ?corrected .
  OPTIONAL {{ ?thing kf:reason ?reason }}
}}
"""


@dataclass(frozen=True)
class Correction:
    """What is printed, what the graph has instead, and why."""

    printed: Term
    corrected: Term
    reasons: tuple[Term, ...]


@dataclass(frozen=True)
class Note:
    """A thing that lines prove: its kind, its link, its lines, and its characters where they are known."""

    kind: Kind
    link: Link
    first: int
    last: int
    start: int | None
    end: int | None
    correction: Correction | None = None


async def notes(backend: Backend, addresses: Addresses, document: str, block: Block) -> list[Note]:
    """Return the notes whose lines meet a block, by line, kind and name."""
    things = await Things.read(backend, addresses, document, block)
    found = {note for row in things.places if (note := things.note(row))}
    return sorted(found, key=lambda note: (note.first, note.kind.order, note.link.address, note.start or 0))


class Things:
    """What the graph says of the things of some lines.

    There is one small query for each matter: answers of more than 128 KiB are not kept for the next reader.
    """

    def __init__(self, tables: dict[str, list[Row]], addresses: Addresses) -> None:
        self.places = tables[PLACES]
        self._classes: defaultdict[str, set[str]] = defaultdict(set)
        for row in tables[CLASSES]:
            self._classes[row["thing"].value].add(row["class"].value)
        self._names = Names([*tables[LABELS], *tables[MENTIONED]])
        self._mentioned = {row["thing"].value: row["node"].value for row in tables[MENTIONED]}
        self._corrections = _corrections(tables[CORRECTIONS])
        self._addresses = addresses

    @classmethod
    async def read(cls, backend: Backend, addresses: Addresses, document: str, block: Block) -> Things:
        """Ask the graph what it says of the things of a block."""
        lines = {"first": block.first, "last": block.last}
        queries = (PLACES, CLASSES, LABELS, MENTIONED, CORRECTIONS)
        return cls(
            {query: await select(backend, query % lines, document=document) for query in queries}, addresses
        )

    def note(self, row: Row) -> Note | None:
        """Return the note of a thing at a place; None for what a text does not show.

        A mention leads to what is mentioned.
        """
        thing = row["thing"].value
        kind = kind_of(self._classes[thing])
        if kind is None:
            return None
        link = self._names.link(self._mentioned.get(thing, thing), self._addresses)
        first, last = int(row["from"].value), int(row["until"].value)
        start, end = (int(row[name].value) if name in row else None for name in ("begin", "finish"))
        return Note(kind, link, first, last, start, end, self._corrections.get(thing))


def _corrections(rows: list[Row]) -> dict[str, Correction]:
    reasons: defaultdict[str, set[Term]] = defaultdict(set)
    for row in rows:
        reasons[row["thing"].value] |= {row["reason"]} if "reason" in row else set()
    return {
        thing: Correction(
            row["printed"],
            row["corrected"],
            tuple(sorted(reasons[thing], key=lambda reason: reason.language)),
        )
        for row in rows
        if (thing := row["thing"].value)
    }
