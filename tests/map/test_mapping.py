"""Turtle → triples maps: defaults, shortcuts, and every mistake with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.errors import MappingError
from graph_builder.rml.mapping import read_mappings
from graph_builder.rml.model import Constant, Formulation, ParentMap, Reference, Template, TermMap, TermType
from tests.map.small_mapping import PREFIXES, parquet_source

AS_CSV = "rml:referenceFormulation rml:CSV"
SUBJECT = 'rml:subjectMap [ rml:template "id/{id}" ] ;'
NAME = 'rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "name" ] ]'


def entries(*parts: str) -> str:
    return f"<#entries> a rml:TriplesMap ; {parquet_source('entries')}\n" + "\n".join(parts) + " ."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "entries.rml.ttl"


def test_a_mapping_becomes_frozen_values(file: Path) -> None:
    file.write_text(PREFIXES + entries(SUBJECT, NAME), encoding="utf-8")
    (found,) = read_mappings([file])
    assert found.name == "<#entries>"
    assert (found.source.path, found.source.root) == ("entries.parquet", None)
    assert found.source.formulation is Formulation.PARQUET
    assert found.subject == TermMap(Template(("id/", Reference("id"))), TermType.IRI)
    assert found.predicate_objects[0].objects == (TermMap(Reference("name"), TermType.LITERAL),)
    assert found.references == {"id", "name"}
    assert hash(found)


def test_the_place_of_a_triples_map_is_its_line(file: Path) -> None:
    file.write_text(PREFIXES + "\n\n" + entries(SUBJECT, NAME), encoding="utf-8")
    (found,) = read_mappings([file])
    assert (found.place.file, found.place.line) == (str(file), 7)


@pytest.mark.parametrize(
    ("object_map", "expected"),
    [
        ('rml:reference "a"', TermType.LITERAL),
        ('rml:template "a/{a}"', TermType.IRI),
        ('rml:template "{a}" ; rml:language "ja"', TermType.LITERAL),
        ('rml:template "{a}" ; rml:datatype xsd:date', TermType.LITERAL),
        ('rml:reference "a" ; rml:termType rml:IRI', TermType.IRI),
        ("rml:constant ex:a", TermType.IRI),
        ('rml:constant "a"', TermType.LITERAL),
    ],
)
def test_an_object_has_the_term_type_that_rml_gives_it_by_default(
    file: Path, object_map: str, expected: TermType
) -> None:
    statement = f"rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ {object_map} ] ]"
    file.write_text(PREFIXES + entries(SUBJECT, statement), encoding="utf-8")
    (found,) = read_mappings([file])
    (item,) = found.predicate_objects[0].objects
    assert isinstance(item, TermMap)
    assert item.type is expected


def test_a_constant_literal_keeps_its_own_language_and_datatype(file: Path) -> None:
    statement = 'rml:predicateObjectMap [ rml:predicate ex:p ; rml:object "計画"@ja, true ]'
    file.write_text(PREFIXES + entries(SUBJECT, statement), encoding="utf-8")
    label, flag = read_mappings([file])[0].predicate_objects[0].objects
    assert isinstance(label, TermMap)
    assert isinstance(flag, TermMap)
    assert label.language == Constant("ja")
    assert flag.datatype == TermMap(Constant("http://www.w3.org/2001/XMLSchema#boolean"), TermType.IRI)


def test_a_source_with_the_mapping_directory_as_root_lies_beside_the_mapping(file: Path) -> None:
    source = (
        "rml:logicalSource [ rml:referenceFormulation rml:CSV ; rml:source [ a rml:RelativePathSource ;"
        ' rml:root rml:MappingDirectory ; rml:path "divisions.csv" ] ] ;'
    )
    file.write_text(PREFIXES + f"<#d> {source} {SUBJECT} {NAME} .", encoding="utf-8")
    (found,) = read_mappings([file])
    assert found.source.root == file.parent
    assert found.source.formulation is Formulation.CSV


def test_a_parent_triples_map_may_stand_in_another_file(tmp_path: Path) -> None:
    parent = entries(SUBJECT, NAME).replace("<#entries>", "ex:projects")
    join = 'rml:joinCondition [ rml:child "project" ; rml:parent "id" ]'
    item = f"rml:objectMap [ rml:parentTriplesMap ex:projects ; {join} ]"
    child = entries(SUBJECT, f"rml:predicateObjectMap [ rml:predicate ex:of ; {item} ]")
    files = [tmp_path / "projects.rml.ttl", tmp_path / "entries.rml.ttl"]
    for path, text in zip(files, (parent, child), strict=True):
        path.write_text(PREFIXES + text, encoding="utf-8")
    projects, found = read_mappings(files)
    (linked,) = found.predicate_objects[0].objects
    assert isinstance(linked, ParentMap)
    assert (linked.subject, linked.source) == (projects.subject, projects.source)
    assert linked.references == {"id"}
    assert found.references == {"id", "project"}


def test_a_broken_turtle_file_is_named_with_line_and_column(file: Path) -> None:
    file.write_text('@prefix ex: <https://example.org/> .\n\nex:a ex:b "never closed .\n', encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        read_mappings([file])
    (problem,) = caught.value.problems
    assert problem.place.file == str(file)
    assert problem.place.line == 3
    assert problem.remedy == "mend the syntax"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"absent\.rml\.ttl: cannot be read"):
        read_mappings([tmp_path / "absent.rml.ttl"])


def test_a_file_that_is_not_utf8_is_named(file: Path) -> None:
    file.write_bytes("@prefix ex: <https://example.org/> . # 計画".encode("cp932"))
    with pytest.raises(MappingError, match="cannot be read"):
        read_mappings([file])


def test_a_file_without_triples_maps_is_an_error(file: Path) -> None:
    file.write_text(PREFIXES + "ex:a ex:b ex:c .", encoding="utf-8")
    with pytest.raises(MappingError, match="there is no rml:TriplesMap"):
        read_mappings([file])


def statement_with(item: str) -> str:
    return f"rml:predicateObjectMap [ rml:predicate ex:p ; {item} ]"


MISTAKES = {
    "no subject": ((NAME,), "has no rml:subjectMap"),
    "two subjects": ((SUBJECT, SUBJECT, NAME), "has 2 values of rml:subjectMap"),
    "a literal as subject": (('rml:subjectMap [ rml:constant "a" ] ;', NAME), "is a literal where an IRI"),
    "a subject that is a literal": (
        ('rml:subjectMap [ rml:reference "id" ; rml:termType rml:Literal ] ;', NAME),
        "which cannot stand there",
    ),
    "a misspelt property": ((SUBJECT, NAME.replace("rml:reference", "rml:refrence")), "rml:refrence"),
    "no object": ((SUBJECT, "rml:predicateObjectMap [ rml:predicate ex:p ]"), "has no rml:objectMap"),
    "no predicate": ((SUBJECT, "rml:predicateObjectMap [ rml:object ex:p ]"), "has no rml:predicateMap"),
    "two expressions": (
        (SUBJECT, statement_with('rml:objectMap [ rml:reference "a" ; rml:template "{b}" ]')),
        "has reference and template",
    ),
    "no expression": ((SUBJECT, statement_with("rml:objectMap [ ]")), "has no expression"),
    "a broken template": (
        (SUBJECT, statement_with('rml:objectMap [ rml:template "a/{b" ]')),
        "never closed",
    ),
    "a bad language": (
        (SUBJECT, statement_with('rml:objectMap [ rml:reference "a" ; rml:language "a-japanese" ]')),
        "not a language tag",
    ),
    "language and datatype": (
        (
            SUBJECT,
            statement_with('rml:objectMap [ rml:reference "a" ; rml:language "ja" ; rml:datatype xsd:date ]'),
        ),
        "has rml:datatype and rml:language",
    ),
    "a parent that is nowhere": (
        (SUBJECT, statement_with("rml:objectMap [ rml:parentTriplesMap <#nobody> ]")),
        "described nowhere",
    ),
    "a join with one side": (
        (
            SUBJECT,
            statement_with(
                'rml:objectMap [ rml:parentTriplesMap <#entries> ; rml:joinCondition [ rml:child "a" ] ]'
            ),
        ),
        "has no rml:parent",
    ),
    "a blank node as constant": (
        (SUBJECT, statement_with("rml:object [ ]")),
        "is a blank node as a constant",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_file_line_triples_map_and_remedy(file: Path, name: str) -> None:
    parts, message = MISTAKES[name]
    file.write_text(PREFIXES + entries(*parts), encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        read_mappings([file])
    (problem,) = caught.value.problems
    assert message in problem.what
    assert (problem.place.file, problem.place.line) == (str(file), 5)
    assert "<#entries>" in problem.what
    assert problem.remedy


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "has no rml:logicalSource"),
        ("rml:logicalSource [ rml:referenceFormulation rml:CSV ] ;", "has no rml:source"),
        ("rml:logicalSource [ rml:source [ rml:path 'a.csv' ] ] ;", "no rml:referenceFormulation"),
        (
            "rml:logicalSource [ rml:source [ rml:path 'a' ] ; rml:referenceFormulation rml:XPath ] ;",
            "which no reader knows",
        ),
        (
            "rml:logicalSource [ rml:source [ ] ; rml:referenceFormulation rml:CSV ] ;",
            "without rml:path",
        ),
        (
            f"rml:logicalSource [ {AS_CSV} ; rml:source [ rml:path 'a' ; rml:root ex:r ] ] ;",
            "unknown rml:root",
        ),
    ],
)
def test_a_source_that_cannot_be_found_is_a_mistake(file: Path, source: str, message: str) -> None:
    file.write_text(PREFIXES + f"<#a> a rml:TriplesMap ; {source} {SUBJECT} {NAME} .", encoding="utf-8")
    with pytest.raises(MappingError, match=message):
        read_mappings([file])
