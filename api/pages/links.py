"""A link as a page shows it: where it goes, and what the thing is called in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from api.addresses import Addresses
from graph_builder.namespaces import read_prefixes
from sparql.asking import CONTROLS, Row, Term


@dataclass(frozen=True)
class Link:
    """An address with its names: `href` is None where a page must not link to it."""

    address: str
    href: str | None
    names: tuple[Term, ...] = ()

    def spoken(self, language: str) -> tuple[Term, ...]:
        """The names for a page in a language; beside an English one stands the original.

        What has no name in the language is called by the one it has.
        """
        known = {name.language: name for name in reversed(self.names)}
        first = known.get(language) or (self.names[0] if self.names else None)
        if first is None:
            return ()
        original = known.get("ja") or known.get("")
        beside = original if language != "ja" and original and original.value != first.value else None
        return (first, beside) if beside else (first,)

    @property
    def short(self) -> str:
        """The address with a prefix, or its last part: what is shown where there is no name."""
        for prefix, start in read_prefixes().items():
            rest = self.address.removeprefix(start)
            if rest != self.address and "/" not in rest:
                return CONTROLS.sub("\ufffd", f"{prefix}:{rest}")
        return CONTROLS.sub("\ufffd", self.address.rstrip("/").rpartition("/")[2] or self.address)


class Names:
    """The names of things, gathered from rows with the variables `node` and `label`."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._names: defaultdict[str, set[Term]] = defaultdict(set)
        for row in rows:
            if "label" in row and not row["label"].is_address:
                self._names[row["node"].value].add(row["label"])

    def of(self, address: str) -> tuple[Term, ...]:
        """Return at most one name without a language, one in Japanese and one in English, in this order."""
        found = sorted(self._names.get(address, ()), key=lambda name: (name.language, name.value))
        chosen = [
            next((name for name in found if name.language == language), None) for language in ("", "ja", "en")
        ]
        return tuple(name for name in chosen if name) or tuple(found[:1])

    def link(self, address: str, addresses: Addresses) -> Link:
        """Return the link to an address."""
        return Link(address, addresses.link(address), self.of(address))
