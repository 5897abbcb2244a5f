"""Whether a number counts something, and what: units, unknown counters, and the words at its sides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from graph_builder.values.measure_words import MeasureWords, measure_words
from graph_builder.values.numbers import NumberSpan
from graph_builder.values.text import compared
from graph_builder.values.units import Unit, Units, known_units

_SPACES = " \u00a0\u3000"
# A counter that no scheme knows: a short run of kanji or of katakana that ends as a word ends.
_UNKNOWN = re.compile(r"(?:[一-龥々]{1,6}|[ァ-ヶー]{2,10})(?![一-龥々ァ-ヶー])")
_GAP = re.compile(r"[ \u00a0\u3000]?")
_PARTICLE = re.compile(r"(?:の全?|全)")
# 1900 to 2099 without a comma before an unknown word is a year in a name (2020東京大会).
_YEAR_LIKE = range(1900, 2100)


@dataclass(frozen=True)
class Counted:
    """What a number counts: the unit as printed (NFKC), its concept, and where the unit ends."""

    unit_text: str
    unit: Unit | None
    end: int


@dataclass(frozen=True)
class WordBefore:
    """A word before a number: the word, and as it is printed with the spaces behind it."""

    word: str
    printed: str


@dataclass(frozen=True)
class Counting:
    """The knowledge that counting needs; the repository's own where none is given."""

    units: Units = field(default_factory=known_units)
    words: MeasureWords = field(default_factory=measure_words)

    def counted(self, text: str, number: NumberSpan) -> Counted | None:
        """What a number of a folded text counts; None where it is an ordinal, a code or part of a name.

        A number without a unit is None too; whether a label gives it one is for `measures` to say.
        """
        if self.is_named(text, number) or self._is_ordinal(text, number) or _is_code(text, number):
            return None
        gap = _GAP.match(text, number.end)
        at = gap.end() if gap else number.end
        if at > number.end and _begins_line(text, number.start):
            return None
        counted = self._known(text, at) or self._unknown(text, number)
        if counted is None or text.startswith(self.words.ordinal_after, counted.end):
            return None
        return counted

    def is_named(self, text: str, number: NumberSpan) -> bool:
        """Whether the number is part of a name or set phrase."""
        return any(
            match.start() <= number.start and number.end <= match.end()
            for match in self._names.finditer(text)
        )

    def word_before(self, before: str) -> WordBefore | None:
        """The comparing, summing or rating word with which a text before a number ends."""
        stripped = before.rstrip(_SPACES)
        if stripped.endswith(self.words.false):
            return None
        for word in self._words_before:
            if stripped.endswith(word):
                rest = stripped.removesuffix(word)
                if word in self.words.whole and _ends_in_word(rest):
                    return None
                return WordBefore(word, before[len(rest) :])
        return None

    def word_after(self, text: str, at: int) -> str | None:
        """The comparing word that stands at a place behind a unit."""
        return next((word for word in self.words.after if text.startswith(word, at)), None)

    def unit_of_label(self, label: str) -> Unit | None:
        """The unit that a label implies: (件) at its end, or the counter before 数 (件数)."""
        bracket = re.search(r"\(([^()]+)\)$", label)
        if bracket and (unit := self.units.named(bracket[1])):
            return unit
        ending = self.units.text_at_end(label.removesuffix("数")) if label.endswith("数") else None
        if ending is None and label.endswith("者数"):
            return self.units.named("人")
        return self.units.named(ending) if ending else None

    def _known(self, text: str, at: int) -> Counted | None:
        particle = _PARTICLE.match(text, at)
        unit_text = self.units.text_at(text, at)
        if unit_text is None and particle is not None:
            at = particle.end()
            unit_text = self.units.text_at(text, at)
            unit_text = unit_text if unit_text and len(unit_text) > 1 else None
        if unit_text is None or self._not_counted_length(text, at) >= len(unit_text):
            return None
        # 件数 after a number is the next label, not the counter of this one.
        if text.startswith("数", at + len(unit_text)):
            return None
        unit = self.units.named(unit_text)
        return Counted(compared(unit_text), unit, at + len(unit_text))

    def _unknown(self, text: str, number: NumberSpan) -> Counted | None:
        match = _UNKNOWN.match(text, number.end)
        if match is None or number.is_kanji or self._not_counted_length(text, number.end):
            return None
        printed = self._without_after_word(match[0])
        digits = text[number.start : number.end]
        if not printed or printed.endswith(self.words.measured):
            return None
        if number.value in _YEAR_LIKE and digits.isdigit():
            return None
        return Counted(compared(printed), None, number.end + len(printed))

    def _without_after_word(self, run: str) -> str:
        for word in self.words.after:
            run = run.removesuffix(word)
        return run

    def _not_counted_length(self, text: str, at: int) -> int:
        return next((len(word) for word in self.words.not_counted if text.startswith(word, at)), 0)

    def _is_ordinal(self, text: str, number: NumberSpan) -> bool:
        return text[: number.start].rstrip(_SPACES).endswith(self.words.ordinal_before)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.words.names)) or r"(?!)")

    @cached_property
    def _words_before(self) -> tuple[str, ...]:
        words = {*self.words.before, *self.words.per, *self.words.qualifiers}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _is_code(text: str, number: NumberSpan) -> bool:
    """Whether Latin letters, a hyphen or a slash bind the number to a code (Society5.0, 2-1, 4(3)ア)."""
    before, after = text[: number.start], text[number.end :]
    if re.search(r"[A-Za-z_][\-‐.]?$", before) or re.search(r"\d[\-‐/(.]$", before):
        return True
    return bool(re.match(r"[\-‐/(.]\d|\)?\(\d", after))


def _begins_line(text: str, at: int) -> bool:
    line = text[:at].rsplit("\n", 1)[-1]
    return not line.strip(_SPACES)


def _ends_in_word(text: str) -> bool:
    """Whether a text ends in a kanji or digit, so that what follows is the end of a longer word."""
    return bool(re.search(r"[一-龥々\d]$", text))
