"""How the crawl follows links: every page once, over some connections at once.

A link is what a browser or a harvester could follow from a page: the targets of `href`, `src`, `action` and
`data-copy`, the header Link, and where a redirect leads. A canonical address of the base is one of this site.
"""

from __future__ import annotations

import gzip
import html
import re
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode, urljoin, urlsplit

from tests.serve.running import BASE

CONNECTIONS = 4
ENDING = re.compile(r"\.(?:csv|html|json|jsonld|nt|rdf|svg|ttl|xml)\Z")
HOST = "http://site.invalid"
HEADERS = {"Accept": "text/html,*/*;q=0.1", "Accept-Language": "ja"}
TAG = re.compile(r"<([a-zA-Z][\w-]*)\s((?:[^<>\"]|\"[^\"]*\")*)>")
"""Pages escape what is no markup, and quote with " alone: the checks of HTML hold them to it."""
ATTRIBUTE = re.compile(r"(?<![\w-])(id|href|src|action|data-copy|lang)=\"([^\"]*)\"")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
FORM = re.compile(r"<form\s([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(
    r"<input\s([^>]*)>|<select\s([^>]*)>(.*?)</select>|<textarea\s([^>]*)>(.*?)</textarea>", re.DOTALL
)
PART = re.compile(r"([\w-]+)(?:=\"([^\"]*)\")?")
BUDGET = 100_000
"""Bytes in gzip that a page may have."""
TARGET = re.compile(r"<([^>]*)>;\s*rel")


@dataclass(frozen=True)
class Link:
    """Where a link leads: a path with its query, and a fragment; `page` is where it was found."""

    page: str
    path: str
    fragment: str


@dataclass(frozen=True)
class Seen:
    """What was found at a path: its bytes, in gzip where they are more than a page may have; its heading."""

    status: int
    size: int
    leads_to: str = ""
    identifiers: frozenset[str] = frozenset()
    heading: str | None = None


@dataclass
class Crawl:
    """What is known of a site: what was seen, every link, and how many links were left out by `follows`."""

    follows: Callable[[Link], bool]
    seen: dict[str, Seen] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)
    _waiting: deque[str] = field(default_factory=deque)
    _busy: int = 0
    _turn: threading.Condition = field(default_factory=threading.Condition)

    def run(self, address: str, start: Iterable[str]) -> None:
        """Follow every link from some paths until there is no new one."""
        for path in start:
            self._find(Link("", path, ""))
        place = urlsplit(address)
        threads = [
            threading.Thread(target=self._walk, args=(place.hostname, place.port)) for _ in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def end(self, path: str) -> tuple[str, str, Seen | None]:
        """Return where redirects from a path end, the fragment they add, and what is there."""
        fragment = ""
        for _ in range(5):
            seen = self.seen.get(path)
            if seen is None or not seen.leads_to:
                return path, fragment, seen
            path, _, added = seen.leads_to.partition("#")
            fragment = added or fragment
        return path, fragment, None

    def _walk(self, host: str, port: int) -> None:
        connection = HTTPConnection(host, port, timeout=60)
        for path in iter(self._take, None):
            seen, found = _read(connection, path)
            with self._turn:
                self.seen[path] = seen
                for link in found:
                    self._find(link)
                self._busy -= 1
                self._turn.notify_all()
        connection.close()

    def _take(self) -> str | None:
        with self._turn:
            while not self._waiting and self._busy:
                self._turn.wait()
            self._busy += bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    def _find(self, link: Link) -> None:
        self.links.append(link)
        if link.path in self._known:
            return
        self._known.add(link.path)
        if self.follows(link):
            self._waiting.append(link.path)
        else:
            self.left_out[pattern(link.path)] += 1


def pattern(path: str) -> str:
    """Return what paths of one kind have in common: all but the name in it, and the names of its query."""
    place, _, query = path.partition("?")
    parent, _, name = place.rpartition("/")
    ending = name[name.rindex(".") :] if ENDING.search(name) else ""
    names = "&".join(sorted({part.partition("=")[0] for part in query.split("&")} - {""}))
    stem = f"{parent}/*" if parent else f"/{name.removesuffix(ending)}"
    return f"{stem}{ending}{'?' if names else ''}{names}"


def filled_in(form: str, inside: str) -> str:
    """Return where a form leads that is sent as it stands; nowhere where it is none of GET."""
    attributes = _attributes(form)
    if attributes.get("method", "get").lower() != "get":
        return ""
    values = []
    for field_ in FIELD.finditer(inside):
        of_field = _attributes(field_[1] or field_[2] or field_[4])
        if "name" in of_field and _is_sent(of_field):
            values.append((of_field["name"], _value(field_, of_field)))
    place, mark, fragment = attributes.get("action", "").partition("#")
    return f"{place}?{urlencode(values)}{mark}{fragment}" if values else place


def _is_sent(attributes: dict[str, str]) -> bool:
    return attributes.get("type") not in {"checkbox", "radio"} or "checked" in attributes


def _value(found: re.Match[str], attributes: dict[str, str]) -> str:
    if found[5] is not None:
        return html.unescape(found[5]).removeprefix("\n")
    if found[3] is None:
        return attributes.get("value", "")
    options = [_attributes(option) for option in re.findall(r"<option\b([^>]*)>", found[3])]
    chosen = next((option for option in options if "selected" in option), options[0] if options else {})
    return chosen.get("value", "")


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in PART.findall(text)}


def _read(connection: HTTPConnection, path: str) -> tuple[Seen, list[Link]]:
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    targets = list(_headers(answer))
    leads_to = ""
    if location := answer.headers.get("Location"):
        link = _link(path, location)
        leads_to = f"{link.path}#{link.fragment}" if link else ""
        targets.append(location)
    size = len(body) if len(body) <= BUDGET else len(gzip.compress(body, 6))
    if answer.headers.get_content_type() not in {"text/html", "image/svg+xml"}:
        return Seen(answer.status, size, leads_to), _links(path, targets)
    text = body.decode()
    attributes = [
        (name, html.unescape(value))
        for tag in TAG.finditer(text)
        for name, value in ATTRIBUTE.findall(tag[2])
    ]
    targets += [value for name, value in attributes if _is_target(name, value)]
    targets += [target for form in FORM.finditer(text) if (target := filled_in(form[1], form[2]))]
    identifiers = frozenset(value for name, value in attributes if name == "id")
    heading = HEADING.search(text)
    seen = Seen(answer.status, size, leads_to, identifiers, heading[1] if heading else None)
    return seen, _links(path, targets)


def _headers(answer: HTTPResponse) -> Iterator[str]:
    for header in answer.headers.get_all("Link", []):
        yield from TARGET.findall(header)


def _is_target(name: str, value: str) -> bool:
    return name in {"href", "src", "action"} or (name == "data-copy" and value.startswith(BASE))


def _links(page: str, targets: Iterable[str]) -> list[Link]:
    found = (_link(page, target) for target in dict.fromkeys(targets))
    return [link for link in found if link]


def _link(page: str, target: str) -> Link | None:
    """Return the link to a target; None where it leads to another site."""
    address = urljoin(HOST + page, target)
    if address.startswith(BASE):
        address = f"{HOST}/{address.removeprefix(BASE)}"
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return None
    return Link(page, parts.path + (f"?{parts.query}" if parts.query else ""), parts.fragment)
