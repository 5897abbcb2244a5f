"""A stranger's query as an engine elsewhere may be given it: nothing is left that engines read differently.

Our own engine knows plain SPARQL 1.1 and nothing else, and it must be able to parse the query. Others have
functions that read files behind addresses of their own (`bif:`, `sql:`). So addresses have known schemes,
comments are gone, and no escape is left that one engine expands before it reads the grammar, another one
after.
"""

from __future__ import annotations

import re

from sparql import policy
from sparql.refusals import Reason, RefusalError
from sparql.tokens import Kind, Token, tokens

SCHEMES = ("http", "https", "urn", "mailto", "tel", "tag", "info", "doi", "isbn", "geo")
SCHEME = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):")


def for_elsewhere(text: str, base: str) -> str:
    """Return the text to send; raises `RefusalError`: forbidden, or malformed where an escape is left."""
    plain = policy.expand(policy.examine(text, base)).replace("\r\n", "\n").replace("\r", "\n")
    if policy.ESCAPE.search(plain):
        remedy = "Write the character itself in place of the escape"
        raise RefusalError(Reason.MALFORMED, "an escape sequence is itself escaped", remedy)
    return "".join(_examined(token) for token in tokens(plain))


def _examined(token: Token) -> str:
    if token.kind is Kind.COMMENT:
        return " "
    scheme = SCHEME.match(token.text) if token.kind is Kind.ADDRESS else None
    if scheme and scheme[1].lower() not in SCHEMES:
        remedy = f"Use addresses that start with one of {', '.join(SCHEMES)}"
        raise RefusalError(Reason.FORBIDDEN, f"the address {token.text} is not allowed here", remedy)
    return token.text
