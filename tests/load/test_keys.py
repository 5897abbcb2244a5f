"""Keys are frozen: an address that was published leads to the same thing for ever.

`keys.txt` lists them. A line that has to go is a breaking change: it belongs in the document's moved.csv
and in the changelog.
"""

from __future__ import annotations

import re
from pathlib import Path

from graph_builder.folders import Folders
from graph_builder.identifiers import direction_key, entry_key, passage_key, short_hash
from graph_builder.readers.reading import DirectionRecord, EntryRecord, ResponsibleRecord, Span

KEYS = Path(__file__).with_name("keys.txt")
KINDS = (
    "body",
    "citation",
    "concept",
    "direction",
    "document",
    "entry",
    "event",
    "government",
    "law",
    "observation",
    "organization",
    "plan",
    "plan-series",
    "project",
    "scheme",
    "strategy",
    "term",
    "vision",
)
SUBJECT = re.compile(rf"^<https://w3id\.org/keifu/(id/[^/>]+/(?:{'|'.join(KINDS)})/[^>]+)>", re.MULTILINE)


def test_every_published_key_is_still_there_and_none_is_new(built: Folders) -> None:
    found = sorted(set(SUBJECT.findall(built.dataset.read_text("utf-8"))))
    assert len(found) > 700
    assert found == KEYS.read_text("utf-8").splitlines()


def test_keys_are_ascii_lower_case_and_hold_no_era_year() -> None:
    for key in KEYS.read_text("utf-8").splitlines():
        assert re.fullmatch(r"id/(?:jp|\d{6})/[a-z-]+/[a-z0-9.-]+", key), key


def test_a_hash_ignores_width_and_white_space() -> None:
    assert short_hash("デジタル変革（ＤＸ） 推進") == short_hash("デジタル変革(DX)推進")
    assert short_hash("a", None) != short_hash("a", "b")
    assert short_hash("ab", "c") != short_hash("a", "bc")


def test_a_numbered_row_is_known_by_its_numbers() -> None:
    section = DirectionRecord("plan", "2", "安全・安心")
    entry = EntryRecord(span=Span(1, 9), name="名", directions=(section,), number=14)
    assert entry_key("list-2020", entry) == "list-2020.2-14"


def test_a_row_without_a_number_is_known_by_what_it_says_not_by_its_line() -> None:
    item = DirectionRecord("plan", "2(1)", "項目", broader=DirectionRecord("plan", "2", "分野", part="1"))
    unit = (ResponsibleRecord("総務部", None, "税務課"),)
    first = EntryRecord(span=Span(5, 5), name="名", directions=(item,), responsible=unit)
    moved = EntryRecord(span=Span(9, 9), name="名 ", directions=(item,), responsible=unit)
    other = EntryRecord(span=Span(5, 5), name="別の名", directions=(item,), responsible=unit)
    assert entry_key("list", first) == entry_key("list", moved) != entry_key("list", other)


def test_two_parts_of_a_list_may_number_their_fields_alike() -> None:
    first = DirectionRecord("plan", "1", "最初に実施すべき取組", part="1")
    second = DirectionRecord("plan", "1", "震災からの復興・再生", part="2")
    assert direction_key(first) != direction_key(second)
    assert direction_key(DirectionRecord("plan", "１", "復興")) == "plan.1"


def test_a_part_of_a_line_is_another_passage_than_the_line() -> None:
    assert passage_key("list", Span(94, 94)) == "list.94-94"
    assert passage_key("list", Span(94, 94, 7, 20)) == "list.94-94.7-20"
