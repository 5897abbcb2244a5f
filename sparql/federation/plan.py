"""How a query with SERVICE is answered: which partner is asked what, and where its rows go in the text.

A plan is made in a worker, on the tree and on the tokens, and carried out by the front. It is plain JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sparql.federation.context import surroundings
from sparql.federation.grouping import OutlineError, read_outline
from sparql.federation.outline import SERVICE, Outline, agrees
from sparql.federation.scope import in_scope
from sparql.federation.standing import Service, find_services
from sparql.refusals import Reason, RefusalError
from sparql.tokens import joined

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue


@dataclass(frozen=True)
class Visit:
    """One SERVICE of a query: `start` to `end` of the text is what the partner's rows stand for.

    `variables` are those of its pattern. Where `keys` is not empty, rows are asked for the bindings of these
    variables in `context` alone: pieces of text, a number standing for the rows of an earlier visit.
    """

    address: str
    silent: bool
    start: int
    end: int
    pattern: str
    variables: tuple[str, ...]
    keys: tuple[str, ...]
    context: tuple[str | int, ...]

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Visit:
        """Return the visit of a plan that was written down: JSON has lists for tuples."""
        sequences = {name: tuple(record[name]) for name in ("variables", "keys", "context")}
        return cls(**{**record, **sequences})


@dataclass(frozen=True)
class Plan:
    """A query with its visits in document order; `prologue` and `dataset` go before every other question."""

    text: str
    prologue: str
    dataset: str
    visits: tuple[Visit, ...]

    def as_record(self) -> dict[str, Any]:
        """Return the plan as plain JSON values, for the way out of a worker process."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Plan:
        """Return the plan that `as_record` wrote down."""
        visits = tuple(Visit.from_record(visit) for visit in record["visits"])
        return cls(record["text"], record["prologue"], record["dataset"], visits)

    def question(self, visit: Visit, tables: Sequence[str], limit: int) -> str:
        """Return the query for the bindings that a partner is asked about; `tables` are the rows so far."""
        names = " ".join(f"?{name}" for name in visit.keys)
        context = "".join(tables[piece] if isinstance(piece, int) else piece for piece in visit.context)
        return f"{self.prologue} SELECT DISTINCT {names} {self.dataset} WHERE {context} LIMIT {limit}"

    def request(self, visit: Visit, table: str, limit: int) -> str:
        """Return the query for a partner: its pattern, joined with a table of bindings or with none."""
        names = " ".join(f"?{name}" for name in visit.variables) or "(1 AS ?row)"
        return f"{self.prologue} SELECT {names} WHERE {{ {table} {visit.pattern} }} LIMIT {limit}".lstrip()

    def filled(self, tables: Sequence[str]) -> str:
        """Return the query with the rows of every partner in the place of its SERVICE."""
        parts: list[str] = []
        done = 0
        for visit, table in zip(self.visits, tables, strict=True):
            parts += [self.text[done : visit.start], table]
            done = visit.end
        return "".join([*parts, self.text[done:]])


def make_plan(text: str, nodes: list[CompValue], addresses: list[str]) -> Plan:
    """Return the plan of a query with its tree's nodes; `addresses` are those of its SERVICEs, in full.

    Raises `RefusalError`: malformed where tokens and tree tell different things, forbidden for SERVICE in
    SERVICE.
    """
    try:
        outline = read_outline(text)
    except OutlineError as fault:
        raise _unclear() from fault
    services = find_services(outline)
    named = [node for node in nodes if node.name == SERVICE]
    if not agrees(outline, nodes) or [_written(node) for node in named] != [
        each.written for each in services
    ]:
        raise _unclear()
    if any(each.is_nested for each in services):
        remedy = "Write the two side by side: the rows of the first are joined with the second"
        raise RefusalError(Reason.FORBIDDEN, "SERVICE inside a SERVICE is not allowed here", remedy)
    visits = [_visit(address, place, services, text) for place, address in enumerate(addresses)]
    return Plan(text, joined(outline.prologue), _dataset(outline), tuple(visits))


def _visit(address: str, place: int, services: list[Service], text: str) -> Visit:
    service = services[place]
    variables = in_scope(service.pattern)
    context = surroundings(service, services[:place], text)
    return Visit(
        address=address,
        silent=service.is_silent,
        start=service.element.start,
        end=service.element.end,
        pattern=joined(service.pattern.tokens),
        variables=tuple(sorted(variables)),
        keys=context.keys,
        context=context.pieces,
    )


def _dataset(outline: Outline) -> str:
    """Return the FROM clauses."""
    tokens = outline.query.tokens
    words = [token.keyword for token in tokens]
    if "FROM" not in words:
        return ""
    end = words.index("WHERE") if "WHERE" in words else len(tokens)
    return joined(tokens[words.index("FROM") : end])


def _written(node: CompValue) -> tuple[bool, str]:
    """Return how a SERVICE is written: whether SILENT, and the name of its endpoint."""
    term = node.term
    if isinstance(term, dict):
        return bool(node.silent), f"{node.term.prefix or ''}:{node.term.localname}"
    return bool(node.silent), f"<{term}>"


def _unclear() -> RefusalError:
    remedy = "Write plain SPARQL 1.1, with spaces around SERVICE, its endpoint, and the signs < and >"
    return RefusalError(Reason.MALFORMED, "it is not clear where a SERVICE begins and ends", remedy)
