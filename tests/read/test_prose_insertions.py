"""A nonsense line in prose is a paragraph of its own and changes nothing else; in a table it is a problem."""

from __future__ import annotations

import os

import pytest

from tests.read.prose_dumps import Content, content, read_all, real, uncovered, with_line

NONSENSE = {
    "ascii": "zzz nonsense 123",
    "short": "謎の一行",
    "sentence": "これは無意味な行です。",
    "as wide as a column": "これは原文に存在しない、検証のために挿入された無意味な一行です。",
    "long": "これは元の文書には存在しない、挿入された長い無意味な一行であり、どの段落にも属さないものである",
}
# Every so many positions of each document; another start for each nonsense, so that together they
# reach more. KEIFU_EVERY_POSITION=1 tries them all (minutes).
STRIDES = {"digital-plan-2022": 41, "ict-data-plan-2019-chapter2": 5, "ict-data-plan-2019-review": 2}
TABLES = {
    "digital-plan-2022": [(731, 748), (768, 785)],
    "ict-data-plan-2019-chapter2": [(13, 19), (94, 99)],
    "ict-data-plan-2019-review": [(27, 36), (52, 61), (83, 92), (118, 127), (145, 154), (170, 179)],
}
# Page breaks, footnotes and notes inside paragraphs, edges of tables and of the glossary.
HARD = {
    "digital-plan-2022": [
        *(1, 60, 159, 160, 227, 228, 229, 231, 371, 439, 444, 654, 701, 749, 794, 795, 895, 1156),
        *(1223, 1227, 1229, 1340, 1376, 1378, 1387, 1460, 1468, 1586, 1665, 1673),
    ],
    "ict-data-plan-2019-chapter2": [1, 43, 44, 121, 133, 134, 161, 193, 194, 237, 264, 265],
    "ict-data-plan-2019-review": [1, 94, 183],
}


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("key", STRIDES)
def test_a_nonsense_line_in_prose_is_a_paragraph_of_its_own(key: str, name: str) -> None:
    document, text = real(key), NONSENSE[name]
    before = content(read_all(document))
    places = _places(key, name, len(document.lines) + 1)
    tried = 0
    for at in places:
        if any(first - 1 <= at <= last + 1 for first, last in TABLES[key]):
            continue
        changed = with_line(document, at, text)
        reading = read_all(changed)
        assert reading.problems == [], at
        assert uncovered(changed, reading) == [], at
        assert _added(before, content(reading)) == [text], at
        tried += 1
    assert tried > 40


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("key", TABLES)
def test_a_nonsense_line_in_a_table_is_a_problem_that_names_it(key: str, name: str) -> None:
    document = real(key)
    for first, last in TABLES[key]:
        for at in range(first, last + 1):
            problems = read_all(with_line(document, at, NONSENSE[name])).problems
            assert at in [problem.place.line for problem in problems]
            assert all(problem.what and problem.remedy for problem in problems)


def _places(key: str, name: str, last: int) -> list[int]:
    if os.environ.get("KEIFU_EVERY_POSITION"):
        return list(range(1, last + 1))
    start = 1 + list(NONSENSE).index(name)
    return sorted({*range(start, last + 1, STRIDES[key]), *HARD[key]})


def _added(before: Content, after: Content) -> list[str]:
    """The texts of paragraphs that came in; everything else must be as before."""
    assert after.others == before.others
    assert before.paragraphs - after.paragraphs == {}
    return [text for _, _, text in (after.paragraphs - before.paragraphs).elements()]
