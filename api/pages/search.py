"""The page of a search: results with their links, what they can be narrowed down by, and the way onward."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from api.addresses import Addresses
from api.search.facets import Choice, facet_labels
from api.search.results import Result, Value
from api.search.searching import Found, Wanted

RESULTS_ON_A_PAGE = 20
CHOICES_SHOWN = 12


@dataclass(frozen=True)
class Row:
    """A result and where it leads."""

    result: Result
    href: str | None

    @property
    def context(self) -> tuple[Value, ...]:
        """The plan and the division, as far as it has them."""
        values = self.result.values
        return tuple(value for facet in ("plan", "division") for value in values.get(facet, ())[:1])


@dataclass(frozen=True)
class Option:
    """A choice, and the address of the search that makes it, or takes it back."""

    choice: Choice
    href: str


@dataclass(frozen=True)
class Box:
    """A facet with its options: those that are shown at once, and those that are folded away."""

    name: str
    label_ja: str
    label_en: str
    shown: tuple[Option, ...]
    folded: tuple[Option, ...]


@dataclass(frozen=True)
class SearchPage:
    """All that the page shows."""

    found: Found
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    near: tuple[tuple[str, str], ...]
    previous: str | None
    following: str | None
    data: str

    @property
    def first(self) -> int:
        """The number of the first result on the page."""
        return self.found.wanted.offset + 1

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The filters, which a new text leaves as they are."""
        return tuple(
            (facet, value) for facet, values in self.found.wanted.filters.items() for value in values
        )


def search_page(found: Found, addresses: Addresses) -> SearchPage:
    """Return the page of what was found."""
    wanted = found.wanted
    before, after = wanted.offset - wanted.limit, wanted.offset + wanted.limit
    return SearchPage(
        found,
        tuple(Row(result, addresses.local(result.address)) for result in found.results),
        tuple(_box(wanted, facet, choices) for facet, choices in found.facets.items() if choices),
        tuple((name, f"/search?{urlencode({'q': name})}") for name in found.suggestions),
        _address(wanted, max(before, 0)) if wanted.offset else None,
        _address(wanted, after) if after < found.total else None,
        _address(wanted, wanted.offset),
    )


def _box(wanted: Wanted, facet: str, choices: tuple[Choice, ...]) -> Box:
    ordered = sorted(choices, key=lambda choice: not choice.is_chosen)
    options = tuple(Option(choice, _toggled(wanted, facet, choice)) for choice in ordered)
    return Box(facet, *facet_labels(facet), options[:CHOICES_SHOWN], options[CHOICES_SHOWN:])


def _toggled(wanted: Wanted, facet: str, choice: Choice) -> str:
    others = {name: values for name, values in wanted.filters.items() if name != facet}
    return _address(wanted, 0, others if choice.is_chosen else {**others, facet: (choice.value,)})


def _address(wanted: Wanted, offset: int, filters: dict[str, tuple[str, ...]] | None = None) -> str:
    parameters: list[tuple[str, str]] = [("q", wanted.text)]
    for facet, values in (wanted.filters if filters is None else filters).items():
        parameters += [(facet, value) for value in values]
    if wanted.limit != RESULTS_ON_A_PAGE:
        parameters.append(("limit", str(wanted.limit)))
    if offset:
        parameters.append(("offset", str(offset)))
    return f"/search?{urlencode(parameters)}"
