"""The fiscal year of a figure: stated beside it, over it, or elsewhere in its row."""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.values.figures import Figure
from graph_builder.values.folding import Folded, fold
from graph_builder.values.measure_words import MeasureWords
from graph_builder.values.segments import Segment, clause_after, enclosing_bracket
from graph_builder.values.years import Moment, year_spans

_CLOSE = 12  # how far behind a year (in characters) the word may stand that makes it a base


@dataclass(frozen=True)
class YearSpan:
    """A year in places of the folded text; of a range its last year, by which a target is to be met."""

    start: int
    end: int
    moment: Moment

    @property
    def fiscal_year(self) -> int:
        """The fiscal year; for a calendar year the one in which nine of its months lie."""
        return self.moment.year if self.moment.fiscal_year is None else self.moment.fiscal_year


def years_of(folded: Folded) -> list[YearSpan]:
    """The years of a folded text."""
    return [YearSpan(start, end, last or first) for start, end, first, last in year_spans(folded)]


def stated_year(folded: Folded, figure: Figure, words: MeasureWords) -> YearSpan | None:
    """The year that a statement gives its figure, or None.

    In this order: in the bracket directly behind it; before it on its own level of brackets; behind
    it in its own bracket; before it as the moment at which things stood (…現在) or as a heading (（R２）).
    """
    text, segment = figure.text, figure.segment
    years = [year for year in years_of(folded) if segment.start <= year.start < segment.end]
    own = enclosing_bracket(text, figure.start, segment)
    inner_end = own[1] if own else figure.end
    clause_end = figure.end + len(clause_after(text, figure.end, inner_end))
    before = [year for year in years if year.end <= figure.start and not _is_base(text, year, segment, words)]
    choices = (
        [year for year in years if text[figure.end : year.start].strip() == "("][:1],
        [year for year in before if enclosing_bracket(text, year.start, segment) in (own, None)][-1:],
        [year for year in years if figure.end <= year.start < clause_end][:1],
        [year for year in before if _is_moment_of_state(text, year) or _is_alone(text, year, segment)][-1:],
    )
    return next((chosen[0] for chosen in choices if chosen), None)


def heading_year(heading: str) -> YearSpan | None:
    """The year that a heading line gives to all below it."""
    years = years_of(fold(heading))
    return years[-1] if years else None


def year_in_summary(summary: str, quantity_text: str) -> int | None:
    """The year that the row's other text gives to the same figure (令和２年度：実証ほ20箇所)."""
    folded, wanted = fold(summary), fold(quantity_text).text
    at = folded.text.find(wanted)
    if at < 0 or folded.text[max(at - 1, 0) : at].isdigit():
        return None
    sentence = max(folded.text.rfind(mark, 0, at) for mark in "。\n(")
    years = [year for year in years_of(folded) if sentence < year.start and year.end <= at]
    return years[-1].fiscal_year if years else None


def _is_base(text: str, year: YearSpan, segment: Segment, words: MeasureWords) -> bool:
    """Whether a year is compared with or counted from, rather than the figure's own."""
    behind = clause_after(text, year.end, min(segment.end, year.end + _CLOSE))
    return any(word in behind for word in words.year_bases)


def _is_moment_of_state(text: str, year: YearSpan) -> bool:
    return text.startswith(("現在", "時点", "末現在", "末時点"), year.end)


def _is_alone(text: str, year: YearSpan, segment: Segment) -> bool:
    """Whether nothing but a year in brackets opens the statement, as （R２） does."""
    opened = text[segment.start : year.start].strip(" \u3000") == "("
    return opened and text.startswith(")", year.end)
