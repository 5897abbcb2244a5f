"""Templates → HTML bytes. Everything is escaped; an unknown name is an error."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.language import Language, texts
from api.pages.citing import citation
from api.pages.licences import licences
from api.pages.tongues import isolated, tongue, tongues

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(template: str, language: Language = "ja", **values: object) -> bytes:
    """Return a page as UTF-8; in templates and macros `t(key)` gives the words of the language."""
    known = {"in_other_language": None, "alternates": {}, "frame": None, **values}
    page = _environment(language).get_template(template).render(**known)
    return page.encode("utf-8", "replace")


@cache
def _environment(language: Language) -> Environment:
    """Return the templates in a language; its words are global, so that an imported macro has them."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        language=language,
        t=texts(language),
        citation=partial(citation, language=language),
        licences=licences,
    )
    environment.filters.update(
        isolated=partial(isolated, page=language),
        tongue=partial(tongue, page=language),
        tongues=partial(tongues, page=language),
    )
    return environment
