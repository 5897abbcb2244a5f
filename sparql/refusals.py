"""Why a query gets no answer: each reason once, with its HTTP status.

SPARQL 1.1 Protocol, section 2.1.6, leaves the codes beyond 400 and 500 to the service.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from graph_builder.errors import Place, Problem, QueryError


class Reason(Enum):
    """A reason to refuse: slug (part of its address), HTTP status, title in English and in Japanese."""

    MALFORMED = ("malformed", 400, "The request is malformed", "要求の書き方に誤りがあります")
    FORBIDDEN = ("forbidden", 403, "The query asks for something forbidden", "許可されていない操作です")
    NOT_FOUND = ("not-found", 404, "There is no such thing", "見つかりません")
    WRONG_METHOD = ("wrong-method", 405, "The method is not allowed here", "この方法では要求できません")
    NOT_ACCEPTABLE = ("not-acceptable", 406, "No acceptable format", "求められた形式では答えられません")
    TOO_LONG = ("too-long", 413, "The request is too long", "要求が長すぎます")
    TOO_MUCH = ("too-much", 413, "The result is too large", "結果が大きすぎます")
    UNSUPPORTED = (
        "unsupported",
        415,
        "The media type is not supported",
        "この形式の要求は受け付けられません",
    )
    BROKEN = ("broken", 500, "The service has a fault", "サービスに不具合があります")
    CRASHED = (
        "crashed",
        503,
        "The query ran out of memory",
        "問い合わせの途中でメモリーが足りなくなりました",
    )
    BUSY = ("busy", 503, "The service is busy", "混み合っています")
    NO_STORE = ("no-store", 503, "Nothing is published yet", "まだ何も公開されていません")
    PARTNER_FAILED = ("partner-failed", 502, "A partner gave no answer", "連携先から答えが得られませんでした")
    OUT_OF_TIME = ("out-of-time", 504, "The query ran out of time", "問い合わせが時間内に終わりませんでした")

    def __init__(self, slug: str, status: int, title: str, title_ja: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title
        self.title_ja = title_ja


class RefusalError(QueryError):
    """A request that gets no answer: the reason, what is wrong in particular, and what to do."""

    def __init__(self, reason: Reason, what: str, remedy: str, place: Place | None = None) -> None:
        super().__init__(Problem(place or Place("request"), what, remedy))
        self.reason = reason

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
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> RefusalError:
        """Return the refusal that `as_record` wrote down."""
        if "plan" in record:
            return PartnersNeededError(record["plan"])
        reason = next(reason for reason in Reason if reason.slug == record["reason"])
        return cls(reason, record["what"], record["remedy"], Place(*record["place"]))


class PartnersNeededError(RefusalError):
    """A query with SERVICE: whoever asks no partners refuses it; `plan` says how partners would answer it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        remedy = "Leave SERVICE out, or run the query on an engine of your own that calls this endpoint"
        super().__init__(Reason.FORBIDDEN, "SERVICE is not allowed here", remedy)
        self.plan = plan

    def as_record(self) -> dict[str, Any]:
        """Return refusal and plan."""
        return {**super().as_record(), "plan": self.plan}
