"""The text of an RDF term: IRI-safe values and N-Quads escapes, for one string.

These are the reference; `term_columns` has the same rules as expressions on a column. Clauses: RML-Core,
IRI encoding (https://w3id.org/rml/core/spec#dfn-iri-safe); RFC 3987, section 2.2; RDF 1.2 N-Quads,
canonical form.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# ucschar of RFC 3987: every plane without its non-characters, private use and (in plane 14) tags.
_PLANES = "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
UCSCHAR = f"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd"
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

NOT_UNRESERVED = r"[^A-Za-z0-9._~-]"
NOT_IUNRESERVED = rf"[^A-Za-z0-9._~{UCSCHAR}-]"

_PCHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])"
_USERINFO = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:{UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])*"
_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;={UCSCHAR}-]|%[0-9A-Fa-f][0-9A-Fa-f])*)"
_PATH = rf"(?://(?:{_USERINFO}@)?{_HOST}(?::[0-9]*)?(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
_QUERY = rf"(?:\?(?:{_PCHAR}|[/?{PRIVATE}])*)?(?:#(?:{_PCHAR}|[/?])*)?"

SCHEME = r"^[A-Za-z][A-Za-z0-9+.-]*:"
IRI = rf"{SCHEME}{_PATH}{_QUERY}\z"

SHORT_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"
}  # fmt: skip
ESCAPED = '[\\x00-\\x1F"\\\\\\x7F\ufffe\uffff]'


def uri_safe(text: str) -> str:
    """Percent-encode every octet that is not `unreserved` in RFC 3986."""
    return quote(text, safe="~")


def iri_safe(text: str) -> str:
    """Percent-encode every character that is not `iunreserved` in RFC 3987; Japanese letters stay."""
    return re.sub(NOT_IUNRESERVED, lambda found: quote(found[0], safe=""), text)


def escaped(text: str) -> str:
    """The text between the quotation marks of a literal in canonical N-Quads."""
    return re.sub(ESCAPED, lambda found: SHORT_ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), text)


def is_iri(text: str) -> bool:
    """Whether the text is an absolute IRI that N-Quads can hold."""
    return re.match(IRI.replace(r"\z", r"\Z"), text) is not None
