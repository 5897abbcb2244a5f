"""Turtle files as sorted N-Quads of one named graph, without blank nodes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from graph_builder.errors import DeclarationError, Place, Problem


def skolemised_quads(files: Iterable[Path], graph: str, base: str) -> list[bytes]:
    """Return the statements of Turtle `files` as unique N-Quads lines of `graph`, sorted by their bytes.

    A blank node becomes `{base}.well-known/genid/{graph name}/{file}/{label}` (RDF 1.1 Concepts, section
    3.5). The label comes from RDF Dataset Canonicalization (RDFC-1.0) of its own file, so the same file
    gives the same lines, and an edit renames the nodes of that file only. Relative addresses are resolved
    against `{graph}/{file}`.
    """
    found = sorted(files)
    folder = os.path.commonpath([file.parent for file in found]) if found else ""
    name = NamedNode(graph)
    lines: set[bytes] = set()
    for file in found:
        key = file.relative_to(folder)
        genid = f"{base}.well-known/genid/{graph.rsplit('/', 1)[-1]}/{key.with_suffix('').as_posix()}/"
        statements = _canonical(file, f"{graph}/{key.as_posix()}")
        quads = serialize(_named(statements, genid, name), format=RdfFormat.N_QUADS) or b""
        lines.update(line + b"\n" for line in quads.split(b"\n") if line)
    return sorted(lines)


def _canonical(file: Path, address: str) -> Dataset:
    try:
        statements = parse(path=file, format=RdfFormat.TURTLE, base_iri=address, rename_blank_nodes=True)
        dataset = Dataset(statements)
    except SyntaxError as fault:
        place = Place(str(file), fault.lineno, fault.offset)
        raise DeclarationError(Problem(place, f"no valid Turtle: {fault.msg}", "Mend the file")) from fault
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _named(dataset: Dataset, genid: str, graph: NamedNode) -> Iterator[Quad]:
    for quad in dataset:
        subject, value = quad.subject, quad.object
        yield Quad(
            NamedNode(genid + subject.value) if isinstance(subject, BlankNode) else subject,
            quad.predicate,
            NamedNode(genid + value.value) if isinstance(value, BlankNode) else value,
            graph,
        )
