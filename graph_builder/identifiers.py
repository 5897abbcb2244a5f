"""The keys of all things: made in one place, from the fewest stable fields, and never changed.

A key is the last part of an IRI `{base}id/{authority}/{kind}/{key}`; the mappings put the IRI together.
Keys are ASCII and lower case; they hold no titles and no era years. The sources are frozen by their
hash, so a line number is a stable field.
"""

from __future__ import annotations

import hashlib
import re

from graph_builder.readers.reading import DirectionRecord, EntryRecord, Span
from graph_builder.values.text import compared

_ASCII_NOTATION = re.compile(r"[0-9a-z][0-9a-z.-]*", re.IGNORECASE)


def short_hash(*parts: str | None) -> str:
    """Ten hexadecimal digits of SHA-256 over the parts, compared with NFKC and without white space."""
    joined = "\x1f".join(compared(part) if part else "" for part in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:10]


def passage_key(document: str, span: Span) -> str:
    """`document.first-last`, and the character range where the passage is a part of one line."""
    lines = f"{document}.{span.first}-{span.last}"
    return lines if span.start is None else f"{lines}.{span.start}-{span.end}"


def relative_iri(authority: str, kind: str, key: str) -> str:
    """The IRI of a thing, relative to the base, for a column that may point at things of any kind."""
    return f"id/{authority}/{kind}/{key}"


def mention_key(document: str, span: Span, meant: str) -> str:
    """A mention is known by its lines and by what is meant: the thing, or the name where that is open."""
    return f"{passage_key(document, span)}.{short_hash(meant)}"


def section_key(document: str, span: Span) -> str:
    """A heading is known by the line it begins on."""
    return f"{document}.s{span.first}"


def direction_key(direction: DirectionRecord) -> str:
    """`scheme.notation` for a plainly numbered one at the top of its scheme, else a hash of its place."""
    notation = compared(direction.notation) if direction.notation else ""
    if not direction.broader and not direction.part and _ASCII_NOTATION.fullmatch(notation):
        return f"{direction.scheme}.{notation.lower()}"
    return f"{direction.scheme}.{short_hash(*_lineage(direction))}"


def _lineage(direction: DirectionRecord) -> list[str | None]:
    above = _lineage(direction.broader) if direction.broader else [direction.part]
    return [*above, direction.notation, direction.label]


def entry_key(document: str, entry: EntryRecord) -> str:
    """The row's own number below its section's, else a hash of directions, responsible units and name."""
    section = entry.directions[0].notation if entry.directions else None
    if entry.number is not None:
        return f"{document}.{compared(section or '0')}-{entry.number}"
    directions = [part for direction in entry.directions for part in _lineage(direction)]
    units = [part for unit in entry.responsible for part in (unit.department, unit.bureau, unit.division)]
    return f"{document}.{short_hash(*directions, *units, entry.name)}"


def term_key(document: str, term: str) -> str:
    """A term of a glossary that no curated concept stands for is known by its words, in its document."""
    return f"{document}.{short_hash(term)}"


def footnote_key(document: str, number: int, position: int) -> str:
    """`document.n9`, and `document.n9-2` for the second source that one footnote cites."""
    return f"{document}.n{number}{_ordinal(position)}"


def reference_key(document: str, span: Span, position: int) -> str:
    """A citation without a number is known by the line that it begins on."""
    return f"{document}.r{span.first}{_ordinal(position)}"


def _ordinal(position: int) -> str:
    return "" if position == 1 else f"-{position}"


def project_key(name: str) -> str:
    """Entries of one name are rows of one undertaking until a reviewed decision says otherwise."""
    return short_hash(name)


def organization_key(department: str, bureau: str | None, division: str | None) -> str:
    """The key of a unit that no curated table names."""
    return f"unit.{short_hash(department, bureau, division)}"


def identifier_key(notation: str) -> str:
    """An official code is known by its own characters."""
    return notation.lower()


def alignment_key(subject: str, target: str) -> str:
    """An alignment is known by the two things that it joins."""
    return short_hash(subject, target)


def indicator_key(text: str) -> str:
    """An indicator is known by its words."""
    return short_hash(text)


def event_key(thing: str, event_type: str, moment: str | None) -> str:
    """An event is known by what it happened to, its type and its date."""
    return short_hash(thing, event_type, moment)


def link_key(earlier: str, relation: str, later: str) -> str:
    """A judgement is known by its two ends and the relation that it judges."""
    return short_hash(earlier, relation, later)
