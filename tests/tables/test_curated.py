"""What people found by reading the documents: every quote stands where its row says, or the build stops."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_builder.documents import read_documents
from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.pipeline import extract_all
from graph_builder.rows.instruments import BodyRow, EventRow, InstrumentRow, ThingEvidenceRow
from graph_builder.rows.lineage import ChangeRow
from graph_builder.rows.plans import TopicRow, VisionRow
from graph_builder.tables.assembly import Extracts, tidy
from graph_builder.tables.collection import Tables


@pytest.fixture(scope="module")
def extracts() -> Extracts:
    """The five documents, read."""
    return extract_all(read_documents(Folders.mappings))


@pytest.fixture(scope="module")
def tables(extracts: Extracts) -> Tables:
    """Their tables."""
    return tidy(extracts, Folders.mappings)


def _curated(name: str) -> list[dict[str, str]]:
    with (Folders.mappings / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_curated_instrument_and_body_is_spoken_of(tables: Tables) -> None:
    proved = {row.thing for row in tables.of(ThingEvidenceRow)}
    instruments = [row.thing for row in tables.of(InstrumentRow)]
    assert len(instruments) == len(_curated("reference/instruments.csv")) == 51
    assert set(instruments) - proved == set()
    bodies = [row.thing for row in tables.of(BodyRow)]
    assert len(bodies) == len(_curated("reference/bodies.csv")) == 46
    assert set(bodies) - proved == set()


def test_an_event_told_twice_is_one_event(tables: Tables) -> None:
    act = "id/jp/law/428ac1000000103"
    events = [(row.event_type, row.month) for row in tables.of(EventRow) if row.thing == act]
    assert events == [("promulgated", "2016-12"), ("enforced", "2016-12")]


def test_a_date_is_as_precise_as_its_print(tables: Tables) -> None:
    dated = [(row.date, row.month, row.year, row.fiscal_year) for row in tables.of(EventRow)]
    assert all(sum(value is not None for value in row) <= 1 for row in dated)
    assert sum(not any(row) for row in dated) == 6
    (only,) = [row for row in tables.of(EventRow) if row.fiscal_year]
    assert (only.thing, only.fiscal_year) == ("id/070009/plan/ict-data-action-plan-2020", "2020")


def test_issues_and_trends_are_the_headings_of_their_chapters(tables: Tables) -> None:
    counted = {
        (plan, kind): sum(row.plan == plan and row.kind == kind for row in tables.of(TopicRow))
        for plan in ("digital-plan-2022", "ict-data-plan-2019")
        for kind in ("trend", "issue")
    }
    assert list(counted.values()) == [13, 9, 13, 8]


def test_visions_that_the_prose_states_stand_beside_those_of_the_table(tables: Tables) -> None:
    assert sorted(row.plan for row in tables.of(VisionRow)) == [
        "digital-plan-2022",
        "digital-plan-2022",
        "dx-basic-policy",
        "ict-strategy-2015",
    ]


def _replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


FAULTS = {
    "an event without its quote": (
        "reference/events.csv",
        _replaced(
            "「官民データ活用推進基本法」を公布施行しました", "「官民データ活用推進基本法」を廃止しました"
        ),
        "does not print 「平成 28 年 12 月に「官民データ活用推進基本法」を廃止しました",
    ),
    "an event with another date than its quote": (
        "reference/events.csv",
        _replaced("平成30年4月,", "平成31年4月,"),
        "the quote prints no date 「平成31年4月」",
    ),
    "lines that are no numbers": (
        "reference/visions.csv",
        _replaced(",22,22,", ",22,last,"),
        "the lines are no numbers",
    ),
    "a vision of no plan": (
        "reference/visions.csv",
        _replaced("id/070009/plan/ict-strategy-2015", "id/070009/body/ict-strategy-2015"),
        "it is no plan",
    ),
    "an instrument of no kind": (
        "reference/instruments.csv",
        _replaced("jp,law,", "jp,rumour,"),
        "use law, strategy, plan",
    ),
    "an instrument that stands twice": (
        "reference/instruments.csv",
        _replaced("503ac0000000036,act", "503ac0000000035,act"),
        "the key 503ac0000000035 stands twice",
    ),
    "a relation that is none": (
        "lineage/instruments.csv",
        _replaced(",replaces,", ",inherits,"),
        "use replaces, implements",
    ),
    "a confidence above one": (
        "lineage/instruments.csv",
        _replaced(",stated,1,", ",stated,2,"),
        "it is no number from 0 to 1",
    ),
    "a series without a figure": (
        "lineage/indicators.csv",
        _replaced(",ふくしま健民アプリのダウンロード数,", ",ふくしま健民アプリの利用者数,"),
        "no figure with this indicator is read there",
    ),
    "a review that decides nothing": (
        "lineage/divisions.csv",
        _replaced("accept,", "perhaps,"),
        "write accept or reject",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_stops_the_build(fault: str, extracts: Extracts, tmp_path: Path) -> None:
    name, change, message = FAULTS[fault]
    mappings = tmp_path / "mappings"
    shutil.copytree(Folders.mappings, mappings)
    before = (mappings / name).read_text("utf-8")
    assert change(before) != before
    (mappings / name).write_text(change(before), "utf-8")
    with pytest.raises(DeclarationError, match=rf"{name}, line \d+, column \w+: ") as caught:
        tidy(extracts, mappings)
    assert message in str(caught.value)


def test_a_reorganisation_that_review_rejects_is_left_out(extracts: Extracts, tmp_path: Path) -> None:
    mappings = tmp_path / "mappings"
    shutil.copytree(Folders.mappings, mappings)
    path = mappings / "lineage" / "divisions.csv"
    path.write_text(path.read_text("utf-8").replace("accept,", "reject,", 1), "utf-8")
    assert len(tidy(extracts, mappings).of(ChangeRow)) == 1
