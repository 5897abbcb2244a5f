"""Which project continues which: cases as files, then how the matcher behaves over several lists."""

from __future__ import annotations

import pytest

from graph_builder.folders import Folders
from graph_builder.lineage.matching.matcher import propose
from graph_builder.lineage.matching.narrative import Paragraph
from graph_builder.lineage.words import read_vocabulary
from graph_builder.rows.projects import EntryRow
from tests.lineage.lineage_cases import Case, cases, entry

WORDS = read_vocabulary(Folders().mappings / "matching")
NAME = "緊急時連絡網管理"
# A word is rare only among others.
OTHERS = (
    "家屋評価",
    "点字図書",
    "博物館の収蔵品",
    "飼養管理",
    "森林計画",
    "観光誘客",
    "苗木植栽",
    "職員の研修",
)


@pytest.mark.parametrize("case", cases(20), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    proposed = [
        (link.earlier, link.later, str(link.link_type)) for link in propose(case.lists, WORDS).entries
    ]
    assert proposed == case.links


def test_what_has_no_continuation_in_between_is_looked_for_further_on() -> None:
    lists = [
        [entry("a1", "点字即時情報事業"), entry("a2", "電子閲覧事業")],
        [entry("b1", "点字即時情報事業")],
        [entry("c1", "点字即時情報事業"), entry("c2", "電子閲覧事業")],
    ]
    found = [(link.earlier, link.later) for link in propose(lists, WORDS).entries]
    assert found == [("a1", "b1"), ("a2", "c2"), ("b1", "c1")]


def test_a_division_that_handed_on_its_work_is_learned() -> None:
    # a2 and b2 share one unique term and a division that only a1 → b1 shows to continue.
    earlier = [
        entry("a1", "点字即時事業", "旧課"),
        entry("a2", "業務点検", "旧課", "ドローン測量の講習を開く。"),
    ]
    later = [
        entry("b1", "点字即時事業", "新課"),
        entry("b2", "現場改善", "新課", "ドローン測量の実地講習を開く。"),
    ]
    assert ("a2", "b2") in [(link.earlier, link.later) for link in propose([earlier, later], WORDS).entries]
    assert propose([earlier[1:], later[1:]], WORDS).entries == []


def _described_below(label: str) -> list[tuple[str, str]]:
    """The links where the sentence that tells of the entry stands below a heading of this label."""
    told = "専用通信回線、テレビ会議システム等により、緊急時における連絡手段を確保しました。"
    first = EntryRow(**(vars(entry("a1", NAME)) | {"section_label": "防災への対応"}))
    summary = "専用通信回線、テレビ会議システム等により、連絡手段を確保する。"
    later = entry("b1", "緊急時通信連絡体制整備", "安全対策課", summary)
    others = [entry(f"c{at}", name, "課", name) for at, name in enumerate(OTHERS)]
    links = propose([[first], [later, *others]], WORDS, [Paragraph(label, told)]).entries
    return [(link.earlier, link.later) for link in links]


def test_the_prose_of_its_own_pillar_describes_an_entry() -> None:
    assert _described_below("防災への対応") == [("a1", "b1")]


def test_the_prose_of_another_pillar_does_not() -> None:
    assert _described_below("電子自治体") == []


def test_an_umbrella_follows_its_children() -> None:
    names = ("点字図書配信事業", "ごみ減量発信事業")
    earlier = [entry(f"a{at}", f"旧推進事業（{name}）") for at, name in enumerate(names)]
    later = [entry(f"b{at}", f"デジタル変革事業（{name}）") for at, name in enumerate(names)]
    (umbrella,) = propose([earlier, later], WORDS).umbrellas
    assert (umbrella.earlier_name, umbrella.later_name) == ("旧推進事業", "デジタル変革事業")
    assert "前の内訳2事業のうち2事業" in umbrella.reason


def test_one_child_does_not_move_an_umbrella() -> None:
    earlier = [entry("a1", "旧推進事業（点字図書配信事業）"), entry("a2", "旧推進事業（ごみ減量発信事業）")]
    assert propose([earlier, [entry("b1", "新推進事業（点字図書配信事業）")]], WORDS).umbrellas == []


def test_umbrellas_of_one_name_are_one_project_and_need_no_link() -> None:
    rows = [entry("a1", "発信事業（点字図書配信事業）"), entry("a2", "発信事業（ごみ減量発信事業）")]
    later = [entry("b1", "発信事業（点字図書配信事業）"), entry("b2", "発信事業（ごみ減量発信事業）")]
    assert propose([rows, later], WORDS).umbrellas == []


def test_a_reason_tells_ground_divisions_and_shared_terms() -> None:
    earlier = [entry("a1", "ＥＣＯ発信事業", "一般廃棄物課", "ICT活用工事の普及を促す。")]
    later = [entry("b1", "ＥＣＯ発信事業", "環境課", "ICT活用工事の普及を促す。")]
    (link,) = propose([earlier, later], WORDS).entries
    told = ("名称が一致（正規化後）", "担当: 一般廃棄物課→環境課", "共通の語: ICT活用工事の普及、ECO発信事業")
    assert link.reason == "".join(f"{sentence}。" for sentence in told)
