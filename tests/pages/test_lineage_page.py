"""The page of a lineage: the picture and the table say the same, and a reader can narrow both."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import httpx
import pytest

from tests.pages.reading import read, words

PLAN = "/lineage/id/070009/plan/ict-data-plan-2019"


def rows(client: httpx.Client, path: str) -> list[str]:
    return [words(row) for row in read(client, path).findall(".//table[@class='pairs']/tbody/tr")]


@pytest.mark.parametrize("direction", ["both", "up", "down"])
def test_the_picture_and_the_table_have_the_same_steps(reader: httpx.Client, direction: str) -> None:
    tree = read(reader, f"{PLAN}?direction={direction}")
    arrows = tree.findall(".//svg[@class='lineage-picture']//g[@class='arrows']/path")
    table = tree.findall(".//table[@class='pairs']/tbody/tr")
    assert len(arrows) == len(table) > 0
    text = words(tree)
    assert ("義務付け 第9条 1.00" in text) == (direction != "down")
    assert ("実施" in text) == (direction != "up")
    assert "12歩、500件までをたどります。 これですべてです。" in text


def test_every_box_and_every_line_is_a_link(reader: httpx.Client) -> None:
    tree = read(reader, PLAN)
    boxes = tree.findall(".//g[@class='boxes']/a")
    record = reader.get(f"{PLAN}.json").json()
    assert len(boxes) == len(record["nodes"])
    for box in boxes:
        assert reader.get(box.get("href", "")).status_code in {200, 303}
    assert any(link.get("href", "").startswith("/read/") for link in tree.iter("a"))


def test_a_reader_chooses_types_and_confidence(reader: httpx.Client) -> None:
    everything = rows(reader, PLAN)
    one = rows(reader, f"{PLAN}?type=mandated-by")
    assert len(one) == 1 < len(everything)
    assert "義務付け" in one[0]
    sure = rows(reader, f"{PLAN}?confidence=1")
    assert len(sure) <= len(everything)
    assert all("1.00" in row or "所属" in row for row in sure)
    tree = read(reader, f"{PLAN}?type=mandated-by&confidence=0.5")
    assert [box.get("value") for box in tree.iter("input") if "checked" in box.attrib] == ["mandated-by"]
    assert tree.find(".//input[@id='confidence']").get("value") == "0.5"  # type: ignore[union-attr]


def test_what_meets_no_condition_is_said(reader: httpx.Client) -> None:
    assert "この条件に合うつながりはありません" in words(read(reader, f"{PLAN}?type=no-such-type"))


@pytest.mark.parametrize("value", ["2", "-1", "much", "nan", "1e999"])
def test_a_confidence_that_is_none_is_refused(reader: httpx.Client, value: str) -> None:
    answer = reader.get(PLAN, params={"confidence": value}, headers={"Accept": "text/html"})
    assert answer.status_code == 400


def test_the_picture_alone_is_svg_without_scripts(reader: httpx.Client) -> None:
    answer = reader.get(f"{PLAN}.svg", params={"type": "mandated-by"})
    assert answer.headers["content-type"] == "image/svg+xml"
    tree = ElementTree.fromstring(answer.text)  # noqa: S314
    assert not [
        element for element in tree.iter() if element.tag.endswith(("script", "style", "foreignObject"))
    ]
    links = [element.get("href", "") for element in tree.iter("{http://www.w3.org/2000/svg}a")]
    assert len(links) == 2
    assert all(link.startswith("https://w3id.org/keifu/id/") for link in links)


def test_the_queries_behind_the_picture_can_be_run(reader: httpx.Client) -> None:
    tree = read(reader, PLAN)
    queries = [words(code) for code in tree.findall(".//pre/code")]
    assert len(queries) == 2
    for query in tree.findall(".//pre/code"):
        answer = reader.get("/sparql", params={"query": "".join(query.itertext())})
        assert answer.status_code == 200
        assert answer.json()["results"]["bindings"]


def test_an_english_page_is_in_english(reader: httpx.Client) -> None:
    tree = read(reader, PLAN, language="en")
    assert words(tree.find(".//h1")) == "The lineage of ICT Data Plan"  # type: ignore[arg-type]


def test_the_real_lineage_of_a_project_leads_from_2015_to_2022(real: httpx.Client) -> None:
    found = real.get("/compare.csv", params={"from": "2020", "to": "2022"}).text
    entry = re.search(
        r"携帯電話通話エリア広域ネットワーク化事業,[^,]+,(https://w3id.org/keifu/(id/\S+?)),", found
    )
    assert entry
    tree = read(real, f"/lineage/{entry[2]}?type=same&direction=up")
    years = [words(text) for text in tree.findall(".//text[@class='year']")]
    assert years == ["2015", "2020", "2022"]
    assert len(tree.findall(".//g[@class='boxes']/a")) == 5
