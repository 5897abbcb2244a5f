"""What the tests of the pages share: a client on the five documents, and trees of correct HTML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

import html5rdf
import httpx

from graph_builder.folders import Folders
from tests.serve.running import LIMITS, running


@contextmanager
def reading(folders: Folders) -> Iterator[httpx.Client]:
    """A client that likes pages in Japanese best."""
    headers = {"Accept": "text/html", "Accept-Language": "ja"}
    with (
        running(LIMITS, folders) as service,
        httpx.Client(base_url=service.address, headers=headers, timeout=60) as client,
    ):
        yield client


def tree_of(answer: httpx.Response) -> Element:
    """The tree of a page that is there; fails where the page is no correct HTML or could do harm."""
    assert answer.status_code == 200, answer.text
    tree: Element = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    assert len(tree.findall(".//h1")) == 1
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        assert not any(str(name).startswith("on") or name == "style" for name in element.keys())  # noqa: SIM118
        href = element.get("href") or "/"
        assert href.startswith(("/", "#", "?", "https://", "http://")), href
    assert all(script.get("src") and not script.text for script in tree.iter("script"))
    return tree


def text_of(element: Element) -> str:
    """All text of an element."""
    return "".join(element.itertext())


def links_of(element: Element) -> set[str]:
    """Where the links of an element lead."""
    return {link.get("href") or "" for link in element.iter("a")}
