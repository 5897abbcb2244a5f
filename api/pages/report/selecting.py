"""Some results of a written report, in the format in which it was written.

A build writes each format in the same order, so that a result is known by its number (0 is the first). What
is said of the report as a whole, such as whether it conforms, stays.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping
from xml.etree import ElementTree as ET

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from graph_builder.namespaces import SH, read_prefixes

Numbers = Collection[int]


def selected(suffix: str, body: bytes, numbers: Numbers) -> bytes:
    """Return a report with the results of some numbers alone; the page in one file is always whole."""
    return _WRITERS[suffix](body, numbers) if suffix in _WRITERS else body


def _rows(body: bytes, numbers: Numbers) -> bytes:
    head, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *(row for number, row in enumerate(rows) if number in numbers)])
    return text.getvalue().encode()


def _records(body: bytes, numbers: Numbers) -> bytes:
    whole = json.loads(body)
    results = [result for number, result in enumerate(whole.get("results", [])) if number in numbers]
    return (json.dumps({**whole, "results": results}, ensure_ascii=False, indent=2) + "\n").encode()


def _cases(body: bytes, numbers: Numbers) -> bytes:
    suite = ET.fromstring(body)  # noqa: S314  written by our own build
    for number, case in enumerate(suite.findall("testcase")):
        if number not in numbers:
            suite.remove(case)
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suite, encoding="unicode")}\n'.encode()


def _statements(body: bytes, numbers: Numbers) -> bytes:
    triples = [quad.triple for quad in parse(body, format=RdfFormat.TURTLE)]
    results = [triple.object for triple in triples if triple.predicate == NamedNode(SH.result)]
    others = {result for number, result in enumerate(results) if number not in numbers}
    kept: list[Triple] = [each for each in triples if not {each.subject, each.object} & others]
    return serialize(kept, format=RdfFormat.TURTLE, prefixes=read_prefixes()) or b""


_WRITERS: Mapping[str, Callable[[bytes, Numbers], bytes]] = {
    ".csv": _rows,
    ".json": _records,
    ".xml": _cases,
    ".ttl": _statements,
}
