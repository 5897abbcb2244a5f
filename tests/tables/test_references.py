"""Terms and citations of the real documents, each as it was read in the source; and what stops a build."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Literal, QuerySolution, QuerySolutions, Store

from graph_builder.errors import DeclarationError, TableError
from graph_builder.folders import Folders
from graph_builder.readers.reading import ParagraphRecord, Reading, Span, TermRecord
from graph_builder.rows.references import CitationRow, ConceptRow, SchemeRow, TermNameRow, TermRow
from graph_builder.tables.citations import add_citations
from graph_builder.tables.collection import Tables
from graph_builder.tables.concepts import Concepts
from graph_builder.tables.footnote_marks import marked_place
from graph_builder.tables.passages import Passages
from graph_builder.tables.terms import add_terms
from graph_builder.values.text import compared
from tests.read.prose_dumps import made, real

HERE = Path(__file__).resolve().parent
GLOSSARY, OTHER = "digital-plan-2022", "ict-data-plan-2019-chapter2"
PREFIXES = """
PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
CONCEPTS = "authority,key,scheme,label,label_en,term,reason\n"
SCHEMES = "authority,key,label,label_en,reason\njp,ideas,構想,Ideas,for the test\n"


def cases(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(built: Folders, document: str, name: str) -> list[dict[str, str]]:
    with (built.tables / document / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(built: Folders, query: str) -> Iterator[QuerySolution]:
    store = Store.read_only(str(built.store.resolve()))
    yield from cast("QuerySolutions", store.query(PREFIXES + query))


def source(document: str, first: int, last: int) -> str:
    return compared("".join(line.printed for line in real(document).between(first, last)))


def test_there_are_37_terms_and_33_citations(built: Folders) -> None:
    assert (len(cases("terms.csv")), len(cases("citations.csv"))) == (37, 33)
    assert [row["printed"] for row in table(built, GLOSSARY, "terms")] == [
        case["printed"] for case in cases("terms.csv")
    ]
    found = {
        (row["document"], row["citation"].partition(".")[2])
        for document in (GLOSSARY, OTHER)
        for row in table(built, document, "citations")
    }
    assert found == {(case["document"], case["key"]) for case in cases("citations.csv")}


@pytest.mark.parametrize("case", cases("terms.csv"), ids=lambda case: case["printed"])
def test_a_term_says_what_the_glossary_prints(built: Folders, case: dict[str, str]) -> None:
    (row,) = [row for row in table(built, GLOSSARY, "terms") if row["printed"] == case["printed"]]
    if case["concept"]:
        assert (row["term"], row["label"]) == (f"id/jp/concept/{case['concept']}", "")
    else:
        assert row["term"].startswith(f"id/070009/term/{GLOSSARY}.")
        assert row["label"] == case["printed"]
    assert row["reading_index"] == case["index"]
    assert row["definition"].startswith(case["begins"])
    assert row["definition"].count("\n") + 1 == int(case["paragraphs"])
    printed = source(GLOSSARY, int(case["first_line"]), int(case["last_line"]))
    assert printed.endswith(compared(row["definition"]))
    assert printed.count(compared(row["definition"])) == 1
    before = printed.removesuffix(compared(row["definition"]))
    term = compared(case["printed"])
    assert before in ("", term, case["index"] + term)
    _assert_sides(built, case, row["term"])


def _assert_sides(built: Folders, case: dict[str, str], term: str) -> None:
    """The side tables of a term: names, addresses, and evidence on its own lines alone."""
    sides = {
        name: [row for row in table(built, GLOSSARY, name) if row["term"] == term]
        for name in ("term_names", "term_references", "term_evidence")
    }
    assert [row["name"] for row in sides["term_names"] if row["name"]] == list(
        filter(None, case["names"].split("|"))
    )
    assert [row["name_en"] for row in sides["term_names"] if row["name_en"]] == list(
        filter(None, [case["names_en"]])
    )
    assert [row["url"] for row in sides["term_references"]] == list(filter(None, [case["url"]]))
    passages = {row["passage"]: row for row in table(built, GLOSSARY, "passages")}
    evidence = [passages[row["passage"]] for row in sides["term_evidence"]]
    lines = [int(row[end]) for row in evidence for end in ("start_line", "end_line")]
    assert max(lines) == int(case["last_line"])
    assert min(lines) > int(case["first_line"]) - 7  # a term is printed on three lines at most
    quoted = compared("".join(row["exact"] for row in evidence))
    assert quoted.startswith(compared(case["printed"]))


@pytest.mark.parametrize("case", cases("citations.csv"), ids=lambda case: f"{case['document']}.{case['key']}")
def test_a_citation_says_what_is_printed(built: Folders, case: dict[str, str]) -> None:
    key = f"{case['document']}.{case['key']}"
    (row,) = [row for row in table(built, case["document"], "citations") if row["citation"] == key]
    issued = row["issued_date"] or row["issued_month"] or row["issued_year"]
    said = (row["number"], row["publisher_text"], row["section_text"], row["pages"], issued, row["accessed"])
    assert said == tuple(
        case[name] for name in ("number", "publisher", "section", "pages", "issued", "accessed")
    )
    assert compared(row["title"]) == compared(case["title"])
    assert bool(row["note_text"]) == bool(case["note_begins"])
    assert row["note_text"].startswith(case["note_begins"])
    assert row["note_text"].endswith(case["note_ends"])
    urls = [
        side["url"]
        for side in table(built, case["document"], "citation_references")
        if side["citation"] == key
    ]
    assert urls == list(filter(None, [case["url"]]))


@pytest.mark.parametrize("case", cases("citations.csv"), ids=lambda case: f"{case['document']}.{case['key']}")
def test_a_citation_knows_its_lines_and_where_it_is_cited(built: Folders, case: dict[str, str]) -> None:
    key = f"{case['document']}.{case['key']}"
    passages = {row["passage"]: row for row in table(built, case["document"], "passages")}
    sides = [row for row in table(built, case["document"], "citation_passages") if row["citation"] == key]
    evidence = [passages[side["evidence"]] for side in sides if side["evidence"]]
    assert [f"{row['start_line']}-{row['end_line']}" for row in evidence] == case["lines"].split("|")
    quoted = compared("".join(row["exact"] for row in evidence))
    assert all(compared(case[name]) in quoted for name in ("publisher", "title", "section", "url"))
    assert source(case["document"], *map(int, case["lines"].split("|")[0].split("-"))).startswith(
        case["number"]
    )
    cited = [compared(passages[side["cited_at"]]["exact"]) for side in sides if side["cited_at"]]
    assert len(cited) == bool(case["cited_at"])
    assert all(compared(case["cited_at"]) in text for text in cited)


def test_two_citations_of_one_footnote_share_no_evidence(built: Folders) -> None:
    document = OTHER
    sides = table(built, document, "citation_passages")
    first, second = (
        {side["evidence"] for side in sides if side["citation"] == f"{document}.{key}" and side["evidence"]}
        for key in ("n9", "n9-2")
    )
    assert first & second == set()


def test_the_graph_has_every_term_once_with_one_name_in_each_language(built: Folders) -> None:
    query = """SELECT ?term ?label WHERE {
        ?term a skos:Concept ; kf:readingIndex ?index ; skos:prefLabel ?label ; skos:definition ?definition ;
            skos:inScheme <https://w3id.org/keifu/id/070009/scheme/glossary> }"""
    labels = Counter((row["term"], cast("Literal", row["label"]).language) for row in rows(built, query))
    assert set(labels.values()) == {1}
    assert Counter(language for _, language in labels) == {"ja": 37, "en": 19}


def test_a_name_of_a_concept_is_not_another_name_of_it_too(built: Folders) -> None:
    query = "SELECT ?term ?name WHERE { ?term skos:prefLabel ?name ; skos:altLabel ?name }"
    assert list(rows(built, query)) == []


def test_the_graph_has_every_citation_with_what_it_cites(built: Folders) -> None:
    query = """SELECT (COUNT(DISTINCT ?citation) AS ?all) (COUNT(DISTINCT ?numbered) AS ?footnotes)
        (COUNT(DISTINCT ?read) AS ?dated) (COUNT(DISTINCT ?cited) AS ?placed) WHERE {
        ?citation a kf:Citation ; kf:evidence ?passage .
        OPTIONAL { ?citation kf:number ?number . BIND(?citation AS ?numbered) }
        OPTIONAL { ?citation kf:accessed ?day ; dcterms:references ?url . FILTER(ISIRI(?url))
            BIND(?citation AS ?read) }
        OPTIONAL { ?citation kf:citedAt ?place . BIND(?citation AS ?cited) } }"""
    (row,) = rows(built, query)
    counts = tuple(int(cast("Literal", row[name]).value) for name in ("all", "footnotes", "dated", "placed"))
    assert counts == (33, 16, 13, 32)


def test_every_curated_concept_stands_in_a_scheme_with_both_names(built: Folders) -> None:
    query = """SELECT ?concept WHERE { GRAPH <https://w3id.org/keifu/graph/reference> {
        ?concept a skos:Concept ; skos:prefLabel ?ja , ?en ; skos:inScheme/skos:prefLabel ?scheme ;
            skos:editorialNote ?why .
        FILTER(LANG(?ja) = "ja" && LANG(?en) = "en" && LANG(?scheme) = "ja") } }"""
    with (Folders().mappings / "reference" / "concepts.csv").open(encoding="utf-8", newline="") as file:
        curated = list(csv.DictReader(file))
    assert len(list(rows(built, query))) == len(curated) > 50


# What stops a build, on invented documents.


def footnote(text: str, kind: str = "footnote") -> tuple[Reading, Passages]:
    document = made(f"本文です1。\n\n{text}", {"reader": "outline"})
    spans = (Span(3, 3),)
    body = ParagraphRecord((Span(1, 1),), "paragraph", "本文です1。")
    return Reading(paragraphs=[body, ParagraphRecord(spans, kind, text)]), Passages(document, Tables())


@pytest.mark.parametrize(
    "text",
    [
        "1 総務省。「白書」、謎の記述、p.3、https://www.soumu.go.jp/、令和3年11月1日参照",
        "1 総務省。「白書」、どこかに",
        "1 詳しくは https://www.soumu.go.jp/ を見ること",
        "1 総務省。「白書、p.3",
        "1 総務省。「白書」、p.3、p.4",
        "1 総務省。「白書」、令和3年13月1日参照",
        "注 総務省。「白書」、p.3",
    ],
)
def test_a_footnote_that_cannot_be_read_is_a_problem_with_its_line(text: str) -> None:
    with pytest.raises(TableError, match="made, line 3"):
        add_citations(*footnote(text))


def test_a_reference_that_cannot_be_read_is_a_problem_with_its_line() -> None:
    with pytest.raises(TableError, match="made, line 3"):
        add_citations(*footnote("「白書」、謎の記述、p.3", "reference"))


def test_a_remark_that_names_no_source_is_no_citation() -> None:
    reading, passages = footnote("本章は現状を述べています。", "remark")
    add_citations(reading, passages)
    assert passages.tables.of(CitationRow) == []


def test_numbers_that_begin_anew_on_each_page_are_told_apart_by_lines() -> None:
    document = made("甲1。\n1 総務省「白書」\n乙1。\n1 総務省「青書」", {"reader": "outline"})
    paragraphs = [
        ParagraphRecord((Span(at, at),), "paragraph" if at % 2 else "footnote", document.lines[at - 1].text)
        for at in range(1, 5)
    ]
    passages = Passages(document, Tables())
    add_citations(Reading(paragraphs=paragraphs), passages)
    assert [row.citation for row in passages.tables.of(CitationRow)] == ["made.n1", "made.r4"]


@pytest.mark.parametrize(
    ("mark", "text", "is_there"),
    [
        ("1", "活用されています1。", True),
        ("3", "10の原則3の要素", True),
        ("6", "調査を基に算出6", True),
        ("1", "活用されています11。", False),
        ("3", "令和3年", False),
        ("2", "第 2 の", False),
        ("¹", "指し¹⁰、", False),
        ("¹⁰", "指し¹⁰、", True),
    ],
)
def test_a_mark_touches_the_word_that_it_belongs_to(mark: str, text: str, *, is_there: bool) -> None:
    document = made(text, {"reader": "outline"})
    paragraph = ParagraphRecord((Span(1, 1),), "paragraph", text)
    found = marked_place(mark, Span(9, 9), [paragraph], document)
    assert found == (Span(1, 1) if is_there else None)


def reference(tmp_path: Path, concepts: str, *documents: str) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "concepts.csv").write_text(CONCEPTS + concepts, encoding="utf-8")
    (folder / "schemes.csv").write_text(SCHEMES, encoding="utf-8")
    for key in documents:
        (tmp_path / key).mkdir()
        (tmp_path / key / "document.toml").write_text("", encoding="utf-8")
    return folder


def glossary(concepts: Concepts, tables: Tables, term: str = "ＡＩ") -> None:
    document = made(f"{term}\n人工知能のこと。", {"reader": "outline"})
    record = TermRecord(
        "A",
        ParagraphRecord((Span(1, 1),), "term", term),
        ParagraphRecord((Span(2, 2),), "definition", "人工知能のこと。"),
    )
    add_terms(Reading(terms=[record]), Passages(document, tables), concepts)


def test_a_term_is_the_concept_whose_term_it_equals_but_for_width(tmp_path: Path) -> None:
    tables = Tables()
    concepts = Concepts(reference(tmp_path, "jp,ai,ideas,AI,,AI,for the test\n"), tables)
    glossary(concepts, tables)
    (row,) = tables.of(TermRow)
    assert (row.term, row.label, row.scheme) == ("id/jp/concept/ai", None, "id/000000/scheme/glossary")
    assert [name.name for name in tables.of(TermNameRow)] == []
    assert [concept.scheme for concept in tables.of(ConceptRow)] == ["id/jp/scheme/ideas"]
    assert len(tables.of(SchemeRow)) == 2
    concepts.require_terms(set())


def test_a_concept_whose_term_no_glossary_explains_is_named_with_its_line(tmp_path: Path) -> None:
    tables = Tables()
    rows = "jp,ai,ideas,AI,,AI,for the test\njp,vr,ideas,VR,,VR,for the test\n"
    concepts = Concepts(reference(tmp_path, rows, "made"), tables)
    glossary(concepts, tables)
    with pytest.raises(DeclarationError, match=r"concepts\.csv, line 3, column term.*VR"):
        concepts.require_terms({"made"})


def test_a_part_of_the_documents_proves_no_concept_wrong(tmp_path: Path) -> None:
    tables = Tables()
    folder = reference(tmp_path, "jp,vr,ideas,VR,,VR,for the test\n", "made", "another")
    concepts = Concepts(folder, tables)
    glossary(concepts, tables)
    concepts.require_terms({"made"})
    without_glossary = Concepts(folder, Tables())
    without_glossary.require_terms({"made", "another"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("jp,ai,ideas,AI,,,again", "line 3, column key"),
        ("jp,vr,arts,VR,,,for the test", "line 3, column scheme"),
        ("jp,vr,ideas,,,,for the test", "line 3, column label"),
        ("jp,vr,ideas,VR,,ＡＩ,for the test", "line 3, column term"),
        ("jp,vr,ideas,VR,,,", "line 3, column reason"),
    ],
)
def test_a_wrong_row_of_the_concepts_is_named(tmp_path: Path, row: str, said: str) -> None:
    folder = reference(tmp_path, f"jp,ai,ideas,AI,,AI,for the test\n{row}\n")
    with pytest.raises(DeclarationError, match=said):
        Concepts(folder, Tables())


def test_a_scheme_without_a_reason_is_named(tmp_path: Path) -> None:
    folder = reference(tmp_path, "")
    (folder / "schemes.csv").write_text(f"{SCHEMES}jp,arts,芸術,Arts,\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"schemes\.csv, line 3, column reason"):
        Concepts(folder, Tables())


def test_a_collection_without_curated_concepts_keeps_its_terms(tmp_path: Path) -> None:
    tables = Tables()
    glossary(Concepts(tmp_path, tables), tables)
    (row,) = tables.of(TermRow)
    assert row.label == "ＡＩ"
    assert [name.name for name in tables.of(TermNameRow)] == ["AI"]
