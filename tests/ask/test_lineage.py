"""A family is all that stands before and after a thing, with what each step rests on; within limits."""

from __future__ import annotations

import asyncio
import re

import pytest
from pyoxigraph import RdfFormat, parse
from rich.console import Console

from api.lineage_text import family_tree
from graph_builder.errors import CallError
from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE, KF
from sparql.asking import prologue, select
from sparql.lineage.closures import FOLLOWED_DOWN
from sparql.lineage.family import USUAL_LIMITS, Direction, Family, Label, Limits, Step, Thing
from sparql.lineage.reading import read_family
from sparql.lineage.records import family_record
from sparql.lineage.start import find_start
from sparql.lineage.statements import family_graph
from sparql.lineage.tree import Branch, Mark, roots
from tests.ask.family import Inside

ID = "https://w3id.org/keifu/id/"


def read(
    folders: Folders, name: str, direction: Direction = Direction.BOTH, limits: Limits = USUAL_LIMITS
) -> Family:
    backend = Inside(folders)

    async def find() -> Family | None:
        address = await find_start(backend, name, DEFAULT_BASE)
        return await read_family(backend, address, direction, limits)

    found = asyncio.run(find())
    assert found is not None
    return found


def lines(family: Family) -> list[str]:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(family_tree(family, DEFAULT_BASE))
    return [line.rstrip() for line in captured.get().splitlines()]


def keys(family: Family) -> set[str]:
    return {address.rpartition("/")[2] for address in family.things}


def chain(length: int, *, loop: bool = False) -> Family:
    """A family of things 0 … length, each from the one before; where it loops, the first from the last."""
    steps = [Step(str(number), str(number + 1), KF.replaces, Label("置き換え")) for number in range(length)]
    if loop:
        steps.append(Step(str(length), "0", KF.replaces, Label("置き換え")))
    things = {str(number): Thing(str(number)) for number in range(length + 1)}
    return Family("0", Direction.UP, USUAL_LIMITS, ("0",), things, tuple(steps))


def test_the_tree_of_a_plan_reads_like_a_family_tree(family: Folders) -> None:
    first, *rest = lines(read(family, "デジタル化推進計画"))
    assert first == "デジタル化推進計画 2022–2025年度（計画） id/070009/plan/digital-plan-2022"
    assert [line.partition("← ")[2] for line in rest] == [
        "置き換え (1.00, 明記) ふくしまICTデータ利活用社会推進プラン 2019–2021年度 [digital-plan-2022:5-6]",
        "置き換え (1.00, 明記) ふくしま創生ICT戦略 2015–2018年度 [ict-data-plan-2019-chapter2:2-2]",
        "採用 (0.90, 確認済み) Society5.0 [ict-data-plan-2019-chapter2:20-21]",
        "提唱 (1.00, 明記) 第5期科学技術基本計画 [ict-data-plan-2019-chapter2:20-21]",
        "義務付け 第9条 (1.00, 明記) 官民データ活用推進基本法 [ict-data-plan-2019-chapter2:10-11]",
    ]
    assert [line.index("← ") for line in rest] == [4, 8, 8, 12, 8]


def test_a_project_starts_from_its_latest_entry(family: Folders) -> None:
    found = read(family, "ＲＰＡ活用事業")
    project, entry = roots(found)
    assert project.thing.address == f"{ID}070009/project/rpa-use"
    assert entry.thing.address == f"{ID}070009/entry/dx-projects-2022.1"
    link, under = entry.ancestors
    assert (link.step.type, link.step.confidence) == ("renamed", 0.7)
    assert [name for name, _ in link.step.bases] == ["curated", "matched"]
    assert link.step.reason == "内容と担当が続いている。"
    evidence = ["dx-projects-2022:10-14", "ict-data-action-plan-2020:20-24"]
    assert [str(place) for place in link.step.evidence] == evidence
    assert (under.step.property, under.step.confidence) == (KF.underPlan, None)


def test_an_entry_that_was_shown_is_no_further_start(family: Folders) -> None:
    names = [root.thing.key for root in roots(read(family, "道路管理情報提供事業"))]
    assert names == ["road", "dx-projects-2022.2", "ict-data-action-plan-2020.5-4"]


def test_an_older_entry_finds_its_descendants(family: Folders) -> None:
    found = read(family, f"{ID}070009/entry/ict-data-action-plan-2020.5-2", Direction.DOWN)
    ((root),) = roots(found)
    assert root.ancestors == ()
    assert [(branch.step.type, branch.thing.key) for branch in root.descendants] == [
        ("renamed", "dx-projects-2022.1")
    ]


def test_a_concept_has_ancestors_and_descendants(family: Folders) -> None:
    both = keys(read(family, "Society5.0"))
    up = keys(read(family, "Society5.0", Direction.UP))
    down = keys(read(family, "Society5.0", Direction.DOWN))
    assert up == {"society-5-0", "basic-plan-5"}
    assert down == {"society-5-0", "ict-data-plan-2019", "digital-plan-2022", "ict-data-action-plan-2020"}
    assert both == up | down


def test_the_two_fifth_plans_are_two_families(family: Folders) -> None:
    prefecture = find(family, "第5期情報化推進計画")
    nation = find(family, "第5期科学技術基本計画")
    assert prefecture == f"{ID}070009/plan/ict-strategy-2015"
    assert nation == f"{ID}jp/strategy/basic-plan-5"


def test_the_entries_of_a_plan_are_not_its_descendants(family: Folders) -> None:
    assert keys(read(family, "アクションプラン2020", Direction.DOWN)) == {"ict-data-action-plan-2020"}


def test_a_proposal_is_no_step(family: Folders) -> None:
    found = read(family, "新しい事業")
    assert "ict-data-action-plan-2020.5-3" not in keys(found)
    _, start = roots(found)
    assert [branch.step.property for branch in start.ancestors] == [KF.underPlan]


def test_what_is_followed_downwards_is_all_of_descent_but_the_list_of_a_plan(family: Folders) -> None:
    text = prologue("rdfs", "kf") + "SELECT ?property { ?property rdfs:subPropertyOf kf:derivesFrom }"
    rows = asyncio.run(select(Inside(family), text))
    kinds = {row["property"].value.removeprefix(KF.address) for row in rows}
    assert kinds - set(FOLLOWED_DOWN) == {"underPlan"}
    assert set(FOLLOWED_DOWN) < kinds


def test_limits_cut_and_say_so(family: Folders) -> None:
    near = read(family, "デジタル化推進計画", limits=Limits(depth=1))
    assert keys(near) == {"digital-plan-2022", "ict-data-plan-2019"}
    assert near.is_cut
    assert lines(near)[-1].endswith("1 歩、500 件までを示しました。ほかにもあります。")
    few = read(family, "デジタル化推進計画", limits=Limits(things=3))
    assert len(few.things) == 3
    assert few.is_cut
    assert not read(family, "デジタル化推進計画").is_cut


def test_a_cycle_ends_with_a_mark() -> None:
    family = chain(2, loop=True)
    ((root),) = roots(family)
    marks = [branch.mark for branch in _line(root.ancestors)]
    assert marks == [Mark.NONE, Mark.NONE, Mark.CYCLE]
    assert lines(family)[-1].endswith("0（循環）")


def test_a_thing_is_unfolded_once() -> None:
    ends = (("0", "1"), ("0", "2"), ("1", "3"), ("2", "3"), ("3", "4"))
    steps = tuple(Step(later, earlier, KF.basedOn, Label("準拠")) for later, earlier in ends)
    things = {str(number): Thing(str(number)) for number in range(5)}
    family = Family("0", Direction.UP, USUAL_LIMITS, ("0",), things, steps)
    assert [re.sub(r"[^0-9（前出）]", "", line) for line in lines(family)] == [
        "00",
        "1",
        "3",
        "4",
        "2",
        "3（前出）",
    ]


def test_a_long_line_ends_with_a_mark_and_not_with_a_crash() -> None:
    family = chain(5000)
    ((root),) = roots(family)
    line = _line(root.ancestors)
    assert len(line) == USUAL_LIMITS.depth
    assert line[-1].mark is Mark.FAR


def test_the_record_has_nodes_and_edges(family: Folders) -> None:
    record = family_record(read(family, "官民データ活用推進基本法"))
    assert record["limits"] == {"depth": 12, "things": 500}
    assert record["isCut"] is False
    assert {node["iri"].rpartition("/")[2] for node in record["nodes"]} == {
        "428AC1000000103",
        "ict-data-plan-2019",
        "digital-plan-2022",
        "ict-data-action-plan-2020",
    }
    (edge,) = [edge for edge in record["edges"] if edge["type"] == "mandated-by"]
    assert edge["article"] == "第9条"
    assert edge["evidence"] == [
        {
            "document": "ict-data-plan-2019-chapter2",
            "startLine": 10,
            "endLine": 11,
            "passage": f"{ID}070009/passage/ict-data-plan-2019-chapter2.10-11",
        }
    ]


def test_the_statements_are_those_of_the_graph(family: Folders) -> None:
    found = read(family, "デジタル化推進計画")
    body = family_graph(found, f"{DEFAULT_BASE}lineage/it", RdfFormat.TURTLE)
    assert body == family_graph(found, f"{DEFAULT_BASE}lineage/it", RdfFormat.TURTLE)
    triples = list(parse(body, RdfFormat.TURTLE))
    links = {str(triple.subject) for triple in triples if str(triple.predicate) == f"<{KF['from']}>"}
    assert len(links) == 5
    comments = [triple.object.value for triple in triples if "comment" in str(triple.predicate)]
    assert "At most 12 steps and 500 things; whole." in comments


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("道路管理情報提供事業", "070009/project/road"),
        ("道路管理情報提供事業（再掲）", "070009/entry/ict-data-action-plan-2020.5-4"),
        ("RPA活用事業", "070009/project/rpa-use"),
        ("id/070009/plan/digital-plan-2022", "070009/plan/digital-plan-2022"),
        ("/id/070009/plan/digital-plan-2022", "070009/plan/digital-plan-2022"),
        ("digital-plan-2022", "070009/plan/digital-plan-2022"),
        ("RPA", "jp/concept/rpa"),
    ],
)
def test_a_name_means_what_a_person_means(family: Folders, name: str, address: str) -> None:
    assert find(family, name) == ID + address


def test_an_unknown_name_says_what_is_near(family: Folders) -> None:
    with pytest.raises(CallError, match="Names that are near: デジタル化推進計画 <"):
        find(family, "デジタル化推進")
    with pytest.raises(CallError, match="Give the name or the address"):
        find(family, "zzzz")


def test_nothing_is_known_of_an_unknown_address(family: Folders) -> None:
    assert asyncio.run(read_family(Inside(family), f"{ID}none")) is None


def find(folders: Folders, name: str) -> str:
    return asyncio.run(find_start(Inside(folders), name, DEFAULT_BASE))


def _line(branches: tuple[Branch, ...]) -> list[Branch]:
    found: list[Branch] = []
    while branches:
        (branch,) = branches
        found.append(branch)
        branches = branch.branches
    return found
