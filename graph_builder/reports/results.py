"""What a report consists of: results in ja and en, each with its rule, its place and its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from graph_builder.namespaces import CHECK, SHAPE


class Severity(Enum):
    """Who must act: on a Violation the builder, on a Warning the document's author, on an Info nobody."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Text:
    """A sentence in Japanese and in English."""

    ja: str
    en: str

    def filled(self, values: Mapping[str, str]) -> Text:
        """The sentence with `{name}` replaced by the value of that name."""
        ja, en = self.ja, self.en
        for name, value in values.items():
            ja, en = ja.replace(f"{{{name}}}", value), en.replace(f"{{{name}}}", value)
        return Text(ja, en)


@dataclass(frozen=True)
class Rule:
    """A property shape or a check: its IRI, its severity, and what it tells its reader."""

    iri: str
    severity: Severity
    message: Text
    remedy: Text

    @property
    def name(self) -> str:
        """`measure.value` for a shape, `review-item-sum` for a check."""
        return rule_name(self.iri)


def rule_name(iri: str) -> str:
    """The part of a rule's IRI that a person reads."""
    return iri.removeprefix(SHAPE.address).removeprefix(CHECK.address)


@dataclass(frozen=True)
class Spot:
    """Lines of a document (its key; 1-based, inclusive), and the IRI of the passage where there is one."""

    document: str
    start_line: int | None = None
    end_line: int | None = None
    passage: str | None = None

    def __str__(self) -> str:
        if self.start_line is None:
            return self.document
        if self.end_line in (None, self.start_line):
            return f"{self.document}:{self.start_line}"
        return f"{self.document}:{self.start_line}-{self.end_line}"

    @property
    def order(self) -> tuple[str, int, int, str]:
        """By document, then by line; a place without lines comes first."""
        return (self.document, self.start_line or 0, self.end_line or 0, self.passage or "")


@dataclass(frozen=True)
class Finding:
    """A result before its place is known; `spot` only where a check names the place itself.

    `value` and `value_datatype` are the offending term: an IRI has no datatype, a literal with a language
    has the language in `value_language`. `also` are further nodes, `also_spots` further places.
    """

    rule: Rule
    component: str
    focus_node: str
    path: str | None = None
    value: str | None = None
    value_datatype: str | None = None
    value_language: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    spot: Spot | None = None
    also: tuple[str, ...] = ()
    also_spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Result:
    """One thing that a rule found: what, where, and what to do."""

    rule: Rule
    component: str
    message: Text
    remedy: Text
    focus_node: str
    path: str | None
    value: str | None
    value_datatype: str | None
    value_language: str | None
    spot: Spot | None
    also: tuple[Spot, ...]

    @property
    def severity(self) -> Severity:
        """The severity of its rule."""
        return self.rule.severity

    @property
    def document(self) -> str | None:
        """The key of the document it is about, where there is one."""
        return self.spot.document if self.spot else None

    @property
    def order(self) -> tuple[object, ...]:
        """Severity, document, line, rule, then whatever tells two results apart."""
        spot = self.spot.order if self.spot else ("", 0, 0, "")
        value = (self.value or "", self.value_language or "", self.value_datatype or "")
        found = (self.rule.iri, self.focus_node, self.path or "", *value, self.message.en)
        return (RANK[self.severity], not self.spot, spot, *found)


@dataclass(frozen=True)
class Report:
    """All results over one version of the dataset, sorted; it conforms where none is a Violation."""

    version: str
    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity Violation was found."""
        return all(result.severity is not Severity.VIOLATION for result in self.results)

    def count(self, severity: Severity) -> int:
        """How many results have that severity."""
        return Counter(result.severity for result in self.results)[severity]


def sorted_results(results: Iterable[Result]) -> tuple[Result, ...]:
    """The results in the order of the report; a thing found twice by one rule is listed once.

    SHACL reports each constraint component on its own; a reader mends the value, not the component.
    """
    unique: dict[tuple[object, ...], Result] = {}
    for result in sorted(results, key=lambda result: (*result.order, result.component)):
        unique.setdefault(result.order, result)
    return tuple(unique.values())
