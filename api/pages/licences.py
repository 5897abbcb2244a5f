"""Licences by their names, with what each asks of who uses the data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.language import Language


@dataclass(frozen=True)
class Licence:
    """What a licence is called, and what it asks, in both languages."""

    name: str
    ja: str
    en: str

    def spoken(self, language: Language) -> str:
        """What it asks, in a language."""
        return self.ja if language == "ja" else self.en


@cache
def licences() -> Mapping[str, Licence]:
    """Return address → licence, of those that have a name here."""
    entries = tomllib.loads(Path(__file__).with_name("licences.toml").read_text("utf-8"))
    return {address: Licence(**entry) for address, entry in entries.items()}
