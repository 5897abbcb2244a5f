"""How the tests of the pages read one: as a strict tree, within the rules that every page keeps."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5rdf
import httpx

HTML = {"Accept": "text/html"}
SVG = "{http://www.w3.org/2000/svg}"


def read(client: httpx.Client, path: str, status: int = 200, language: str = "ja") -> Element:
    """Return the tree of a page: correct HTML, in one language, with no script or style of its own."""
    answer = client.get(path, headers={**HTML, "Accept-Language": language})
    assert answer.status_code == status, answer.text
    tree: Element = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    assert tree.get("lang") == language
    assert len(tree.findall(".//h1")) == 1
    for script in tree.findall(".//script"):
        assert script.get("src", "").startswith("/static/")
        assert not script.text
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(SVG)
        assert not any(str(name).startswith("on") or name == "style" for name in element.keys())  # noqa: SIM118
        if isinstance(element.tag, str) and element.get("href"):
            assert re.match(r"(/(?!/)|https?://|#|\?)", element.get("href", "")), element.get("href")
    return tree


def words(element: Element) -> str:
    """Return the text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())
