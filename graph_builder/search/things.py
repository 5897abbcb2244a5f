"""The things that can be found, gathered from the graph by one query for each pattern of the declaration.

What answers the queries is exchangeable: a store in this process, a pool of workers, or a remote endpoint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph_builder.namespaces import read_prefixes
from graph_builder.search.kinds import Findable, Kind, findable

Row = tuple[str, str, str]
"""Address of a thing, value, language of the value (empty for an address or a plain text)."""

Select = Callable[[str], Iterable[Row]]

BEGINNING = 60
"""Characters of its text that stand for the name of a thing that has none."""


@dataclass(frozen=True)
class Thing:
    """A thing with all that it is found by; `is_named` is false where its label is how its text begins."""

    address: str
    kind: Kind
    label: str
    label_en: str
    is_named: bool
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def queries() -> tuple[str, ...]:
    """Return every query that has to be answered, in the order in which `gather` takes the answers."""
    declared = findable()
    patterns = [pattern for group in declared.parts.values() for pattern in group]
    patterns += [pattern for facet in declared.facets.values() for pattern in facet.values]
    kinds = [_query("?thing (1 AS ?value)", kind.things) for kind in declared.kinds.values()]
    return (*kinds, *(_query("?thing ?value", pattern) for pattern in patterns))


def read_things(select: Select) -> list[Thing]:
    """Return everything that can be found, by address; `select` answers a query with rows."""
    return gather([select(query) for query in queries()])


def gather(answers: Iterable[Iterable[Row]]) -> list[Thing]:
    """Return the things that the answers to `queries()` tell of, by address."""
    declared, rest = findable(), iter(answers)
    kinds: dict[str, Kind] = {}
    for kind in declared.kinds.values():
        for address, _, _ in next(rest):
            kinds.setdefault(address, kind)
    parts = {name: _values(rest, len(patterns)) for name, patterns in declared.parts.items()}
    facets = {name: _values(rest, len(facet.values)) for name, facet in declared.facets.items()}
    gathered = _Gathered(declared, parts, facets)
    return [gathered.thing(address, kinds[address]) for address in sorted(kinds)]


Values = Mapping[str, list[tuple[str, str]]]
"""Address → the values with their languages, each once, in order."""


@dataclass(frozen=True)
class _Gathered:
    """All values by part and by facet."""

    declared: Findable
    parts: Mapping[str, Values]
    facets: Mapping[str, Values]

    def thing(self, address: str, kind: Kind) -> Thing:
        labels, texts = self._of("label", address), self._texts(address)
        japanese = [text for text, language in labels if language in {"ja", ""}]
        english = [text for text, language in labels if language == "en"]
        label = next(iter([*japanese, *english]), "")
        names = [text for text, _ in (*labels, *self._of("name", address)) if text != label]
        names = [name for name in dict.fromkeys(names) if name not in english[:1]]
        return Thing(
            address,
            kind,
            label or next(iter(names), "") or _beginning(texts, address),
            next(iter(english), ""),
            bool(label),
            tuple(names),
            tuple(texts),
            tuple(dict.fromkeys([*self._names_of("near", address), *_spoken(kind)])),
            tuple(dict.fromkeys(self._names_of("within", address))),
            {name: self._facet(values, address) for name, values in self.facets.items()},
        )

    def _of(self, part: str, address: str) -> list[tuple[str, str]]:
        return self.parts[part].get(address, [])

    def _texts(self, address: str) -> list[str]:
        return list(dict.fromkeys(text for text, _ in self._of("text", address)))

    def _names_of(self, part: str, address: str) -> Iterator[str]:
        """Yield the names of the things that a part names, of a thing and of what it is heir to."""
        others = dict.fromkeys(other for each in self._rows(address) for other, _ in self._of(part, each))
        for other in others:
            yield from (text for text, language in self._of("label", other) if language != "en")
            yield from (text for text, _ in self._of("name", other))

    def _facet(self, values: Values, address: str) -> tuple[str, ...]:
        own = values.get(address, [])
        rows = [own] if own else [values.get(each, []) for each in self._rows(address)]
        return tuple(sorted({value for found in rows for value, _ in found}))

    def _rows(self, address: str) -> tuple[str, ...]:
        return (address, *(row for row, _ in self._of("heir", address)))


def _spoken(kind: Kind) -> tuple[str, ...]:
    return (kind.label_ja, kind.label_en) if kind.is_word else ()


def _values(answers: Iterable[Iterable[Row]], count: int) -> Values:
    """Take the next `count` answers; the values of a pattern before those of the next one, each in order."""
    found: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    rest = iter(answers)
    for _ in range(count):
        for address, value, language in sorted(next(rest)):
            found[address][value, language] = None
    return {address: list(values) for address, values in found.items()}


def _beginning(texts: list[str], address: str) -> str:
    text = " ".join(texts[0].split()) if texts else address.rpartition("/")[2]
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"


def _query(variables: str, pattern: str) -> str:
    prefixes = read_prefixes()
    used = [name for name in prefixes if f"{name}:" in pattern]
    prologue = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used)
    return f"{prologue}SELECT DISTINCT {variables} WHERE {{ {pattern} }}"
