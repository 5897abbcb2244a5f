"""The nodes of JSON-LD 1.1 in the words of a context, which say the same statements when they are read.

Of the compaction algorithm (JSON-LD 1.1 API, section 6) only what a dataset without blank nodes and lists
needs. No number or boolean becomes a native one of JSON, for that would lose its lexical form.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from graph_builder.folders import Folders
from graph_builder.namespaces import RDF, XSD

CONTEXT_FILE = Folders.ontology / "context.jsonld"


@dataclass(frozen=True)
class Word:
    """A term of a context: its address, and how its values are read.

    `type` is `@id` or a datatype; without one they are texts, by language or as they stand.
    """

    name: str
    address: str
    type: str | None = None
    by_language: bool = False

    def takes(self, value: NamedNode | Literal) -> bool:
        """Whether the short form of this term means just this value."""
        if isinstance(value, NamedNode):
            return self.type == "@id"
        if value.language:
            return self.by_language
        return not self.by_language and self.type in (
            {None, XSD.string} if value.datatype.value == XSD.string else {value.datatype.value}
        )

    def as_record(self) -> str | dict[str, str]:
        """The definition as it stands in a context, with its names in full."""
        if self.by_language:
            return {"@id": self.address, "@container": "@language"}
        return {"@id": self.address, "@type": self.type} if self.type else self.address


@dataclass
class Context:
    """A context by what its terms mean; without prefixes, what no term says is said in full."""

    source: Mapping[str, Any]
    words: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    prefixes: dict[str, str] = field(default_factory=dict)

    def name(self, address: str) -> str:
        """A class or property as the context calls it: a term, a prefixed name, or its address."""
        words = self.words.get(address, ())
        plain = (word.name for word in words if word.type is None and not word.by_language)
        return next(plain, self.prefixed(address))

    def prefixed(self, address: str) -> str:
        """The address with a prefix where one fits."""
        for prefix, start in self.prefixes.items():
            rest = address.removeprefix(start)
            if rest not in (address, "") and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return address

    def key(self, predicate: str, value: NamedNode | Literal) -> Word | None:
        """The term whose short form means this value of this property."""
        return next((word for word in self.words.get(predicate, ()) if word.takes(value)), None)


def read_context(path: Path = CONTEXT_FILE) -> Context:
    """The context of a file with `@context`: prefixes end in `/` or `#`, other entries are terms."""
    source = json.loads(path.read_text("utf-8"))["@context"]
    context = Context(source)
    entries = {name: value for name, value in source.items() if not name.startswith("@")}
    for name, value in entries.items():
        if isinstance(value, str) and value.endswith(("/", "#")):
            context.prefixes[name] = value
    for name, value in entries.items():
        if name not in context.prefixes:
            word = _word(name, value if isinstance(value, dict) else {"@id": value}, context.prefixes)
            context.words[word.address].append(word)
    return context


def nodes(triples: Iterable[Triple], context: Context) -> Iterator[dict[str, Any]]:
    """Yield a node for each run of triples with one subject; every value is a list."""
    for subject, statements in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"@id": subject.value} if isinstance(subject, NamedNode) else {}
        for statement in statements:
            _say(node, statement, context)
        yield node


def _word(name: str, entry: Mapping[str, str], prefixes: Mapping[str, str]) -> Word:
    def whole(term: str) -> str:
        prefix, colon, rest = term.partition(":")
        return prefixes[prefix] + rest if colon and prefix in prefixes else term

    kind = entry.get("@type")
    is_by_language = entry.get("@container") == "@language"
    return Word(name, whole(entry["@id"]), whole(kind) if kind else None, is_by_language)


def _say(node: dict[str, Any], statement: Triple, context: Context) -> None:
    predicate, value = statement.predicate.value, statement.object
    if not isinstance(value, NamedNode | Literal):
        raise TypeError(f"{value} is neither an address nor a literal")
    if predicate == RDF.type and isinstance(value, NamedNode):
        node.setdefault("@type", []).append(context.name(value.value))
        return
    word = context.key(predicate, value)
    if word is None:
        node.setdefault(context.prefixed(predicate), []).append(_whole(value))
    elif word.by_language and isinstance(value, Literal) and value.language:
        node.setdefault(word.name, {}).setdefault(value.language, []).append(value.value)
    else:
        node.setdefault(word.name, []).append(value.value)


def _whole(value: NamedNode | Literal) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {"@id": value.value}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype.value == XSD.string:
        return {"@value": value.value}
    return {"@type": value.datatype.value, "@value": value.value}
