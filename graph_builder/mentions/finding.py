"""Find in one text what names something: known names, words that go back to a name, unlisted names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_builder.mentions.folding import Folded
from graph_builder.mentions.matching import Matcher
from graph_builder.mentions.names import Name
from graph_builder.mentions.words import Anaphor, Words
from graph_builder.values.text import compared

Found = tuple[int, int]


@dataclass(frozen=True)
class Occurrence:
    """One place of a folded text: the things that its name belongs to, or the word that goes back to one.

    With neither, it looks like a name that no table knows. `is_word`: it is no name of the thing but a
    word like 「同法」, whose meaning a rule or the document's folder tells.
    """

    start: int
    end: int
    things: tuple[str, ...] = ()
    anaphor: Anaphor | None = None
    is_word: bool = False


class Vocabulary:
    """The names and words that one document is searched for."""

    def __init__(
        self, names: Sequence[Name], words: Words, declared: Mapping[str, str] | None = None
    ) -> None:
        """`declared` says what a word stands for in this document, before any rule."""
        self._words = words
        things: dict[str, dict[str, None]] = {}
        for name in names:
            things.setdefault(compared(name.name), {})[name.thing] = None
        self.things = {name: tuple(owners) for name, owners in things.items()}
        self._declared = {compared(word): thing for word, thing in (declared or {}).items()}
        self._matcher = Matcher([*self.things, *words.anaphora, *words.others, *self._declared])

    def occurrences(self, folded: Folded) -> list[Occurrence]:
        """Everything that the text names, in order; what ends an unlisted name is no name of its own."""
        spans = [span for span in self._matcher.find(folded) if not self._is_other_word(folded.text, span)]
        unlisted = [*self._unlisted(folded.text, spans)]
        known = [
            self._occurrence(folded.text, start, end)
            for start, end in spans
            if not any(first <= start and end == last for first, last in unlisted)
        ]
        found = [*known, *(Occurrence(start, end) for start, end in unlisted)]
        return sorted(found, key=lambda occurrence: (occurrence.start, occurrence.end))

    def _occurrence(self, text: str, start: int, end: int) -> Occurrence:
        word = text[start:end]
        if word in self._declared:
            return Occurrence(start, end, (self._declared[word],), is_word=True)
        anaphor = None if word in self.things else self._words.anaphora.get(word)
        return Occurrence(start, end, self.things.get(word, ()), anaphor, is_word=anaphor is not None)

    def _is_other_word(self, text: str, span: Found) -> bool:
        start, end = span
        word = text[start:end]
        if word in self.things:
            return False
        before = text[start - 1 : start]
        return word in self._words.others or (
            before != "" and before in self._words.compounds.get(word[0], "")
        )

    def _unlisted(self, text: str, spans: Sequence[Found]) -> Iterator[Found]:
        names = [span for span in spans if text[slice(*span)] in self.things]
        ends = {end for _, end in names}
        for match in self._words.unlisted.quoted.finditer(text):
            start, end = match.span("name")
            if not _covers(names, start, end):
                yield start, end
            ends.add(end)
        for match in self._words.unlisted.number.finditer(text):
            start, end = self._name_before(text, match.start(), ends)
            if start < end:
                yield start, end

    def _name_before(self, text: str, end: int, ends: Collection[int]) -> Found:
        """The name that ends there: back to a mark that no name holds, or to the end of a known name."""
        start = end
        while start and text[start - 1] not in self._words.unlisted.before and start not in ends:
            start -= 1
        return start, end


def _covers(spans: Iterable[Found], start: int, end: int) -> bool:
    """Whether names follow one another from start to end without a gap."""
    for first, last in spans:
        if first <= start < last:
            start = last
    return start >= end
