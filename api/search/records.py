"""A search as records: the JSON that programs read, and the rows of a CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from api.addresses import Addresses
from api.search.facets import Choice
from api.search.marking import Marked
from api.search.results import Result, Value
from api.search.searching import Found
from api.search.words import Word

COLUMNS = ("label", "labelEn", "kind", "plan", "year", "division", "snippet", "iri", "score")


def found_record(found: Found, addresses: Addresses) -> dict[str, Any]:
    """Return the whole answer; `marks` are start and end of what was found, in characters of the text."""
    asked, wanted = found.asked, found.wanted
    return {
        "query": {
            "text": asked.text,
            "words": [_word(word) for word in asked.words],
            "excluded": [_word(word) for word in asked.excluded],
            "cut": asked.is_cut,
        },
        "filters": {facet: list(values) for facet, values in wanted.filters.items()},
        "relaxed": found.is_relaxed,
        "total": found.total,
        "offset": wanted.offset,
        "limit": wanted.limit,
        "results": [_result(result, addresses) for result in found.results],
        "facets": {facet: [_choice(choice) for choice in choices] for facet, choices in found.facets.items()},
        "suggestions": list(found.suggestions),
    }


def found_rows(found: Found) -> bytes:
    """Return the results as CSV (RFC 4180), UTF-8."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for result in found.results:
        plan, division = _first(result, "plan"), _first(result, "division")
        cells = (
            result.label.text,
            result.label_en.text,
            result.kind.slug,
            plan.label if plan else "",
            result.year,
            division.label if division else "",
            result.snippet.text,
            result.address,
            result.score,
        )
        rows.writerow(cells)
    return text.getvalue().encode()


def _word(word: Word) -> dict[str, Any]:
    record: dict[str, Any] = {"text": word.written}
    if word.year:
        record["year"] = word.year[1:]
    if word.others:
        record["synonyms"] = [other.written for other in word.others]
    return record


def _result(result: Result, addresses: Addresses) -> dict[str, Any]:
    return {
        "label": result.label.text,
        "labelEn": result.label_en.text or None,
        "iri": result.address,
        "href": addresses.local(result.address),
        "kind": result.kind.slug,
        "kindLabel": {"ja": result.kind.label_ja, "en": result.kind.label_en},
        "plan": _value(_first(result, "plan")),
        "year": result.year,
        "division": _value(_first(result, "division")),
        "snippet": result.snippet.text,
        "snippetHtml": str(result.snippet.html),
        "marks": {"label": _spans(result.label), "snippet": _spans(result.snippet)},
        "score": result.score,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "value": choice.value,
        "label": choice.label,
        "labelEn": choice.label_en or None,
        "count": choice.count,
        "chosen": choice.is_chosen,
    }


def _first(result: Result, facet: str) -> Value | None:
    return next(iter(result.values.get(facet, ())), None)


def _value(value: Value | None) -> dict[str, str] | None:
    return None if value is None else {"iri": value.value, "label": value.label}


def _spans(marked: Marked) -> list[list[int]]:
    return [list(span) for span in marked.marks]
