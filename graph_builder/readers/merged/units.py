"""Work out from a table alone which departments, bureaux and divisions it names.

A responsible cell is a row of names that all end as names of units do. What stands first is a department;
what stands between it and a division is a bureau; what follows a division and leads further is a department.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from graph_builder.readers.merged.cells import Cell
from graph_builder.readers.merged.responsible import Offices, words_of
from graph_builder.values.text import compared

# Division, office, section, team, desk: the units that do the work.
SMALL = ("課", "室", "係", "班", "担当", "グループ", "チーム")
# Department, bureau, agency, headquarters, secretariat, committee, mayor's office, assembly.
LARGE = ("部", "局", "庁", "委員会", "公室", "議会")
# Centre, place, hall, station, hospital, corps, association, corporation, school, garden, officer, ward.
PLACES = (
    "センター", "所", "館", "署", "院", "支店", "団", "会", "公社", "機構", "学校", "大学", "園",
    "官", "監", "者", "場", "区",
)  # fmt: skip
LONGEST_UNIT = 20
_NO_UNIT = re.compile(
    r"[。「」『』、,0-9０-９%％]|する|した|及び|による|に係る|ための|向け|^(?:主?担当|所管|主管|関係|実施)(?:部|課|局|室|所属|機関|・)*$"
)
_BRACKET_AT_END = re.compile(r"[（(][^（）()]*[）)]$")


def looks_like_unit(name: str) -> bool:
    """Whether a word could be the name of a unit."""
    bare = _BRACKET_AT_END.sub("", name)
    return (
        1 < len(bare) <= LONGEST_UNIT and bare.endswith(SMALL + LARGE + PLACES) and not _NO_UNIT.search(bare)
    )


def is_small(name: str) -> bool:
    """Whether a unit has the name of a division."""
    return _bare(name).endswith(SMALL) and not _bare(name).endswith(LARGE)


# A department, then a division of at least two characters that touches it.
_HEAD = re.compile(rf".+(?:{'|'.join(LARGE)})(?=..+(?:{'|'.join(SMALL)})$)")


@dataclass
class Units:
    """The units that were found, and how often."""

    departments: Counter[str] = field(default_factory=Counter)
    bureaux: Counter[str] = field(default_factory=Counter)
    divisions: Counter[str] = field(default_factory=Counter)

    def offices(self) -> Offices:
        """The units as a reader knows them."""
        return Offices.declared(self.lookups())

    def lookups(self) -> Mapping[str, list[str]]:
        """The units as lookups.toml declares them; usual divisions are not listed."""
        endings = [end for end in SMALL if any(_bare(name).endswith(end) for name in self.divisions)]
        unusual = [
            name
            for name in self.divisions
            if not _bare(name).endswith(tuple(endings)) or name in self.departments
        ]
        return {
            "departments": list(self.departments),
            "bureaux": list(self.bureaux),
            "divisions": unusual,
            "division_endings": endings,
        }

    def add(self, words: Sequence[str], known: Mapping[str, int]) -> None:
        """Add the words of one responsible cell; `known` counts names that stand first elsewhere."""
        before = ""
        for at, word in enumerate(words):
            below = words[at + 1] if at + 1 < len(words) else ""
            before = _kind(word, before, below, known)
            {"department": self.departments, "bureau": self.bureaux, "division": self.divisions}[before][
                word
            ] += 1


def _kind(word: str, before: str, below: str, departments: Mapping[str, int]) -> str:
    """What a word is, from the kind of the word before it and the word below it."""
    if not before or word in departments:
        return "department"
    if is_small(word):
        return "division"
    if before == "division":
        return "department" if _bare(word).endswith(LARGE) else "division"
    # A place (a centre, a library) is a bureau only where a division stands below it.
    leads = bool(below) and below not in departments and (_bare(word).endswith(LARGE) or is_small(below))
    return "bureau" if before == "department" and leads else "division"


def find_units(rows: Sequence[Sequence[Cell]], column: int | None) -> Units:
    """The units of a table; `column` is the 1-based column whose head speaks of who is responsible."""
    found = _parted([words for cells in rows if (words := _plain_words(cells))])
    units = _units(_whole(found))
    for _ in range(2):
        offices = units.offices()
        unread = [cells for cells in rows if not any(offices.read(cell.text) for cell in cells)]
        found = _parted(
            [
                *found,
                *(words for cells in unread if (words := _likely_words(cells, column, units.departments))),
            ]
        )
        units = _units(_whole(found))
    return units


def _parted(found: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words with department and division parted (総務部人事課), where departments are seen to touch."""
    heads = [match.end() if (match := _HEAD.match(words[0])) else 0 for words in found]
    firsts = Counter(words[0] for words in found)
    touching = Counter(words[0][:end] for words, end in zip(found, heads, strict=True) if end)
    if not any(firsts[name] or count > 1 for name, count in touching.items()):
        return [[*words] for words in found]
    return [
        [words[0][:end], words[0][end:], *words[1:]] if end else [*words]
        for words, end in zip(found, heads, strict=True)
    ]


def _units(found: Sequence[Sequence[str]]) -> Units:
    """The units of all responsible cells; what mostly stands first is a department."""
    firsts = Counter(words[0] for words in found)
    below = Counter(word for words in found for word in words[1:])
    known = {name: count for name, count in firsts.items() if not is_small(name) or count > below[name]}
    units = Units()
    for words in found:
        units.add(words, known)
    return units


def _plain_words(cells: Sequence[Cell]) -> list[str]:
    """The words of the first cell that is a row of two or more units."""
    for cell in cells[:-1]:
        words = words_of(cell.text)
        if len(words) > 1 and all(looks_like_unit(word) for word in words):
            return [compared(word) for word in words]
    return []


def _likely_words(cells: Sequence[Cell], column: int | None, known: Collection[str]) -> list[str]:
    """The words of the cell that is most likely the responsible one, where none is plainly so."""
    for cell in cells[:-1]:
        words = [compared(word) for word in words_of(cell.text)]
        if len(words) > 1 and words[0] in known and all(_is_plain(word) for word in words):
            # Below a department that is known, a unit may be called anything.
            return words
    candidates = [
        (abs(cell.column - (column or cell.column)), at, words)
        for at, cell in enumerate(cells[:-1])
        if (words := _joined_words(cell.text))
    ]
    return min(candidates, key=lambda candidate: candidate[:2])[2] if candidates else []


def _is_plain(word: str) -> bool:
    return 1 < len(word) <= LONGEST_UNIT and not _NO_UNIT.search(word)


def _joined_words(text: str) -> list[str]:
    """The units of a cell whose names may be broken by spaces; empty where a word is no unit."""
    words, word = [], ""
    for piece in words_of(text):
        word += compared(piece)
        if looks_like_unit(word):
            words.append(word)
            word = ""
    return [] if word else words


def _whole(found: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words, joined where a line's end tore one that stands whole elsewhere (学校 教育課)."""
    vocabulary = {word for words in found for word in words}
    wholes = []
    for words in found:
        joined: list[str] = []
        for word in words:
            if joined and joined[-1] + word in vocabulary:
                joined[-1] += word
            else:
                joined.append(word)
        wholes.append(joined)
    return wholes


def _bare(name: str) -> str:
    return _BRACKET_AT_END.sub("", name)
