"""What the outline reader proposes for a text that has no folder yet."""

from __future__ import annotations

from typing import Any

import pytest

from graph_builder.readers.prose import outline
from tests.read.prose_dumps import PROSE, made, real, uncovered


@pytest.mark.parametrize("key", PROSE)
def test_a_proposed_layout_accounts_for_every_line_of_a_prose_text(key: str) -> None:
    document = real(key)
    texts = [line.text for line in document.lines]
    proposal = outline.propose(texts)
    assert proposal is not None
    proposed = made("\n".join(texts), *proposal.layouts)
    reading = outline.read(proposed, proposed.layouts[0])
    assert uncovered(proposed, reading) == []
    assert len(reading.sections) >= 7
    assert 0 < proposal.certainty <= 1


def test_the_spacing_and_the_column_are_measured() -> None:
    layout = _layout("digital-plan-2022")
    assert layout["spacing"] == "double"
    assert layout["full"] == [30, 36]
    assert _layout("ict-data-plan-2019-chapter2")["spacing"] == "single"


def test_breaks_are_proposed_where_a_text_stops_in_mid_sentence() -> None:
    breaks = [
        (each["after"][-2:], each["before"][:3]) for each in _layout("ict-data-plan-2019-chapter2")["breaks"]
    ]
    assert ("の導", "入に必") in breaks


def test_a_table_is_no_prose() -> None:
    rows = ["事業\t担当課\t目標", *(f"事業{number}。\t課\t件" for number in range(9))]
    assert outline.propose(rows) is None


def test_a_text_without_sentences_is_no_prose() -> None:
    assert outline.propose(["第１章 計画", "", "目次"]) is None


def _layout(key: str) -> dict[str, Any]:
    proposal = outline.propose([line.text for line in real(key).lines])
    assert proposal is not None
    return dict(proposal.layouts[0])
