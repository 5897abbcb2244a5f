"""The representations of a thing: a page, and data in four formats, each with the ending of its address."""

from __future__ import annotations

from collections.abc import Collection

from starlette.requests import Request

from api.negotiation import combined, preferred
from sparql.protocol import GRAPH_FORMATS, Format
from sparql.refusals import Reason, RefusalError

HTML = "text/html"
PAGE = ""
"""In the place of an ending: the page has none."""
_ENDING_OF = {"turtle": "ttl", "ntriples": "nt", "jsonld": "jsonld", "rdfxml": "rdf"}
ENDINGS: dict[str, Format] = {}
"""Ending of an address below /data/ → format, under the first of its names."""
for _form in GRAPH_FORMATS:
    ENDINGS.setdefault(_ENDING_OF[_form.syntax], _form)
OFFERS = {HTML: PAGE} | {form.media_type: _ENDING_OF[form.syntax] for form in GRAPH_FORMATS}
"""Media type → ending; also the loose names by which some clients ask for JSON-LD and RDF/XML."""


def chosen(request: Request) -> str:
    """Return the ending of what the client likes best; raises `RefusalError` where it takes nothing of it."""
    return OFFERS[liked(request, OFFERS)]


def liked(request: Request, offers: Collection[str]) -> str:
    """Return the media type that the client likes best, the first among equals.

    Raises `RefusalError` where it takes none of them.
    """
    best = preferred(combined(request.headers, "accept"), tuple(offers))
    if best is None:
        remedy = f"Accept one of {', '.join(dict.fromkeys(offers))}"
        raise RefusalError(Reason.NOT_ACCEPTABLE, "there is no such representation", remedy)
    return best
