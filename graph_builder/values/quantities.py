"""Numbers with their units and the words that compare them: 約500件, 99%以上, 年間10件, 12回／年."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from graph_builder.values.counting import Counted, Counting
from graph_builder.values.folding import Folded, fold
from graph_builder.values.numbers import NumberSpan, number_spans
from graph_builder.values.years import year_spans

RANGE_MARKS = "~〜～"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and its span with the words that belong to it.

    `unit_text` is what is printed after the number (NFKC, no white space; empty where nothing is),
    `unit` the notation of the unit concept, `comparator` the notation of the comparator concept,
    `per` the period of a rate printed before the number (年 in 年間10件), `qualifiers` words such as 累計.
    """

    value: Decimal
    unit_text: str
    unit: str | None
    comparator: str
    per: str | None
    qualifiers: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class QuantitySpan:
    """A quantity in places of the folded text: the whole, and the number within it."""

    number: NumberSpan
    counted: Counted
    start: int
    end: int
    comparator: str
    per: str | None
    qualifiers: tuple[str, ...]


def find_quantities(text: str, counting: Counting | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text in order: no dates, ordinals, codes or names; it never raises."""
    folded = fold(text)
    return tuple(_printed(span, folded, text) for span in quantity_spans(folded, counting or Counting()))


def parse_quantity(text: str, counting: Counting | None = None) -> Quantity | None:
    """The one quantity of a cell (４８.２％, １市町村); None where there is none or more than one."""
    quantities = find_quantities(text, counting)
    return quantities[0] if len(quantities) == 1 else None


def quantity_spans(folded: Folded, counting: Counting) -> list[QuantitySpan]:
    """The quantities of a folded text, in its places."""
    dates = [(start, end) for start, end, _, _ in year_spans(folded)]
    numbers = [
        number
        for number in number_spans(folded)
        if not any(start < number.end and number.start < end for start, end in dates)
    ]
    spans: list[QuantitySpan] = []
    floor = 0
    for number in numbers:
        counted = counting.counted(folded.text, number)
        if counted is None:
            continue
        span = _with_words(folded.text, number, counted, counting, floor)
        spans += _lower_bound(span, numbers, folded.text)
        floor = span.end
        spans.append(replace(span, comparator="at-most") if _is_upper(span, numbers, folded.text) else span)
    return spans


def _with_words(
    text: str, number: NumberSpan, counted: Counted, counting: Counting, floor: int
) -> QuantitySpan:
    """The number with the words directly before and behind it, not before `floor`."""
    words = counting.words
    start, end = number.start, counted.end
    said: list[str] = []
    per: str | None = None
    qualifiers: list[str] = []
    while (word := counting.word_before(text[floor:start])) is not None:
        start -= len(word.printed)
        said += [words.before[word.word]] if word.word in words.before else []
        per = words.per.get(word.word, per)
        qualifiers += [word.word] if word.word in words.qualifiers else []
    while (after := counting.word_after(text, end)) is not None:
        end += len(after)
        said.append(words.after[after])
    return QuantitySpan(number, counted, start, end, _strongest(said), per, tuple(qualifiers))


def _strongest(said: list[str]) -> str:
    """One comparator for several words: a growth says more than a bound, a bound more than 約."""
    order = ("increase-by", "at-least", "at-most", "about")
    return next((comparator for comparator in order if comparator in said), "equal")


def _is_upper(span: QuantitySpan, numbers: list[NumberSpan], text: str) -> bool:
    return _lower(span, numbers, text) is not None


def _lower(span: QuantitySpan, numbers: list[NumberSpan], text: str) -> NumberSpan | None:
    """The number at the other end of a range that `span` closes (10～20件)."""
    before = text[: span.number.start].rstrip(" ")
    if not before.endswith(tuple(RANGE_MARKS)):
        return None
    end = len(before) - 1
    return next(
        (number for number in numbers if text[number.end : end].strip() == "" and number.end <= end), None
    )


def _lower_bound(span: QuantitySpan, numbers: list[NumberSpan], text: str) -> list[QuantitySpan]:
    lower = _lower(span, numbers, text)
    if lower is None:
        return []
    return [replace(span, number=lower, start=lower.start, comparator="at-least")]


def _printed(span: QuantitySpan, folded: Folded, text: str) -> Quantity:
    start, end = folded.span(span.start, span.end)
    return Quantity(
        value=span.number.value,
        unit_text=span.counted.unit_text,
        unit=span.counted.unit.notation if span.counted.unit else None,
        comparator=span.comparator,
        per=span.per,
        qualifiers=span.qualifiers,
        start=start,
        end=end,
        text=text[start:end],
    )
