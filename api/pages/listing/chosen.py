"""What a reader chose of a list: filters, order and page, read from the address and written into links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.pages.listing.declared import Listing

LONGEST = 200
"""Characters of a value; what is longer is cut off."""
PAGES_AT_MOST = 100_000


@dataclass(frozen=True)
class Chosen:
    """The filters that are set, the column to sort by, whether downwards, and the page (1-based)."""

    listing: Listing
    values: tuple[tuple[str, str], ...]
    sort: str
    is_descending: bool = False
    page: int = 1

    def value(self, name: str) -> str:
        """Return the value of a filter; an empty one where it is not set."""
        return dict(self.values).get(name, "")

    def href(self, ending: str = "") -> str:
        """Return the address of this choice; the ending `.csv` leads to the whole table."""
        query = dict(self.values)
        if (self.sort, self.is_descending) != (self.listing.sort, False):
            query["sort"] = f"-{self.sort}" if self.is_descending else self.sort
        if self.page > 1 and not ending:
            query["page"] = str(self.page)
        return f"/{self.listing.name}{ending}" + (f"?{urlencode(query)}" if query else "")

    def on_page(self, page: int) -> Chosen:
        """Return the same choice on another page."""
        return replace(self, page=page)

    def sorted_by(self, column: str) -> Chosen:
        """Return the choice sorted by a column: upwards, and downwards if it is so already."""
        turned = column == self.sort and not self.is_descending
        return replace(self, sort=column, is_descending=turned, page=1)


def read_choice(listing: Listing, query: Mapping[str, str]) -> Chosen:
    """Return what a query chooses; what the list does not know is passed over."""
    values = [(each.name, query.get(each.name, "").strip()[:LONGEST]) for each in listing.filters]
    sort = query.get("sort", "")
    name = sort.removeprefix("-")
    known = listing.column(name) is not None
    page = query.get("page", "1")
    return Chosen(
        listing,
        tuple((name, value) for name, value in values if value),
        name if known else listing.sort,
        known and sort.startswith("-"),
        min(max(int(page), 1), PAGES_AT_MOST) if page.isascii() and page.isdecimal() and len(page) < 9 else 1,
    )
