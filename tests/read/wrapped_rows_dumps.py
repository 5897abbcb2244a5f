"""Dumps of invented action plans: rows, and what a dump of a printed table makes of them.

The irregularity of a dump is a level: 0 is a regular dump, 1 is about as irregular as real ones are, 2 has
twice as many blank lines inside cells, cells without a blank line between them, and lines moved elsewhere.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

MAY_NOT_BEGIN = set("、。，．・：；！？」』）)】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%～")
MAY_NOT_END = set("「『（(【〔")


@dataclass(frozen=True)
class Unit:
    """A department with its divisions."""

    name: str
    divisions: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """One row as the table means it."""

    section: int
    title: str
    number: int
    is_new: bool
    is_repeat: bool
    name: str
    summary: tuple[str, ...]
    target: tuple[str, ...]
    department: str
    divisions: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """How a table is printed: widths of its columns in em, its column titles, its introduction."""

    name: int = 8
    summary: int = 20
    target: int = 20
    division: int = 5
    wraps_departments: bool = False
    breaks_words: bool = False
    titles: tuple[str, ...] = (
        "整理", "番号", "", "新", "規", "", "施策（事業）名称 取組概要 指標・目標", "部局等名", "担当課",
    )  # fmt: skip


@dataclass
class Dump:
    """The lines of a dump, the rows that are in it, and each row's first and last line."""

    lines: list[str] = field(default_factory=list)
    rows: list[Truth] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, em: int, *, breaks_words: bool = False) -> list[str]:
    """`text` on lines of `em` characters, broken by the rules of Japanese typesetting."""
    atoms = re.findall(r"." if breaks_words else r"[!-~]+|.", text)
    lines = [""]
    for atom in atoms:
        if lines[-1] and width(lines[-1] + atom) > 2 * em:
            at = _last_break(lines[-1], atom)
            lines[-1:] = [lines[-1][:at], lines[-1][at:]]
        lines[-1] += "" if atom == " " and not lines[-1] and len(lines) > 1 else atom
        while width(lines[-1]) > 2 * em:
            keep = next(at for at in range(len(lines[-1]), 0, -1) if width(lines[-1][:at]) <= 2 * em)
            lines[-1:] = [lines[-1][:keep], lines[-1][keep:]]
    return [line for line in lines if line]


def _last_break(line: str, atom: str) -> int:
    """The last place in `line` where it may be broken when `atom` has no room on it."""
    for at in range(len(line), 0, -1):
        following = line[at] if at < len(line) else atom[0]
        if following not in MAY_NOT_BEGIN and line[at - 1] not in MAY_NOT_END:
            return at
    return len(line)


VOCABULARY = tomllib.loads((Path(__file__).parent / "wrapped_rows" / "vocabulary.toml").read_text("utf-8"))
PLACES, THINGS, ACTIONS, AIMS, MEANS, TITLES = (
    tuple(map(str, VOCABULARY[key])) for key in ("places", "things", "actions", "aims", "means", "titles")
)
UNITS = [Unit(unit["name"], tuple(unit["divisions"])) for unit in VOCABULARY["units"]]
DOINGS = ("配置", "設置", "周知")
FIGURES = ("件", "回", "人", "施設", "％", "台", "団体", "PV", "世帯")


def _name(rng: random.Random) -> str:
    name = rng.choice(PLACES) + rng.choice(THINGS) + rng.choice(ACTIONS)
    kind = rng.random()
    if kind < 0.12:
        return f"{name}（{rng.choice(PLACES)}{rng.choice(('利用促進', '情報発信', '連携'))}事業）"
    if kind < 0.2:
        bracket = rng.choice(("仮称", "ＧＩＳ", "すまいるネット"))
        return f"{rng.choice(THINGS)}（{bracket}）{rng.choice(ACTIONS)}"
    if kind < 0.35:
        return rng.choice(PLACES)[:4] + rng.choice(("事業", "システム更新", "電子化"))
    return name


def _summary(rng: random.Random) -> tuple[str, ...]:
    sentences = [
        rng.choice(MEANS) + rng.choice(PLACES) + "に" + rng.choice(THINGS) + "を"
        + rng.choice(("整備し、", "導入し、", "段階的に拡大し、", "試行的に取り入れ、")) + rng.choice(AIMS)
        for _ in range(rng.choice((1, 1, 2, 2, 3)))
    ]  # fmt: skip
    if len(sentences) > 1 and rng.random() < 0.15:
        return ("　" + sentences[0], "　また、" + "".join(sentences[1:]))
    return ("　" + "".join(sentences),)


def _figure(rng: random.Random) -> str:
    number = rng.choice(
        (
            f"{rng.randint(1, 99)}",
            f"{rng.randint(1, 60)},{rng.randint(0, 999):03d}",
            f"{rng.randint(1, 99)}.{rng.randint(0, 9)}",
        )
    )
    if rng.random() < 0.4:
        number = unicodedata.normalize("NFKC", number).translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        )
    return number + rng.choice(FIGURES)


def _target(rng: random.Random) -> tuple[str, ...]:
    kind = rng.random()
    thing = rng.choice(THINGS)
    if kind < 0.45:
        text = f"　{rng.choice(PLACES)}における{thing}の利用を年間{_figure(rng)}とし、{rng.choice(AIMS)}"
        return (text, f"　{rng.choice(MEANS)}{rng.choice(AIMS)}") if rng.random() < 0.15 else (text,)
    if kind < 0.62:
        return (f"{thing}の利用{rng.choice(('件数', '者数', '率'))}：{_figure(rng)}",)
    if kind < 0.68:
        return (rng.choice(("目標値なし", "継続実施", "検討中")),)
    bullet = rng.choice(("・", "○", "〇", "(n)", "①"))
    items = [
        f"{rng.choice(PLACES)}への{rng.choice(THINGS)}の{rng.choice(DOINGS)}　{_figure(rng)}"
        for _ in range(rng.randint(2, 4))
    ]
    marks = [
        f"({at})" if bullet == "(n)" else "①②③④"[at - 1] if bullet == "①" else bullet for at in range(1, 5)
    ]
    listed = tuple(mark + item for mark, item in zip(marks, items, strict=False))
    if kind < 0.8:
        return listed
    if kind < 0.88:
        return (f"令和{rng.randint(2, 6)}年度実施予定事業", *listed)
    return (
        f"　{rng.choice(AIMS)}",
        f"令和{rng.randint(2, 6)}年{rng.randint(1, 12)}月末現在",
        f"利用者　{_figure(rng)}",
    )


def rows_of(seed: int, count: int = 72, sections: int = 4) -> list[Truth]:
    """An invented action plan of `count` rows."""
    rng = random.Random(seed)  # noqa: S311  an invented plan is no secret
    cuts = sorted(rng.sample(range(5, count - 5), sections - 1))
    while any(after - before < 4 for before, after in pairwise(cuts)):
        cuts = sorted(rng.sample(range(5, count - 5), sections - 1))
    rows: list[Truth] = []
    for at in range(count):
        section = 1 + sum(cut <= at for cut in cuts)
        number = at + 1 - ([0, *cuts][section - 1])
        unit = rng.choice(UNITS)
        two = len(unit.divisions) > 1 and rng.random() < 0.06
        row = Truth(
            section=section,
            title=TITLES[section - 1],
            number=number,
            is_new=rng.random() < 0.2,
            is_repeat=False,
            name=_name(rng),
            summary=_summary(rng),
            target=_target(rng),
            department=unit.name,
            divisions=tuple(rng.sample(unit.divisions, 2 if two else 1)),
        )
        if rows and rng.random() < 0.04:
            again = rng.choice(rows)
            row = replace(again, section=section, title=TITLES[section - 1], number=number)
            row = replace(row, is_new=False, is_repeat=True)
        rows.append(row)
    return rows


class Printer:
    """Prints rows as a dump of some irregularity gives them."""

    def __init__(self, rows: Sequence[Truth], level: float, seed: int, shape: Shape) -> None:
        self.rows, self.level, self.shape = rows, level, shape
        self.rng = random.Random(seed * 31 + 7)  # noqa: S311
        self.dump = Dump()
        self.page = 1

    def chance(self, at_level_one: float) -> bool:
        return self.rng.random() < at_level_one * self.level

    def print(self) -> Dump:
        """The whole table with its headings, column titles, page numbers and introduction."""
        moved: list[list[str]] = []
        intro_at = self.rng.randrange(len(self.rows)) if self.chance(0.5) else 0
        section = 0
        if self.level and self.rng.random() < 0.5:
            self.dump.lines += [" " + self.shape.titles[-2], self.shape.titles[-1], ""]
        for at, row in enumerate(self.rows):
            if at == intro_at:
                self.dump.lines += VOCABULARY["introduction"]
            begins = row.section != section
            if begins:
                section = row.section
                heading = [f"{row.section}　{row.title}", ""]
                if self.chance(0.45):
                    moved.append(heading)
                else:
                    self.dump.lines += heading
            if begins or self.rng.random() < 0.07:
                self._turn_page(first=begins)
            self._print_row(row)
            if moved and (self.rng.random() < 0.4 or at + 1 == len(self.rows)):
                self.dump.lines += moved.pop(0)
        return self.dump

    def _turn_page(self, *, first: bool) -> None:
        self.page += 1
        if self.chance(0.3):
            self.dump.lines += [str(self.page), "", "", ""]
        if first or self.rng.random() < 0.5:
            titles = list(self.shape.titles)
            titles[0] = " " + titles[0] if self.chance(0.2) else titles[0]
            self.dump.lines += [*titles, ""]

    def _print_row(self, row: Truth) -> None:
        lines = self.dump.lines
        first = len(lines) + 1
        name = self._cell(row.name, self.shape.name, 0.03)
        number = f"{row.number} 〇" if row.is_new else f"{row.number}"
        together = len(name) == 1 and self.level > 0 and not row.is_repeat
        lines.append((" " if self.chance(0.05) else "") + (f"{number} {name.pop()}" if together else number))
        if not together and self.chance(0.15):
            lines.append("")
        if row.is_repeat:
            lines.append("（再掲）")
        lines += name
        self._gap(0.3 if together else 0.02)
        for paragraph in row.summary:
            text = " " + paragraph[1:] if self.chance(0.01) else paragraph
            lines += self._cell(text, self.shape.summary, 0.01)
        self._gap(0.01)
        target = [line for paragraph in row.target for line in self._cell(paragraph, self.shape.target, 0.01)]
        if len(row.target) > 1 and self.chance(0.03):
            at = self.rng.randrange(1, len(target))
            target.insert(at, "")
        lines += target
        self._gap(0.5 if len(target) == 1 else 0.02)
        self._print_responsible(row)
        self.dump.rows.append(row)
        self.dump.spans.append((first, len(lines)))
        if not self.chance(0.06):
            lines.append("")

    def _gap(self, missing: float) -> None:
        if not self.chance(missing):
            self.dump.lines.append("")
            if self.chance(0.008):
                self.page += 1
                self.dump.lines += [str(self.page), ""]
            elif self.chance(0.008):
                self.dump.lines += [*self.shape.titles, ""]

    def _cell(self, text: str, em: int, blank: float) -> list[str]:
        lines = wrap(text, em, breaks_words=self.shape.breaks_words)
        if len(lines) > 1 and self.chance(blank):
            lines.insert(self.rng.randrange(1, len(lines)), "")
        return lines

    def _print_responsible(self, row: Truth) -> None:
        wrapped = (
            wrap(row.department, self.shape.division) if self.shape.wraps_departments else [row.department]
        )
        self.dump.lines += wrapped
        for division in row.divisions:
            unit, _, office = division.partition("（")
            lines = wrap(unit, self.shape.division)
            lines += wrap("（" + office, self.shape.division) if office else []
            if len(lines) > 1 and self.chance(0.12):
                lines.insert(len(lines) - 1, "")
            self.dump.lines += lines


def dump_of(seed: int, level: float, shape: Shape | None = None, count: int = 72, sections: int = 4) -> Dump:
    """The dump of an invented plan."""
    return Printer(rows_of(seed, count, sections), level, seed, shape or Shape()).print()


SHAPES: tuple[Shape, ...] = (
    Shape(),
    Shape(name=10, summary=24, target=16, division=6),
    Shape(name=7, summary=18, target=22, division=8, breaks_words=True),
    Shape(name=9, summary=21, target=21, division=5, wraps_departments=True),
    Shape(
        name=12,
        summary=26,
        target=18,
        division=7,
        titles=("No.", "新規", "", "事業名 事業の内容 数値目標", "担当部署", "担当課"),
    ),
)

__all__ = ["SHAPES", "Dump", "Shape", "Truth", "dump_of"]
