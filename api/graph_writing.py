"""Triples → bytes in one of the four formats; the formats differ, the set of triples does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import RdfFormat, Triple, parse, serialize

from api.json_ld import write_json_ld
from graph_builder.namespaces import read_prefixes
from sparql.protocol import Format
from sparql.refusals import Reason, RefusalError

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|<oxprefix:")
"""What XML 1.0 has no way to write: control characters, and a property whose last part is no name."""


def write_lines(lines: Sequence[bytes], form: Format) -> bytes:
    """Return lines of N-Triples in a format; raises `RefusalError` where RDF/XML has no way to say it."""
    body = b"".join(lines)
    if form.syntax == "ntriples":
        return body
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in parse(body, RdfFormat.N_TRIPLES)]
    if form.syntax == "jsonld":
        return write_json_ld(triples)
    if form.syntax == "rdfxml":
        return checked_xml(serialize(triples, format=RdfFormat.RDF_XML) or b"")
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_prefixes(body.decode("utf-8"))) or b""


def checked_xml(body: bytes) -> bytes:
    """Return RDF/XML that every parser reads as it was meant.

    The engine writes a carriage return as it is, and a parser of XML makes a line feed of it (XML 1.0,
    section 2.11). Raises `RefusalError` where a character or a name cannot be written.
    """
    if NOT_IN_XML.search(body.decode("utf-8")):
        what = "a text or a property of this thing cannot be written in XML"
        raise RefusalError(Reason.NOT_ACCEPTABLE, what, "Take the data as .ttl, .nt or .jsonld")
    return body.replace(b"\r", b"&#13;")


def _prefixes(text: str) -> dict[str, str]:
    """Return the prefixes of use: no slash has to be escaped in what follows them."""
    return {
        name: start
        for name, start in read_prefixes().items()
        if f"<{start}" in text and not re.search(f"<{re.escape(start)}[^>]*/", text)
    }
