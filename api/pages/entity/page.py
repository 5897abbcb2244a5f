"""The page of one thing of a known kind: its sections, and what every page of a thing says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from api.addresses import Addresses
from api.language import Language, texts
from api.pages.behind import behind
from api.pages.entity.asking import first, rows_of
from api.pages.entity.charts import Chart, charts
from api.pages.entity.columns import Columns, ColumnType, Record, gathered, plain
from api.pages.entity.kinds import Kind, Section
from api.pages.entity.naming import Naming, Place, key_of
from api.pages.entity.trees import Branch, grown
from api.pages.entity.versions import Comparison, compared
from api.pages.links import Link
from api.pages.provenance import GRAPHS
from sparql.asking import Row, Term, select
from sparql.backends import Backend

EVIDENCE = Columns(
    "?thing kf:evidence ?passage . ?passage dcterms:isPartOf ?document ; kf:startLine ?line "
    "OPTIONAL { ?passage kf:exact ?text }",
    {"passage": "place", "document": "thing", "text": "text"},
    "?document ?line",
)

SOURCES = """VALUES ?document { %s }
OPTIONAL { ?document dcterms:publisher ?publisher } OPTIONAL { ?document dcterms:license ?license }
OPTIONAL { ?document dcterms:rights ?rights }"""
SOURCE_TYPES: dict[str, ColumnType] = {
    "document": "thing",
    "publisher": "thing",
    "license": "thing",
    "rights": "text",
}

FINDINGS = Columns(
    "?result sh:focusNode ?thing ; sh:resultSeverity ?severity", {"severity": "thing", "result": "thing"}
)

LINEAGE = Columns(
    "{ ?thing kf:derivesFrom ?other } UNION { ?other kf:derivesFrom ?thing } "
    "UNION { ?other kf:entryOf ?thing }",
    {"other": "thing"},
)


@dataclass(frozen=True)
class Part:
    """A section with what was found for it, at most as many records as the page shows."""

    section: Section
    records: tuple[Record, ...]
    count: int
    shaped: Comparison | tuple[Branch, ...] | None = None
    charts: tuple[Chart, ...] = ()
    query: str = ""
    """Where the query behind the section can be run."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold anything in any record."""
        return tuple(
            name for name in self.section.columns.types if any(record[name] for record in self.records)
        )


@dataclass(frozen=True)
class EntityPage:
    """All that the page of a thing of a known kind shows."""

    kind: Kind
    link: Link
    parts: tuple[Part, ...]
    evidence: tuple[Record, ...]
    findings: tuple[Record, ...]
    has_lineage: bool
    sources: tuple[Record, ...]
    graphs: tuple[Record, ...]

    @property
    def key(self) -> str:
        """The thing's own key, by which lists and readers name it."""
        return key_of(self.link.address)

    @property
    def is_composed(self) -> bool:
        """Whether the heading is composed: by its kind, unless the thing has a name that goes before."""
        return bool(self.kind.heading) and not (self.link.names and self.kind.names_first)

    def heading(self, language: Language) -> str:
        """Return what the page is called: the name of the thing, or words composed of what it is about."""
        if not self.is_composed:
            return plain(self.link, language)
        facts = next((part.records[0] for part in self.parts if part.section.name == "facts"), Record({}))
        places = {column: facts.text(column, language) for column in self.kind.heading}
        return texts(language)(f"kinds.{self.kind.name}-heading", **places).replace("（）", "").strip()


async def entity_page(backend: Backend, addresses: Addresses, kind: Kind, address: str) -> EntityPage:
    """Return the page of a thing of a kind: all sections in one query, then the names of what is shown."""
    wanted = [*(section.columns for section in kind.sections), EVIDENCE, FINDINGS, LINEAGE, GRAPHS]
    *found, proofs, faults, lineage, graphs = await rows_of(backend, wanted, address)
    shown = [_shown(section, rows) for section, rows in zip(kind.sections, found, strict=True)]
    naming = Naming(backend, addresses)
    thing = {"thing": Term(address, is_address=True)}
    await naming.learn([thing, *proofs, *graphs, *(row for rows, _ in shown for row in rows)])
    evidence = gathered(proofs, EVIDENCE, naming)
    parts = [
        _part(section, *some, naming, address) for section, some in zip(kind.sections, shown, strict=True)
    ]
    documents = {address} if kind.name == "document" else set[str]()
    documents |= {
        place.document.address
        for some in (evidence, *(part.records for part in parts))
        for place in _places(some)
    }
    return EntityPage(
        kind=kind,
        link=naming.link(address),
        parts=tuple(part for part in parts if part.records),
        evidence=tuple(evidence),
        findings=tuple(gathered(faults, FINDINGS, naming)),
        has_lineage=bool(lineage),
        sources=tuple(await _sources(backend, naming, documents)),
        graphs=tuple(gathered(graphs, GRAPHS, naming)),
    )


async def _sources(backend: Backend, naming: Naming, documents: Iterable[str]) -> list[Record]:
    """Return who published some documents, and on what terms."""
    nodes = " ".join(str(NamedNode(address)) for address in sorted(documents))
    columns = Columns(SOURCES % nodes, SOURCE_TYPES, "?document")
    rows = await select(backend, columns.query()) if nodes else []
    await naming.learn(rows)
    return gathered(rows, columns, naming)


def _places(found: Iterable[Record]) -> Iterator[Place]:
    for record in found:
        for cells in record.cells.values():
            yield from (cell for cell in cells if isinstance(cell, Place))


def _shown(section: Section, rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """Return the rows that a section shows, and how many records there are; a chart needs all of them."""
    key = next(iter(section.columns.types))
    kept, count = first(rows, key, section.most)
    return (rows if section.shape == "series" else kept), count


def _part(section: Section, rows: Sequence[Row], count: int, naming: Naming, address: str) -> Part:
    found = gathered(rows, section.columns, naming)
    shown = tuple(found[: section.most])
    query = behind(section.columns.query(("thing",)), {"thing": address})
    if section.shape == "tree":
        return Part(section, shown, count, grown(shown), query=query)
    if section.shape == "versions":
        rows_of_versions = [
            name for name in section.columns.types if name not in ("entry", "year", "list", "line", "until")
        ]
        return Part(section, shown, count, compared(shown, rows_of_versions), query=query)
    drawn = charts(found) if section.shape == "series" else ()
    return Part(section, shown, count, charts=drawn, query=query)
