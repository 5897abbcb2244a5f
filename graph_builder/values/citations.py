"""Footnotes, references and remarks as citations: who published what, where in it, when, at which address.

The parts of a citation are divided by 、 outside of brackets, or by a line end: first publisher and title,
then locators in any order. The day of reading ends a citation; what follows it is another one. A footnote
without any locator explains something: a heading before a colon, and its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph_builder.values.brackets import divided, quoted
from graph_builder.values.citation_parts import (
    Head,
    Kind,
    Locator,
    head,
    locator,
    names_publisher_and_title,
)
from graph_builder.values.reference_words import ReferenceWords, reference_words
from graph_builder.values.text import without_script_spaces
from graph_builder.values.years import Moment

_MARK = re.compile(r"(?P<mark>[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s+(?P<body>\S.*)", re.DOTALL)
_EXPLANATION = re.compile(r"(?P<heading>[^：:。、「」『』（）()]+)[：:]\s*(?P<note>\S.*)", re.DOTALL)
_DIVIDERS = "、\n"


@dataclass(frozen=True)
class Citation:
    """One source that is cited, or one note; `text` is the print it was read from."""

    text: str
    publisher: str | None = None
    title: str | None = None
    section: str | None = None
    pages: str | None = None
    issued: Moment | None = None
    urls: tuple[str, ...] = ()
    accessed: Moment | None = None
    note: str | None = None


@dataclass(frozen=True)
class Unread:
    """A text that is no citation as far as we can read, and why."""

    text: str
    why: str


@dataclass(frozen=True)
class Footnote:
    """A footnote: its mark as printed, and what it cites or says."""

    mark: str
    citations: tuple[Citation, ...]


def read_footnote(text: str) -> Footnote | Unread:
    """A footnote with its mark: ordinary or raised digits and a space."""
    match = _MARK.fullmatch(text.strip())
    if match is None:
        return Unread(text, "a footnote begins with its number and a space")
    body = match["body"]
    citations = _note(body) if _explains(body, reference_words()) else read_reference(body)
    return citations if isinstance(citations, Unread) else Footnote(match["mark"], citations)


def read_reference(text: str) -> tuple[Citation, ...] | Unread:
    """The sources that a text without a mark cites; none of it may be anything else."""
    spans = divided(text, _DIVIDERS)
    if not spans:
        return Unread(text, "a bracket is not closed, or nothing is there")
    words = reference_words()
    groups: list[list[tuple[int, int]]] = [[]]
    for start, end in spans:
        groups[-1].append((start, end))
        found = locator(text[start:end], words)
        if found and found.kind is Kind.ACCESSED:
            groups.append([])
    citations: list[Citation] = []
    for group in filter(None, groups):
        citation = _citation(text, group, words)
        if isinstance(citation, Unread):
            return citation
        citations.append(citation)
    return tuple(citations)


def read_remark(text: str) -> tuple[Citation, ...]:
    """The sources that a sentence says were consulted: 総務省の「題名」を参考にしています。"""
    words = reference_words()
    ends = [end for _, end in quoted(text) if text[end:].lstrip().startswith(words.consulted)]
    if not ends:
        return ()
    titles = [(start, end) for start, end in quoted(text) if end <= ends[-1]]
    befores = [0, *(end for _, end in titles)]
    return tuple(
        Citation(
            text,
            publisher=_linked(text[before:start], words),
            title=without_script_spaces(text[start + 1 : end - 1]),
        )
        for before, (start, end) in zip(befores, titles, strict=False)
    )


def _linked(before: str, words: ReferenceWords) -> str | None:
    """The publisher that a particle ties to the title behind it; a name in hiragana cannot be told apart."""
    name = before.rpartition("、")[2].strip()
    link = next((link for link in words.consulted_links if name.endswith(link)), None)
    name = name.removesuffix(link or "")
    return None if link is None or not name or re.search("[ぁ-ん]", name) else name


def _explains(body: str, words: ReferenceWords) -> bool:
    """Whether a footnote explains: it has no address, no locator, and names no publisher with a title."""
    spans = divided(body, _DIVIDERS)
    if not spans or "://" in body:
        return False
    parts = [body[start:end] for start, end in spans]
    return not names_publisher_and_title(parts[0], words) and not any(locator(part, words) for part in parts)


def _note(body: str) -> tuple[Citation, ...]:
    match = _EXPLANATION.fullmatch(body)
    if match is None:
        return (Citation(body, note=body),)
    return (Citation(body, title=without_script_spaces(match["heading"]), note=match["note"]),)


def _citation(text: str, spans: list[tuple[int, int]], words: ReferenceWords) -> Citation | Unread:
    """One citation from its parts; a part behind the first locator that is none cannot be read."""
    parts = [(text[start:end], locator(text[start:end], words)) for start, end in spans]
    first = next((at for at, (_, found) in enumerate(parts) if found), len(parts))
    whole = text[spans[0][0] : spans[-1][1]].strip()
    heading = head([part for part, _ in parts[:first]], words)
    if heading is None:
        return Unread(whole, "publisher and title cannot be told apart")
    citation: Citation | Unread = _headed(whole, heading)
    for part, found in parts[first:]:
        if isinstance(citation, Unread):
            break
        citation = _located(citation, part, found)
    return citation


def _headed(whole: str, heading: Head) -> Citation:
    return Citation(whole, heading.publisher, heading.title, heading.section)


def _located(citation: Citation, part: str, found: Locator | None) -> Citation | Unread:
    if found is None:
        return Unread(part.strip(), "it is no section, page, date, address or day of reading")
    if found.kind is Kind.URL:
        return replace(citation, urls=(*citation.urls, found.text))
    if getattr(citation, found.kind.value):
        return Unread(part.strip(), f"the {found.kind.value} is there twice")
    if found.moment:
        is_read = found.kind is Kind.ACCESSED
        return replace(citation, accessed=found.moment) if is_read else replace(citation, issued=found.moment)
    if found.kind is Kind.PAGES:
        return replace(citation, pages=found.text)
    return replace(citation, section=found.text)
