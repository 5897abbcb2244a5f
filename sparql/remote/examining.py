"""A stranger's query as an engine elsewhere may be given it: nothing is left that engines read differently.

Our own engine knows plain SPARQL 1.1 and nothing else, and it must be able to parse the query. Others have
functions that read files behind addresses of their own (`bif:`, `sql:`). So addresses have known schemes,
comments are gone, and no escape is left that one engine expands before it reads the grammar, another one
after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from sparql import policy
from sparql.refusals import Reason, RefusalError
from sparql.tokens import Kind, Token, tokens

SCHEMES = ("http", "https", "urn", "mailto", "tel", "tag", "info", "doi", "isbn", "geo")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def for_elsewhere(text: str, base: str, is_here: policy.IsHere) -> str:
    """Return the text to send; raises `RefusalError`: forbidden, or malformed where an escape is left."""
    plain = policy.expand(policy.examine(text, is_here)).replace("\r\n", "\n").replace("\r", "\n")
    if policy.ESCAPE.search(plain):
        remedy = "Write the character itself in place of the escape"
        raise RefusalError(Reason.MALFORMED, "an escape sequence is itself escaped", remedy)
    return "".join(_examined(tokens(plain), base))


def _examined(query: Iterable[Token], base: str) -> Iterator[str]:
    """Yield the tokens without comments; addresses are resolved here, as a prefix may be half a scheme."""
    word = ""
    for token in query:
        if token.kind is Kind.IRI:
            address = _resolved(token.text[1:-1], base)
            _examine_address(address)
            base = address if word == "BASE" else base
            yield f"<{address}>"
        else:
            yield " " if token.kind is Kind.COMMENT else token.text
        word = word if token.is_gap else token.keyword


def _resolved(address: str, base: str) -> str:
    """Return an address in full (RFC 3986, section 5.2); `urljoin` would drop a # at the end."""
    if SCHEME.match(address):
        return address
    joined = urljoin(urldefrag(base).url, address)
    return f"{joined}#" if address.endswith("#") and not joined.endswith("#") else joined


def _examine_address(address: str) -> None:
    scheme = SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in SCHEMES:
        remedy = f"Use addresses that start with one of {', '.join(SCHEMES)}"
        raise RefusalError(Reason.FORBIDDEN, f"the address <{address}> is not allowed here", remedy)
