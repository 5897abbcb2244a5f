"""Dumps of invented tables: a municipality, an irregularity level and a seed give lines and the truth.

Level 0 is a regular table; level 1 has about the irregularities of a real dump; level 2 has twice as many.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DECLARED: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "merged_table" / "municipalities.toml").read_text("utf-8")
)
MUNICIPALITIES: list[dict[str, Any]] = DECLARED["municipalities"]
WORDS: dict[str, list[str]] = DECLARED["words"]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Truth:
    """What one entry of the dump says."""

    line: int
    part: str | None
    field: str
    items: tuple[tuple[str | None, str | None], ...]
    responsible: tuple[tuple[str, str | None, str | None], ...]
    name: str
    summary: str | None
    target: str | None


@dataclass
class Dump:
    """The lines of a dump and its entries."""

    lines: list[str] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)


@dataclass
class _Entry:
    field: str
    items: list[tuple[str | None, str | None]]
    offices: list[str]
    name: str
    summary: str
    target: str


def dump(municipality: int, level: int, seed: int, entries: int = 72) -> Dump:
    """A dump of about `entries` entries."""
    dice = random.Random(f"{municipality}.{level}.{seed}")  # noqa: S311 - the same dump for the same seed
    return _Writer(MUNICIPALITIES[municipality], level, dice).write(entries)


class _Writer:
    def __init__(self, town: dict[str, Any], level: int, dice: random.Random) -> None:
        self.town = town
        self.level = level
        self.dice = dice
        self.dump = Dump()
        self.wide: int = town["wide"]
        self.two_cells = False
        self.second = False
        self.number = 1
        self.width = 0
        self.labels = {(f, i): self._label() for f in range(len(town["fields"])) for i in range(20)}

    def write(self, entries: int) -> Dump:
        plan = self._plan(entries)
        at = 0
        while at < len(plan):
            page = plan[at : at + self.dice.randint(9, 17)]
            restart = self.town.get("restart")
            if restart and not self.second and plan[at].field in self.town["fields"][restart:]:
                self.second = True
                if self.dice.random() < 0.5:
                    self.dump.lines += [self.town["second_title"], ""]
            page = (
                [entry for entry in page if (entry.field in self.town["fields"][restart:]) == self.second]
                if restart
                else page
            )
            self._head()
            self._page(page, plan[at - 1] if at else None)
            self.dump.lines.append(f"- {self.number} -" if self.town.get("page_numbers") else "")
            self.number += 1
            at += len(page)
        return self.dump

    def chance(self, real: float) -> bool:
        """Whether an irregularity happens that a real dump has with this frequency."""
        return self.dice.random() < real * self.level

    def pick(self, kind: str) -> str:
        return self.dice.choice(WORDS[kind])

    # what the table says

    def _plan(self, entries: int) -> list[_Entry]:
        fields: list[str] = self.town["fields"]
        plan: list[_Entry] = []
        items: list[tuple[str | None, str | None]] = []
        for number, name in enumerate(fields):
            item = 0
            for _ in range(entries // len(fields)):
                if not item or self.dice.random() < 0.6:
                    items = self._items(number, item)
                    item += max(1, sum(code != self.town["mark"] for code, _ in items))
                plan.append(self._entry(name, list(items)))
        return plan

    def _items(self, number: int, item: int) -> list[tuple[str | None, str | None]]:
        if self.chance(0.05) and self.town["mark"]:
            return [(self.town["mark"], self._label() if self.dice.random() < 0.6 else None)]
        if self.chance(0.04):
            return [(None, self._label())]
        count = 3 if self.chance(0.02) and self.town["item_style"] else 1
        return [self._item(number, item + at) for at in range(1, count + 1)]

    def _entry(self, name: str, items: list[tuple[str | None, str | None]]) -> _Entry:
        offices: list[str] = [self.dice.choice(self.town["offices"])]
        second: str = self.dice.choice(self.town["offices"])
        if self.chance(0.02) and second.partition(" ")[0] != offices[0].partition(" ")[0]:
            offices.append(second)
        project = f"{self.pick('things')}{self.pick('actions')}{self.pick('kinds')}"
        if self.dice.random() < 0.4:
            left, right = self.dice.choice([("（", "）"), ("(", ")")])
            project += f"{left}{self.pick('things')}{self.pick('actions')}事業{right}"
        deeds = "".join(self.pick("deeds") for _ in range(self.dice.randint(1, 3)))
        target = f"{self.pick('things')}について、{self.dice.randint(2, 9000):,}{self.pick('targets')}"
        summary = f"{self.pick('purposes')}、{self.pick('things')}の{self.pick('actions')}に取り組む。{deeds}"
        return _Entry(name, items, offices, project, summary, target)

    def _item(self, field_number: int, item: int) -> tuple[str | None, str]:
        if not self.town["item_style"]:
            return None, self.labels[field_number, item % 20]
        number = self.town["fields"][field_number].split()[0].removeprefix("基本目標").removeprefix("第")
        base = self.town["item_style"].format(field=number, item=item)
        if self.town.get("circled"):
            base = CIRCLED[item - 1]
        if self.town["suffixes"] and field_number % 2:
            count = len(self.town["suffixes"])
            base = self.town["item_style"].format(field=number, item=1 + (item - 1) // count)
            base += self.town["suffixes"][(item - 1) % count]
        return base, self.labels[field_number, item % 20]

    def _label(self) -> str:
        return f"{self.pick('things')}の{self.pick('actions')}と{self.pick('things')}の{self.pick('actions')}"

    # how the print shows it

    def _head(self) -> None:
        lines = self.dump.lines
        empty = [""] * (self.wide - len(self.town["heads"]))
        title = self.town["title"]
        cells = [title[0], "", "", *title[1:]]
        lines.append("\t".join(cells + [""] * (self.wide - len(cells))))
        heads = self.town["heads"]
        if self.chance(0.25):
            lines.append("\t".join(["", "", "", *heads[3:], *empty]))
            lines.append("\t".join([*heads[:3], "", "", "", *empty]))
        else:
            lines.append("\t".join([*heads, *empty]))
        if self.level and self.dice.random() < 0.3:
            self.wide = 13 - self.wide
        self.two_cells = self.chance(0.25)
        self.width = self.dice.randint(10, 16) if self.chance(0.15) else 0

    def _page(self, page: list[_Entry], before: _Entry | None) -> None:
        above, first = before, True
        for entry in page:
            new_field = above is None or above.field != entry.field
            new_item = new_field or above is None or above.items != entry.items
            full = self.town.get("full", False)
            repeats = full or (first and self.dice.random() < 0.7)
            shown_field = entry.field if new_field or repeats else ""
            shown_items = entry.items if new_item or full or (first and self.dice.random() < 0.4) else []
            self._row(entry, shown_field, shown_items)
            above, first = entry, False

    def _row(self, entry: _Entry, shown_field: str, items: list[tuple[str | None, str | None]]) -> None:
        later: list[tuple[str | None, str | None]] = []
        numbered = all(code and label for code, label in items) and items
        if numbered and len(items) > 1 and self.dice.random() < 0.5:
            items, later = items[:1], items[1:]
        summary, target = self._missing(entry)
        front = self._front(shown_field, items)
        texts = [self._wrap(text) for text in (entry.name, summary, target)]
        if texts[1] and self.chance(0.02):
            texts.insert(0, texts[0])
        if self.chance(0.03):
            texts.insert(0, "")
        cells = [*front, self._office(entry), *texts]
        self.dump.lines.append("\t".join(self._shifted(cells)))
        self.dump.truths.append(
            Truth(
                len(self.dump.lines), self._part(), entry.field, tuple(entry.items), _units(entry.offices),
                entry.name, summary or None, target or None,
            )
        )  # fmt: skip
        for code, label in later:
            cells = ["", code or "", self._wrap(label or ""), self._office(entry) if self.chance(0.3) else ""]
            if self.dice.random() < 0.3:
                cells = cells[1:]
            self.dump.lines.append("\t".join(cells + [""] * (self.wide - len(cells))))

    def _part(self) -> str | None:
        return ("2" if self.second else "1") if self.town.get("restart") else None

    def _missing(self, entry: _Entry) -> tuple[str, str]:
        missing = self.dice.choice(["summary", "target", "both"]) if self.chance(0.02) else ""
        summary = "" if missing in ("summary", "both") else entry.summary
        return summary, "" if missing in ("target", "both") else entry.target

    def _front(self, shown_field: str, items: list[tuple[str | None, str | None]]) -> list[str]:
        name = self._wrap(shown_field, keep=True)
        if not items:
            return [name, "", ""] if self.two_cells else [name, ""]
        codes = [code for code, _ in items if code]
        labels = [self._wrap(label) for _, label in items if label]
        if len(items) > 1:
            return [name, " ".join([*codes, *labels])]
        if self.two_cells or (codes and labels and self.chance(0.05)):
            return [name, *(codes or [""]), *(labels or [""])]
        return self._one_cell(name, " ".join([*codes, *labels]), has_code=bool(codes), is_mark=not labels)

    def _one_cell(self, name: str, text: str, *, has_code: bool, is_mark: bool) -> list[str]:
        """Number and name in one cell: doubled, in the field's column, or where it belongs."""
        if not name and self.chance(0.03):
            return [text, text]
        if not name and has_code and self.chance(0.03):
            return [text]
        if not name and is_mark and self.chance(0.5):
            return [text, ""]
        return [name, text] if has_code else [name, "", text]

    def _office(self, entry: _Entry) -> str:
        text = ("、" if self.town.get("comma") else " ").join(entry.offices)
        # A bureau that touches both its neighbours and never stands apart could not be told from a name.
        if (
            self.town.get("joined")
            and text.count(" ") == 1
            and len(entry.offices) == 1
            and self.dice.random() < 0.2
        ):
            text = text.replace(" ", "")
        return self._wrap(text, keep=True) if self.chance(0.1) else text

    def _shifted(self, cells: list[str]) -> list[str]:
        if self.chance(0.04):
            cells = ["", *cells]
        elif cells[0] == "" and self.chance(0.03):
            cells = cells[1:]
        elif self.chance(0.01) and not any(cells[:2]):
            office = next(at for at, cell in enumerate(cells) if cell)
            cells = [cells[office], "", "", *cells[office + 1 :]]
        while len(cells) > self.wide and cells[-1] == "":
            cells = cells[:-1]
        return cells + [""] * (self.wide - len(cells))

    def _wrap(self, text: str, *, keep: bool = False) -> str:
        if not self.width or (keep and self.dice.random() < 0.5):
            return text
        return " ".join(text[at : at + self.width] for at in range(0, len(text), self.width))


def _units(offices: list[str]) -> tuple[tuple[str, str | None, str | None], ...]:
    units: list[tuple[str, str | None, str | None]] = []
    for office in offices:
        department, *below = office.split()
        bureau = below[0] if len(below) > 1 else None
        units.append((department, bureau, below[-1] if below else None))
    return tuple(units)
