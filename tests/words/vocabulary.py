"""The words as the tests read them: the ontology, its terms, and the files that use them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import rdflib

from graph_builder.folders import ROOT, Folders
from graph_builder.namespaces import KF, read_prefixes
from graph_builder.report import read_words
from graph_builder.reports.terms import rdflib_graph

FOLDERS = Folders()
SPOKEN = ("ontology", "shapes", "sparql", "mappings", "tests/check")
_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]+)>", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


@cache
def words() -> rdflib.Graph:
    """The ontology and every scheme, as one graph."""
    return rdflib_graph(read_words(FOLDERS.ontology))


def terms() -> list[rdflib.URIRef]:
    """Every term of our own that the ontology declares."""
    subjects = {node for node in words().subjects() if isinstance(node, rdflib.URIRef)}
    return sorted(node for node in subjects if node.startswith(KF.address))


def texts(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> list[tuple[str, str]]:
    """The literals of a property as (language, text), sorted."""
    values = (value for value in graph.objects(subject, predicate) if isinstance(value, rdflib.Literal))
    return sorted((value.language or "", str(value)) for value in values)


def expand(name: str) -> rdflib.URIRef:
    """`kf:Plan` as an IRI."""
    prefix, _, local = name.partition(":")
    return rdflib.URIRef(read_prefixes()[prefix] + local)


def spoken_files() -> list[Path]:
    """Every Turtle file and query of ours."""
    files = (path for folder in SPOKEN for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in files if path.suffix in {".ttl", ".rq"})


def code_files() -> list[Path]:
    """Every module of the product."""
    return sorted(
        path for folder in ("graph_builder", "sparql", "api") for path in (ROOT / folder).rglob("*.py")
    )


def used_names(text: str) -> set[str]:
    """The local names with the prefix kf: in Turtle or SPARQL; quoted text does not count."""
    return set(re.findall(r"(?<![\w:])kf:([A-Za-z]\w*)", _QUOTED.sub('""', text)))


def declared_prefixes(text: str) -> list[tuple[str, str]]:
    """The prefixes that a file declares, with their addresses."""
    return _PREFIX.findall(text)
