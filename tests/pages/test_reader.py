"""The reader shows every line as received, what became of it, and every fact has its line one click away."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.reader.blocks import LINE, MOST, blocks_of
from api.pages.reader.kinds import kind_of
from api.pages.reader.marking import Mark, pieces
from graph_builder.folders import Folders
from graph_builder.namespaces import KF
from graph_builder.publication import publish
from tests.pages.reading import links_of, reading, text_of, tree_of
from tests.serve.running import BASE, small_folders

DOCUMENTS = {
    "digital-plan-2022": 1672,
    "dx-projects-2022": 166,
    "ict-data-action-plan-2020": 2091,
    "ict-data-plan-2019-chapter2": 264,
    "ict-data-plan-2019-review": 182,
}
"""Key → lines."""
PROVED = """
PREFIX kf: <https://w3id.org/keifu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?thing ?document ?line WHERE {
  ?thing kf:evidence ?passage . ?passage kf:startLine ?line ; dcterms:isPartOf ?document .
  FILTER NOT EXISTS { ?thing kf:mentions ?any } FILTER NOT EXISTS { ?thing a sh:ValidationResult }
}"""
CLASSES = """
PREFIX kf: <https://w3id.org/keifu/ontology#>
SELECT ?thing (GROUP_CONCAT(STR(?class)) AS ?classes) WHERE { ?thing kf:evidence ?passage ; a ?class }
GROUP BY ?thing"""


@pytest.fixture(scope="module")
def client(built: Folders) -> Iterator[httpx.Client]:
    """A client on the five documents."""
    with reading(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def lines(client: httpx.Client) -> dict[tuple[str, int], Element]:
    """Document and line → the element of the line, of all pages; each page is correct and small."""
    found: dict[tuple[str, int], Element] = {}
    for document in DOCUMENTS:
        pages = 1
        number = 0
        while (number := number + 1) <= pages:
            answer = client.get(f"/read/{document}", params={"page": number})
            assert len(gzip.compress(answer.content)) <= 100_000
            tree = tree_of(answer)
            pages = max([pages, *(int(n) for n in re.findall(r"\?page=(\d+)", answer.text))])
            for line in tree.iter("li"):
                if "source-line" in (line.get("class") or ""):
                    key = (document, int((line.get("id") or "").removeprefix("L")))
                    assert key not in found
                    found[key] = line
        assert client.get(f"/read/{document}", params={"page": pages + 1}).status_code == 404
    return found


def printed(line: Element) -> str:
    """The text of a line as it is shown."""
    return "".join(
        text_of(element) for element in line.iter("bdi") if "source-text" in (element.get("class") or "")
    )


def test_every_line_of_every_document_is_shown_once_as_received(
    lines: dict[tuple[str, int], Element],
) -> None:
    for document, length in DOCUMENTS.items():
        text = (Folders.mappings / document / "source.txt").read_bytes().decode()
        received = text.removesuffix("\n").split("\n")
        assert len(received) == length
        assert [number for key, number in lines if key == document] == list(range(1, length + 1))
        for number, line in enumerate(received, 1):
            assert printed(lines[document, number]) == (line if line.strip() else ""), (document, number)


def test_every_thing_is_linked_from_the_line_that_proves_it(
    built: Folders, lines: dict[tuple[str, int], Element]
) -> None:
    store = ox.Store.read_only(str(built.store))
    rows = store.query(PROVED)
    assert isinstance(rows, ox.QuerySolutions)
    count = 0
    for row in rows:
        thing, document = (str(row[name].value) for name in ("thing", "document"))
        line = lines[document.rpartition("/")[2], int(row["line"].value)]
        assert "/" + thing.removeprefix(BASE) in links_of(line), (thing, line.get("id"))
        assert "evidence-line" in (line.get("class") or "")
        assert next(line.iter("mark"), None) is not None
        count += 1
    assert count > 1000


def test_every_thing_with_evidence_is_of_a_kind_that_has_a_name(built: Folders) -> None:
    rows = ox.Store.read_only(str(built.store)).query(CLASSES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        kind = kind_of(str(row["classes"].value).split())
        assert kind is None or kind.address, row


def test_a_stretch_of_a_line_is_marked_alone(lines: dict[tuple[str, int], Element]) -> None:
    marks = [mark for mark in lines["digital-plan-2022", 672].iter("mark") if mark.get("class") == "stretch"]
    assert [text_of(mark) for mark in marks] == ["官民データ活用推進基本法第９条及び"]


def test_a_line_inside_a_passage_leads_to_the_line_where_it_begins(
    lines: dict[tuple[str, int], Element],
) -> None:
    assert "#L269" in links_of(lines["ict-data-action-plan-2020", 272])


def test_a_correction_says_what_is_printed_what_is_right_and_why(
    lines: dict[tuple[str, int], Element],
) -> None:
    line = lines["dx-projects-2022", 5]
    assert [text_of(element) for element in line.iter("del")] == ["最初めに"]
    assert [text_of(element) for element in line.iter("ins")] == ["最初に"]
    assert "「最初めに」という語はない。" in text_of(line)
    assert "最初めに" in printed(line)
    assert next(line.iter("details"), None) is not None
    assert not any("del" in {each.tag for each in more.iter()} for more in line.iter("details"))
    assert sum(len(list(each.iter("del"))) for each in lines.values()) == 4


def test_every_finding_of_the_report_stands_at_its_lines(
    client: httpx.Client, lines: dict[tuple[str, int], Element]
) -> None:
    results = client.get("/report.json").json()["results"]
    assert len(results) > 50
    for result in results:
        for place in [result, *result.get("also", [])]:
            if place["document"]:
                line = lines[place["document"], place["startLine"] or 1]
                assert any(link.startswith("/report/") for link in links_of(line)), place
                assert "problem-line" in (line.get("class") or "")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_address_of_a_line_leads_to_the_page_that_has_it(client: httpx.Client, document: str) -> None:
    last = DOCUMENTS[document]
    for asked in (f"L{last}", "1", f"L{last // 2}"):
        answer = client.get(f"/read/{document}/{asked}")
        assert answer.status_code == 303
        page, _, anchor = answer.headers["location"].partition("#")
        assert anchor == "L" + asked.removeprefix("L")
        assert f'id="{anchor}"' in client.get(page).text
    form = client.get(f"/read/{document}", params={"line": last})
    assert (form.status_code, form.headers["location"].partition("#")[2]) == (303, f"L{last}")


@pytest.mark.parametrize(
    "path",
    [
        "/read/nothing",
        "/read/reference",
        "/read/..%2F..%2Fetc",
        "/read/digital-plan-2022/L0",
        "/read/digital-plan-2022/L1673",
        "/read/digital-plan-2022/L-1",
        "/read/digital-plan-2022/Ｌ１",
        "/read/digital-plan-2022?page=0",
        "/read/digital-plan-2022?page=x",
        "/read/digital-plan-2022?line=99999",
    ],
)
def test_what_is_not_there_is_a_problem_with_a_remedy(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["remedy"]


def test_documents_are_listed_with_their_plans_lines_and_findings(client: httpx.Client) -> None:
    tree = tree_of(client.get("/read"))
    rows = {text_of(row.findall("td")[1]): links_of(row) for row in tree.iter("tr") if row.findall("td")}
    assert set(rows) == {str(length) for length in DOCUMENTS.values()}
    assert "/report?document=digital-plan-2022" in rows["1672"]
    assert "/id/070009/plan/digital-plan-2022" in rows["1672"]


def test_headings_make_the_outline(client: httpx.Client) -> None:
    tree = tree_of(client.get("/read/digital-plan-2022"))
    outline = next(nav for nav in tree.iter("nav") if nav.get("class") == "outline")
    assert {"#L1", "#L5", "/read/digital-plan-2022?page=2"} <= links_of(outline)
    assert "計画の策定趣旨" in text_of(outline)


def test_a_page_is_in_the_language_of_its_reader_and_the_text_in_its_own(client: httpx.Client) -> None:
    answer = client.get("/read/dx-projects-2022", headers={"Accept-Language": "en"})
    tree = tree_of(answer)
    assert answer.headers["content-language"] == tree.get("lang") == "en"
    assert "Project entry" in text_of(tree)
    assert "事業の記載" not in text_of(tree)
    texts = [each for each in tree.iter("bdi") if each.get("class") == "source-text"]
    assert {each.get("lang") for each in texts} == {"ja"}


HOSTILE = "表題\n<script>alert(1)</script>\u202e\x00</bdi></li>\t\x0c&amp;\n\n終わり " + "長" * 10_000 + "\n"


@pytest.fixture
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[httpx.Client, Path]]:
    """A client on the small graph, whose one document has the text in a file that a test may change."""
    source = tmp_path / "mappings" / "small" / "source.txt"
    source.parent.mkdir(parents=True)
    source.write_text(HOSTILE, "utf-8", newline="")
    folders = small_folders(tmp_path / "build")
    document, graph = f"<{BASE}id/070009/document/small>", f"<{BASE}graph/small>"
    digest = f'{document} <{KF.sha256}> "00" {graph} .\n'
    folders.dataset.write_text(folders.dataset.read_text("utf-8") + digest, "utf-8")
    publish(folders, "small", BASE)
    monkeypatch.setattr("api.site.Folders", partial(Folders, mappings=source.parent.parent))
    with reading(folders) as client:
        yield client, source


def test_a_hostile_text_is_shown_as_text(strange: tuple[httpx.Client, Path]) -> None:
    trees = [tree_of(strange[0].get("/read/small", params={"page": page})) for page in (1, 2)]
    listed = [line for tree in trees for line in tree.iter("li")]
    shown = [printed(line) for line in listed if "source-line" in (line.get("class") or "")]
    wanted = HOSTILE.replace("\x00", "\ufffd").replace("\x0c", "\ufffd").removesuffix("\n").split("\n")
    assert shown == wanted


def test_a_text_that_is_not_the_one_of_the_graph_is_shown_with_a_warning(
    strange: tuple[httpx.Client, Path], client: httpx.Client
) -> None:
    assert "公開中のグラフが記すものと違います" in strange[0].get("/read/small").text
    assert "公開中のグラフを作ったときの本文と違います" in strange[0].get("/read").text
    agreeing = client.get("/read/digital-plan-2022").text
    assert "違います" not in agreeing
    assert "SHA-256 が一致" in agreeing


def test_a_document_without_its_text_is_listed_and_answers_404(strange: tuple[httpx.Client, Path]) -> None:
    strange[1].unlink()
    answer = strange[0].get("/read/small", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "not at hand" in answer.json()["detail"]
    assert "folder of the sources" in answer.json()["remedy"]
    assert "本文は手元にありません" in strange[0].get("/read").text


SPANS = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=6)


@given(text=st.text(max_size=30), spans=SPANS)
def test_pieces_are_the_line_and_only_what_is_quoted_is_marked(
    text: str, spans: list[tuple[int, int]]
) -> None:
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    marks = [piece.mark for piece in found for _ in piece.text]
    quoted = [any(first <= place < last for first, last in spans) for place in range(len(text))]
    assert [mark is not Mark.NONE for mark in marks] == quoted


@given(lengths=st.lists(st.integers(0, 3000), min_size=1, max_size=60), headings=st.sets(st.integers(1, 60)))
def test_blocks_hold_every_line_once_and_are_never_long(lengths: list[int], headings: set[int]) -> None:
    blocks = blocks_of(["字" * length for length in lengths], headings)
    assert [line for block in blocks for line in range(block.first, block.last + 1)] == list(
        range(1, len(lengths) + 1)
    )
    for block in blocks:
        weight = sum(length + LINE for length in lengths[block.first - 1 : block.last])
        assert weight <= MOST or block.first == block.last
