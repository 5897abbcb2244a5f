"""Whether an answer is right, in a form that does not depend on who wrote it."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

Compare = Literal["rows", "count", "page"]
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
XSD_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"


def essence(body: bytes, compare: Compare) -> str:
    """Return what has to be the same of two answers in SPARQL 1.1 Query Results JSON.

    Rows are compared without their order, doubles by their value (1 and 1.0 are one). Raises ValueError
    where the body is no such result.
    """
    rows = json.loads(body)["results"]["bindings"]
    if compare == "count":
        return f"{len(rows)} rows"
    lines = sorted(json.dumps([_term(name, row[name]) for name in sorted(row)]) for row in rows)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return f"{len(rows)} rows, {digest[:16]}"


def fault(body: bytes, compare: Compare, expected: str) -> str | None:
    """Return what is wrong with an answer; None where nothing is.

    A page is right where it names its thing and is whole.
    """
    if compare == "page":
        is_whole = f"<bdi>{expected}</bdi>".encode() in body and body.rstrip().endswith(b"</html>")
        return None if is_whole else "not the page asked for"
    try:
        found = essence(body, compare)
    except (ValueError, KeyError, TypeError):
        return "not a whole result"
    return None if found == expected else f"{found} in place of {expected}"


def _term(name: str, term: dict[str, str]) -> list[str]:
    datatype, value = term.get("datatype", ""), term["value"]
    if datatype == XSD_DOUBLE:
        value = repr(float(value))
    return [name, term["type"], value, term.get("xml:lang", ""), datatype if datatype != XSD_STRING else ""]
