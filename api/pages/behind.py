"""The query behind a figure of a page, as a reader can run it: its values spelled out, few prefixes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from sparql.protocol import LiteralTerm
from sparql.spelling import spelled_out

PREFIX = re.compile(r"^PREFIX ([\w-]*): <[^>\n]*>\n", re.MULTILINE)


def behind(query: str, values: Mapping[str, str | LiteralTerm] | None = None) -> str:
    """Return the path of the page that runs a query; a value of a variable is an address or a literal."""
    return f"/query?{urlencode({'query': _tidied(spelled_out(query, tuple((values or {}).items())))})}"


def _tidied(query: str) -> str:
    """Return the query without prefixes that it does not use and without empty lines."""
    body = PREFIX.sub("", query)
    kept = (found[0] for found in PREFIX.finditer(query) if re.search(rf"\b{re.escape(found[1])}:", body))
    lines = (line.rstrip() for line in body.strip().splitlines())
    return "".join(kept) + "\n".join(line for line in lines if line)
