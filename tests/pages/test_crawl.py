"""Every internal link of the whole site resolves: a crawl from the home page, held against the graph.

Pages are read in Japanese, and SOME of each pattern in English. What is without end or made at great cost is
bounded by rule: `crawl.csv` names the paths of which only so many of each pattern are followed; of a query
that a page does not ask of itself (a filter of a filter), SOME of each pattern are. A bound `for speed` is
one of pages that are all made alike, from things that are counted in the graph: a link to one that was not
read must lead to what the graph has. By hand, they are all read:

    KEIFU_WHOLE_CRAWL=1 python -m pytest tests/pages/test_crawl.py

The crawl is one test, so that it is made once however many processes share the tests.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph_builder.folders import Folders
from tests.pages.crawling import BUDGET, Crawl, Link, pattern
from tests.serve.processes import server_process
from tests.serve.running import BASE

with Path(__file__).with_name("crawl.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
WHOLE = bool(os.environ.get("KEIFU_WHOLE_CRAWL"))
BOUNDS = {row["path"]: int(row["most"]) for row in ROWS if row["for"] != "speed" or not WHOLE}
ALIKE = tuple(row["path"] for row in ROWS if row["for"] == "speed")
SOME = 2
ONE_TONGUE = {"/report.html?lang", "/sparql?lang"}
"""The report to be sent by mail, and the endpoint: its page in English is at /query."""
TYPED = re.compile(rf"<{re.escape(BASE)}(id/[^>]+)> <\S+#type> <([^>]+)> <\S+/graph/(?!proposals>)")
"""What a thing is, in any graph but that of the proposals: what is proposed has no page."""
SUBJECT = re.compile(rf"^<{re.escape(BASE)}([^>]+)>", re.MULTILINE)
SHAPE = re.compile(r"\bshape:([\w-]+(?:\.[\w-]+)*)")
LINE = re.compile(r"/read/([^/]+)/L(\d+)")
PASSAGE = re.compile(r"id/070009/passage/([^/]+)\.\d+-(\d+)")
PLACE = re.compile(r"^/(?:doc/|report/rules/)?")
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
        # A page that is Japanese anyway is seldom asked for in Japanese.
        group = f"/{kind.split('/')[1]} in Japanese" if "lang=ja" in link.path else kind
        self._followed[group] += 1
        return self._followed[group] <= (SOME if bound is None or "lang" in names else bound)


def test_the_site_is_whole(built: Folders, subtests: pytest.Subtests) -> None:
    """Follow the site link by link, and hold what was found to each rule."""
    things = things_of(built)
    crawl = Crawl(Rules())
    with server_process(built, page_workers=2) as server:
        crawl.run(server.address, ["/"])
        alone = unlinked(crawl, things)
        crawl.run(server.address, [path for paths in alone.values() for path in sorted(paths)[:SOME]])
    for holds in (
        every_link_resolves,
        every_fragment_is_in_its_page,
        no_page_is_longer_than_its_budget,
        every_page_has_a_heading_that_is_a_name,
        pages_of_every_pattern_are_read_in_english,
        what_is_left_out_is_bounded_by_a_rule,
        so_many_are_read,
    ):
        with subtests.test(holds.__name__):
            holds(crawl)
    with subtests.test("every thing of the graph is reached"):
        assert not alone[""]
        assert {name for name, paths in alone.items() if paths} == UNLINKED
    with subtests.test("what is not read for speed is in the graph"):
        subjects = set(SUBJECT.findall(built.dataset.read_text("utf-8")))
        for sheet in built.shapes.glob("*.ttl"):
            subjects |= {f"shape/{name}" for name in SHAPE.findall(sheet.read_text("utf-8"))}
        assert not {path for path in not_read(crawl) if not is_there(path, subjects)}


def things_of(built: Folders) -> dict[str, set[str]]:
    """The pages of the things of the graph, and the classes of each."""
    classes = defaultdict[str, set[str]](set)
    for line in built.dataset.read_text("utf-8").splitlines():
        if (found := TYPED.match(line)) is not None:
            classes[f"/doc/{found[1].removeprefix('id/')}"].add(found[2])
    return classes


def unlinked(crawl: Crawl, things: dict[str, set[str]]) -> dict[str, set[str]]:
    """The pages of things that no link led to, by the class that says why; the empty class says nothing."""
    linked = {link.path for link in crawl.links if link.page} | crawl.seen.keys()
    linked |= {f"/doc/{path.removeprefix('/id/')}" for path in linked if path.startswith("/id/")}
    alone = defaultdict[str, set[str]](set)
    for path in things.keys() - linked:
        alone[next(iter(sorted(things[path] & UNLINKED)), "")].add(path)
    return alone


def every_link_resolves(crawl: Crawl) -> None:
    broken = set()
    for link in crawl.links:
        end, _, seen = crawl.end(link.path)
        if seen is not None and seen.status != 200:
            broken.add((link.page, link.path, end, seen.status))
    assert not broken


def every_fragment_is_in_its_page(crawl: Crawl) -> None:
    missing = set()
    for link in crawl.links:
        end, added, seen = crawl.end(link.path)
        fragment = link.fragment or added
        if fragment and seen is not None and seen.heading is not None and fragment not in seen.identifiers:
            missing.add((link.page, link.path, end, fragment))
    assert not missing
    assert sum(bool(crawl.end(link.path)[1]) for link in crawl.links) > 1000


def so_many_are_read(crawl: Crawl) -> None:
    assert len(crawl.seen) > (9000 if WHOLE else 3500)
    assert bool(not_read(crawl)) != WHOLE


def not_read(crawl: Crawl) -> set[str]:
    """The paths that links led to and that a bound for speed left out."""
    paths = {link.path for link in crawl.links} - crawl.seen.keys()
    return {path for path in paths if path.startswith(ALIKE) and "?" not in path}


def is_there(path: str, subjects: set[str]) -> bool:
    """Whether the graph has the thing or the shape that a path is of, or quotes so long a document."""
    if line := LINE.fullmatch(path):
        passages = [found for each in subjects if (found := PASSAGE.fullmatch(each)) and found[1] == line[1]]
        return 0 < int(line[2]) <= max(int(found[2]) for found in passages)
    name = PLACE.sub("", path)
    return name in subjects or f"id/{name}" in subjects


def no_page_is_longer_than_its_budget(crawl: Crawl) -> None:
    pages = [(seen.size, path) for path, seen in crawl.seen.items() if seen.heading is not None]
    assert len(pages) > (4000 if WHOLE else 1500)
    assert max(pages)[0] <= BUDGET


def every_page_has_a_heading_that_is_a_name(crawl: Crawl) -> None:
    """What has no name is shown by its address, and marked as being in no language."""
    nameless = [
        path
        for path, seen in crawl.seen.items()
        if seen.heading is not None and (not seen.heading.strip() or '<bdi lang="">' in seen.heading)
    ]
    assert not nameless


def pages_of_every_pattern_are_read_in_english(crawl: Crawl) -> None:
    japanese = {pattern(path) for path, seen in crawl.seen.items() if seen.heading and "?" not in path}
    english = {pattern(path) for path, seen in crawl.seen.items() if seen.heading and "lang=en" in path}
    assert {f"{each}?lang" for each in japanese} - english <= ONE_TONGUE


def what_is_left_out_is_bounded_by_a_rule(crawl: Crawl) -> None:
    assert all("?" in kind or kind.startswith(tuple(BOUNDS)) for kind in crawl.left_out)
    assert {start for start in BOUNDS if not any(kind.startswith(start) for kind in crawl.left_out)} == set()
