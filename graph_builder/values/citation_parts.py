"""The parts of a citation: section, pages, date, address, day of reading; publisher and title before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from graph_builder.values.brackets import last_bracket, quoted
from graph_builder.values.reference_words import ReferenceWords, Words
from graph_builder.values.text import compared, without_script_spaces
from graph_builder.values.years import Moment, Precision, parse_year

_URL = re.compile(r"<?(?P<url>https?://[!-;=?-~]+)>?")
_COUNT = "[0-9〇一二三四五六七八九十百]+"
_DASH = "[-‐–~〜]"
# Between a publisher and a title that is not quoted; a full stop of ASCII may stand inside a title.
_SEPARATOR = re.compile(r"[。．]\s*|\.\s+")
_NAME = re.compile(r"[^「」『』（）()。．、]{0,39}[^「」『』（）()。．、ぁ-ん]")
_CLOSING_STOP = "。．.,;"


class Kind(StrEnum):
    """What a part of a citation says beyond publisher and title."""

    SECTION = "section"
    PAGES = "pages"
    ISSUED = "issued"
    URL = "url"
    ACCESSED = "accessed"


@dataclass(frozen=True)
class Locator:
    """A part that says where or when: its text, and the moment where it is one."""

    kind: Kind
    text: str
    moment: Moment | None = None


class Head(NamedTuple):
    """Who published what; `section` where it directly follows the title (航空法第2条第22項)."""

    publisher: str | None = None
    title: str | None = None
    section: str | None = None


def locator(text: str, words: ReferenceWords) -> Locator | None:
    """What a part says; None where it is no locator. Numbers are folded, white space is dropped."""
    folded = compared(text)
    if match := _URL.fullmatch(folded):
        return Locator(Kind.URL, match["url"].rstrip(_CLOSING_STOP))
    if _section(words).fullmatch(folded):
        return Locator(Kind.SECTION, folded)
    if _pages(words).fullmatch(folded):
        return Locator(Kind.PAGES, folded)
    read = next((word for word in words.accessed if folded.endswith(word)), "")
    moment = _date(folded.removesuffix(read))
    if moment is None or (read and moment.precision is not Precision.DAY):
        return None
    return Locator(Kind.ACCESSED if read else Kind.ISSUED, moment.iso, moment)


def head(texts: list[str], words: ReferenceWords) -> Head | None:
    """Publisher and title from the parts before the first locator; None where they cannot be told apart."""
    if not texts:
        return Head()
    if len(texts) == 1:
        return _quoted_head(texts[0], words) or _bare_head(texts[0], words)
    publisher, title = texts[0], texts[1]
    if len(texts) == 2 and _NAME.fullmatch(publisher.strip()):
        found = _quoted_head(title, words)
        return found._replace(publisher=_clean(publisher)) if found and not found.publisher else None
    return None


def names_publisher_and_title(text: str, words: ReferenceWords) -> bool:
    """Whether a text is a publisher with a quoted title: a source even where nothing locates it."""
    found = _quoted_head(text, words)
    return found is not None and found.publisher is not None


def _quoted_head(text: str, words: ReferenceWords) -> Head | None:
    """総務省「題名」, 「題名」（総務省）, 「題名」第2条: what may stand around a quoted title."""
    span = next(quoted(text), None)
    if span is None:
        return None
    before = re.sub(r"[。．.]?\s*$", "", text[: span[0]]).strip()
    title, after = _clean(text[span[0] + 1 : span[1] - 1]), text[span[1] :].strip()
    if before:
        is_source = _NAME.fullmatch(before) and (not after or _is_section(after, words))
        return Head(_clean(before), title, compared(after) or None) if is_source else None
    if not after or _is_section(after, words):
        return Head(None, title, compared(after) or None)
    publisher = _in_bracket(after, words)
    return Head(publisher, title) if publisher and last_bracket(after) == 0 else None


def _bare_head(text: str, words: ReferenceWords) -> Head | None:
    """内閣官房. 題名; 題名（総務省）; 航空法第2条: a title that no marks enclose."""
    text = text.strip()
    separator = _SEPARATOR.search(text)
    publisher: str | None = None
    if separator and separator.end() < len(text):
        if not _NAME.fullmatch(text[: separator.start()]):
            return None
        publisher, text = _clean(text[: separator.start()]), text[separator.end() :]
    if "。" in text[:-1] or "://" in text:
        return None
    section = re.search(rf"(?<=\S)\s*(?:{_numbered(words)}\s*)+$", text)
    title = text[: section.start()] if section else text
    named = None if publisher else _in_bracket(title, words)
    if named:
        publisher, title = named, title[: last_bracket(title)]
    return Head(publisher, _clean(title), compared(section[0]) if section else None)


def _in_bracket(text: str, words: ReferenceWords) -> str | None:
    """The body that a closing bracket names; None where it holds something else, such as an abbreviation."""
    at = last_bracket(text)
    if at is None:
        return None
    inner = _clean(text[at + 1 : -1])
    act = next((word for word in words.publisher_acts if inner.endswith(word)), "")
    name = inner.removesuffix(act)
    return name if name.endswith(words.publisher_endings) else None


def _date(folded: str) -> Moment | None:
    """The date that a text is, wholly; a fiscal year is no date."""
    found = parse_year(folded) if folded else None
    if found is None or found.last or (found.start, found.end) != (0, len(folded)):
        return None
    return None if found.first.precision is Precision.FISCAL_YEAR else found.first


def _is_section(text: str, words: ReferenceWords) -> bool:
    return _section(words).fullmatch(compared(text)) is not None


@cache
def _section(words: ReferenceWords) -> re.Pattern[str]:
    return re.compile(f"(?:第{_COUNT}(?:{_any(words.section_units)})(?:の{_COUNT})?)+")


def _numbered(words: ReferenceWords) -> str:
    """第 2条 as printed, with its spaces and widths."""
    return rf"第\s*[0-9０-９〇一二三四五六七八九十百]+\s*(?:{_any(words.section_units)})"


@cache
def _pages(words: ReferenceWords) -> re.Pattern[str]:
    numbers = f"[0-9]+(?:{_DASH}[0-9]+)?"
    before = rf"(?:{_any(words.pages_before)})\.?{numbers}"
    return re.compile(f"{before}|{numbers}(?:{_any(words.pages_after)})")


def _any(words: Words) -> str:
    return "|".join(map(re.escape, words))


def _clean(text: str) -> str:
    return without_script_spaces(text.strip())
