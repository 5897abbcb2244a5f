"""A document folder: what it declares is checked, the text is the one that was received."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from graph_builder.documents import read_document, read_documents
from graph_builder.errors import DeclarationError, KeifuError, SourceError, TableError
from graph_builder.extraction import extract

TEXT = "第一行\n福島県のけいかく\n\n最後の行\n"


def make(folder: Path, text: str = TEXT, **changes: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "source.txt").write_text(text, encoding="utf-8")
    declared = {
        "key": f'"{folder.name}"',
        "authority": '"070009"',
        "title": '"題"',
        "publisher": '"福島県"',
        "sha256": f'"{hashlib.sha256(text.encode()).hexdigest()}"',
        "layouts": '[{reader = "outline", lines = [1, 4]}]',
    } | changes
    toml = "".join(f"{key} = {value}\n" for key, value in declared.items() if value)
    (folder / "document.toml").write_text(toml, encoding="utf-8")
    return folder


def correct(folder: Path, *rows: str) -> None:
    text = "\n".join(["line,printed,corrected,kind,reason", *rows, ""])
    (folder / "corrections.csv").write_text(text, encoding="utf-8")


def test_a_document_is_its_folder(tmp_path: Path) -> None:
    document = read_document(make(tmp_path / "plan-2022"))
    assert [line.text for line in document.lines] == ["第一行", "福島県のけいかく", "", "最後の行"]
    assert [line.number for line in document.lines if line.is_blank] == [3]
    assert (document.layouts[0].first, document.layouts[0].last) == (1, 4)


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    document = read_document(make(tmp_path / "plan-2022", "一\u2028二\f三\n四\n"))
    assert [line.printed for line in document.lines] == ["一\u2028二\f三", "四"]


def test_a_correction_mends_its_line_and_the_print_stays(tmp_path: Path) -> None:
    folder = make(tmp_path / "plan-2022")
    correct(folder, "2,けいかく,計画,ocr,read as kana")
    line = read_document(folder).lines[1]
    assert (line.text, line.printed) == ("福島県の計画", "福島県のけいかく")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2,けいかく,計画,fact,x", "not complete"),
        ("two,けいかく,計画,ocr,x", "not complete"),
        ("2,けいかく,計画,ocr,", "not complete"),
    ],
)
def test_a_correction_that_says_too_little_stops(tmp_path: Path, row: str, said: str) -> None:
    folder = make(tmp_path / "plan-2022")
    correct(folder, row)
    with pytest.raises(KeifuError, match=said):
        read_document(folder)


@pytest.mark.parametrize("line", [1, 9])
def test_a_correction_that_finds_nothing_is_stale(tmp_path: Path, line: int) -> None:
    folder = make(tmp_path / "plan-2022")
    correct(folder, f"{line},けいかく,計画,ocr,x")
    document = read_document(folder)
    assert [correction.line for correction in document.stale] == [line]
    with pytest.raises(TableError, match=rf"line {line}: the correction finds no 「けいかく」 there"):
        extract(replace(document, layouts=()))


def test_corrections_have_their_columns(tmp_path: Path) -> None:
    folder = make(tmp_path / "plan-2022")
    (folder / "corrections.csv").write_text("line,text\n1,x\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="line,printed,corrected,kind,reason"):
        read_document(folder)


def test_a_changed_text_stops(tmp_path: Path) -> None:
    folder = make(tmp_path / "plan-2022")
    with (folder / "source.txt").open("a", encoding="utf-8") as source:
        source.write("もう一行\n")
    with pytest.raises(SourceError, match="changed or is truncated"):
        read_document(folder)


def test_a_missing_text_stops(tmp_path: Path) -> None:
    folder = make(tmp_path / "plan-2022")
    (folder / "source.txt").unlink()
    with pytest.raises(SourceError, match="missing"):
        read_document(folder)


def test_a_text_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    folder = make(tmp_path / "plan-2022")
    data = "一\n二\n".encode() + b"\xff\n"
    (folder / "source.txt").write_bytes(data)
    toml = (folder / "document.toml").read_text("utf-8")
    old = hashlib.sha256(TEXT.encode()).hexdigest()
    toml = toml.replace(old, hashlib.sha256(data).hexdigest())
    (folder / "document.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SourceError, match="line 3"):
        read_document(folder)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"titel": '"x"'}, "titel: unknown key"),
        ({"title": ""}, "title: the key is missing"),
        ({"key": '"another"'}, "cannot be used"),
        ({"layouts": '[{reader = "outline"}]'}, "a layout needs"),
        ({"title": "unquoted"}, "at line 3"),
    ],
)
def test_a_declaration_that_is_wrong_says_where(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    folder = make(tmp_path / "plan-2022", **changes)
    with pytest.raises(DeclarationError, match=said):
        read_document(folder)


def test_a_reserved_name_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="cannot be used"):
        read_document(make(tmp_path / "lineage"))


def test_documents_come_in_the_order_of_their_keys(tmp_path: Path) -> None:
    make(tmp_path / "b-plan")
    make(tmp_path / "a-plan")
    assert [document.key for document in read_documents(tmp_path)] == ["a-plan", "b-plan"]
    assert [document.key for document in read_documents(tmp_path, only="b-plan")] == ["b-plan"]


def test_no_documents_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="there is no document"):
        read_documents(tmp_path)
    make(tmp_path / "a-plan")
    with pytest.raises(DeclarationError, match="document c-plan"):
        read_documents(tmp_path, only="c-plan")
