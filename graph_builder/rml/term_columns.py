"""The rules of `terms` as expressions on a column of strings, which any engine of Ibis runs."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from graph_builder.rml.terms import ESCAPED, NOT_IUNRESERVED, NOT_UNRESERVED, SHORT_ESCAPES

_NOT_ASCII = r"[^\x00-\x7F]"
_CONTROL = "[\\x00-\\x07\\x0B\\x0E-\\x1F\\x7F]"


def _text_function(text: str) -> str:
    """The signature of an engine's own function; the engine has the body."""
    raise NotImplementedError(text)


url_encode = ibis.udf.scalar.builtin(_text_function, name="url_encode")
utf8_hex = ibis.udf.scalar.builtin(_text_function, name="hex")


def uri_safe_column(column: ir.StringValue) -> ir.StringValue:
    """`uri_safe` for a column; a value that needs nothing costs one search."""
    return ibis.ifelse(column.re_search(NOT_UNRESERVED), _percent_encoded(column), column)


def _percent_encoded(column: ir.StringValue) -> ir.StringValue:
    # DuckDB follows RFC 3986; Spark follows HTML forms: `+` for a space, `*` left alone, `~` encoded.
    return url_encode(column).replace("+", "%20").replace("*", "%2A").replace("%7E", "~")


def iri_safe_column(column: ir.StringValue) -> ir.StringValue:
    """`iri_safe` for a column; a value that needs nothing costs one search."""
    by_character = column.re_split("").map(
        lambda c: ibis.ifelse(c.re_search(NOT_IUNRESERVED), _percent_encoded(c), c)
    )
    return ibis.cases(
        (~column.re_search(NOT_IUNRESERVED), column),
        (~column.re_search(_NOT_ASCII), _percent_encoded(column)),
        else_=by_character.join(""),
    )


def escaped_column(column: ir.StringValue) -> ir.StringValue:
    """`escaped` for a column; a value that needs nothing costs one search."""
    quoted = column.replace("\\", "\\\\").replace('"', '\\"')
    common = quoted
    for character in "\n\r\t\b\f":
        common = common.replace(character, SHORT_ESCAPES[character])
    # Rare, and one of them is U+0000, which the text of a query cannot hold: no chain of replacements.
    rare = common.re_split("").map(
        lambda c: ibis.ifelse(c.re_search(_CONTROL), ibis.literal("\\u00") + utf8_hex(c), c)
    )
    all_escaped = rare.join("").replace("\ufffe", "\\uFFFE").replace("\uffff", "\\uFFFF")
    return ibis.cases(
        (~column.re_search(ESCAPED), column),
        (~column.re_search("[\\x00-\\x1F\\x7F\ufffe\uffff]"), quoted),
        (~column.re_search("[\\x00-\\x07\\x0B\\x0E-\\x1F\\x7F\ufffe\uffff]"), common),
        else_=all_escaped,
    )
