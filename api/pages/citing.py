"""How a page is cited: a sentence in the language of the reader, and an entry of BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.language import Language, texts
from api.pages.frame import Publication

UNSAFE = re.compile(r"[{}\\%&#$~^_\s]+")
"""What means something to TeX, and white space: a title needs none of it."""


@dataclass(frozen=True)
class Citation:
    """A citation; the reader fills in the day on which the page was read."""

    words: str
    bibtex: str


def citation(title: str, address: str, publication: Publication | None, language: Language) -> Citation:
    """Return the citation of what stands at an address, with the version of the data where it is known."""
    t = texts(language)
    if publication is None:
        words = t("terms.cite-text-plain", title=title, address=address)
    else:
        version, day = publication.short, publication.day
        words = t("terms.cite-text", title=title, address=address, version=version, day=day)
    key = re.sub(r"[^a-z0-9]+", "-", address.rstrip("/").rpartition("/")[2].lower()).strip("-")
    fields = {
        "author": f"{{{t('site.name')}}}",
        "title": f"{{{UNSAFE.sub(' ', title).strip()}}}",
        "url": UNSAFE.sub("", address) if re.search(r"[{}\\\s]", address) else address,
    }
    if publication is not None:
        fields |= {"year": publication.day[:4], "version": publication.version}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(words, f"@misc{{keifu-{key or 'page'},\n{lines}\n}}")
