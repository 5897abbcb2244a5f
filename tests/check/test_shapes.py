"""The rules: SHACL Core only, one file a class, each saying in ja and en what is wrong and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from graph_builder.errors import ReportError
from graph_builder.namespaces import CONCEPT, SH, SHAPE
from graph_builder.report import read_words
from graph_builder.reports.results import Finding
from graph_builder.reports.shapes import read_rules, read_shapes, validate
from graph_builder.reports.terms import parse, rdflib_graph
from tests.check.cases import FOLDERS, sentence, twins

FILES = sorted(path for path in FOLDERS.shapes.glob("*.ttl"))
CORE = {
    "NodeShape", "PropertyShape", "property", "path", "alternativePath", "targetClass", "targetSubjectsOf",
    "minCount", "maxCount", "datatype", "nodeKind", "IRI", "Literal", "class", "in", "or", "pattern",
    "languageIn", "uniqueLang", "minInclusive", "maxInclusive", "lessThanOrEquals", "disjoint",
    "severity", "message", "Violation", "Warning", "Info",
}  # fmt: skip


def _statements(path: Path) -> list[ox.Quad]:
    return list(parse(path, ox.RdfFormat.TURTLE, path.as_uri()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_shapes_uses_shacl_core_only(path: Path) -> None:
    terms = {str(term) for quad in _statements(path) for term in (quad.predicate, quad.object)}
    used = {term.removeprefix(f"<{SH.address}").removesuffix(">") for term in terms if SH.address in term}
    assert used <= CORE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shape_is_named_after_its_file(path: Path) -> None:
    subjects = {quad.subject.value for quad in _statements(path) if isinstance(quad.subject, ox.NamedNode)}
    named = {
        iri.removeprefix(SHAPE.address).partition(".")[0] for iri in subjects if iri.startswith(SHAPE.address)
    }
    assert named <= {path.stem}


def test_the_published_profile_reaches_every_file() -> None:
    every = {rule.iri for path in FILES for rule in read_rules(read_shapes(path, follow=False)).values()}
    assert set(read_rules(read_shapes(FOLDERS.shapes / "publication.ttl"))) == every
    assert len(every) == 186


def test_the_readme_lists_every_profile_and_every_file() -> None:
    text = (FOLDERS.shapes / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([a-z-]+)\.ttl` \|", text, re.MULTILINE)) == sorted(p.stem for p in FILES)


def test_every_rule_instructs_in_both_languages() -> None:
    for rule in read_rules(read_shapes(FOLDERS.shapes / "publication.ttl")).values():
        assert all(
            text.ja.endswith("。") and text.en.endswith(".") for text in (rule.message, rule.remedy)
        ), rule.iri


def test_a_shape_without_a_remedy_is_an_error(tmp_path: Path) -> None:
    text = (FOLDERS.shapes / "body.ttl").read_text("utf-8").replace("kf:remedy", "kf:reason")
    (tmp_path / "body.ttl").write_text(text, "utf-8")
    with pytest.raises(ReportError, match=r"body\.name.*does not say enough"):
        read_rules(read_shapes(tmp_path / "body.ttl"))


def test_a_broken_file_of_shapes_is_an_error_that_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b> <c> .\n<a> <b> ;\n", "utf-8")
    with pytest.raises(ReportError, match=r"broken\.ttl, line 2"):
        read_shapes(tmp_path / "broken.ttl")


def test_a_closed_list_is_exactly_its_scheme() -> None:
    shapes = read_shapes(FOLDERS.shapes / "publication.ttl")
    words = rdflib_graph(read_words(FOLDERS.ontology))
    lists = [set(Collection(shapes, node)) for node in shapes.objects(None, rdflib.URIRef(SH["in"]))]
    for members in lists:
        scheme = words.value(next(iter(members)), rdflib.SKOS.inScheme)
        assert scheme is not None
        assert str(scheme).startswith(CONCEPT.address)
        assert members == set(words.subjects(rdflib.SKOS.inScheme, scheme))
    assert len(lists) == 9


def test_pushing_targets_down_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [case for case in twins("invalid") if (FOLDERS.shapes / f"{case.parent.name}.ttl").exists()]
    words = [
        word
        for word in read_words(FOLDERS.ontology)
        if word.predicate.value.endswith(("#type", "#subClassOf"))
    ]

    def found() -> set[Finding]:
        data = rdflib_graph([*words, *(quad for case in cases for quad in parse(case, ox.RdfFormat.TURTLE))])
        return set(validate(data, read_shapes(FOLDERS.shapes / "publication.ttl")))

    fast = found()
    monkeypatch.setattr("graph_builder.reports.shapes.push_down_targets", lambda _: None)
    assert fast == found()
    assert len(fast) > 100, [sentence(case) for case in cases]
