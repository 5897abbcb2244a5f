"""In which language a page is: chosen by the reader, else negotiated (RFC 9110, 12.5.4), else Japanese.

The reader's choice is `?lang=`, which a cookie remembers; the words of the pages stand in `api/texts/*.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from starlette.requests import Request

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
COOKIE = "lang"
RANGE = re.compile(r"\s*(ja|en|\*)(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*", re.IGNORECASE)
RANGES_AT_MOST = 20
JAPANESE = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Kana and Chinese characters: what in these data is Japanese."""


def language_of(request: Request) -> Language:
    """Return the language in which to answer a request."""
    for choice in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    return _negotiated(request.headers.get("accept-language") or "")


def texts(language: Language) -> Callable[..., str]:
    """Return the function that gives the words of a key in a language, with its places filled in."""
    words = _words()

    def text(key: str, **places: object) -> str:
        return words[key][language].format(**places) if places else words[key][language]

    return text


def keys() -> frozenset[str]:
    """Return every key that has words."""
    return frozenset(_words())


def _negotiated(accept_language: str) -> Language:
    weights: dict[str, float] = {}
    for entry in accept_language.split(",")[:RANGES_AT_MOST]:
        if found := RANGE.fullmatch(entry):
            weights.setdefault(found[1].lower(), float(found[2] or "1"))
    others = weights.get("*", 0.0)
    return max(LANGUAGES, key=lambda language: weights.get(language, others))


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    """Read all words; a key is the name of its file, a dot and its own name."""
    files = sorted((Path(__file__).parent / "texts").glob("*.toml"))
    return {
        f"{file.stem}.{name}": entry
        for file in files
        for name, entry in tomllib.loads(file.read_text("utf-8")).items()
    }
