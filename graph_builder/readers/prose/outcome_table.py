"""A table of what a plan brought about: one row a pillar, in its cell the projects one after another.

A row is `pillar TAB ○project ○project … `. document.toml declares `bullet`, `scheme` (the plan whose
directions the pillars are, found among the headings of the outline), `plans`, `start_year`, `end_year`, the
numbers of `rows` and `entries`, and as `[[layouts.ignored]]` (kind, text, count) what in a cell is no data.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose.headings import sections
from graph_builder.readers.prose.stretches import read_tables
from graph_builder.readers.prose.table_texts import Token, token
from graph_builder.readers.reading import DirectionRecord, EntryRecord, Reading
from graph_builder.values.text import compared, without_script_spaces

NAME = "outcome-table"


def read(document: Document, layout: Layout) -> Reading:
    """One entry for each project; what is no pillar, no project and not ignored by name is a problem."""
    rows = _Rows(document, options_of(document, layout))
    for table in read_tables(document, layout, rows.reading):
        for line in table.lines:
            rows.take(line)
    rows.check_counts(layout)
    return rows.reading


@dataclass
class _Rows:
    """The rows as they are read: the entries so far, how many rows, how often each ignored text was met."""

    document: Document
    options: Options
    reading: Reading = field(default_factory=Reading)
    count: int = 0
    ignored: Counter[str] = field(default_factory=Counter)

    @cached_property
    def pillars(self) -> dict[str, DirectionRecord]:
        """The directions among the headings, by label."""
        directions = (section.direction for section in sections(self.document))
        scheme = self.options.text("scheme")
        return {compared(pillar.label): pillar for pillar in directions if pillar and pillar.scheme == scheme}

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The texts that are no data."""
        return tuple(table.text("text") for table in self.options.tables("ignored"))

    def take(self, line: Line) -> None:
        """Read one line of the table."""
        label, tab, _ = line.text.partition("\t")
        pillar = self.pillars.get(compared(label))
        if not tab or pillar is None:
            what = f"「{line.text.strip()[:40]}」 is no row of the table: it begins with no pillar and tab"
            self._problem(line.number, what, "mend the text, or the headings of the pillars")
            return
        self.count += 1
        self.reading.entries += [self._entry(name, pillar) for name in self._names(line, len(label) + 1)]

    def _names(self, line: Line, start: int) -> list[Token]:
        """The names of a cell with their places; text before the first bullet has to be ignored by name."""
        bullet = self.options.text("bullet")
        parts: list[Token] = []
        for part in line.text[start:].split(bullet):
            parts.append(_trimmed(line, start, start + len(part)))
            start += len(part) + len(bullet)
        before, *names = parts
        if before.text in self.known:
            self.ignored[before.text] += 1
        elif before.text:
            what = f"「{before.text}」 stands before the first {bullet}"
            self._problem(line.number, what, "mend the text, or ignore it by name")
        return [self._without_ending(line, name) for name in names]

    def _without_ending(self, line: Line, name: Token) -> Token:
        """A name without an ignored text after it, such as ほか (and others)."""
        for text in self.known:
            if name.text.endswith(f" {text}"):
                self.ignored[text] += 1
                return _trimmed(line, name.start, name.start + len(name.text) - len(text))
        return name

    def _entry(self, name: Token, pillar: DirectionRecord) -> EntryRecord:
        return EntryRecord(
            span=name.span,
            name=without_script_spaces(name.text),
            directions=(pillar,),
            plans=self.options.texts("plans"),
            start_year=self.options.number("start_year"),
            end_year=self.options.number("end_year"),
            cells={"name": name.span},
        )

    def check_counts(self, layout: Layout) -> None:
        """Compare what was read with what is declared."""
        entries = len(self.reading.entries)
        found = {"rows": (self.count, self.options.number("rows"))}
        found["entries"] = entries, self.options.number("entries")
        for table in self.options.tables("ignored"):
            found[f"「{table.text('text')}」"] = self.ignored[table.text("text")], table.number("count")
        for what, (count, declared) in found.items():
            if count != declared:
                counted = f"the table has {count} {what}, {declared} are declared"
                self._problem(layout.first, counted, "mend the text or the declared count")

    def _problem(self, line: int, what: str, remedy: str) -> None:
        self.reading.problems.append(Problem(self.document.place(line), what, remedy))


def _trimmed(line: Line, start: int, end: int) -> Token:
    """The part start..end of a line without its outer spaces."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    return token(line, start, start + len(text.strip()))
