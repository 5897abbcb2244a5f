"""What the frame of every page says of the site: which publication this is, and where to report an error."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from starlette.requests import Request

from api.language import Language, texts
from api.site import Site

SHORT = 12
"""Characters of the version that are enough to tell two publications apart."""


@dataclass(frozen=True)
class Publication:
    """A publication: the SHA-256 of its dataset and the day (UTC) on which it was written."""

    version: str
    day: str

    @property
    def short(self) -> str:
        """The start of the version."""
        return self.version[:SHORT]


@dataclass(frozen=True)
class Frame:
    """What stands around a page: its path, the publication where it is known, and where to write to."""

    path: str
    publication: Publication | None
    contact: str
    language: Language = "ja"

    @property
    def report(self) -> str | None:
        """The address of a report about the page."""
        return self.report_of("")

    def report_of(self, address: str) -> str | None:
        """The address of a report about the thing that the page shows."""
        return report_address(self.contact, self.path, self.publication, self.language, address)


def frame_of(request: Request, language: Language) -> Frame:
    """Return the frame of the page that a request asks for."""
    site = Site.of(request)
    publication = published((site.folders.published or site.folders).manifest)
    path = quote(request.url.path, safe="/:@!$&'()*+,;=-._~%")
    return Frame(path, publication, site.settings.contact, language)


def published(manifest: Path) -> Publication | None:
    """Return what a build wrote down of itself; None where the service has no build at hand."""
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def report_address(
    contact: str, path: str, publication: Publication | None, language: Language, address: str = ""
) -> str | None:
    """Return the address of a report about a page, filled in; None where there is nowhere to report to.

    A mailto: address takes `subject` and `body` (RFC 6068, section 2), an https: one `title` and `body`, as
    the trackers of issues do.
    """
    if not contact:
        return None
    t = texts(language)
    heading = t("site.report-title", path=path)
    version = publication.version if publication else "?"
    thing = t("site.report-thing", address=address) if address else ""
    body = thing + t("site.report-body", path=path, version=version)
    is_mail = contact.startswith("mailto:")
    fields = {"subject" if is_mail else "title": heading, "body": body}
    mark = "&" if urlsplit(contact).query else "?"
    return f"{contact}{mark}{urlencode(fields, quote_via=quote)}"


@lru_cache(maxsize=8)
def _read(manifest: Path, changed: int) -> Publication:
    version = json.loads(manifest.read_text("utf-8"))["version"]
    if not isinstance(version, str):
        raise TypeError("the version of a build is a text")
    return Publication(version, datetime.fromtimestamp(changed / 1e9, UTC).date().isoformat())
