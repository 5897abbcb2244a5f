"""Where the texts of all documents name things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.identifiers import mention_key, relative_iri
from graph_builder.mentions.contexts import contexts, evidence
from graph_builder.mentions.finding import Vocabulary
from graph_builder.mentions.folding import fold
from graph_builder.mentions.names import Name, is_thing, read_names
from graph_builder.mentions.resolving import Resolver
from graph_builder.mentions.words import Words, read_words
from graph_builder.readers.reading import Reading, Span
from graph_builder.rows.instruments import BodyRow, ThingNameRow
from graph_builder.rows.mentions import MentionRow, OpenMentionCandidateRow, OpenMentionRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.known_names import labels
from graph_builder.tables.passages import Passages

CLASS_OF_BODIES = "class"


@dataclass(frozen=True)
class Mentioned:
    """A name in a context: what it may mean, whether it is only a word like 「同法」, where it stands."""

    name: str
    things: tuple[str, ...]
    is_word: bool
    spans: tuple[Span, ...]
    context: str

    @property
    def whole(self) -> Span:
        """From the first to the last line; the part of a line where it is only that."""
        first, last = self.spans[0], self.spans[-1]
        return first if first == last else Span(first.first, last.last)


def add_mentions(extracts: Sequence[tuple[Document, Reading]], tables: Tables, reference: Path) -> None:
    """Add every mention of every document; the tables already hold everything that may be named."""
    path = reference / "anaphora.toml"
    if not path.exists():
        return
    known, others = labels(tables, reference), read_names(reference / "names.csv")
    names, words = [*known, *others], read_words(path)
    tables.add(*_other_names(known, others))
    classes = {row.thing for row in tables.of(BodyRow) if row.kind == CLASS_OF_BODIES}
    for document, reading in extracts:
        found = [*find_mentions(document, reading, names, words)]
        _add(_once(found, classes), Passages(document, tables))


def _other_names(known: Sequence[Name], others: Sequence[Name]) -> Iterator[ThingNameRow]:
    """The names of names.csv, as labels of the things of this build that bear them."""
    things = {each.thing for each in known}
    for each in others:
        if each.thing in things:
            yield ThingNameRow("reference", each.thing.split("/")[1], each.thing, each.name)


def _once(found: Sequence[Mentioned], things: set[str]) -> list[Mentioned]:
    """Of `things`, such as 「市町村」, the first mention alone: they are named on every page."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for mentioned in found:
        if not (set(mentioned.things) <= things and mentioned.things in seen):
            kept.append(mentioned)
        seen.add(mentioned.things)
    return kept


def find_mentions(
    document: Document, reading: Reading, names: Sequence[Name], words: Words
) -> Iterator[Mentioned]:
    """What the texts of one document name, in the order of the source."""
    vocabulary = Vocabulary(names, words, _declared(document))
    described = [relative_iri(document.authority, "plan", key) for key in document.describes]
    resolver = Resolver(names, described)
    for context in contexts(document, reading):
        for text in context.texts:
            folded = fold(text)
            for at in vocabulary.occurrences(folded):
                yield Mentioned(
                    name=folded.printed(at.start, at.end),
                    things=resolver.resolve(at, folded.text[at.start : at.end], context.scope),
                    is_word=at.is_word,
                    spans=tuple(evidence(document, folded.pieces_of(at.start, at.end))),
                    context=context.thing,
                )


def _declared(document: Document) -> Mapping[str, str]:
    """What the document's folder says that a word stands for: [anaphora] in lookups.toml."""
    declared: Mapping[str, str] = document.lookups.get("anaphora", {})
    place = Place(str(document.folder / "lookups.toml"), column="anaphora")
    problems = [
        Problem(
            place, f"「{word}」 stands for {thing!r}, which is no thing", "write it as id/070009/plan/key"
        )
        for word, thing in declared.items()
        if not is_thing(str(thing))
    ]
    if problems:
        raise DeclarationError(*problems)
    return declared


def _add(found: Sequence[Mentioned], passages: Passages) -> None:
    # Of several names of one thing on the same lines, a name of its own goes before a word like 「同法」.
    printed: dict[str, str] = {}
    for mentioned in sorted(found, key=lambda each: each.is_word):
        printed.setdefault(_key(mentioned, passages), mentioned.name)
    for mentioned in found:
        key = _key(mentioned, passages)
        for span in mentioned.spans:
            _add_row(mentioned, key, printed[key], passages.of(span), passages)


def _key(mentioned: Mentioned, passages: Passages) -> str:
    meant = mentioned.things[0] if len(mentioned.things) == 1 else mentioned.name
    return mention_key(passages.document.key, mentioned.whole, meant)


def _add_row(mentioned: Mentioned, key: str, name: str, passage: str, passages: Passages) -> None:
    document, tables = passages.document, passages.tables
    place = (document.key, document.authority, key)
    if len(mentioned.things) == 1:
        tables.add(MentionRow(*place, mentioned.things[0], name, passage, mentioned.context))
        return
    tables.add(OpenMentionRow(*place, name, passage, mentioned.context))
    tables.add(*(OpenMentionCandidateRow(*place, thing) for thing in mentioned.things))
