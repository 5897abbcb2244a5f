"""Why a query gets no answer: each reason once, with its HTTP status.

SPARQL 1.1 Protocol, section 2.1.6, leaves the codes beyond 400 and 500 to the service. What is said of a
reason stands in `reasons.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from graph_builder.errors import Place, Problem, QueryError

WHAT_IS_SET = {"ja": "設定された値", "en": "as set"}


class Reason(Enum):
    """A reason to refuse; the value is its slug, which is part of the address of its page."""

    MALFORMED = "malformed"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    WRONG_METHOD = "wrong-method"
    NOT_ACCEPTABLE = "not-acceptable"
    GONE = "gone"
    TOO_LONG = "too-long"
    TOO_MUCH = "too-much"
    UNSUPPORTED = "unsupported"
    BUSY = "busy"
    BROKEN = "broken"
    CRASHED = "crashed"
    NOT_READY = "not-ready"
    NO_ROOM = "no-room"
    NO_STORE = "no-store"
    PARTNER_FAILED = "partner-failed"
    OUT_OF_TIME = "out-of-time"

    @property
    def slug(self) -> str:
        """The name of the reason in addresses and records."""
        return self.value

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(_texts()[self.value]["status"])

    @property
    def title(self) -> str:
        """The reason in a few English words."""
        return str(_texts()[self.value]["title"]["en"])

    @property
    def title_ja(self) -> str:
        """The reason in a few Japanese words."""
        return str(_texts()[self.value]["title"]["ja"])

    def detail_ja(self, limit: Limit | None) -> str:
        """What the reason means, in a Japanese sentence, with the limit that was hit."""
        return self.detail("ja", limit)

    @property
    def remedy_ja(self) -> str:
        """How to go on, in a Japanese sentence."""
        return self.remedy("ja")

    def heading(self, language: str) -> str:
        """The reason in a few words of a language (ja or en)."""
        return str(_texts()[self.value]["title"][language])

    def detail(self, language: str, limit: Limit | None) -> str:
        """What the reason means, in a sentence, with the limit that was hit."""
        known = str(limit) if limit else WHAT_IS_SET[language]
        return str(_texts()[self.value]["detail"][language]).format(limit=known)

    def remedy(self, language: str) -> str:
        """How to go on, in a sentence."""
        return str(_texts()[self.value]["remedy"][language])


@dataclass(frozen=True)
class Limit:
    """A limit that was hit: the setting that holds it, its value and its unit."""

    setting: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"


class RefusalError(QueryError):
    """A request that gets no answer: the reason, what is wrong in particular, and what to do."""

    def __init__(
        self,
        reason: Reason,
        what: str,
        remedy: str,
        place: Place | None = None,
        *,
        limit: Limit | None = None,
    ) -> None:
        super().__init__(Problem(place or Place("request"), what, remedy))
        self.reason = reason
        self.limit = limit

    @property
    def problem(self) -> Problem:
        """The one problem of this refusal."""
        return self.problems[0]

    def as_record(self) -> dict[str, Any]:
        """Return the refusal as plain JSON values, for the way out of a worker process."""
        place = self.problem.place
        return {
            "reason": self.reason.slug,
            "what": self.problem.what,
            "remedy": self.problem.remedy,
            "place": [place.file, place.line, place.column],
            "limit": None if self.limit is None else asdict(self.limit),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> RefusalError:
        """Return the refusal that `as_record` wrote down."""
        if "plan" in record:
            return PartnersNeededError(record["plan"])
        limit = None if record["limit"] is None else Limit(**record["limit"])
        place = Place(*record["place"])
        return cls(Reason(record["reason"]), record["what"], record["remedy"], place, limit=limit)


class PartnersNeededError(RefusalError):
    """A query with SERVICE: whoever asks no partners refuses it; `plan` says how partners would answer it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        remedy = "Leave SERVICE out, or run the query on an engine of your own that calls this endpoint"
        super().__init__(Reason.FORBIDDEN, "SERVICE is not allowed here", remedy)
        self.plan = plan

    def as_record(self) -> dict[str, Any]:
        """Return refusal and plan."""
        return {**super().as_record(), "plan": self.plan}


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text("utf-8"))
