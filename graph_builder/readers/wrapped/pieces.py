"""The printed lines of a wrapped table, and what one line alone gives away about its part in a row."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from unicodedata import normalize

from graph_builder.documents import Line

# A circle in the column 新規 (new); dumps use several code points for it.
NEW_MARK = "〇○◯"
REPEAT_MARK = re.compile(r"^\s*[（(]\s*再\s*掲\s*[）)]")
INDENT = re.compile(r"^[ \u3000]")
# What begins an item of a list: dots, circles, boxes, stars, (1), ①, 1), ア), and the like.
BULLET = re.compile(
    r"^[ \u3000]*(?:[・･•●○〇◯◎◇◆□■△▲▽▼☆★※✓➢〔]|[(（][0-9０-９ｱ-ﾝア-ンa-zａ-ｚ]{1,2}[)）]|[①-⑳㋐-㋾]"
    r"|[0-9０-９]{1,2}[)）．]|[ア-ン][)）]|[-－–—][ \u3000])"
)
CLOSERS = "」』）)】］]｣”\"'》〉"
SENTENCE_END = re.compile(f"[。！？｡][{re.escape(CLOSERS)}]*$")
# What goes on with what was said (also, further, moreover, besides, therefore) begins no cell.
GOES_ON = re.compile(
    r"^[ \u3000]*(?:また|さらに|更に|加えて|なお|併せて|あわせて|そのほか|このほか|そのため|このため)"
)
_START = re.compile(
    rf"^[ \u3000]*(?P<number>[0-9０-９]{{1,3}})(?:[ \u3000]*(?P<mark>[{NEW_MARK}]))?"
    rf"(?:[ \u3000]*$|(?:[ \u3000]+|(?<=[{NEW_MARK}]))(?P<rest>\S.*)$)"
)


@dataclass(frozen=True)
class Piece:
    """One non-blank line (or what is left of it): its number, its text, whether a blank line precedes it."""

    line: int
    text: str
    after_blank: bool

    @property
    def bare(self) -> str:
        """The text without the white space around it."""
        return self.text.strip()

    @property
    def is_number(self) -> bool:
        """Whether nothing but a number is printed."""
        return bool(re.fullmatch(r"[0-9]+", normalize("NFKC", self.bare)))

    @property
    def begins_paragraph_of_list(self) -> bool:
        """Whether the mark of a list item stands first."""
        return bool(BULLET.match(self.text)) and self.bare[0] not in "（("

    @property
    def begins_paragraph(self) -> bool:
        """Whether an indent or the mark of a list item says that a paragraph begins here."""
        return bool(INDENT.match(self.text) or BULLET.match(self.text))


@dataclass(frozen=True)
class Start:
    """A line that may begin a row: its number, the mark 新規 (new), and the name where it stands there."""

    at: int
    line: int
    value: int
    is_new: bool
    rest: str
    is_like_heading: bool = False


def pieces_of(lines: Iterable[Line]) -> tuple[Piece, ...]:
    """The non-blank lines in their order."""
    pieces: list[Piece] = []
    after_blank = True
    for line in lines:
        if line.text.strip():
            # A full space at the end of a line takes its room: it is kept.
            pieces.append(Piece(line.number, line.text.rstrip(" \t\r"), after_blank))
        after_blank = not line.text.strip()
    return tuple(pieces)


def starts_of(pieces: Iterable[Piece], aside: Container[int] = ()) -> list[Start]:
    """Every line that could be the number line of a row, but for the positions in `aside`."""
    starts = []
    for at, piece in enumerate(pieces):
        if at in aside:
            continue
        if match := _START.match(piece.text):
            value = int(normalize("NFKC", match["number"]))
            rest = (match["rest"] or "").strip()
            # A title is set off from its number by a full space, a name only by the gap of its column.
            titled = bool(rest) and "\u3000" in piece.text[match.end("number") : match.start("rest")]
            starts.append(Start(at, piece.line, value, bool(match["mark"]), rest, titled))
    return starts


def without_marks(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], bool, bool]:
    """The lines of a row without a circle on a line of its own and （再掲）: the rest, new, repeated."""
    is_new = is_repeat = False
    rest = list(pieces)
    while rest:
        first = rest[0]
        if first.bare in NEW_MARK:
            is_new = True
            rest.pop(0)
        elif match := REPEAT_MARK.match(first.text):
            is_repeat = True
            left = first.text[match.end() :].strip()
            rest[:1] = [replace(first, text=left)] if left else []
        else:
            break
    return tuple(rest), is_new, is_repeat
