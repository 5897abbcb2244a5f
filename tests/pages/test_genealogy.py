"""The genealogy at a glance: nothing overlaps, everything leads somewhere, a table says the same."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.genealogy.drawing import Picture, chosen, draw
from api.pages.genealogy.fitting import fit, width
from api.pages.genealogy.reading import LANES, Flow, Genealogy, ProjectList, Step, Thing
from api.pages.genealogy.scale import Scale
from api.pages.links import Link
from graph_builder.folders import Folders
from graph_builder.namespaces import KF
from sparql.asking import Term
from tests.serve.running import LIMITS, running

HTML = {"Accept": "text/html"}
Span = tuple[float, float, float, float]


def link(key: str, name: str = "") -> Link:
    names = (Term(name or key, is_address=False, language="ja"),)
    return Link(f"https://example.org/{key}", f"/id/{key}", names)


def thing(key: str, kind: str, start: float | None, end: float | None = None, name: str = "") -> Thing:
    return Thing(link(key, name), kind, start, end, str(start))


def step(later: str, earlier: str, kind: str = "basedOn") -> Step:
    return Step(link(later).address, link(earlier).address, Link(KF[kind], None))


FAMILY = Genealogy(
    things=(
        thing("law", KF.Law, 2016.9, name="官民データ活用推進基本法"),
        thing("strategy", KF.Strategy, 2017.4, name="世界最先端ＩＴ国家創造宣言・官民データ活用推進基本計画"),
        thing("undated", KF.Plan, None),
        thing("alone", KF.Strategy, 2012.0),
        thing("first", KF.Plan, 2015.25, 2019.25, "ふくしま創生ICT戦略"),
        thing("second", KF.Plan, 2019.25, 2022.25, "ふくしまICTデータ利活用社会推進プラン"),
        thing("action", KF.Plan, 2020.25, 2021.25, "ふくしまICTデータ利活用社会推進アクションプラン2020"),
    ),
    steps=(
        step("second", "first", "replaces"),
        step("second", "law"),
        step("second", "strategy"),
        step("action", "second", "implements"),
        step("second", "undated"),
    ),
    lists=(
        ProjectList(link("list-1"), 2015.25, 2019.25, "2015–2018", 48, None),
        ProjectList(link("list-2"), 2020.25, 2021.25, "2020", 110, None),
    ),
    flows=(Flow(link("list-1").address, link("list-2").address, 43, 46),),
)


def test_dated_plans_and_what_they_come_from_are_shown() -> None:
    things, steps = chosen(FAMILY)
    assert [each.link.short for each in things] == ["law", "strategy", "first", "second", "action"]
    assert len(steps) == 4


def test_a_plan_that_follows_at_once_needs_no_arrow() -> None:
    picture = drawn(FAMILY)
    assert [each.later for each in picture.joined] == [link("second").address]
    assert len(picture.steps) == 3
    assert not picture.is_cut


def test_lanes_stand_in_order_and_lists_are_as_high_as_they_are_long() -> None:
    picture = drawn(FAMILY)
    assert [lane.name for lane in picture.lanes] == ["laws", "strategies", "plans", "projects"]
    heights = [numbers(each.outline, "v")[0] for each in picture.lists]
    assert (heights[0] + 10) / (heights[1] + 10) == pytest.approx(48 / 110, rel=0.01)


def test_without_a_date_there_is_no_picture() -> None:
    assert draw(Genealogy(things=(thing("undated", KF.Plan, None),)), "ja") is None
    assert draw(Genealogy(), "en") is None


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
moments = st.integers(0, 300).map(lambda months: 2001 + months / 12)


@st.composite
def genealogies(choose: st.DrawFn) -> Genealogy:
    kinds = choose(st.lists(st.sampled_from(list(LANES)), min_size=1, max_size=14))
    things = []
    for number, kind in enumerate(kinds):
        start = choose(moments)
        is_period = kind == KF.Plan and choose(st.booleans())
        end = start + choose(st.integers(1, 6)) if is_period else None
        things.append(thing(f"t{number}", kind, start, end, choose(names)))
    pairs = st.tuples(st.integers(0, len(things) - 1), st.integers(0, len(things) - 1))
    steps = [step(f"t{one}", f"t{other}") for one, other in choose(st.lists(pairs, max_size=12, unique=True))]
    things.sort(key=lambda each: each.start or 0)
    return Genealogy(tuple(things), tuple(steps))


@given(genealogies())
@settings(max_examples=60, deadline=None)
def test_no_box_lies_over_another_and_no_way_runs_over_a_box_or_a_way(genealogy: Genealogy) -> None:
    picture = draw(genealogy, "ja")
    if picture is None:
        return
    boxes = [box_of(each.outline.frame or each.outline.period) for each in picture.things]
    for one, other in itertools.combinations(boxes, 2):
        assert not overlap(one, other, 6.1), "two boxes"
    ways = [list(segments(each.path)) for each in picture.steps]
    for way in ways:
        inner = [each for each in way if each[0] != each[2] or each[1] != each[3]]
        for segment, box in itertools.product(inner, boxes):
            assert not overlap(segment, box, 0.2), "a way and a box"
    for one_way, other_way in itertools.combinations(ways, 2):
        for one, other in itertools.product(one_way, other_way):
            assert not runs_along(one, other), "two ways"


def test_the_same_genealogy_is_the_same_picture() -> None:
    draw.cache_clear()
    first = draw(FAMILY, "ja")
    draw.cache_clear()
    assert draw(FAMILY, "ja") == first


@given(names, st.floats(30, 300), st.integers(1, 4))
def test_a_name_is_broken_into_lines_that_fit(name: str, most: float, lines: int) -> None:
    found = fit(name, 12, most, lines)
    assert len(found) <= lines
    assert all(width(line, 12) <= most + 12 for line in found)
    if found and not found[-1].endswith("…"):
        assert "".join("".join(found).split()) == "".join(name.split())


@pytest.mark.parametrize(
    ("name", "most", "lines"),
    [
        ("第1期情報化推進計画", 120, ("第1期情報化推進計画",)),
        ("Informatization Promotion Plan", 110, ("Informatization", "Promotion Plan")),
        ("ふくしまICTデータ利活用社会推進プラン", 150, ("ふくしまICTデータ利", "活用社会推進プラン")),
    ],
)
def test_lines_are_even_and_end_between_words(name: str, most: float, lines: tuple[str, ...]) -> None:
    assert fit(name, 11.5, most, 3) == lines


def test_a_scale_begins_with_a_year() -> None:
    scale = Scale.of([(2001.25, 2004.25), (2016.9, 2016.9)])
    assert (scale.first, scale.last) == (2001, 2016.9)
    assert scale.x(2001) == scale.left
    assert len(scale.years) == 16


@pytest.fixture(scope="module")
def reader(built: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the five documents."""
    with running(LIMITS, built) as service, httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_home_page_shows_the_real_genealogy(reader: httpx.Client, language: str) -> None:
    page = reader.get("/", headers={**HTML, "Accept-Language": language}).text
    found = re.search(r"<svg class=\"genealogy\".*?</svg>", page, re.DOTALL)
    assert found
    tree = ET.fromstring(found[0])  # noqa: S314 - our own page
    things = [each for each in tree.iter("a") if (each.get("class") or "").startswith("thing ")]
    lanes = [each.get("class", "").removeprefix("thing thing-") for each in things]
    assert lanes.count("plans") >= 10
    assert lanes.count("projects") == 3
    assert lanes.count("laws") >= 4
    assert lanes.count("strategies") >= 8
    assert all(each.find("title") is not None for each in things)
    assert len(page.encode()) < 100_000
    links = {each.get("href") or "" for each in tree.iter("a")}
    assert len(links) > 30
    answers = {
        path: reader.get(path, headers=HTML, follow_redirects=True).status_code for path in sorted(links)
    }
    assert {path for path, status in answers.items() if status != 200} == set()


def test_the_table_says_what_the_picture_shows(reader: httpx.Client) -> None:
    page = reader.get("/", headers={**HTML, "Accept-Language": "ja"}).text
    picture, table = page.split("</svg>\n", 1)[0], page.split("<details>", 1)[1].split("</details>", 1)[0]
    for path in set(re.findall(r'<a class="thing [a-z -]+" href="([^"]+)"', picture)):
        assert f'href="{path}"' in table
    assert "策定を義務付けられる" in table
    assert "Society5.0" in table or "Society 5.0" in table


def drawn(genealogy: Genealogy) -> Picture:
    picture = draw(genealogy, "ja")
    assert picture is not None
    return picture


def numbers(path: str, letter: str) -> list[float]:
    return [float(found) for found in re.findall(rf"{letter}(-?[\d.]+)", path)]


def box_of(path: str) -> Span:
    """The bounds of an outline: a rectangle with round corners, or a polygon."""
    if "L" in path:
        points = [tuple(map(float, point.split())) for point in path.strip("Mz").split("L")]
        return (
            min(x for x, _ in points),
            min(y for _, y in points),
            max(x for x, _ in points),
            max(y for _, y in points),
        )
    found = re.match(r"M([\d.]+) ([\d.]+)h([\d.]+)a([\d.]+) ", path)
    assert found
    x, y, wide, r = map(float, found.groups())
    return x - r, y, x + wide + r, y + numbers(path, "v")[0] + 2 * r


def segments(path: str) -> Iterator[Span]:
    """The straight parts of a way."""
    points = [tuple(map(float, found)) for found in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]
    for one, other in itertools.pairwise(points):
        if one[0] == other[0] or one[1] == other[1]:
            yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def overlap(one: Span, other: Span, slack: float) -> bool:
    """Whether two bounds, of which one may be a line, share more than `slack` pixels each way."""
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


def runs_along(one: Span, other: Span) -> bool:
    """Whether two straight parts lie on one line and share more than a point of it."""
    if one[0] == one[2] == other[0] == other[2]:
        return min(one[3], other[3]) - max(one[1], other[1]) > 0.2
    if one[1] == one[3] == other[1] == other[3]:
        return min(one[2], other[2]) - max(one[0], other[0]) > 0.2
    return False
