"""Footnotes, references and remarks as citations; other names of terms; what brackets enclose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.values.brackets import depths, divided, last_bracket, quoted
from graph_builder.values.citations import (
    Citation,
    Footnote,
    Unread,
    read_footnote,
    read_reference,
    read_remark,
)
from graph_builder.values.reference_words import read_reference_words
from graph_builder.values.term_names import Body, Names, name_parts, other_names, printed_forms, spelled_out
from tests.values.value_cases import cases

TEXT = st.text(
    st.characters() | st.sampled_from("1 ³「」（）()、。．：第章条p.0123456789年月日参照省https:/<>\n")
)


def said(citation: Citation) -> dict[str, str]:
    return {
        "publisher": citation.publisher or "",
        "title": citation.title or "",
        "section": citation.section or "",
        "pages": citation.pages or "",
        "issued": citation.issued.iso if citation.issued else "",
        "urls": "|".join(citation.urls),
        "accessed": citation.accessed.iso if citation.accessed else "",
        "note": citation.note or "",
    }


@pytest.mark.parametrize("case", cases("citations-made.csv", 16), ids=lambda case: case["text"])
def test_a_form_of_footnote_is_read(case: dict[str, str]) -> None:
    found = read_footnote(case["text"])
    assert isinstance(found, Footnote)
    (citation,) = found.citations
    assert said(citation) == {name: value for name, value in case.items() if name != "text"}


def test_the_mark_of_a_footnote_is_kept_as_printed() -> None:
    found = [read_footnote(f"{mark} 経済省「報告」") for mark in ("12", "¹²")]
    assert [each.mark for each in found if isinstance(each, Footnote)] == ["12", "¹²"]


def test_the_day_of_reading_ends_a_citation() -> None:
    first, second = "経済省「甲」、令和4年5月6日参照", "経済省「乙」、p.3、令和4年5月7日参照"
    found = read_reference(f"{first}、{second}")
    assert not isinstance(found, Unread)
    assert [citation.text for citation in found] == [first, second]
    assert [citation.title for citation in found] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("経済省「報告」、どこか、p.3", "どこか"),
        ("経済省「報告」、p.3、どこか", "どこか"),
        ("経済省「報告」、第1章、第2章", "第2章"),
        ("経済省「報告」、p.3、令和4年度", "令和4年度"),
        ("経済省「報告」、p.3、令和4年5月参照", "令和4年5月参照"),
        ("経済省「報告」、p.3、https://example.org/あ", "https://example.org/あ"),
        ("経済省「報告", "経済省「報告"),
        ("見ること。次の報告。甲、p.3", "見ること。次の報告。甲"),
        ("  ", "  "),
    ],
)
def test_what_cannot_be_read_is_said(text: str, part: str) -> None:
    found = read_reference(text)
    assert isinstance(found, Unread)
    assert part in found.text


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "本章は、経済省の「年次報告（令和3年度版）」を参考にしています。",
            [("経済省", "年次報告（令和3年度版）")],
        ),
        ("経済省の「甲」及び「乙」を参考にした。", [("経済省", "甲"), (None, "乙")]),
        ("本章は「甲」を参考にした。", [(None, "甲")]),
        ("この章は経済省の「甲」を参考にした。", [(None, "甲")]),
        ("「甲」という語を用いる。", []),
        ("「甲を参考にした。", []),
    ],
)
def test_a_remark_names_what_was_consulted(text: str, sources: list[tuple[str | None, str]]) -> None:
    assert [(citation.publisher, citation.title) for citation in read_remark(text)] == sources


@given(TEXT)
def test_any_text_is_read_or_said_to_be_unread(text: str) -> None:
    footnote, reference = read_footnote(text), read_reference(text)
    assert isinstance(footnote, Footnote | Unread)
    assert isinstance(reference, Unread) or all(citation.text in text for citation in reference)
    read_remark(text)


def test_words_without_a_key_are_refused(tmp_path: Path) -> None:
    text = (Folders().mappings / "reference" / "reference-words.toml").read_text("utf-8")
    (tmp_path / "words.toml").write_text(text.replace("units =", "names ="), encoding="utf-8")
    with pytest.raises(DeclarationError, match="'units'"):
        read_reference_words(tmp_path / "words.toml")


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("AI", ()),
        ("第5世代移動通信システム（5G）", ("第5世代移動通信システム", "5G")),
        ("電子化：紙の廃止（EL）", ("電子化", "紙の廃止（EL）", "紙の廃止", "EL")),
        ("（仮称）計画", ()),
    ],
)
def test_a_printed_term_has_parts(label: str, parts: tuple[str, ...]) -> None:
    assert name_parts(label) == parts


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ("「Artificial Intelligence」の略で、人間の知能", Names((), ("Artificial Intelligence",))),
        ("Local Area Network（構内網）の略", Names(("構内網",), ("Local Area Network",))),
        ("Plan（計画）、Do（実行）の頭文字", Names()),
        ("社会（Society）のこと。", Names()),
    ],
)  # fmt: skip
def test_a_definition_may_begin_with_the_name_in_full(definition: str, names: Names) -> None:
    assert spelled_out(definition) == names


@pytest.mark.parametrize(
    ("name", "body", "forms"),
    [
        ("AI", "ＡＩやAI、ＡＩの活用", ("ＡＩ",)),
        ("OS", "パソコンＯＳ、ｉＯＳ", ("ＯＳ",)),
        ("AR", "ＷＡＲ、ＡＲ２", ()),
        ("変革（DX）", "変革（ＤＸ）と変革 (DX)", ("変革（ＤＸ）",)),
    ],
)
def test_a_name_is_found_in_the_widths_of_a_text(name: str, body: str, forms: tuple[str, ...]) -> None:
    assert printed_forms(name, Body(body)) == forms


def test_a_term_is_not_another_name_of_itself() -> None:
    assert other_names("ＩＣＴ協議会", "団体", Body("ＩＣＴ協議会は、ICT協議会です。")) == Names(
        ("ICT協議会",), ()
    )


def test_brackets_must_match() -> None:
    assert depths("a「b」") == [0, 1, 1, 1]
    assert [depths("「"), depths("」「"), divided("、「", "、")] == [None, None, None]
    assert list(quoted("「甲「乙」」（「丙」）「丁」")) == [(0, 6), (11, 14)]
    assert list(quoted("「甲")) == []
    assert (last_bracket("甲（乙）"), last_bracket("甲（乙）丙"), last_bracket("甲)")) == (1, None, None)
