"""The parameters of a layout, typed: what document.toml declares below [[layouts]]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_builder.documents import Document, Layout
from graph_builder.errors import DeclarationError, Place, Problem


@dataclass(frozen=True)
class Options:
    """One TOML table of a document's folder; each method raises DeclarationError for an unusable value."""

    place: Place
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise self._unusable(key, "a text")
        return value

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._unusable(key, "a whole number")
        return value

    def optional_number(self, key: str) -> int | None:
        """A whole number, None where it is not declared."""
        return self.number(key) if key in self.values else None

    def flag(self, key: str) -> bool:
        """A truth value, false where it is not declared."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self._unusable(key, "true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is not declared."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self._unusable(key, "a list of texts")
        return tuple(value)

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression that must be there."""
        try:
            return re.compile(self.text(key))
        except re.error as error:
            raise self._unusable(key, f"a regular expression ({error})") from error

    def optional_pattern(self, key: str) -> re.Pattern[str] | None:
        """A regular expression, None where it is not declared."""
        return self.pattern(key) if key in self.values else None

    def range(self, key: str) -> tuple[float, float]:
        """A pair of numbers, the smaller one first."""
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != 2 or not all(_is_number(part) for part in value):
            raise self._unusable(key, "two numbers")
        return float(value[0]), float(value[1])

    def tables(self, key: str) -> tuple[Options, ...]:
        """The tables below [[layouts.<key>]], none where nothing is declared."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self._unusable(key, f"a list of tables [[layouts.{key}]]")
        return tuple(Options(self.place, table) for table in value)

    def _unusable(self, key: str, wanted: str) -> DeclarationError:
        place = Place(self.place.file, self.place.line, key)
        found = repr(self.values[key]) if key in self.values else "nothing"
        return DeclarationError(Problem(place, f"{key} must be {wanted}, it is {found}", "mend it there"))


def options_of(document: Document, layout: Layout) -> Options:
    """The parameters of one layout; errors name the document's declaration and the reader."""
    place = Place(str(document.folder / "document.toml"), column=layout.reader)
    return Options(place, layout.options)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
