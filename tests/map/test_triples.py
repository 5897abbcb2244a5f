"""Mappings on tables: what statements come out, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_builder.dataset import assemble
from graph_builder.errors import CallError, DataError, MappingError
from graph_builder.namespaces import XSD
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from tests.map.small_mapping import BASE, PREFIXES, Run, parquet_source

ENTRIES = f"<#entries> a rml:TriplesMap ; {parquet_source('entries')}"
SUBJECT = 'rml:subjectMap [ rml:template "id/{authority}/entry/{entry}" ] ;'
ROW = {"authority": "070009", "entry": "a-1", "name": "事業", "year": "2022", "url": "https://a.jp/?q=%E8#x"}
S = "<https://example.org/id/070009/entry/a-1>"
V = "https://example.org/v#"


def says(predicate: str, item: str) -> str:
    return f"rml:predicateObjectMap [ rml:predicate ex:{predicate} ; rml:objectMap [ {item} ] ]"


def one(item: str, **more: str | None) -> tuple[str, list[dict[str, str | None]]]:
    """A mapping with one object map, and its table."""
    return f"{ENTRIES} ; {SUBJECT} {says('p', item)} .", [{**ROW, **more}]


@pytest.mark.parametrize(
    ("item", "value", "written"),
    [
        ('rml:reference "name"', "事業", '"事業"'),
        ('rml:reference "name" ; rml:language "ja"', "事業", '"事業"@ja'),
        ('rml:reference "name" ; rml:datatype xsd:string', "a", '"a"'),
        ('rml:reference "name" ; rml:datatype xsd:gYear', "2022", f'"2022"^^<{XSD.gYear}>'),
        ('rml:reference "name" ; rml:datatype ex:d', "x", f'"x"^^<{V}d>'),
        ('rml:reference "name" ; rml:datatypeMap [ rml:template "v#{entry}" ]', "x", f'"x"^^<{V}a-1>'),
        ('rml:reference "year" ; rml:languageMap [ rml:reference "name" ]', "ja-Hira", '"2022"@ja-Hira'),
        ('rml:template "{name} ({year})" ; rml:termType rml:Literal', 'a"b', '"a\\"b (2022)"'),
        ('rml:template "id/{name}"', "デジタル 化/1", "<https://example.org/id/デジタル%20化%2F1>"),
        ('rml:template "id/{name}" ; rml:termType rml:URI', "あ", "<https://example.org/id/%E3%81%82>"),
        ('rml:template "http://a.jp/{name}"', "b", "<http://a.jp/b>"),
        ('rml:template "{name}:b"', "a", "<https://example.org/a:b>"),
        ('rml:template "{name}" ; rml:termType rml:UnsafeIRI', "http://a.jp/b/c", "<http://a.jp/b/c>"),
        ('rml:reference "url" ; rml:termType rml:IRI', "", "<https://a.jp/?q=%E8#x>"),
        ('rml:reference "name" ; rml:termType rml:IRI', "id/b", "<https://example.org/id/b>"),
        ("rml:constant ex:c", "", f"<{V}c>"),
        ("rml:constant <graph/c>", "", "<https://example.org/graph/c>"),
        ('rml:constant "c\\n"@en', "", '"c\\n"@en'),
        ("rml:constant 4.5", "", f'"4.5"^^<{XSD.decimal}>'),
    ],
)
def test_an_object_map_writes_its_term(run: Run, item: str, value: str, written: str) -> None:
    mapping, rows = one(item, name=value)
    assert run(mapping, entries=rows) == [f"{S} <{V}p> {written} ."]


def test_a_template_whose_scheme_hangs_on_a_value_is_decided_row_by_row(run: Run) -> None:
    mapping, rows = one('rml:template "u{name}:b" ; rml:termType rml:UnsafeIRI', name="rn")
    assert run(mapping, entries=[*rows, {**rows[0], "name": "/x"}]) == [
        f"{S} <{V}p> <https://example.org/u/x:b> .",
        f"{S} <{V}p> <urn:b> .",
    ]


@pytest.mark.parametrize("absent", ["authority", "name", "year"])
def test_an_absent_value_leaves_out_every_statement_that_needs_it(run: Run, absent: str) -> None:
    item = 'rml:template "{name}/{year}" ; rml:termType rml:Literal'
    mapping, rows = one(item, **{absent: None})
    assert run(mapping, entries=[*rows, ROW]) == [f'{S} <{V}p> "事業/2022" .']
    assert run(mapping, entries=rows) == []


def test_a_class_is_a_type_in_the_graphs_of_the_subject(run: Run) -> None:
    subject = SUBJECT.replace("[ rml", "[ rml:class ex:A, ex:B ; rml:graph <graph/g> ; rml")
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert run(f"{ENTRIES} ; {subject} .", entries=[ROW, ROW]) == [
        f"{S} {kind} <{V}A> <https://example.org/graph/g> .",
        f"{S} {kind} <{V}B> <https://example.org/graph/g> .",
    ]


def test_a_statement_goes_to_the_graphs_of_its_subject_and_its_own(run: Run) -> None:
    subject = SUBJECT.replace("[ rml", '[ rml:graphMap [ rml:template "graph/{year}" ] ; rml')
    statement = (
        'rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ rml:reference "name" ] ;'
        " rml:graph rml:defaultGraph, ex:g ]"
    )
    assert run(f"{ENTRIES} ; {subject} {statement} .", entries=[ROW]) == [
        f'{S} <{V}p> "事業" .',
        f'{S} <{V}p> "事業" <https://example.org/graph/2022> .',
        f'{S} <{V}p> "事業" <{V}g> .',
    ]


def test_every_predicate_goes_with_every_object(run: Run) -> None:
    statement = (
        'rml:predicateObjectMap [ rml:predicate ex:p ; rml:predicateMap [ rml:template "v#{year}" ] ;'
        ' rml:object ex:a ; rml:objectMap [ rml:reference "name" ] ]'
    )
    assert run(f"{ENTRIES} ; {SUBJECT} {statement} .", entries=[ROW]) == [
        f'{S} <{V}2022> "事業" .',
        f"{S} <{V}2022> <{V}a> .",
        f'{S} <{V}p> "事業" .',
        f"{S} <{V}p> <{V}a> .",
    ]


DIVISIONS = f"""<#divisions> a rml:TriplesMap ; {parquet_source("divisions")}
    rml:subjectMap [ rml:template "id/division/{{key}}" ; rml:class ex:Division ] ."""
JOIN = (
    "rml:parentTriplesMap <#divisions> ; "
    'rml:joinCondition [ rml:child "department" ; rml:parent "department" ], '
    '[ rml:child "division" ; rml:parent "name" ]'
)


def test_a_join_needs_every_condition_and_absent_values_join_nothing(run: Run) -> None:
    rows = [
        {**ROW, "department": "総務部", "division": "総務課"},
        {**ROW, "department": "土木部", "division": "総務課"},
        {**ROW, "department": "総務部", "division": None},
    ]
    divisions = [
        {"key": "1", "department": "総務部", "name": "総務課"},
        {"key": "2", "department": "土木部", "name": "総務課"},
        {"key": "3", "department": "農林部", "name": "総務課"},
        {"key": "4", "department": "総務部", "name": None},
    ]
    mapping = f"{ENTRIES} ; {SUBJECT} {says('responsible', JOIN)} .\n{DIVISIONS}"
    lines = run(mapping, entries=rows, divisions=divisions)
    assert [line for line in lines if "responsible" in line] == [
        f"{S} <{V}responsible> <https://example.org/id/division/1> .",
        f"{S} <{V}responsible> <https://example.org/id/division/2> .",
    ]
    assert len(lines) == 2 + len(divisions)


def test_a_table_joins_itself(run: Run) -> None:
    item = 'rml:parentTriplesMap <#entries> ; rml:joinCondition [ rml:child "repeats" ; rml:parent "entry" ]'
    rows = [{**ROW, "repeats": None}, {**ROW, "entry": "a-2", "repeats": "a-1"}]
    assert run(f"{ENTRIES} ; {SUBJECT} {says('repeats', item)} .", entries=rows) == [
        f"<https://example.org/id/070009/entry/a-2> <{V}repeats> {S} ."
    ]


def test_a_join_is_made_on_templates_and_constants_as_they_stand_in_the_data(run: Run) -> None:
    join = (
        "rml:parentTriplesMap <#divisions> ; rml:joinCondition [ rml:childMap "
        '[ rml:template "{authority} {entry}" ] ; rml:parentMap [ rml:reference "key" ] ], '
        '[ rml:childMap [ rml:constant "総務課" ] ; rml:parent "name" ]'
    )
    divisions = [{"key": "070009 a-1", "name": "総務課"}, {"key": "070009 a-1", "name": "人事課"}]
    mapping = f"{ENTRIES} ; {SUBJECT} {says('p', join)} .\n{DIVISIONS}"
    lines = run(mapping, entries=[ROW], divisions=divisions)
    assert f"{S} <{V}p> <https://example.org/id/division/070009%20a-1> ." in lines


def test_a_parent_on_the_same_table_needs_no_join(run: Run) -> None:
    years = ENTRIES.replace("entries>", "years>") + (
        ' ; rml:subjectMap [ rml:template "fy/{year}" ; rml:class ex:Y ] .'
    )
    mapping = f"{ENTRIES} ; {SUBJECT} {says('year', 'rml:parentTriplesMap <#years>')} .\n{years}"
    assert f"{S} <{V}year> <https://example.org/fy/2022> ." in run(mapping, entries=[ROW])


def test_a_parent_on_another_table_needs_a_join(run: Run) -> None:
    mapping = f"{ENTRIES} ; {SUBJECT} {says('p', 'rml:parentTriplesMap <#divisions>')} .\n{DIVISIONS}"
    with pytest.raises(MappingError, match="has no rml:joinCondition"):
        run(mapping, entries=[ROW], divisions=[{"key": "1"}])


def test_blank_nodes_are_one_for_each_value_and_without_one_for_each_row(run: Run) -> None:
    subject = "rml:subjectMap [ rml:termType rml:BlankNode ] ;"
    item = 'rml:template "{year}" ; rml:termType rml:BlankNode'
    rows = [ROW, {**ROW, "entry": "a-2"}, {**ROW, "entry": None}]
    lines = [line.split(" ") for line in run(f"{ENTRIES} ; {subject} {says('p', item)} .", entries=rows)]
    assert len({line[0] for line in lines}) == 3
    assert len({line[2] for line in lines}) == 1
    assert all(line[0].startswith("_:b") for line in lines)


def test_a_csv_beside_the_mapping_is_read_as_text(tmp_path: Path, run: Run) -> None:
    (tmp_path / "codes.csv").write_bytes(
        '\ufeffcode,name,note\r\n007,"改行\nと ""引用"", と",\r\n008,"",x\r\n'.encode()
    )
    source = (
        'rml:logicalSource [ rml:source [ rml:root rml:MappingDirectory ; rml:path "codes.csv" ] ;'
        " rml:referenceFormulation rml:CSV ] ;"
    )
    subject = 'rml:subjectMap [ rml:template "c/{code}" ] ;'
    statements = " ; ".join(says(name, f'rml:reference "{name}"') for name in ("name", "note"))
    assert run(f"<#codes> a rml:TriplesMap ; {source} {subject} {statements} .") == [
        f'<https://example.org/c/007> <{V}name> "改行\\nと \\"引用\\", と" .',
        f'<https://example.org/c/008> <{V}note> "x" .',
    ]


def test_a_column_that_is_not_there_is_named_with_file_map_and_the_columns_that_are(run: Run) -> None:
    mapping, rows = one('rml:reference "nmae"')
    with pytest.raises(MappingError) as caught:
        run(mapping, entries=rows)
    (problem,) = caught.value.problems
    assert problem.place.file.endswith("mapping.rml.ttl")
    assert problem.place.line == 5
    assert '<#entries> refers to the column "nmae"' in problem.what
    assert problem.remedy == "use one of: authority, entry, name, year, url"


def test_a_column_that_is_not_there_is_named_in_a_join_too(run: Run) -> None:
    mapping = f"{ENTRIES} ; {SUBJECT} {says('p', JOIN)} .\n{DIVISIONS}"
    rows = [{**ROW, "department": "総務部", "division": "総務課"}]
    with pytest.raises(MappingError, match='<#divisions> refers to the column "name"'):
        run(mapping, entries=rows, divisions=[{"key": "1", "department": "総務部"}])


BAD_VALUES = {
    "an IRI with a space": (
        'rml:reference "name" ; rml:termType rml:IRI',
        "http://a.jp/b c",
        "is not an IRI",
    ),
    "an unsafe IRI": ('rml:template "x/{name}" ; rml:termType rml:UnsafeIRI', "<>", "is not an IRI"),
    "half an octet": ('rml:reference "name" ; rml:termType rml:IRI', "http://a.jp/%4", "is not an IRI"),
    "a language": (
        'rml:reference "url" ; rml:languageMap [ rml:reference "name" ]',
        "日本語",
        "is not a language tag",
    ),
    "a year": ('rml:reference "name" ; rml:datatype xsd:gYear', "令和4", "is not a value of"),
    "a datatype": (
        'rml:reference "url" ; rml:datatypeMap [ rml:reference "name" ]',
        "a b",
        "is not an IRI",
    ),
}


@pytest.mark.parametrize("name", BAD_VALUES)
def test_a_value_that_makes_no_term_stops_with_the_subject_of_its_row(run: Run, name: str) -> None:
    item, value, message = BAD_VALUES[name]
    mapping, rows = one(item, name=value, entry="bad")
    with pytest.raises(DataError) as caught:
        run(mapping, entries=[ROW, *rows] if name not in ("a language", "a datatype") else rows)
    problem = caught.value.problems[-1]
    assert message in problem.what
    assert value in problem.what
    assert "in the row of <https://example.org/id/070009/entry/bad>" in problem.what
    assert problem.place.line == 5


def test_the_message_of_a_bad_value_keeps_to_one_line(run: Run) -> None:
    mapping, rows = one('rml:reference "name" ; rml:termType rml:IRI', name="a\tb\nc")
    with pytest.raises(DataError) as caught:
        run(mapping, entries=rows)
    assert 'the value "a\\tb\\nc"' in caught.value.problems[0].what


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("rml:constant <http://a.jp/%4>", "not Turtle .*percent"),
        ('rml:template "http://a.jp/ {name}"', "makes no IRI"),
        ('rml:template "a b/{name}"', "makes no IRI"),
        ('rml:constant "令和4"^^xsd:gYear', "is not a value of"),
    ],
)
def test_a_constant_that_makes_no_term_is_a_mistake_of_the_mapping(run: Run, item: str, message: str) -> None:
    mapping, rows = one(item)
    with pytest.raises(MappingError, match=message):
        run(mapping, entries=rows)


def test_a_map_that_says_nothing_is_a_mistake(run: Run) -> None:
    with pytest.raises(MappingError, match="says nothing of its subject"):
        run(f"{ENTRIES} ; {SUBJECT} .", entries=[ROW])


def test_a_table_that_is_not_there_is_named_with_its_path(run: Run, tmp_path: Path) -> None:
    mapping, _ = one('rml:reference "name"')
    with pytest.raises(DataError, match=f"{tmp_path}/entries.parquet: there is no such file"):
        run(mapping)


@pytest.mark.parametrize("header", ["a,a\n", "a,\n", ""])
def test_a_csv_header_gives_every_column_a_name_of_its_own(tmp_path: Path, header: str) -> None:
    (tmp_path / "x.csv").write_text(header, encoding="utf-8")
    mapping = tmp_path / "m.rml.ttl"
    mapping.write_text(
        f'{PREFIXES}<#x> rml:logicalSource [ rml:source [ rml:path "x.csv" ] ;'
        f" rml:referenceFormulation rml:CSV ] ; rml:subject ex:s ; {says('p', 'rml:constant ex:o')} .",
        encoding="utf-8",
    )
    with DuckDB(tmp_path) as engine, pytest.raises(DataError, match="the header"):
        engine.read(read_mappings([mapping])[0].source, frozenset())


def test_a_setting_that_duckdb_refuses_is_an_error_of_the_call(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    with pytest.raises(CallError, match="DuckDB refuses its settings"):
        DuckDB(tmp_path, memory_limit="much", temp_directory=spill)
    assert not list(spill.iterdir())


A = 'rml:reference "a"'


def test_a_csv_record_with_too_many_cells_is_an_error_that_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3,4,5\n", encoding="utf-8")
    mapping = tmp_path / "m.rml.ttl"
    mapping.write_text(
        f'{PREFIXES}<#x> rml:logicalSource [ rml:source [ rml:path "x.csv" ] ;'
        f" rml:referenceFormulation rml:CSV ] ; rml:subject ex:s ; {says('p', A)} .",
        encoding="utf-8",
    )
    with DuckDB(tmp_path) as engine, pytest.raises(DataError, match=r"Line: 3"):
        assemble(read_mappings([mapping]), engine, BASE, tmp_path / "out.nq")


def test_a_parquet_file_that_is_cut_short_is_an_error_that_names_it(tmp_path: Path, run: Run) -> None:
    (tmp_path / "entries.parquet").write_bytes(b"PAR1")
    mapping, _ = one('rml:reference "name"')
    with pytest.raises(DataError, match=r"entries\.parquet: DuckDB cannot read this"):
        run(mapping)


def test_a_table_with_other_types_than_strings_is_refused(tmp_path: Path, run: Run) -> None:
    mapping, rows = one('rml:reference "name"')
    run(mapping, entries=rows)
    pq.write_table(pa.table({"authority": [70009]}), tmp_path / "entries.parquet")
    with pytest.raises(DataError, match='the column "authority" holds BIGINT'):
        run(mapping)


@pytest.mark.parametrize("base", ["", "id/", "http://a b/"])
def test_the_base_has_to_be_an_iri(run: Run, base: str) -> None:
    mapping, rows = one('rml:reference "name"')
    with pytest.raises(CallError, match="is not an IRI"):
        run(mapping, base, entries=rows)
