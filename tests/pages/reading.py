"""How the tests read a page: as a tree of strictly correct HTML, within the rules that every page keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

import html5rdf
import httpx

from graph_builder.folders import Folders
from tests.serve.running import LIMITS, running

HTML = {"Accept": "text/html"}
SVG = "{http://www.w3.org/2000/svg}"
CONTACT = "mailto:data@example.jp"
"""Where errors are reported to, of a service that has a contact."""
LINK = re.compile(rf"/(?!/)|https?://|#|\?|{re.escape(CONTACT)}\?")


@contextmanager
def reading(folders: Folders) -> Iterator[httpx.Client]:
    """A client that likes pages in Japanese best."""
    headers = {**HTML, "Accept-Language": "ja"}
    with (
        running(LIMITS, folders) as service,
        httpx.Client(base_url=service.address, headers=headers, timeout=60) as client,
    ):
        yield client


def read(client: httpx.Client, path: str, status: int = 200, language: str = "ja") -> Element:
    """Return the tree of a page in a language."""
    tree = tree_of(client.get(path, headers={**HTML, "Accept-Language": language}), status)
    assert tree.get("lang") == language
    return tree


def tree_of(answer: httpx.Response, status: int = 200) -> Element:
    """Return the tree of an answer that must be a page: correct HTML, with no script or style of its own."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree: Element = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    assert len(tree.findall(".//h1")) == 1
    identifiers = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(SVG)
        assert not any(str(name).startswith("on") or name == "style" for name in element.keys())  # noqa: SIM118
        assert LINK.match(element.get("href") or "/"), element.get("href")
    for script in tree.iter("script"):
        assert script.get("src", "").startswith("/static/")
        assert not script.text
    return tree


def words(element: Element) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(text_of(element).split())


def text_of(element: Element) -> str:
    """Return all text of an element."""
    return "".join(element.itertext())


def links_of(element: Element) -> set[str]:
    """Return where the links of an element lead."""
    return {link.get("href") or "" for link in element.iter("a")}
