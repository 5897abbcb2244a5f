"""What can be counted in a dataset: its graphs, classes and properties (VoID, sections 4.6 and 4.7).

The lines are cut, not parsed: a build counts every line of the dataset. Graphs are counted as they are; all
else in the merge of the graphs without the proposals, where a triple of several graphs counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from graph_builder.namespaces import RDF
from graph_builder.statements import PROPOSALS, opened

Line = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads writes them."""

_TYPE = f"<{RDF.type}>"


@dataclass
class Statistics:
    """Counts by IRI."""

    graphs: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    entities: int = 0
    sources: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Class → the graphs that speak of its things."""
    first: dict[str, str] = field(default_factory=dict)
    """Class → the first of its things."""
    links: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Links that lead out of the base, by graph, property and what their addresses begin with."""


def count(dataset: Path, base: str) -> Statistics:
    """Count what a dataset holds."""
    found = Statistics()
    for subject, lines in groupby(_lines(dataset, found), key=itemgetter(0)):
        said = [line for line in lines if line[3] != f"<{base}{PROPOSALS}>"]
        if said:
            found.entities += 1
            _count_thing(found, subject[1:-1], said)
            _count_links(found, said, f"<{base}")
    return found


def _lines(dataset: Path, found: Statistics) -> Iterator[Line]:
    with opened(dataset) as lines:
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            value, graph, _ = rest.rsplit(" ", 2)
            found.graphs[graph[1:-1]] += 1
            yield subject, predicate, value, graph


def _count_thing(found: Statistics, thing: str, lines: Iterable[Line]) -> None:
    triples = {line[1:3] for line in lines}
    graphs = {line[3][1:-1] for line in lines}
    for predicate, value in triples:
        found.properties[predicate[1:-1]] += 1
        if predicate == _TYPE:
            found.classes[value[1:-1]] += 1
            found.sources[value[1:-1]] |= graphs
            found.first.setdefault(value[1:-1], thing)


def _count_links(found: Statistics, lines: Iterable[Line], ours: str) -> None:
    for subject, predicate, value, graph in lines:
        if value.startswith("<") and not value.startswith(ours) and subject.startswith(ours):
            space = value[1 : max(value.rfind("/"), value.rfind("#")) + 1]
            found.links[graph[1:-1], predicate[1:-1], space] += 1
