"""Templates → HTML bytes. Everything is escaped; an unknown name is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.language import Language, texts

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(template: str, language: Language = "ja", **values: object) -> bytes:
    """Return a page as UTF-8; in templates `t(key)` gives the words of the language."""
    known = {"in_other_language": None, **values}
    page = _environment().get_template(template).render(language=language, t=texts(language), **known)
    return page.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
