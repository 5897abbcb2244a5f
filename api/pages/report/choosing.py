"""What a reader wants of the report: filters by severity, rule, document and thing; and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from api.pages.report.results import Result
from graph_builder.reports.results import Severity

NO_DOCUMENT = "none"
"""The value of the filter for results that are about no document."""
FILTERS = ("severity", "rule", "document", "thing")


@dataclass(frozen=True)
class Choice:
    """The filters of a request; None chooses all. A thing chooses the results about it."""

    severity: str | None = None
    rule: str | None = None
    document: str | None = None
    thing: str | None = None

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Choice:
        """Return the choice of query parameters; an empty one chooses nothing."""
        return cls(**{name: fields[name] for name in FILTERS if fields.get(name)})

    def takes(self, result: Result) -> bool:
        """Whether a result is chosen."""
        documents = {place.document for place in result.places} or {NO_DOCUMENT}
        return (
            self.severity in {None, result.severity.value}
            and self.rule in {None, result.rule_name, result.rule}
            and (self.document is None or self.document in documents)
            and (self.thing is None or self.thing == result.focus_node or self._is_of(documents))
        )

    def address(self, ending: str = "", **changes: str | int | None) -> str:
        """Return the address of the report with this choice, changed; with an ending, that of a file."""
        fields = {name: getattr(self, name) for name in FILTERS} | changes
        query = urlencode({name: value for name, value in fields.items() if value is not None})
        return f"/report{ending}?{query}" if query else f"/report{ending}"

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered."""
        return self == Choice()

    def _is_of(self, documents: set[str]) -> bool:
        """Whether the thing is one of the documents."""
        stem, _, key = (self.thing or "").rpartition("/document/")
        return bool(stem) and key in documents


@dataclass(frozen=True)
class Counts:
    """How many results there are by severity, by rule and by document; what is in two documents counts twice.

    `weights` are the severities of the rules.
    """

    severities: Mapping[Severity, int]
    rules: Mapping[str, int]
    weights: Mapping[str, Severity]
    documents: Mapping[str, int]


def count(results: tuple[Result, ...]) -> Counts:
    """Return the counts of results, the largest first."""
    severities = Counter(dict.fromkeys(Severity, 0))
    severities.update(result.severity for result in results)
    rules = Counter(result.rule for result in results)
    documents = Counter(
        document
        for result in results
        for document in {place.document for place in result.places} or {NO_DOCUMENT}
    )
    weights = {result.rule: result.severity for result in results}
    return Counts(dict(severities), dict(_largest(rules)), weights, dict(_largest(documents)))


def _largest(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
