"""How the catalogue is said: statements as tuples, with the words and values that occur again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from graph_builder.catalog.words import Text
from graph_builder.namespaces import XSD

Statement = tuple[str, str, NamedNode | Literal]


def links(subject: str, name: str, addresses: Iterable[str]) -> Iterator[Statement]:
    """A link to each address."""
    for address in addresses:
        yield subject, name, NamedNode(address)


def texts(subject: str, name: str, text: Text, **values: str) -> Iterator[Statement]:
    """A text in each of its languages, with `{name}` replaced by the value of that name."""
    for language, words in text.items():
        said = words
        for key, value in values.items():
            said = said.replace(f"{{{key}}}", value)
        yield subject, name, Literal(said, language=language)


def number(value: int, datatype: str = XSD.integer) -> Literal:
    """A count."""
    return Literal(str(value), datatype=NamedNode(datatype))
