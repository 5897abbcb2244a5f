"""Every internal link of the whole site resolves: a crawl from the home page, held against the graph.

All pages are read in Japanese, and SOME of each pattern in English. What is without end or made at great
cost is bounded by rule: `crawl.csv` names the paths of which only so many of each pattern are followed; of a
query that a page does not ask of itself (a filter of a filter), SOME of each pattern are.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_builder.folders import Folders
from tests.pages.crawling import BUDGET, Crawl, Link, pattern
from tests.serve.processes import server_process
from tests.serve.running import BASE

with Path(__file__).with_name("crawl.csv").open(encoding="utf-8", newline="") as file:
    BOUNDS = {row["path"]: int(row["most"]) for row in csv.DictReader(file)}
SOME = 3
ONE_TONGUE = {"/report.html?lang", "/sparql?lang"}
"""The report to be sent by mail, and the endpoint: its page in English is at /query."""
TYPED = re.compile(rf"<{re.escape(BASE)}(id/[^>]+)> <\S+#type> <([^>]+)> <\S+/graph/(?!proposals>)")
"""What a thing is, in any graph but that of the proposals: what is proposed has no page."""
with Path(__file__).with_name("unlinked.csv").open(encoding="utf-8", newline="") as file:
    UNLINKED = {row["class"] for row in csv.DictReader(file)}


class Rules:
    """Which links are followed."""

    def __init__(self) -> None:
        self._followed: Counter[str] = Counter()

    def __call__(self, link: Link) -> bool:
        kind = pattern(link.path)
        names = kind.partition("?")[2].split("&")
        bound = next((most for start, most in BOUNDS.items() if kind.startswith(start)), None)
        is_its_own = link.path.partition("?")[0] == link.page and "lang" not in names
        if bound is None and (names in ([""], ["page"]) or is_its_own):
            return True
        self._followed[kind] += 1
        return self._followed[kind] <= (SOME if bound is None else bound)


@pytest.fixture(scope="module")
def crawl(built: Folders) -> Iterator[Crawl]:
    """The whole site, followed link by link."""
    found = Crawl(Rules())
    with server_process(built, page_workers=2) as server:
        found.run(server.address, ["/"])
        alone = unlinked(found, built).values()
        found.run(server.address, [path for paths in alone for path in sorted(paths)[:SOME]])
    yield found


def unlinked(crawl: Crawl, built: Folders) -> dict[str, set[str]]:
    """The pages of things that no link led to, by the class that says why; the empty class says nothing."""
    classes = defaultdict[str, set[str]](set)
    for line in built.dataset.read_text("utf-8").splitlines():
        if (found := TYPED.match(line)) is not None:
            classes[f"/doc/{found[1].removeprefix('id/')}"].add(found[2])
    alone = defaultdict[str, set[str]](set)
    for path, of in classes.items():
        if path not in crawl.seen:
            alone[next(iter(sorted(of & UNLINKED)), "")].add(path)
    return alone


def test_every_link_resolves(crawl: Crawl) -> None:
    broken = set()
    for link in crawl.links:
        end, _, seen = crawl.end(link.path)
        if seen is not None and seen.status != 200:
            broken.add((link.page, link.path, end, seen.status))
    assert not broken


def test_every_fragment_is_in_its_page(crawl: Crawl) -> None:
    missing = set()
    for link in crawl.links:
        end, added, seen = crawl.end(link.path)
        fragment = link.fragment or added
        if fragment and seen is not None and seen.heading is not None and fragment not in seen.identifiers:
            missing.add((link.page, link.path, end, fragment))
    assert not missing
    assert sum(bool(crawl.end(link.path)[1]) for link in crawl.links) > 1000


def test_every_thing_of_the_graph_is_reached(crawl: Crawl, built: Folders) -> None:
    assert len(crawl.seen) > 9000
    alone = unlinked(crawl, built)
    assert not alone[""]
    assert {name for name, paths in alone.items() if paths} == UNLINKED


def test_no_page_is_longer_than_its_budget(crawl: Crawl) -> None:
    pages = [(seen.size, path) for path, seen in crawl.seen.items() if seen.heading is not None]
    assert len(pages) > 4000
    assert max(pages)[0] <= BUDGET


def test_every_page_has_a_heading_that_is_a_name(crawl: Crawl) -> None:
    """What has no name is shown by its address, and marked as being in no language."""
    nameless = [
        path
        for path, seen in crawl.seen.items()
        if seen.heading is not None and (not seen.heading.strip() or '<bdi lang="">' in seen.heading)
    ]
    assert not nameless


def test_pages_of_every_pattern_are_read_in_english(crawl: Crawl) -> None:
    japanese = {pattern(path) for path, seen in crawl.seen.items() if seen.heading and "?" not in path}
    english = {pattern(path) for path, seen in crawl.seen.items() if seen.heading and "lang=en" in path}
    assert {f"{each}?lang" for each in japanese} - english <= ONE_TONGUE


def test_what_is_left_out_is_bounded_by_a_rule(crawl: Crawl) -> None:
    assert all("?" in kind or kind.startswith(tuple(BOUNDS)) for kind in crawl.left_out)
    assert {start for start in BOUNDS if not any(kind.startswith(start) for kind in crawl.left_out)} == set()
