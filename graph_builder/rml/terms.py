"""The text of an RDF term: IRI-safe values and N-Quads escapes, for one string and for a column of them.

Each rule stands here twice: as plain Python (the reference, used for constants and by the tests) and as an
expression on a column, which any engine of Ibis runs. Clauses: RML-Core, IRI encoding
(https://w3id.org/rml/core/spec#dfn-iri-safe); RFC 3987, section 2.2; RDF 1.2 N-Quads, canonical form.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import ibis
import ibis.expr.types as ir

# ucschar of RFC 3987: every plane without its non-characters, private use and (in plane 14) tags.
_PLANES = "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
UCSCHAR = f"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd"
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

_NOT_UNRESERVED = r"[^A-Za-z0-9._~-]"
_NOT_IUNRESERVED = rf"[^A-Za-z0-9._~{UCSCHAR}-]"
_NOT_ASCII = r"[^\x00-\x7F]"

_PCHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])"
_USERINFO = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:{UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])*"
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;={UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])*)"
_PATH = rf"(?://(?:{_USERINFO}@)?{_HOST}(?::[0-9]*)?(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
_QUERY = rf"(?:\?(?:{_PCHAR}|[/?{PRIVATE}])*)?(?:#(?:{_PCHAR}|[/?])*)?"

SCHEME = r"^[A-Za-z][A-Za-z0-9+.-]*:"
IRI = rf"{SCHEME}{_PATH}{_QUERY}\z"

_SHORT_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"
}  # fmt: skip
_ESCAPED = '[\\x00-\\x1F"\\\\\\x7F\ufffe\uffff]'
_CONTROL = "[\\x00-\\x07\\x0B\\x0E-\\x1F\\x7F]"


def uri_safe(text: str) -> str:
    """Percent-encode every octet that is not `unreserved` in RFC 3986."""
    return quote(text, safe="~")


def iri_safe(text: str) -> str:
    """Percent-encode every character that is not `iunreserved` in RFC 3987; Japanese letters stay."""
    return re.sub(_NOT_IUNRESERVED, lambda found: quote(found[0], safe=""), text)


def escaped(text: str) -> str:
    """The text between the quotation marks of a literal in canonical N-Quads."""
    return re.sub(_ESCAPED, lambda found: _SHORT_ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), text)


def is_iri(text: str) -> bool:
    """Whether the text is an absolute IRI that N-Quads can hold."""
    return re.match(IRI.replace(r"\z", r"\Z"), text) is not None


def _text_function(text: str) -> str:
    """The signature of an engine's own function; the engine has the body."""
    raise NotImplementedError(text)


url_encode = ibis.udf.scalar.builtin(_text_function, name="url_encode")
utf8_hex = ibis.udf.scalar.builtin(_text_function, name="hex")


def uri_safe_column(column: ir.StringValue) -> ir.StringValue:
    """`uri_safe` for a column; a value that needs nothing costs one search."""
    return ibis.ifelse(column.re_search(_NOT_UNRESERVED), _percent_encoded(column), column)


def _percent_encoded(column: ir.StringValue) -> ir.StringValue:
    # DuckDB follows RFC 3986; Spark follows HTML forms: `+` for a space, `*` left alone, `~` encoded.
    return url_encode(column).replace("+", "%20").replace("*", "%2A").replace("%7E", "~")


def iri_safe_column(column: ir.StringValue) -> ir.StringValue:
    """`iri_safe` for a column; a value that needs nothing costs one search."""
    by_character = column.re_split("").map(
        lambda c: ibis.ifelse(c.re_search(_NOT_IUNRESERVED), _percent_encoded(c), c)
    )
    return ibis.cases(
        (~column.re_search(_NOT_IUNRESERVED), column),
        (~column.re_search(_NOT_ASCII), _percent_encoded(column)),
        else_=by_character.join(""),
    )


def escaped_column(column: ir.StringValue) -> ir.StringValue:
    """`escaped` for a column; a value that needs nothing costs one search."""
    quoted = column.replace("\\", "\\\\").replace('"', '\\"')
    common = quoted
    for character in "\n\r\t\b\f":
        common = common.replace(character, _SHORT_ESCAPES[character])
    # Rare, and one of them is U+0000, which the text of a query cannot hold: no chain of replacements.
    rare = common.re_split("").map(
        lambda c: ibis.ifelse(c.re_search(_CONTROL), ibis.literal("\\u00") + utf8_hex(c), c)
    )
    all_escaped = rare.join("").replace("\ufffe", "\\uFFFE").replace("\uffff", "\\uFFFF")
    return ibis.cases(
        (~column.re_search(_ESCAPED), column),
        (~column.re_search("[\\x00-\\x1F\\x7F\ufffe\uffff]"), quoted),
        (~column.re_search("[\\x00-\\x07\\x0B\\x0E-\\x1F\\x7F\ufffe\uffff]"), common),
        else_=all_escaped,
    )
