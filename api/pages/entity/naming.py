"""What things are called, and where passages stand: asked once for a whole page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from api.addresses import Addresses
from api.pages.links import Link
from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

AT_ONCE = 500
"""Things that one query names."""

NAMES = f"""{prologue("kf", "skos", "rdfs", "dcterms", "sh")}
SELECT ?node ?property ?value WHERE {{ VALUES ?node {{ %s }} ?node ?property ?value FILTER(?property IN (
  skos:prefLabel, rdfs:label, dcterms:title, sh:name, kf:nameText, kf:startLine, kf:endLine, dcterms:isPartOf
)) }}
"""
"""The addresses come from the graph and are spelled by the engine's own type: none can end the clause."""


@dataclass(frozen=True)
class Place:
    """Lines of a document (1-based, inclusive)."""

    passage: Link
    document: Link
    first: str
    last: str

    @property
    def key(self) -> str:
        """The last part of the document's address, by which the reader of documents names it."""
        return key_of(self.document.address)

    @property
    def href(self) -> str:
        """Where the lines can be read."""
        return f"/read/{self.key}/L{self.first}"


class Naming:
    """The names of the things that a page shows."""

    def __init__(self, backend: Backend, addresses: Addresses) -> None:
        self._backend = backend
        self._addresses = addresses
        self._known: dict[str, dict[str, list[Term]]] = {}

    async def learn(self, rows: Iterable[Row]) -> None:
        """Ask for the names of all that stands in some rows, and of the documents of its passages."""
        await self._ask(term.value for row in rows for term in row.values() if term.is_address)
        passages = [found for found in self._known.values() if {"isPartOf", "startLine"} <= found.keys()]
        await self._ask(part.value for found in passages for part in found["isPartOf"])

    def link(self, address: str) -> Link:
        """Return the link to a thing, with a name in Japanese (or no language) and one in English."""
        found = self._known.get(address, {})
        names = [
            name for key in ("prefLabel", "title", "label", "name", "nameText") for name in found.get(key, ())
        ]
        english = next((name for name in names if name.language == "en"), None)
        own = next((name for name in names if name.language != "en"), None)
        return Link(address, self._addresses.link(address), tuple(name for name in (own, english) if name))

    def place(self, address: str) -> Place | None:
        """Return where a passage stands; None for what is no passage."""
        found = self._known.get(address, {})
        if not {"isPartOf", "startLine", "endLine"} <= found.keys():
            return None
        first, last = (found[name][0].text for name in ("startLine", "endLine"))
        document = self.link(found["isPartOf"][0].value)
        return Place(self.link(address), document, first, last)

    async def _ask(self, addresses: Iterable[str]) -> None:
        new = sorted({address for address in addresses if address not in self._known})
        for some in (new[start : start + AT_ONCE] for start in range(0, len(new), AT_ONCE)):
            self._known.update({address: {} for address in some})
            nodes = " ".join(str(NamedNode(address)) for address in some)
            for row in await select(self._backend, NAMES % nodes):
                name = row["property"].value.replace("#", "/").rpartition("/")[2]
                self._known[row["node"].value].setdefault(name, []).append(row["value"])


def key_of(address: str) -> str:
    """Return the last part of an address, by which a page of ours names a thing."""
    return address.rstrip("/").rpartition("/")[2]
