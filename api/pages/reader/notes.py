"""What stands beside the lines: each thing that a passage of theirs proves, and how it is called."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from api.pages.reader.blocks import Block
from api.pages.reader.kinds import Kind, kind_of
from graph_builder.namespaces import RDF
from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

PREFIXES = prologue("kf", "oa", "dcterms", "skos", "rdfs")
QUOTED = """
  ?passage dcterms:isPartOf ?document ; kf:startLine ?first ; kf:endLine ?last .
  FILTER (?last >= %(first)d && ?first <= %(last)d)
  ?thing kf:evidence|kf:comparedWith|kf:citedAt ?passage .
"""

PLACES = f"""{PREFIXES}
SELECT DISTINCT ?document ?thing ?first ?last ?start ?end WHERE {{ {QUOTED}
  OPTIONAL {{ ?passage oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end }}
}}
"""

SAID = f"""{PREFIXES}
SELECT ?document ?thing ?property ?value WHERE {{
  {{ SELECT DISTINCT ?document ?thing WHERE {{ {QUOTED} }} }}
  ?thing ?property ?value .
  FILTER (?property IN (
    <{RDF.type}>, skos:prefLabel, rdfs:label, dcterms:title, kf:nameText, kf:indicatorText, kf:quote,
    kf:noteText, kf:mentions, kf:printed, kf:corrected, kf:reason
  ))
}}
"""

MENTIONED = f"""{PREFIXES}
SELECT DISTINCT ?document ?node ?label WHERE {{ {QUOTED}
  ?thing kf:mentions ?node . ?node skos:prefLabel|rdfs:label|dcterms:title ?label .
}}
"""


@dataclass(frozen=True)
class Note:
    """A thing that lines prove: its kind, its link, its lines, and its characters where they are known.

    A correction says what is printed, what the graph has instead, and why.
    """

    kind: Kind
    link: Link
    first: int
    last: int
    start: int | None
    end: int | None
    correction: Correction | None = None


@dataclass(frozen=True)
class Correction:
    """What is printed, what the graph has instead, and why."""

    printed: Term
    corrected: Term
    reasons: tuple[Term, ...]


class Things:
    """What the graph says of the things of some lines."""

    def __init__(self, said: list[Row], mentioned: list[Row], addresses: Addresses) -> None:
        self._values: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        for row in said:
            name = row["property"].value.rpartition("#")[2].rpartition("/")[2]
            self._values[row["thing"].value, name].append(row["value"])
        self._mentioned = Names(mentioned)
        self._addresses = addresses

    def note(self, row: Row) -> Note | None:
        """Return the note of a thing at a place; None for what a text does not show."""
        thing = row["thing"].value
        kind = kind_of({value.value for value in self._values[thing, "type"]})
        if kind is None:
            return None
        start, end = (int(row[name].value) if name in row else None for name in ("start", "end"))
        places = int(row["first"].value), int(row["last"].value), start, end
        return Note(kind, self._link(thing), *places, self._correction(thing))

    def _link(self, thing: str) -> Link:
        """A mention leads to what is mentioned; what has no name is called by the words that it quotes."""
        if mentioned := self._values[thing, "mentions"]:
            return self._mentioned.link(mentioned[0].value, self._addresses)
        named = ("prefLabel", "label", "title", "nameText", "indicatorText", "quote", "noteText", "printed")
        labels = next((self._values[thing, name] for name in named if (thing, name) in self._values), [])
        return Names({"node": Term(thing, is_address=True), "label": label} for label in labels).link(
            thing, self._addresses
        )

    def _correction(self, thing: str) -> Correction | None:
        printed, corrected = self._values[thing, "printed"], self._values[thing, "corrected"]
        if not printed or not corrected:
            return None
        return Correction(printed[0], corrected[0], tuple(self._values[thing, "reason"]))


async def notes(backend: Backend, addresses: Addresses, document: str, block: Block) -> list[Note]:
    """Return the notes whose lines meet a block, by line, kind and name."""
    lines = {"first": block.first, "last": block.last}
    places = await select(backend, PLACES % lines, document=document)
    things = Things(
        await select(backend, SAID % lines, document=document),
        await select(backend, MENTIONED % lines, document=document),
        addresses,
    )
    found = {note for row in places if (note := things.note(row))}
    return sorted(found, key=lambda note: (note.first, note.kind.order, note.link.address, note.start or 0))
