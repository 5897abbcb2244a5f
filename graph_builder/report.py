"""Check the dataset against every rule, and write what was found.

Shapes (SHACL Core) run on pySHACL over one merged graph; checks (SPARQL) run on Oxigraph over the same
statements without the proposals. Both become one report: Turtle, N-Quads, JSON and HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph_builder.namespaces import DEFAULT_BASE, RDF, RDFS, SKOS
from graph_builder.reports import csv_form, html, json_form, junit, rdf, text
from graph_builder.reports.checks import read_checks, run
from graph_builder.reports.places import Places
from graph_builder.reports.results import Finding, Report, Result, sorted_results
from graph_builder.reports.shapes import read_shapes, spoken_of, validate
from graph_builder.reports.terms import parse, rdflib_graph
from graph_builder.writing import write_text

PROFILE = "publication.ttl"
# what pySHACL needs of the ontology: sub-classes for targets and sh:class, and which IRIs are concepts
_NEEDED = frozenset({RDF.type, RDFS.subClassOf, SKOS.inScheme})

__all__ = ["FORMATS", "Report", "check", "render", "write"]


def check(  # noqa: PLR0913 - one argument for each file that a report depends on
    dataset: Path,
    shapes: Path,
    checks: Path,
    ontology: Path,
    *,
    version: str = "",
    base: str = DEFAULT_BASE,
    profile: str = PROFILE,
    catalog: Path | None = None,
) -> Report:
    """The report on `dataset` (N-Quads): the rules of a profile in `shapes` and all of `checks`.

    `ontology` is the folder of keifu.ttl and concepts/; `catalog` is what will be published with the dataset.
    Raises ReportError where a file cannot be read.
    """
    statements = [each for file in (dataset, catalog) if file for each in parse(file, ox.RdfFormat.N_QUADS)]
    words = read_words(ontology)
    store = merged_store(statements, words, base)
    needed = (word for word in words if word.predicate.value in _NEEDED)
    rules = read_shapes(shapes / profile)
    seen = spoken_of(rules)
    graph = rdflib_graph(each for each in (*statements, *needed) if each.predicate.value in seen)
    findings = validate(graph, rules)
    for each in read_checks(checks):
        findings += run(each, store)
    return Report(version, sorted_results(placed(findings, Places(store))))


def read_words(ontology: Path) -> list[ox.Quad]:
    """The statements of the ontology and of every scheme of concepts."""
    paths = [ontology / "keifu.ttl", *sorted((ontology / "concepts").glob("*.ttl"))]
    return [word for path in paths for word in parse(path, ox.RdfFormat.TURTLE, path.resolve().as_uri())]


def merged_store(
    statements: Iterable[ox.Quad], words: Iterable[ox.Quad], base: str = DEFAULT_BASE
) -> ox.Store:
    """A store in memory: everything but the proposals, in the default graph."""
    proposals = ox.NamedNode(f"{base}graph/proposals")
    store = ox.Store()
    store.extend(
        ox.Quad(statement.subject, statement.predicate, statement.object)
        for part in (statements, words)
        for statement in part
        if statement.graph_name != proposals
    )
    return store


def placed(findings: Iterable[Finding], places: Places) -> Iterable[Result]:
    """Each finding with its sentences filled in and its places looked up."""
    for finding in findings:
        values = dict(finding.variables)
        also = {*finding.also_spots, *filter(None, map(places.spot, finding.also))}
        yield Result(
            rule=finding.rule,
            component=finding.component,
            message=finding.rule.message.filled(values),
            remedy=finding.rule.remedy.filled(values),
            focus_node=finding.focus_node,
            path=finding.path,
            value=finding.value,
            value_datatype=finding.value_datatype,
            value_language=finding.value_language,
            spot=finding.spot or places.spot(finding.focus_node),
            also=tuple(sorted(also, key=lambda spot: spot.order)),
        )


FORMATS: Mapping[str, Callable[[Report, str], str]] = {
    "text": text.render,
    "ttl": rdf.render_turtle,
    "json": json_form.render,
    "html": html.render,
    "csv": csv_form.render,
    "junit": junit.render,
    "nq": rdf.render_nquads,
}


def render(report: Report, form: str, base: str = DEFAULT_BASE) -> str:
    """The report in one of FORMATS; same report, same bytes."""
    return FORMATS[form](report, base)


def write(report: Report, stem: Path, base: str = DEFAULT_BASE) -> None:
    """Write `<stem>.ttl`, `.nq`, `.json`, `.html`, `.csv`, and `.xml` for JUnit."""
    for form in ("ttl", "nq", "json", "html", "csv", "junit"):
        suffix = ".xml" if form == "junit" else f".{form}"
        write_text(stem.with_suffix(suffix), render(report, form, base))
