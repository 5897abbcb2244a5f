"""Reviewed decisions: each row can be judged alone, a faulty one stops the build, and decisions win."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from graph_builder.documents import read_documents
from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.lineage.decisions import COLUMNS, Decision, read_decisions
from graph_builder.pipeline import extract_all
from graph_builder.rows.lineage import LinkBasisRow, LinkRow
from graph_builder.rows.projects import EntryRow
from graph_builder.tables.assembly import tidy
from graph_builder.tables.collection import Tables
from graph_builder.tables.passages import Passages
from graph_builder.tables.quotes import Quotes
from graph_builder.values.text import compared

LINEAGE = Folders.mappings / "lineage"


def _rows(name: str) -> list[dict[str, str]]:
    with (LINEAGE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The tables of the five documents."""
    return tidy(extract_all(read_documents(Folders.mappings)), Folders.mappings)


@pytest.fixture(scope="module")
def quotes(tables: Tables) -> Quotes:
    """The five documents, to quote from."""
    return Quotes({each.key: Passages(each, tables) for each in read_documents(Folders.mappings)})


def test_there_are_as_many_decisions_as_we_think() -> None:
    rows = _rows("projects.csv")
    decided = [row["decision"] for row in rows]
    assert (decided.count("accept"), decided.count("reject")) == (102, 3)
    assert len(_rows("umbrellas.csv")) == 3


@pytest.mark.parametrize("name", ["projects.csv", "umbrellas.csv"])
def test_a_row_can_be_reviewed_alone(name: str) -> None:
    sources = {each.key: each for each in read_documents(Folders.mappings)}
    for row in _rows(name):
        assert len(row["reason"]) > 10, row
        assert row["reason"].endswith("。"), row
        assert 0 < float(row["confidence"]) <= 1
        for side in ("earlier_", "later_"):
            first, last = int(row[f"{side}first_line"]), int(row[f"{side}last_line"])
            lines = sources[row[f"{side}document"]].between(first, last)
            printed = compared("".join(line.printed for line in lines))
            assert row[f"{side}name"]
            assert compared(row[f"{side}quote"]) in printed, row


FAULTS = {
    "decision": ("maybe", "it is none. write accept or reject"),
    "link_type": ("grown", "it is none. use same, renamed"),
    "confidence": ("1.5", "it is no number from 0 to 1"),
    "earlier_name": ("ない事業", "no row at these lines is called 「ない事業」"),
    "later_division": ("総務部", "「総務部」 is not responsible, but 「企画調整部・デジタル変革課」"),
    "later_quote": ("印刷されていない", "does not print 「印刷されていない」 at these lines"),
    "reason": ("", "the reason is missing"),
}


def _write(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "projects.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _sound() -> dict[str, str]:
    return next(row for row in _rows("projects.csv") if row["later_first_line"] == "162")


@pytest.mark.parametrize("column", FAULTS)
def test_a_faulty_row_is_named(column: str, tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    value, message = FAULTS[column]
    path = _write(tmp_path, _sound() | {column: value})
    with pytest.raises(DeclarationError, match=rf"projects\.csv, line 2, column {column}: ") as caught:
        read_decisions(path, tables.of(EntryRow), quotes)
    assert message in str(caught.value)


def test_a_sound_row_is_read(tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    (decision,) = read_decisions(_write(tmp_path, _sound()), tables.of(EntryRow), quotes)
    assert (decision.link_type, decision.is_accepted) == ("same", True)


def test_a_pair_is_decided_once(tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    with pytest.raises(DeclarationError, match="the pair is decided twice"):
        read_decisions(_write(tmp_path, _sound(), _sound()), tables.of(EntryRow), quotes)


def test_two_rows_of_one_list_are_no_descent(tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    row = _sound()
    row |= {f"later_{key}": row[f"earlier_{key}"] for key in ("document", "first_line", "last_line", "name")}
    row |= {f"later_{key}": row[f"earlier_{key}"] for key in ("division", "quote")}
    with pytest.raises(DeclarationError, match="both rows stand in one list"):
        read_decisions(_write(tmp_path, row), tables.of(EntryRow), quotes)


def test_a_table_with_other_columns_is_refused(tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    path = tmp_path / "projects.csv"
    path.write_text("decision,reason\naccept,because\n", "utf-8")
    with pytest.raises(DeclarationError, match="write exactly decision, link_type"):
        read_decisions(path, tables.of(EntryRow), quotes)


def test_a_cell_too_many_is_refused(tmp_path: Path, tables: Tables, quotes: Quotes) -> None:
    path = _write(tmp_path, _sound())
    path.write_text(path.read_text("utf-8").rstrip("\r\n") + ",more\r\n", "utf-8")
    with pytest.raises(DeclarationError, match="more or fewer cells"):
        read_decisions(path, tables.of(EntryRow), quotes)


def test_decisions_on_documents_that_are_not_built_are_left_out(tables: Tables) -> None:
    one = read_documents(Folders.mappings, "dx-projects-2022")
    quotes = Quotes({each.key: Passages(each, tables) for each in one if each.key == "dx-projects-2022"})
    found: list[Decision] = read_decisions(LINEAGE / "projects.csv", tables.of(EntryRow), quotes)
    assert found == []


def test_the_matcher_never_sees_a_decision(tmp_path: Path) -> None:
    mappings = tmp_path / "mappings"
    shutil.copytree(Folders.mappings, mappings)
    shutil.rmtree(mappings / "lineage")
    (mappings / "lineage").mkdir()
    with_decisions, without = (_proposals(each) for each in (Folders.mappings, mappings))
    assert without
    assert {link[:-1] for link in without} == {link[:-1] for link in with_decisions if "matched" in link[-2]}
    assert {link[-1] for link in without} == {"proposed"}


def _proposals(mappings: Path) -> set[tuple[str, ...]]:
    """Every link of the graph of proposals: ends, type, confidence, reason, bases, and at last its status."""
    built = tidy(extract_all(read_documents(mappings)), mappings)
    bases = {row.link: row.basis for row in built.of(LinkBasisRow) if row.document == "proposals"}
    return {
        (
            row.link,
            row.earlier,
            row.later,
            row.link_type,
            row.confidence,
            row.reason,
            bases[row.link],
            row.status,
        )
        for row in built.of(LinkRow)
        if row.document == "proposals"
    }
