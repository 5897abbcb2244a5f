"""The page of the catalogue: the dataset, its parts with their terms, and what can be taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from api.addresses import Addresses
from api.pages.behind import behind
from api.pages.entity.kinds import Kind, kind_of
from api.pages.links import Link, Names
from graph_builder.catalog.addresses import Addresses as CatalogAddresses
from graph_builder.dumps.listing import Dump, Form, read_forms
from graph_builder.dumps.measures import Measure
from graph_builder.namespaces import DCAT, DCTERMS, PROV, VOID
from graph_builder.statements import PROPOSALS
from sparql.asking import Term

THOUSAND = 1000


@dataclass(frozen=True)
class File:
    """A dump: where it is, what it is, and its measure once it was made."""

    dump: Dump
    measure: Measure | None

    @property
    def href(self) -> str:
        """The path of the dump."""
        return f"/dumps/{self.dump.name}"

    @property
    def size(self) -> str:
        """The size as people read it, in powers of 1000; nothing where it is not known yet."""
        return _spelled(self.measure.bytes) if self.measure else ""


@dataclass(frozen=True)
class Part:
    """A dataset: the whole, a graph, or the things of a class."""

    link: Link
    descriptions: tuple[Term, ...]
    size: str
    licences: tuple[Link, ...]
    rights: tuple[Term, ...]
    sources: tuple[Link, ...]
    files: tuple[File, ...]

    @property
    def kind(self) -> Kind | None:
        """The kind of the things of a class, where it has pages of its own."""
        return kind_of([file.dump.kind for file in self.files if file.dump.kind])


@dataclass(frozen=True)
class CatalogPage:
    """All that the page of the catalogue shows."""

    version: str
    days: tuple[str, ...]
    whole: Part
    graphs: tuple[Part, ...]
    kinds: tuple[Part, ...]
    examples: tuple[Link, ...]

    @property
    def first_kinds(self) -> tuple[Part, ...]:
        """The tables that most readers look for: of the kinds that have a list."""
        listed = [(part.kind.order, part) for part in self.kinds if part.kind and part.kind.list]
        return tuple(part for _, part in sorted(listed, key=lambda each: each[0]))

    @property
    def other_kinds(self) -> tuple[Part, ...]:
        """The tables of all other classes."""
        return tuple(part for part in self.kinds if not (part.kind and part.kind.list))

    @property
    def whole_forms(self) -> tuple[tuple[Form, list[File]], ...]:
        """The forms of the whole, each with its files: as it is, and compressed."""
        by_form = groupby(self.whole.files, key=lambda file: file.dump.form.ending)
        return tuple((read_forms()[ending], list(files)) for ending, files in by_form)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms to choose from, tables first."""
        return tuple(sorted(read_forms().values(), key=lambda form: "class" not in form.of))


def groups_of(files: Iterable[File]) -> list[tuple[str, list[File]]]:
    """Return the files by what is in them: `whole`, `graph` or `class`."""
    sorts = {"whole": list[File](), "graph": list[File](), "class": list[File]()}
    for file in files:
        sorts["graph" if file.dump.graph else "class" if file.dump.kind else "whole"].append(file)
    return [(name, some) for name, some in sorts.items() if some]


def queries(page: CatalogPage) -> dict[str, str]:
    """Return where the queries behind the counts can be run: of statements, and of things by class."""
    graphs = [part.link.address for part in page.graphs]
    every = f"VALUES ?graph {{ {' '.join(str(NamedNode(graph)) for graph in graphs)} }}"
    statements = f"WHERE {{\n  {every}\n  GRAPH ?graph {{ ?subject ?property ?value }}\n}}"
    accepted = f"{every} FILTER(!STRENDS(STR(?graph), '/{PROPOSALS}'))"
    return {
        "statements": behind(f"SELECT (COUNT(*) AS ?count) {statements}"),
        "graphs": behind(f"SELECT ?graph (COUNT(*) AS ?count) {statements} GROUP BY ?graph ORDER BY ?graph"),
        "things": behind(
            "SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {\n"
            f"  {accepted}\n  GRAPH ?graph {{ ?thing a ?class }}\n}} GROUP BY ?class ORDER BY ?class"
        ),
    }


class Said:
    """The catalogue's statements by subject and property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                self._values[triple.subject.value, triple.predicate.value].append(_term(triple.object))

    def values(self, subject: str, name: str) -> tuple[Term, ...]:
        """The values of a property, sorted; Japanese before English."""
        return tuple(
            sorted(self._values[subject, name], key=lambda term: (term.language != "ja", term.value))
        )

    def text(self, subject: str, name: str) -> str:
        """The only value of a property; nothing where there is none."""
        return next((term.value for term in self.values(subject, name)), "")


def catalog_page(
    triples: Iterable[Triple],
    dumps: Iterable[Dump],
    measures: Mapping[str, Measure],
    addresses: Addresses,
) -> CatalogPage:
    """Return the page of a catalogue."""
    said, ours = Said(triples), CatalogAddresses(addresses.base)
    files = [File(dump, measures.get(dump.name)) for dump in dumps]

    def part(node: str, size: str, graph: str | None = None, kind: str | None = None) -> Part:
        own = [file for file in files if (file.dump.graph, file.dump.kind) == (graph, kind)]
        return _part(said, addresses, node, said.text(node, size), own)

    graphs = {file.dump.graph for file in files if file.dump.graph}
    kinds = {file.dump.kind for file in files if file.dump.kind}
    period = said.text(ours.whole, DCTERMS.temporal)
    return CatalogPage(
        version=said.text(ours.whole, DCAT.version),
        days=tuple(said.text(period, name) for name in (DCAT.startDate, DCAT.endDate) if period),
        whole=part(ours.whole, VOID.triples),
        graphs=tuple(part(graph, VOID.triples, graph=graph) for graph in sorted(graphs)),
        kinds=tuple(part(ours.kind(kind), VOID.entities, kind=kind) for kind in sorted(kinds)),
        examples=_links(said.values(ours.whole, VOID.exampleResource), addresses),
    )


def _spelled(size: float) -> str:
    for unit in ("B", "kB", "MB"):
        if size < THOUSAND:
            return f"{size:.3g} {unit}"
        size /= THOUSAND
    return f"{size:.3g} GB"


def _part(said: Said, addresses: Addresses, node: str, size: str, files: Iterable[File]) -> Part:
    titles = Names({"node": Term(node, is_address=True), "label": title}
                   for title in said.values(node, DCTERMS.title))  # fmt: skip
    return Part(
        link=titles.link(node, addresses),
        descriptions=said.values(node, DCTERMS.description),
        size=size,
        licences=_links(said.values(node, DCTERMS.license), addresses),
        rights=said.values(node, DCTERMS.rights),
        sources=_links(said.values(node, PROV.wasDerivedFrom), addresses),
        files=tuple(files),
    )


def _links(terms: Iterable[Term], addresses: Addresses) -> tuple[Link, ...]:
    return tuple(Link(term.value, addresses.link(term.value)) for term in terms if term.is_address)


def _term(value: object) -> Term:
    if isinstance(value, Literal):
        return Term(value.value, is_address=False, language=value.language or "")
    return Term(str(value).strip("<>"), is_address=True)
