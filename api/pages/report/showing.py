"""A result as a page shows it: its places quoted from the sources, and links with names."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.links import Link, Names
from api.pages.reader.sources import read_source
from api.pages.report.results import Place, Result, Text
from api.pages.report.rules import titles
from api.site import Site
from sparql.asking import Term, prologue, select

LINES_AT_MOST = 8
"""Lines of a place that are quoted; the rest is one click away."""

NAMED = f"""{prologue("sh", "skos", "rdfs", "dcterms", "kf")}
SELECT DISTINCT ?node ?label WHERE {{
  {{ ?result a sh:ValidationResult ; sh:focusNode ?node }} UNION {{ ?node a kf:Document }}
  ?node skos:prefLabel|rdfs:label|dcterms:title ?label
}}
"""


@dataclass(frozen=True)
class Quoted:
    """A place with its document and the lines there, where the text is at hand."""

    place: Place
    document: Link
    lines: tuple[str, ...]
    is_cut: bool


@dataclass(frozen=True)
class Shown:
    """A result with the title of its rule, its focus node, its path and its places."""

    result: Result
    title: Text | None
    focus: Link
    path: tuple[Link, ...]
    quoted: tuple[Quoted, ...]


class Showing:
    """What the results of one report need to be shown: names of things, links and texts."""

    def __init__(self, site: Site, names: Names, documents: dict[str, str]) -> None:
        self._site = site
        self._names = names
        self._documents = documents

    @classmethod
    async def of(cls, site: Site) -> Showing:
        """Return the showing of the published graph."""
        rows = await select(site.pages, NAMED)
        addresses = (row["node"].value for row in rows)
        documents = {address.rpartition("/")[2]: address for address in addresses if "/document/" in address}
        return cls(site, Names(rows), documents)

    def document(self, key: str) -> Link:
        """Return the link to a document, by its key."""
        if key in self._documents:
            return self._names.link(self._documents[key], self._site.addresses)
        return Link(key, None, (Term(key, is_address=False),))

    def thing(self, address: str) -> Link:
        """Return the link to anything, with its name where the report is about it."""
        return self._names.link(address, self._site.addresses)

    async def show(self, result: Result) -> Shown:
        """Return a result as a page shows it."""
        addresses = self._site.addresses
        return Shown(
            result,
            titles(self._site).get(result.rule),
            self.thing(result.focus_node),
            tuple(Link(path, addresses.link(path)) for path in (result.path or "").split("|") if path),
            tuple([await self._quote(place) for place in result.places]),
        )

    async def _quote(self, place: Place) -> Quoted:
        source = await read_source(self._site.folders.mappings, place.document)
        if source is None or place.first is None or place.first > len(source.lines):
            return Quoted(place, self.document(place.document), (), is_cut=False)
        last = min(place.last or place.first, len(source.lines))
        numbers = range(place.first, last + 1)[:LINES_AT_MOST]
        lines = tuple(line for number in numbers if (line := source.line(number)).strip())
        return Quoted(place, self.document(place.document), lines, is_cut=numbers[-1] < last)
