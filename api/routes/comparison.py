"""What became of the projects of one list in a later one: a page and a table."""

from __future__ import annotations

import csv
import io

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.pages.comparison import comparison_page
from api.pages.showing import show
from api.site import Site
from graph_builder.errors import CallError, Place, Problem
from sparql.comparison.comparing import Comparison, Entry, fates
from sparql.comparison.lists import PlanList, find_list, read_lists
from sparql.comparison.reading import read_comparison
from sparql.refusals import Reason, RefusalError

COLUMNS = (
    "fate", "earlier", "earlier_name", "earlier_lines", "later", "later_name", "later_lines", "confidence",
    "links", "reason",
)  # fmt: skip


async def show_comparison(request: Request) -> Response:
    """Show a comparison; without two lists it offers those that follow each other."""
    site = Site.of(request)
    lists = await read_lists(site.pages)
    asked = {name: request.query_params.get(name, "") for name in ("from", "to")}
    page, fault, chosen = None, None, dict(asked)
    try:
        if asked["from"] and asked["to"]:
            comparison = await _comparison(site, lists, asked)
            page = comparison_page(comparison, site.addresses)
            chosen = {"from": comparison.earlier.plan, "to": comparison.later.plan}
    except CallError as error:
        fault = error.problems[0]
    status = 200 if fault is None else 400
    pairs = [(one, other) for number, one in enumerate(lists) for other in lists[number + 1 :]]
    follow = [(one, other) for one, other in pairs if one.last < other.first]
    return show(
        request, "compare.html", status, lists=lists, follow=follow, chosen=chosen, page=page, fault=fault
    )


async def send_table(request: Request) -> Response:
    """Send a comparison as CSV (RFC 4180): one row for each pair, and for each entry without a partner."""
    site = Site.of(request)
    asked = {name: request.query_params.get(name, "") for name in ("from", "to")}
    try:
        comparison = await _comparison(site, await read_lists(site.pages), asked)
    except CallError as fault:
        problem = fault.problems[0]
        what = f"{problem.place}: {problem.what}"
        raise RefusalError(Reason.MALFORMED, what, problem.remedy) from fault
    response = Response(comparison_table(comparison), media_type="text/csv")
    return conditional(request, response, negotiated=False)


ROUTES = {"/compare": show_comparison, "/compare.csv": send_table}


def comparison_table(comparison: Comparison) -> str:
    """Return a comparison as CSV, in the order of the fates and of the documents."""
    rows = [
        (
            pair.fate,
            *_cells(pair.earlier),
            *_cells(pair.later),
            f"{pair.confidence:g}",
            " ".join(link.address for link in pair.links),
            " ".join(link.reason for link in pair.links),
        )
        for pair in sorted(comparison.pairs, key=lambda pair: fates().links.index(pair.fate))
    ]
    none, rest, dropped, new = ("", "", ""), ("", "", ""), fates().dropped, fates().new
    left = [entry for entry in comparison.before if comparison.fate_before[entry.address] == dropped]
    come = [entry for entry in comparison.after if comparison.fate_after[entry.address] == new]
    rows += [(dropped, *_cells(entry), *none, *rest) for entry in left]
    rows += [(new, *none, *_cells(entry), *rest) for entry in come]
    written = io.StringIO()
    csv.writer(written).writerows([COLUMNS, *rows])
    return written.getvalue()


async def _comparison(site: Site, lists: tuple[PlanList, ...], asked: dict[str, str]) -> Comparison:
    """Return the comparison of two lists, whichever of them was named first."""
    one, other = [await find_list(site.pages, lists, asked[name], name) for name in ("from", "to")]
    earlier, later = sorted((one, other), key=lambda each: each.first)
    if earlier.last >= later.first:
        what = f"{earlier.key} and {later.key} are lists of the same years"
        raise CallError(Problem(Place("to"), what, "Choose two lists of which one follows the other"))
    return await read_comparison(site.pages, earlier, later)


def _cells(entry: Entry) -> tuple[str, str, str]:
    return entry.address, str(entry.label), " ".join(str(place) for place in entry.evidence)
