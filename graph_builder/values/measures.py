"""The measures of a target text: each number with its meaning, and the words it was read from.

What an auditor would hold the office to, or what tells the state of things, is a measure; dates,
ordinals, codes, names and set phrases with numbers in them are not (mappings/reference/measure-words.toml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from graph_builder.values.counting import Counted, Counting
from graph_builder.values.figures import Figure
from graph_builder.values.folding import Folded, fold
from graph_builder.values.indicator_texts import indicator_text
from graph_builder.values.measure_kinds import measure_kind
from graph_builder.values.measure_years import heading_year, stated_year, year_in_summary, years_of
from graph_builder.values.numbers import number_spans
from graph_builder.values.quantities import QuantitySpan, quantity_spans
from graph_builder.values.segments import Segment, segments

# What may follow a number that has its unit in its label: the end, a stop, を目標, the next label.
_UNLABELLED_END = re.compile(r"[ \u00a0\u3000]*(?:$|[\n。、,)]|を|と|目標|実績|現況)")
_LABEL = re.compile(
    r"(?P<label>[^、。\n]*?(?:数|率|額|値|\)))(?:について[、,]?|[:はが=]|[ \u3000])*[ \u00a0\u3000]*$"
)


@dataclass(frozen=True)
class MeasureRecord:
    """One number with its meaning.

    `quote` is text[start:end] of the text it was found in and contains the number; `unit_text` is NFKC
    without white space, empty where none is printed or implied; `unit`, `comparator` and
    `measure_kind` are notations of their schemes.
    """

    value: Decimal
    unit_text: str
    unit: str | None
    comparator: str
    measure_kind: str
    fiscal_year: int | None
    indicator_text: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class MeasureContext:
    """What a row says besides its target text: the year of its list, where a list is for one year,
    and its summary, which may date the same figure."""

    fiscal_year: int | None = None
    summary: str = ""


def find_measures(
    target_text: str,
    context: MeasureContext | None = None,
    counting: Counting | None = None,
) -> tuple[MeasureRecord, ...]:
    """Every measure of a target text in order; it never raises."""
    return _Finder(target_text, context or MeasureContext(), counting or Counting()).records()


@dataclass(frozen=True)
class _Finder:
    text: str
    context: MeasureContext
    counting: Counting
    folded: Folded = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))

    def records(self) -> tuple[MeasureRecord, ...]:
        spans = quantity_spans(self.folded, self.counting)
        spans = sorted([*spans, *self._labelled(spans)], key=lambda span: span.number.start)
        parts = segments(self.folded.text, lambda start, end: any(start <= s.start < end for s in spans))
        records = []
        floor = 0
        for span in spans:
            part = next(part for part in parts if part.start <= span.number.start < part.end)
            records.append(self._record(span, part, floor))
            floor = span.end
        return tuple(records)

    def _labelled(self, spans: list[QuantitySpan]) -> list[QuantitySpan]:
        """Numbers without a printed unit whose label tells it (件数　34,812)."""
        text = self.folded.text
        dates = years_of(self.folded)
        found = []
        for number in number_spans(self.folded):
            taken = any(span.start <= number.start < span.end for span in spans)
            dated = any(date.start <= number.start < date.end for date in dates)
            label = _LABEL.search(text[: number.start])
            if taken or dated or number.is_kanji or not label or not _UNLABELLED_END.match(text, number.end):
                continue
            name = label["label"]
            if self.counting.is_named(text, number) or not (name.endswith("数") or "(" in name):
                continue
            unit = self.counting.unit_of_label(name)
            if unit is None and not re.search(r"数(?:\([^()]*\))?$", name):
                continue
            counted = Counted(unit.label if unit else "", unit, number.end)
            found.append(QuantitySpan(number, counted, number.start, number.end, "equal", None, ()))
        return found

    def _record(self, span: QuantitySpan, part: Segment, floor: int) -> MeasureRecord:
        figure = Figure(
            text=self.folded.text,
            segment=part,
            start=span.start,
            end=span.end,
            floor=max(floor, part.start),
            unit_text=span.counted.unit_text,
            per=span.per,
            qualifiers=span.qualifiers,
        )
        start, end = self.folded.span(span.start, span.end)
        year = self._fiscal_year(span, figure)
        unit_text = _unit_text(span, year)
        unit = self.counting.units.named(unit_text)
        words = self.counting.words
        return MeasureRecord(
            value=span.number.value,
            unit_text=unit_text,
            unit=unit.notation if unit else None,
            comparator=span.comparator,
            measure_kind=measure_kind(figure, words),
            fiscal_year=year,
            indicator_text=self._as_printed(indicator_text(figure, words)),
            quote=self.text[start:end],
            start=start,
            end=end,
        )

    def _as_printed(self, indicator: str) -> str:
        """An indicator in the widths of the print where it stands there, else with full-width brackets."""
        at = self.folded.text.find(indicator)
        if at >= 0:
            start, end = self.folded.span(at, at + len(indicator))
            if end - start == len(indicator):
                return self.text[start:end]
        return indicator.replace("(", "（").replace(")", "）")

    def _fiscal_year(self, span: QuantitySpan, figure: Figure) -> int | None:
        year = stated_year(self.folded, figure, self.counting.words)
        if year is None and not self.folded.text.startswith("目標", figure.segment.start):
            year = heading_year(figure.segment.heading)
        if year is not None:
            return year.fiscal_year
        number = self.folded.text[span.number.start : span.counted.end]
        return year_in_summary(self.context.summary, number) or self.context.fiscal_year


def _unit_text(span: QuantitySpan, year: int | None) -> str:
    """The unit, with the period it is counted per; a figure of one year is not a rate per 年."""
    unit_text = span.counted.unit_text
    is_rate = span.per is not None and "/" not in unit_text and unit_text != "%"
    if not is_rate or (span.per == "年" and year is not None):
        return unit_text
    return f"{unit_text}/{span.per}"
