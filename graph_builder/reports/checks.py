"""Rules that need SPARQL: one set-based SELECT a file, run on Oxigraph; a row is something to report.

A file begins with comment lines `# key: value` for each of HEADERS; messages may name variables in
braces. The query returns `?focusNode`; it may return `?path`, `?value`, and `?document ?startLine
?endLine` where the focus node does not tell the place. Rows that differ only in `?also` (a node), or in
`?alsoDocument ?alsoStartLine ?alsoEndLine`, are one result with several places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from graph_builder.errors import DeclarationError, Place, Problem, ReportError
from graph_builder.namespaces import CHECK, SH
from graph_builder.reports.results import Finding, Rule, Severity, Spot, Text

HEADERS = ("title@ja", "title@en", "severity", "message@ja", "message@en", "remedy@ja", "remedy@en")
_HEADER = re.compile(r"# ([a-z]+(?:@[a-z]+)?): (.+)")
_OWN = frozenset(
    {"focusNode", "path", "value", "document", "startLine", "endLine"}
    | {"also", "alsoDocument", "alsoStartLine", "alsoEndLine"}
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Check:
    """A query that must return no rows: its rule, its title, and its text."""

    rule: Rule
    title: Text
    query: str
    path: Path


def read_checks(folder: Path) -> list[Check]:
    """Every check of a folder, by name; raises DeclarationError where a header is missing."""
    return [read_check(path) for path in sorted(folder.glob("*.rq"))]


def read_check(path: Path) -> Check:
    """One file; raises DeclarationError where a header is missing or the severity is unknown."""
    text = path.read_text("utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        if not match:
            break
        header[match[1]] = match[2]
    missing = [key for key in HEADERS if key not in header]
    if missing:
        problem = Problem(
            Place(str(path), 1), f"no header {', '.join(missing)}", "add `# key: value` at the top"
        )
        raise DeclarationError(problem)
    try:
        severity = Severity(header["severity"])
    except ValueError as error:
        problem = Problem(Place(str(path), 1), str(error), "use Violation, Warning or Info")
        raise DeclarationError(problem) from error
    rule = Rule(
        iri=CHECK[path.stem],
        severity=severity,
        message=Text(header["message@ja"], header["message@en"]),
        remedy=Text(header["remedy@ja"], header["remedy@en"]),
    )
    return Check(rule, Text(header["title@ja"], header["title@en"]), text, path)


def run(check: Check, store: ox.Store) -> list[Finding]:
    """The findings of one check; raises ReportError where the query is malformed."""
    try:
        solutions = store.query(check.query)
    except SyntaxError as error:
        problem = Problem(Place(str(check.path)), f"the query is malformed: {error}", "mend it there")
        raise ReportError(problem) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise ReportError(
            Problem(Place(str(check.path)), "it is no SELECT", "write a SELECT that returns ?focusNode")
        )
    names = [variable.value for variable in solutions.variables]
    rows = ({name: row[name] for name in names if row[name] is not None} for row in solutions)
    return list(_joined(_finding(check, row) for row in rows))


def _joined(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Rows that differ only in their further places, as one finding."""
    joined: dict[Finding, tuple[set[str], set[Spot]]] = {}
    for finding in findings:
        also, spots = joined.setdefault(replace(finding, also=(), also_spots=()), (set(), set()))
        also.update(finding.also)
        spots.update(finding.also_spots)
    for finding, (also, spots) in joined.items():
        places = tuple(sorted(spots, key=lambda spot: spot.order))
        yield replace(finding, also=tuple(sorted(also)), also_spots=places)


def _finding(check: Check, row: Mapping[str, Term]) -> Finding:
    if "focusNode" not in row:
        raise ReportError(
            Problem(Place(str(check.path)), "a row has no ?focusNode", "select and bind ?focusNode")
        )
    text = {name: term.value for name, term in row.items()}
    value = row.get("value")
    literal = value if isinstance(value, ox.Literal) else None
    return Finding(
        rule=check.rule,
        component=SH.SPARQLConstraintComponent,
        focus_node=text["focusNode"],
        path=text.get("path"),
        value=text.get("value"),
        value_datatype=literal.datatype.value if literal and not literal.language else None,
        value_language=literal.language if literal else None,
        variables=tuple(sorted((name, value) for name, value in text.items() if name not in _OWN)),
        spot=_spot(text, "document", "startLine", "endLine"),
        also=(text["also"],) if "also" in text else (),
        also_spots=tuple(
            spot for spot in [_spot(text, "alsoDocument", "alsoStartLine", "alsoEndLine")] if spot
        ),
    )


def _spot(row: Mapping[str, str], document: str, start: str, end: str) -> Spot | None:
    if document not in row:
        return None
    first = int(row[start]) if start in row else None
    last = int(row[end]) if end in row else first
    return Spot(row[document].rpartition("/")[2], first, last)
