"""The catalogue of the dataset: what it is, which version, what each named graph holds and on which terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph_builder.namespaces import DCAT, DCTERMS, PROV, RDF, VOID, XSD
from graph_builder.writing import write_text

Statement = tuple[str, str, NamedNode | Literal]

# What a document or a table of alignments says of its terms holds for the graph that it fills.
TERMS = (DCTERMS.license, DCTERMS.rights)


def write_catalog(dataset: Path, base: str, version: str, out: Path) -> dict[str, int]:
    """Write the catalogue as sorted N-Quads in the graph `catalog`; the statements of each named graph."""
    sizes = graph_sizes(dataset)
    whole = f"{base}id/jp/dataset/keifu"
    statements: list[Statement] = [
        (whole, RDF.type, NamedNode(DCAT.Dataset)),
        (whole, RDF.type, NamedNode(VOID.Dataset)),
        (whole, DCTERMS.title, Literal("系譜：公的な計画の系譜", language="ja")),
        (whole, DCTERMS.title, Literal("Keifu: the genealogy of public plans", language="en")),
        (whole, DCAT.version, Literal(version)),
        (whole, VOID.triples, _count(sum(sizes.values()))),
        *_subsets(whole, sizes),
        *_terms(dataset),
    ]
    graph = NamedNode(f"{base}graph/catalog")
    quads = (Quad(NamedNode(subject), NamedNode(name), value, graph) for subject, name, value in statements)
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    write_text(out, "".join(f"{line}\n" for line in sorted({*lines.decode().split("\n")}) if line))
    return sizes


def graph_sizes(dataset: Path) -> dict[str, int]:
    """Statements of each named graph, by its IRI, from sorted N-Quads lines."""
    with dataset.open(encoding="utf-8") as lines:
        return dict(sorted(Counter(line.rsplit(" ", 2)[-2].strip("<>") for line in lines).items()))


def _subsets(whole: str, sizes: dict[str, int]) -> Iterator[Statement]:
    for name, size in sizes.items():
        yield whole, VOID.subset, NamedNode(name)
        yield name, RDF.type, NamedNode(VOID.Dataset)
        yield name, VOID.triples, _count(size)


def _terms(dataset: Path) -> Iterator[Statement]:
    """Licence, rights and origin of each graph, as the things in it state them of themselves."""
    wanted = tuple(f" <{name}> " for name in (*TERMS, PROV.wasDerivedFrom))
    with dataset.open(encoding="utf-8") as file:
        lines = "".join(line for line in file if any(name in line for name in wanted))
    quads = list(parse(lines, format=RdfFormat.N_QUADS))
    speakers = {(quad.graph_name, quad.subject) for quad in quads if quad.predicate.value in TERMS}
    for quad in quads:
        known = (quad.graph_name, quad.subject) in speakers and f" <{quad.predicate.value}> " in wanted
        if known and isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield quad.graph_name.value, quad.predicate.value, quad.object


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD.integer))
