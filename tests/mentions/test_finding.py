"""What a text names: by a name, by a short form, by a word that goes back to a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.mentions.finding import Vocabulary
from graph_builder.mentions.folding import Piece, fold
from graph_builder.mentions.names import read_names
from graph_builder.readers.reading import Span
from graph_builder.values.text import compared
from tests.mentions.mention_cases import HERE, WORDS, cases, found_in, read_case, said

CASES = cases()
NAMES = read_names(HERE / "names.csv")
LINES = st.lists(
    st.text(st.sampled_from("AIoTＡＩ官民データ同法本計画第５5期「」()（平成年法律号１ 　ﾞﾊがか゛|"))
)


def test_there_are_as_many_cases_as_we_think() -> None:
    assert len(CASES) == 29


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_text_names(path: Path) -> None:
    case = read_case(path)
    assert [said(mentioned) for mentioned in found_in(case)] == case["expected"]


@given(LINES)
def test_what_is_found_stands_in_the_text_and_names_never_overlap(lines: list[str]) -> None:
    folded = fold([Piece(number, line, Span(number, number)) for number, line in enumerate(lines, 1)])
    vocabulary = Vocabulary(NAMES, WORDS)
    end = 0
    for at in vocabulary.occurrences(folded):
        assert compared(folded.printed(at.start, at.end)) == folded.text[at.start : at.end] != ""
        assert folded.pieces_of(at.start, at.end)
        if at.things or at.anaphor:
            assert at.start >= end
            end = at.end


@given(LINES)
def test_folding_is_what_comparing_does(lines: list[str]) -> None:
    folded = fold([Piece(number, line, Span(number, number)) for number, line in enumerate(lines, 1)])
    assert folded.text == "".join(compared(line) for line in lines)
    assert len(folded.places) == len(folded.text)
