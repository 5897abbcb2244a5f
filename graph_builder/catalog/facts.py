"""What the things in a dataset say that the catalogue repeats: sources, terms of use, years and areas."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph_builder.namespaces import DCTERMS, KF, OWL, PROV, RDF, SKOS, SSSOM, TIME
from graph_builder.statements import graph_of, opened

Value = NamedNode | Literal

TERMS = (DCTERMS.license, DCTERMS.rights)
"""What a document or a table of alignments says of its terms holds for the graph that it fills."""
YEARS = (KF.fiscalYear, KF.startYear, KF.endYear)
WANTED = (
    *TERMS, *YEARS, DCTERMS.title, DCTERMS.publisher, PROV.wasDerivedFrom, SKOS.closeMatch,
    OWL.annotatedProperty, TIME.hasBeginning, TIME.hasEnd, TIME.inXSDDate,
)  # fmt: skip


@dataclass
class Facts:
    """Statements of the dataset: values by subject and property, and the sources that speak in each graph."""

    values: dict[tuple[str, str], set[Value]] = field(default_factory=lambda: defaultdict(set))
    used: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Property → the addresses that are its values."""
    speakers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Graph → the documents and tables in it that state their terms."""
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Graph → the documents in it."""
    aligning: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Graph → the properties that its alignments state."""

    def said(self, graph: str, name: str) -> list[Value]:
        """What the sources in a graph say of themselves, sorted."""
        found = {value for speaker in self.speakers[graph] for value in self.values[speaker, name]}
        return sorted(found, key=str)

    def period(self) -> tuple[date, date] | None:
        """The first and the last day of the fiscal years that anything is said of."""
        years = {year for name in YEARS for year in self.used[name]}
        days = [
            sorted(day for year in years for day in self._days(year, end))
            for end in (TIME.hasBeginning, TIME.hasEnd)
        ]
        return (days[0][0], days[1][-1] - timedelta(days=1)) if all(days) else None

    def areas(self, pattern: str) -> list[str]:
        """The areas of the governments that published documents: what they are aligned with, by a pattern."""
        publishers = {
            publisher.value
            for documents in self.documents.values()
            for document in documents
            for publisher in self.values[document, DCTERMS.publisher]
        }
        found = {value.value for each in publishers for value in self.values[each, SKOS.closeMatch]}
        return sorted(area for area in found if re.search(pattern, area))

    def _days(self, year: str, end: str) -> Iterator[date]:
        for instant in self.values[year, end]:
            for day in self.values[instant.value, TIME.inXSDDate]:
                yield date.fromisoformat(day.value)


def read_facts(dataset: Path) -> Facts:
    """The facts of a dataset; only the lines that can matter are parsed."""
    wanted = (*(f" <{name}> " for name in WANTED), f"<{KF.Document}>", f"<{SSSOM.MappingSet}>")
    with opened(dataset) as file:
        lines = "".join(line for line in file if any(name in line for name in wanted))
    facts = Facts()
    for quad in parse(lines, format=RdfFormat.N_QUADS):
        subject, name, value = quad.subject, quad.predicate.value, quad.object
        graph = graph_of(quad)
        if graph is None or not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            continue
        facts.values[subject.value, name].add(value)
        _sort_out(facts, graph, subject.value, name, value.value)
    return facts


def _sort_out(facts: Facts, graph: str, subject: str, name: str, value: str) -> None:
    if name in YEARS:
        facts.used[name].add(value)
    elif name in TERMS or (name == RDF.type and value in {KF.Document, SSSOM.MappingSet}):
        facts.speakers[graph].add(subject)
        if value == KF.Document:
            facts.documents[graph].add(subject)
    elif name == OWL.annotatedProperty:
        facts.aligning[graph].add(value)
