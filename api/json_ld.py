"""Triples → compact JSON-LD 1.1, with the part of our context that they use.

The context stands in the document, so that one that was saved still reads without a connection, and no parser
tells us what it reads. It is a part of `ontology/context.jsonld`, every name written out in full.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from graph_builder.folders import Folders
from graph_builder.namespaces import RDF, XSD

CONTEXT_FILE = Folders.ontology / "context.jsonld"
ID, TYPE, LANGUAGE = "@id", "@type", "@language"


@dataclass(frozen=True)
class TermDefinition:
    """A term of the context: its address, and how its values are meant (`@id`, `@language`, a datatype)."""

    name: str
    address: str
    values: str = ""

    def takes(self, value: NamedNode | Literal) -> bool:
        """Whether a value can be written below this term as a bare text."""
        if isinstance(value, NamedNode):
            return self.values == ID
        if value.language is not None:
            return self.values == LANGUAGE
        return self.values == ("" if value.datatype.value == XSD.string else value.datatype.value)

    def as_record(self) -> str | dict[str, str]:
        """Return the definition as it stands in a context."""
        if not self.values:
            return self.address
        key = "@container" if self.values == LANGUAGE else TYPE
        return {ID: self.address, key: self.values}


@dataclass
class _Node:
    """A subject: its classes, and the values below each key."""

    types: list[str] = field(default_factory=list)
    values: defaultdict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    texts: defaultdict[str, defaultdict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )


def write_json_ld(triples: Sequence[Triple]) -> bytes:
    """Return a document whose triples are these; the triples hold no blank node."""
    terms: dict[str, TermDefinition] = {}
    nodes: defaultdict[str, _Node] = defaultdict(_Node)
    for triple in triples:
        _add(nodes[_address(triple.subject)], triple, terms)
    context = {"@version": 1.1} | {name: terms[name].as_record() for name in sorted(terms)}
    records = [{ID: address} | _record(node) for address, node in nodes.items()]
    whole = records[0] if len(records) == 1 else {"@graph": records}
    return (json.dumps({"@context": context} | whole, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def read_terms(path: Path = CONTEXT_FILE) -> dict[str, tuple[TermDefinition, ...]]:
    """Return the terms of a context by the address they stand for."""
    context = json.loads(path.read_text("utf-8"))["@context"]
    prefixes = {name: value for name, value in context.items() if str(value).startswith("http")}
    found: defaultdict[str, list[TermDefinition]] = defaultdict(list)
    for name, value in context.items():
        if not name.startswith("@") and name not in prefixes:
            record = value if isinstance(value, dict) else {ID: value}
            meant = record.get("@container") or record.get(TYPE) or ""
            address = _full(record[ID], prefixes)
            found[address].append(TermDefinition(name, address, _full(meant, prefixes)))
    return {address: tuple(terms) for address, terms in found.items()}


def _full(short: str, prefixes: dict[str, str]) -> str:
    prefix, _, rest = short.partition(":")
    return prefixes[prefix] + rest if prefix in prefixes else short


def _add(node: _Node, triple: Triple, terms: dict[str, TermDefinition]) -> None:
    """Write one value below the term that takes it as it is, else in full below its property."""
    address, value = triple.predicate.value, _value(triple.object)
    if address == RDF.type and isinstance(value, NamedNode):
        node.types.append(_short_type(value.value, terms))
        return
    term = next((term for term in read_terms().get(address, ()) if term.takes(value)), None)
    if term is None:
        node.values[address].append(_in_full(value))
        return
    terms[term.name] = term
    if isinstance(value, Literal) and value.language is not None:
        node.texts[term.name][value.language].append(value.value)
    else:
        node.values[term.name].append(value.value)


def _short_type(address: str, terms: dict[str, TermDefinition]) -> str:
    term = next((term for term in read_terms().get(address, ()) if not term.values), None)
    if term is None:
        return address
    terms[term.name] = term
    return term.name


def _in_full(value: NamedNode | Literal) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {ID: value.value}
    if value.language is not None:
        return {"@value": value.value, LANGUAGE: value.language}
    if value.datatype.value == XSD.string:
        return {"@value": value.value}
    return {"@value": value.value, TYPE: value.datatype.value}


def _record(node: _Node) -> dict[str, Any]:
    types = {TYPE: _single(node.types)} if node.types else {}
    values = {key: _single(found) for key, found in node.values.items()}
    texts = {
        key: {language: _single(found) for language, found in languages.items()}
        for key, languages in node.texts.items()
    }
    return types | values | texts


def _single(values: list[Any]) -> Any:  # noqa: ANN401  a value of JSON
    return values[0] if len(values) == 1 else values


def _address(subject: object) -> str:
    if not isinstance(subject, NamedNode):
        raise TypeError(f"a published graph has no subject such as {subject}")
    return subject.value


def _value(value: object) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    raise TypeError(f"a published graph has no value such as {value}")
