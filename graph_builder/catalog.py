"""The catalogue of the dataset: what it is, which version, how much each named graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID, XSD

from graph_builder.writing import write_text


def write_catalog(dataset: Path, base: str, version: str, out: Path) -> dict[str, int]:
    """Write the catalogue as sorted N-Quads in the graph `catalog`; the statements of each named graph."""
    sizes = graph_sizes(dataset)
    catalog = Dataset()
    graph = catalog.graph(URIRef(f"{base}graph/catalog"))
    whole = URIRef(f"{base}id/jp/dataset/keifu")
    for statement in (
        (whole, RDF.type, DCAT.Dataset),
        (whole, RDF.type, VOID.Dataset),
        (whole, DCTERMS.title, Literal("系譜：公的な計画の系譜", lang="ja")),
        (whole, DCTERMS.title, Literal("Keifu: the genealogy of public plans", lang="en")),
        (whole, DCAT.version, Literal(version)),
        (whole, VOID.triples, Literal(sum(sizes.values()), datatype=XSD.integer)),
        *_subsets(whole, sizes),
    ):
        graph.add(statement)
    lines = catalog.serialize(format="nquads").splitlines(keepends=True)
    write_text(out, "".join(sorted({line for line in lines if line.strip()})))
    return sizes


def graph_sizes(dataset: Path) -> dict[str, int]:
    """Statements of each named graph, by its IRI, from sorted N-Quads lines."""
    with dataset.open(encoding="utf-8") as lines:
        return dict(sorted(Counter(line.rsplit(" ", 2)[-2].strip("<>") for line in lines).items()))


def _subsets(whole: URIRef, sizes: dict[str, int]) -> Iterable[tuple[URIRef, URIRef, URIRef | Literal]]:
    for name, size in sizes.items():
        subset = URIRef(name)
        yield whole, VOID.subset, subset
        yield subset, RDF.type, VOID.Dataset
        yield subset, VOID.triples, Literal(size, datatype=XSD.integer)
