"""Triples → compact JSON-LD 1.1, with the part of our context that they use.

The context stands in the document, so that one that was saved still reads without a connection, and no parser
tells us what it reads. It is a part of `ontology/context.jsonld`, every name written out in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pyoxigraph import Triple

from graph_builder.json_ld import Context, nodes, read_context


def write_json_ld(triples: Sequence[Triple]) -> bytes:
    """Return a document whose triples are these; the triples hold no blank node."""
    records = [_compact(node) for node in nodes(_together(triples), _context())]
    used = {name for record in records for name in (*record, *_listed(record.get("@type", ())))}
    words = {word.name: word.as_record() for found in _context().words.values() for word in found}
    context = {"@version": 1.1} | {name: words[name] for name in sorted(used & words.keys())}
    whole = records[0] if len(records) == 1 else {"@graph": records}
    return (json.dumps({"@context": context} | whole, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def _context() -> Context:
    """Return our context without its prefixes."""
    return replace(read_context(), prefixes={})


def _together(triples: Sequence[Triple]) -> list[Triple]:
    """Return the triples subject by subject, as they first come up."""
    places: dict[object, int] = {}
    for triple in triples:
        places.setdefault(triple.subject, len(places))
    return sorted(triples, key=lambda triple: places[triple.subject])


def _compact(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node whose classes come first, and in which a single value needs no list."""
    first = {key: node[key] for key in ("@id", "@type") if key in node}
    return {key: _single(value) for key, value in (first | node).items()}


def _single(value: Any) -> Any:  # noqa: ANN401  a value of JSON
    if isinstance(value, dict):
        return {language: _single(texts) for language, texts in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _listed(value: str | Iterable[str]) -> Iterable[str]:
    return [value] if isinstance(value, str) else value
