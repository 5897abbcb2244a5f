"""What changed from one column to the next is marked by runs of one script, added and dropped."""

from __future__ import annotations

from api.pages.entity.charts import charts
from api.pages.entity.columns import Record
from api.pages.entity.trees import grown
from api.pages.entity.versions import compared
from api.pages.links import Link
from sparql.asking import Term

BASE = "https://w3id.org/keifu/id/"


def text(value: str) -> Term:
    return Term(value, is_address=False, language="ja")


def link(name: str) -> Link:
    return Link(f"{BASE}{name}", f"/id/{name}")


def marks(old: str, new: str) -> list[tuple[str, str]]:
    found = [Record({"name": (text(value),)}) for value in (old, new)]
    (_, (_, version)) = compared(found, ["name"]).rows[0]
    return [(piece.mark, piece.cell.text) for piece in version.pieces if isinstance(piece.cell, Term)]


def test_equal_texts_have_no_mark_whatever_their_white_space() -> None:
    assert marks("電子 申請", "電子申請") == [("same", "電子申請")]


def test_a_changed_run_is_marked_where_it_stands() -> None:
    assert marks("県民への周知を行う", "県民への広報を行う") == [
        ("same", "県民への"),
        ("dropped", "周知"),
        ("added", "広報"),
        ("same", "を行う"),
    ]


def test_texts_that_share_nothing_are_marked_as_wholes() -> None:
    assert marks("あいう", "漢字だけ") == [("added", "漢字だけ"), ("dropped", "あいう")]


def test_links_are_compared_by_what_they_lead_to() -> None:
    found = [Record({"division": (link("a"), link("b"))}), Record({"division": (link("b"), link("c"))})]
    (_, (first, second)) = compared(found, ["division"]).rows[0]
    assert not first.is_changed
    assert second.is_changed
    assert [piece.mark for piece in second.pieces] == ["same", "added", "dropped"]


def test_a_row_that_no_record_has_is_left_out() -> None:
    assert compared([Record({"name": (text("x"),)})], ["name", "target"]).rows[0][0] == "name"
    assert len(compared([Record({"name": (text("x"),)})], ["name", "target"]).rows) == 1


def test_a_tree_grows_below_its_roots_and_a_circle_ends() -> None:
    root, leaf = Record({"node": (link("a"),)}), Record({"node": (link("b"),), "parent": (link("a"),)})
    (tree,) = grown([leaf, root])
    assert [branch.record for branch in tree.branches] == [leaf]
    circle = [
        Record({"node": (link("a"),), "parent": (link("b"),)}),
        Record({"node": (link("b"),), "parent": (link("a"),)}),
    ]
    assert grown(circle) == ()


def test_one_year_is_no_chart_and_two_are() -> None:
    def figure(year: int, value: str) -> Record:
        kind, fiscal_year = link("target"), link(f"fiscal-year/{year}")
        return Record({"value": (text(value),), "year": (fiscal_year,), "kind": (kind,)})

    assert charts([figure(2021, "1"), figure(2021, "2")]) == ()
    (chart,) = charts([figure(2021, "10"), figure(2025, "40")])
    first, last = chart.lines[0].points
    assert (first.x, last.x) == (chart.left, chart.right)
    assert first.y > last.y
    assert [tick.label for tick in chart.values] == ["0", "12.5", "25", "37.5", "50"]
