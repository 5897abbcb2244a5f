"""What is marked in labels and snippets: what was found, in the text as it is printed, and nothing else."""

from __future__ import annotations

import pytest

from api.search.marking import WIDTH, marked, snippet
from api.search.words import understand

MARKS = [
    ("ＲＰＡを導入する", "rpa", "[ＲＰＡ]を導入する"),
    ("RPA", "ＲＰＡ", "[RPA]"),
    ("ﾃﾚﾜｰｸとテレワーク", "てれわーく", "[ﾃﾚﾜｰｸ]と[テレワーク]"),
    ("マイナンバーカード", "マイナンバー", "[マイナンバー]カード"),
    ("デジタル・ガバメント", "デジタルガバメント", "[デジタル・ガバメント]"),
    ("令和４年度の目標、令和３年度の実績", "R4", "[令和４年度]の目標、令和３年度の実績"),
    ("令和４～７年度", "2023年度", "[令和４～７年度]"),
    ("15件と5件", "5件", "15件と[5件]"),
    ("AIとAIZU", "AI", "[AI]とAIZU"),
    ("デジタル database", "data", "デジタル [data]base"),
    ("森林の整備と森林組合", "森林 整備", "[森林]の[整備]と[森林]組合"),
    ("Society5.0", "society 5.0", "[Society5.0]"),
    ("Wi-Fiの整備", "wifi", "[Wi-Fi]の整備"),
    ("が", "か\u3099", "[が]"),
    ("①10名を", "10名", "①[10名]を"),
    ("<b>森林</b>", "森林", "<b>[森林]</b>"),
    ("何もない", "森林", "何もない"),
]


@pytest.mark.parametrize(("text", "query", "expected"), MARKS, ids=[f"{q}-in-{t}" for t, q, _ in MARKS])
def test_marks(text: str, query: str, expected: str) -> None:
    found = marked(text, understand(query).words)
    parts, at = [], 0
    for start, end in found.marks:
        parts += [text[at:start], "[", text[start:end], "]"]
        at = end
    assert "".join([*parts, text[at:]]) == expected


def test_markup_in_a_text_stays_text() -> None:
    html = marked('<img src=x onerror="a()">森林&amp;', understand("森林 img").words).html
    assert html == "&lt;<mark>img</mark> src=x onerror=&#34;a()&#34;&gt;<mark>森林</mark>&amp;amp;"


def test_a_snippet_is_the_text_that_has_most_of_the_words() -> None:
    texts = ["森林だけ", "森林のクラウドを" + "あ" * 300]
    found = snippet(texts, understand("森林 クラウド").words)
    assert found.text.startswith("森林のクラウド")
    assert found.text.endswith("…")
    assert len(found.text) == WIDTH + 1
    assert len(found.marks) == 2


def test_a_snippet_begins_shortly_before_the_first_mark() -> None:
    found = snippet(["あ" * 500 + "\n森林" + "い" * 500], understand("森林").words)
    (start, end), text = found.marks[0], found.text
    assert text[start:end] == "森林"
    assert text[0] == text[-1] == "…"
    assert start <= 31
    assert "\n" not in text
