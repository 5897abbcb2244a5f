"""The report of what is published: pages to read, and the files as they were written."""

from __future__ import annotations

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.headers import POLICY
from api.language import language_of
from api.pages.report.choosing import NO_DOCUMENT, Choice, count
from api.pages.report.queries import queries
from api.pages.report.results import Results, read_results
from api.pages.report.rules import rules, titles
from api.pages.report.selecting import selected
from api.pages.report.showing import Showing
from api.pages.report.trend import trend_chart
from api.pages.showing import show
from api.site import Site
from graph_builder.history import Publication, read_publications
from graph_builder.reports.results import Severity
from sparql.refusals import Reason, RefusalError

FORMATS = {
    ".html": "text/html",
    ".json": "application/json",
    ".ttl": "text/turtle; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
}
REPORT_POLICY = POLICY.replace("style-src 'self'", "style-src 'unsafe-inline'")
"""The report is one file that can be sent by mail, so its style is inside."""
PAGE = 25
"""Results on one page: each is quoted with its lines."""
PUBLICATIONS = 20
"""Publications that the trend shows, the last ones."""
NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
SHOWN_AT_MOST = 80


async def show_report(request: Request) -> Response:
    """Show counts, the results that a choice takes, and the trend."""
    site = Site.of(request)
    report = await _report(site)
    choice = Choice.read(request.query_params)
    chosen = [result for result in report.results if choice.takes(result)]
    pages = max(1, -(-len(chosen) // PAGE))
    page = _page(request.query_params.get("page") or "1", pages)
    showing = await Showing.of(site)
    publications = await asyncio.to_thread(read_publications, site.folders.history)
    return show(
        request,
        "report.html",
        report=report,
        choice=choice,
        counts=count(report.results),
        titles=titles(site),
        found=len(chosen),
        shown=[await showing.show(result) for result in chosen[(page - 1) * PAGE : page * PAGE]],
        page=page,
        pages=pages,
        name_document=showing.document,
        thing=showing.thing(choice.thing) if choice.thing else None,
        no_document=NO_DOCUMENT,
        severities=list(Severity),
        queries=queries(),
        trend=_trend(publications),
        chart=trend_chart(publications[-PUBLICATIONS:], _first(publications), language_of(request)),
    )


async def show_result(request: Request) -> Response:
    """Show one result, at an address that lasts as long as the thing is wrong in this way."""
    site, key = Site.of(request), request.path_params["key"]
    result = (await _report(site)).find(key)
    if result is None:
        what = f"the report has no result {key[:SHOWN_AT_MOST]}"
        remedy = "It may have been mended since: look at /report for what is found now"
        raise RefusalError(Reason.NOT_FOUND, what, remedy)
    shown = await (await Showing.of(site)).show(result)
    return show(request, "result.html", each=shown)


async def show_rules(request: Request) -> Response:
    """List every rule, with how much it found."""
    site = Site.of(request)
    counts = count((await _report(site)).results)
    return show(request, "rules.html", rules=(await rules(site)).values(), counts=counts.rules)


async def show_rule(request: Request) -> Response:
    """Show what a rule says and what it found."""
    site, name = Site.of(request), f"{request.path_params['kind']}/{request.path_params['name']}"
    rule = next((each for each in (await rules(site)).values() if each.name == name), None)
    if rule is None:
        what = f"there is no rule {name[:SHOWN_AT_MOST]}"
        raise RefusalError(Reason.NOT_FOUND, what, "Choose one of the rules at /report/rules")
    found = [result for result in (await _report(site)).results if result.rule == rule.iri]
    showing = await Showing.of(site)
    shown = [await showing.show(result) for result in found[:PAGE]]
    return show(request, "rule.html", rule=rule, shown=shown, found=len(found))


async def send_report(request: Request) -> Response:
    """Send the report in one of its formats, as the build wrote it; of a choice, what the choice takes."""
    suffix = request.url.path.removeprefix("/report")
    site, choice = Site.of(request), Choice.read(request.query_params)
    file = (site.folders.published or site.folders).report.with_suffix(suffix)
    try:
        body = await asyncio.to_thread(file.read_bytes)
    except OSError as fault:
        raise _absent(site) from fault
    if not choice.is_all:
        results = (await _report(site)).results
        numbers = {number for number, result in enumerate(results) if choice.takes(result)}
        body = await asyncio.to_thread(selected, suffix, body, numbers)
    response = Response(body, media_type=FORMATS[suffix], headers={"Content-Security-Policy": REPORT_POLICY})
    return conditional(request, response, negotiated=False)


ROUTES = {
    "/report": show_report,
    **{f"/report{suffix}": send_report for suffix in FORMATS},
    "/report/rules": show_rules,
    "/report/rules/{kind}/{name}": show_rule,
    "/report/{key}": show_result,
}


async def _report(site: Site) -> Results:
    report = await read_results(site)
    if report is None:
        raise _absent(site)
    return report


def _trend(publications: list[Publication]) -> list[tuple[int, Publication, Publication | None]]:
    """Return the last publications, the newest first: the number of each, it, and the one before it."""
    pairs = zip(publications, [None, *publications], strict=False)
    numbered = [(number, now, before) for number, (now, before) in enumerate(pairs, start=1)]
    return numbered[-PUBLICATIONS:][::-1]


def _first(publications: list[Publication]) -> int:
    return max(len(publications) - PUBLICATIONS, 0) + 1


def _absent(site: Site) -> RefusalError:
    remedy = "Give --out, the folder of the build" if site.settings.endpoint else "Run keifu build"
    return RefusalError(Reason.NOT_FOUND, "there is no report", remedy)


def _page(asked: str, pages: int) -> int:
    if not NUMBER.fullmatch(asked) or int(asked) > pages:
        what = f"there is no page {asked[:SHOWN_AT_MOST]}"
        raise RefusalError(Reason.NOT_FOUND, what, f"Ask for a page from 1 to {pages}")
    return int(asked)
