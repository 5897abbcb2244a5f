"""What the server draws: nothing overlaps, heights are in proportion, and hard numbers do no harm."""

from __future__ import annotations

import itertools

import pytest

from api.pages.charts import Point, Series, lines, lying_bars, standing_bars
from api.pages.lineage.choosing import Drawn, View
from api.pages.lineage.placing import CELL_AT_MOST, draw
from api.pages.sankey import lay_out
from graph_builder.namespaces import KF
from sparql.lineage.family import Label, Step, Thing


def test_flows_are_as_wide_as_their_values_and_fill_their_nodes() -> None:
    sankey = lay_out({("a", "x"): 3, ("a", "y"): 1, ("b", "y"): 4}, ["a", "b", "c"], ["x", "y"])
    assert [(node.key, node.total) for node in sankey.sources] == [("a", 4), ("b", 4)]
    assert [(node.key, node.total) for node in sankey.targets] == [("x", 3), ("y", 5)]
    widths = {(flow.source, flow.target): flow.width for flow in sankey.flows}
    assert widths["a", "x"] == pytest.approx(3 * widths["a", "y"], rel=0.01)
    for column in (sankey.sources, sankey.targets):
        for one, other in itertools.pairwise(column):
            assert one.y + one.height < other.y


def test_nothing_flows_where_nothing_is() -> None:
    assert lay_out({}, ["a"], ["b"]).flows == ()


def family(count: int) -> View:
    things = {
        f"t{number}": Thing(
            f"t{number}",
            Label(f"名{number}"),
            KF.Plan,
            years=(2020 + number % 2,),
        )
        for number in range(count)
    }
    steps = [Step(f"t{number}", f"t{number - 1}", "p#replaces", Label("x")) for number in range(1, count)]
    return View(things, tuple(Drawn(step) for step in steps))


@pytest.mark.parametrize("count", [1, 2, 40, 200])
def test_no_box_lies_on_another_and_no_name_of_an_arrow_on_the_next(count: int) -> None:
    picture = draw(family(count), {}, ["t0"])
    for one, other in itertools.combinations(picture.boxes, 2):
        assert one.x != other.x or one.y + one.height < other.y or other.y + other.height < one.y
    places = [(arrow.x, arrow.y) for arrow in picture.arrows]
    assert len(places) == len(set(places)) == count - 1
    for (x, y), (other_x, other_y) in itertools.combinations(places, 2):
        assert x != other_x or abs(y - other_y) >= 12


def test_what_is_drawn_together_is_counted() -> None:
    picture = draw(family(200), {}, ["t0"])
    assert picture.hidden == 200 - 2 * CELL_AT_MOST
    assert [box.thing.address for box in picture.boxes if box.thing and box.is_start] == ["t0"]


def test_time_runs_from_left_to_right_and_what_has_no_date_stands_first() -> None:
    things = {
        "law": Thing("law", Label("法"), KF.Law),
        "idea": Thing("idea", Label("概念")),
        "plan": Thing("plan", Label("計画"), KF.Plan, years=(2019, 2021)),
    }
    picture = draw(View(things, ()), {"law": 2016}, ["plan"])
    assert [column.year for column in picture.columns] == [None, 2016, 2019]
    assert [lane.name for lane in picture.lanes] == ["law", "idea", "plan"]


@pytest.mark.parametrize("values", [[1.0], [0.0, 0.0], [-3.0, 5.0], [0.001, 0.002], [1e9, 2e9, 7.0]])
def test_bars_stay_within_the_picture(values: list[float]) -> None:
    points = [Point(str(2000 + number), value) for number, value in enumerate(values)]
    for chart in (standing_bars(points), lying_bars(points)):
        assert len(chart.bars) == len(values)
        for bar in chart.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= chart.width
            assert 0 <= bar.y <= bar.y + bar.height <= chart.height


def test_a_line_joins_its_points_in_the_order_of_the_years() -> None:
    chart = lines([Series("目標", (Point("2025", 7), Point("2020", 1))), Series("実績", ())])
    (target, result) = chart.lines
    assert [mark.point.label for mark in target.marks] == ["2020", "2025"]
    assert target.marks[0].y > target.marks[1].y
    assert result.path == ""
