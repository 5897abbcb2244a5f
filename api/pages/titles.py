"""What a thing without a label is called at the head of its page, in both languages (`titles.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from api.addresses import Addresses
from api.language import LANGUAGES
from api.pages.links import Link, Names
from graph_builder.namespaces import RDF, SD, read_prefixes
from sparql.asking import Row, Term

COLONS = {"ja": "：", "en": ": "}


def titled(link: Link, statements: Sequence[Row], names: Names, addresses: Addresses) -> Link:
    """Return the link to a thing with a name: its own, or one made of what is said of it."""
    if link.names:
        return link
    said = next(_values(statements, _declared()["said"]), ())
    words = tuple(term for term in said if term.language in LANGUAGES)
    return replace(link, names=words or tuple(_composed(link, statements, names, addresses)))


def titled_graph(link: Link, addresses: Addresses) -> Link:
    """Return the link to a graph of which nothing is said, with a name."""
    is_graph = {"property": Term(RDF.type, is_address=True), "value": Term(SD.NamedGraph, is_address=True)}
    return titled(link, [is_graph], Names(()), addresses)


def _composed(link: Link, statements: Sequence[Row], names: Names, addresses: Addresses) -> Iterator[Term]:
    """Yield, in each language, the class and what the thing is about."""
    about = next((values[0] for values in _values(statements, _declared()["about"])), None)
    subject = link if about is None else names.link(about.value, addresses)
    for language in LANGUAGES:
        spoken = subject.spoken(language)
        of = spoken[0].text if spoken else about.text if about and not about.is_address else subject.short
        yield Term(
            f"{_kind(statements)[language]}{COLONS[language]}{of}", is_address=False, language=language
        )


def _kind(statements: Sequence[Row]) -> dict[str, str]:
    types = {row["value"].value for row in statements if row["property"].value == RDF.type}
    classes: dict[str, dict[str, str]] = _declared()["classes"]
    anything: dict[str, str] = _declared()["any"]
    return next((words for name, words in classes.items() if _address(name) in types), anything)


def _values(statements: Sequence[Row], properties: Sequence[str]) -> Iterator[list[Term]]:
    """Yield the values of each property that has any."""
    for name in properties:
        values = [row["value"] for row in statements if row["property"].value == _address(name)]
        if values:
            yield values


def _address(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return read_prefixes()[prefix] + rest


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
