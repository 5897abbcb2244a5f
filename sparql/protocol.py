"""SPARQL 1.1 Protocol, section 2.1: what an HTTP request asks, and in which formats it can be answered.

Nothing here touches a store or a socket. What is made for each request is a named tuple: it is made, compared
and hashed three times as fast as a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol
from urllib.parse import parse_qsl

from sparql.federation.contributions import Contribution
from sparql.refusals import Reason, RefusalError

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
FIELDS_AT_MOST = 100

Syntax = Literal["json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml"]


class Format(NamedTuple):
    """A media type of an answer, as it is sent, and the syntax that is written."""

    media_type: str
    syntax: Syntax

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return content_type(self.media_type)


def content_type(media_type: str) -> str:
    """Return the value of the header Content-Type for a media type: text types say that they are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


RESULT_FORMATS = (
    Format("application/sparql-results+json", "json"),
    Format("application/sparql-results+xml", "xml"),
    Format("text/csv", "csv"),
    Format("text/tab-separated-values", "tsv"),
    Format("application/json", "json"),
    Format("application/xml", "xml"),
)
"""Formats for SELECT and ASK, the preferred one first; the last two are loose names that clients use."""

GRAPH_FORMATS = (
    Format("text/turtle", "turtle"),
    Format("application/n-triples", "ntriples"),
    Format("application/ld+json", "jsonld"),
    Format("application/rdf+xml", "rdfxml"),
    Format("application/json", "jsonld"),
    Format("application/xml", "rdfxml"),
)
"""Formats for CONSTRUCT and DESCRIBE, the preferred one first."""

SHORT_NAMES: dict[str, tuple[Syntax | None, Syntax | None]] = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "csv": ("csv", None),
    "tsv": ("tsv", None),
    "turtle": (None, "turtle"),
    "ttl": (None, "turtle"),
    "n3": (None, "turtle"),
    "ntriples": (None, "ntriples"),
    "nt": (None, "ntriples"),
    "json-ld": (None, "jsonld"),
    "jsonld": (None, "jsonld"),
    "rdf": (None, "rdfxml"),
    "rdf+xml": (None, "rdfxml"),
}
"""What `format=` may say, with the syntax of a table and of a graph; it goes before the header Accept."""


class Request(NamedTuple):
    """What a client asked: the text, the dataset it named (section 2.1.4), the short name of a format."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


@dataclass(frozen=True)
class LiteralTerm:
    """A text with its datatype, as a value of a binding; a binding that is a plain str is an IRI."""

    text: str
    datatype: str


Bindings = tuple[tuple[str, str | LiteralTerm], ...]


class Query(NamedTuple):
    """A query for a worker; a form of query whose format is None cannot be answered acceptably.

    `bindings` are variables and the terms that stand in their place: the only way in for a value. A `trusted`
    query was written by us and goes without the policy for strangers. A long answer may come in a file where
    `may_spool` says so, and packed where `gzip` does.
    """

    text: str
    table: Format | None = RESULT_FORMATS[0]
    graph: Format | None = GRAPH_FORMATS[0]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: Bindings = ()
    trusted: bool = False
    may_spool: bool = False
    gzip: bool = False


class Spooled(Protocol):
    """The bytes of a long answer, outside memory; whoever has it closes it."""

    length: int

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`."""

    def close(self) -> None:
        """Give the room back."""


class Answer(NamedTuple):
    """A whole answer: its format and its bytes, or the file with them.

    `digest` tells one representation from every other, `store` names the published store that was asked;
    `contributions` are what partners gave to it.
    """

    format: Format
    body: bytes
    digest: str = ""
    store: str = ""
    gzip: bool = False
    file: Spooled | None = None
    contributions: tuple[Contribution, ...] = ()

    @property
    def length(self) -> int:
        """The number of bytes."""
        return len(self.body) if self.file is None else self.file.length


def read_request(method: str, query_string: bytes, content_type: str, body: bytes) -> Request:
    """Return what a GET, HEAD or POST request asks (sections 2.1.1 to 2.1.3).

    Raises `RefusalError`: malformed (no query or several), forbidden (an update), unsupported (content type).
    """
    fields = _fields(query_string)
    if method == "POST":
        media_type = content_type.partition(";")[0].strip().lower()
        if media_type == UPDATE_TYPE:
            raise read_only()
        _refuse_other_charsets(content_type)
        if media_type == QUERY_TYPE:
            fields = [*(field for field in fields if field[0] != "query"), ("query", _text(body))]
        elif media_type == FORM_TYPE:
            fields = [*fields, *_fields(body)]
        else:
            remedy = f"Send a form ({FORM_TYPE}) or the query itself ({QUERY_TYPE})"
            raise RefusalError(
                Reason.UNSUPPORTED, f"a query cannot be sent as {media_type or 'nothing'}", remedy
            )
    return _request(fields)


def _refuse_other_charsets(content_type: str) -> None:
    for parameter in content_type.lower().split(";")[1:]:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('" ') not in {"utf-8", "utf8", "us-ascii"}:
            raise RefusalError(Reason.UNSUPPORTED, f"the charset {value} is not read", "Send UTF-8")


def read_only() -> RefusalError:
    """Return the answer to every update."""
    return RefusalError(
        Reason.FORBIDDEN,
        "the endpoint is read-only, and this is an update",
        "Ask a query: SELECT, ASK, CONSTRUCT or DESCRIBE",
    )


def _request(fields: list[tuple[str, str]]) -> Request:
    if len(fields) == 1 and fields[0][0] == "query":
        return Request(fields[0][1])
    if any(name == "update" for name, _ in fields):
        raise read_only()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        what = "there is no query" if not queries else "there is more than one query"
        raise RefusalError(Reason.MALFORMED, what, "Give exactly one parameter named query")
    formats = [value for name, value in fields if name == "format" and value]
    return Request(
        text=queries[0],
        default_graphs=tuple(value for name, value in fields if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in fields if name == "named-graph-uri"),
        format=formats[0] if formats else None,
    )


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS_AT_MOST)
    except ValueError as fault:
        remedy = "Percent-encode every parameter as UTF-8"
        raise RefusalError(Reason.MALFORMED, f"the parameters cannot be read: {fault}", remedy) from fault


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise RefusalError(
            Reason.MALFORMED, f"the query is not UTF-8: {fault}", "Send the query as UTF-8"
        ) from fault
