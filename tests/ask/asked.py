"""Every query that the pages, the questions and the lineage ask of a published graph, with its answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, RdfFormat, parse

from api.addresses import Addresses
from api.description import describe
from api.pages.graph import graph_contents
from api.pages.home import home_page
from api.pages.ontology import ontology_page
from api.pages.question import question_fields, question_result
from api.pages.thing import INCOMING, INCOMING_AT_MOST, thing_page
from api.routes.things import CONTENTS
from api.standing import standing
from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE, KF, XSD
from sparql.asking import select
from sparql.backends import Backend
from sparql.library import read_questions
from sparql.lineage.reading import read_family
from sparql.lineage.start import find_start
from sparql.protocol import Answer, Query

KINDS = f"""
SELECT ?kind (MIN(STR(?thing)) AS ?first) WHERE {{
  ?thing a ?kind FILTER(STRSTARTS(STR(?kind), "{KF.address}"))
}} GROUP BY ?kind
"""
STRING = XSD.string


@dataclass
class Recorder:
    """A backend that keeps what it was asked and what another one answered."""

    backend: Backend
    kept: dict[Query, Answer] = field(default_factory=dict)

    async def answer(self, query: Query) -> Answer:
        """Return the answer of the other one."""
        self.kept[query] = await self.backend.answer(query)
        return self.kept[query]


async def everything_asked(backend: Backend, things: list[str]) -> dict[Query, Answer]:
    """Return the queries behind every page, question and lineage of some things, with their answers."""
    recorder, addresses = Recorder(backend), Addresses(DEFAULT_BASE)
    await home_page(recorder, addresses, "ja")
    await ontology_page(recorder, addresses)
    for question in read_questions(Folders.questions):
        await question_fields(recorder, question, dict(question.example))
        await question_result(recorder, addresses, question, dict(question.example))
        if not any(parameter.is_required for parameter in question.parameters):
            await question_result(recorder, addresses, question, {})
    for thing in things:
        await thing_page(recorder, addresses, thing)
        await graph_contents(recorder, addresses, thing)
        await standing(recorder, addresses, thing)
        await describe(recorder, thing, 1)
        await read_family(recorder, thing)
        await recorder.answer(Query(CONTENTS, bindings=(("thing", thing),), trusted=True))
    await find_start(recorder, things[0], DEFAULT_BASE)
    return recorder.kept


async def some_things(backend: Backend) -> list[str]:
    """Return a plan, the first thing of each class of ours, some named graphs, and what nobody knows."""
    rows = await select(backend, KINDS)
    things = {row["first"].value for row in rows}
    plan = f"{DEFAULT_BASE}id/070009/plan/digital-plan-2022"
    graphs = [f"{DEFAULT_BASE}graph/{name}" for name in ("lineage", "proposals", "none")]
    return [plan, *sorted(things), *graphs]


def rows(answer: Answer) -> Counter[object]:
    """Return the rows of a table as a bag, the statements of a graph once each; values in one spelling."""
    if answer.format.syntax in {"turtle", "ntriples"}:
        triples = [quad.triple for quad in parse(answer.body, RdfFormat.TURTLE)]
        return Counter(
            {(str(triple.subject), str(triple.predicate), _object(triple.object)) for triple in triples}
        )
    record = json.loads(answer.body)
    if "boolean" in record:
        return Counter({record["boolean"]: 1})
    return Counter(frozenset(_cell(name, cell) for name, cell in row.items()) for row in _bindings(answer))


def is_cut(query: Query, expected: dict[Query, Answer]) -> bool:
    """Whether a limit without an order cut what is said of a thing, so that engines may choose other rows."""
    if "LIMIT" not in query.text or "ORDER BY" in query.text:
        return False
    links = [
        rows(answer).total()
        for other, answer in expected.items()
        if other.bindings == query.bindings and other.text == INCOMING
    ]
    return max(links, default=0) > INCOMING_AT_MOST


def in_order(query: Query, answer: Answer) -> list[tuple[str, ...]]:
    """Return the values that the rows are sorted by, in the order of the rows."""
    modifiers = query.text.rpartition("}")[2]
    keys = re.findall(r"\?(\w+)", modifiers.partition("ORDER BY")[2])
    if answer.format.syntax in {"turtle", "ntriples"} or "boolean" in json.loads(answer.body):
        return []
    return [tuple(row[key]["value"] if key in row else "" for key in keys) for row in _bindings(answer)]


def _bindings(answer: Answer) -> list[dict[str, dict[str, Any]]]:
    return list(json.loads(answer.body)["results"]["bindings"])


def _cell(name: str, cell: dict[str, Any]) -> tuple[str, ...]:
    datatype = cell.get("datatype", STRING)
    value = _spelled(cell["value"], datatype)
    if name == "documents":
        value = " ".join(sorted(value.split(" ")))
    return (name, cell["type"], value, cell.get("xml:lang", ""), datatype)


def _object(term: object) -> str:
    if not isinstance(term, Literal):
        return str(term)
    return f"{_spelled(term.value, term.datatype.value)} {term.language or ''} {term.datatype}"


def _spelled(value: str, datatype: str) -> str:
    """Return a value in one of its spellings: an engine may give back another one of the same value."""
    kind = datatype.removeprefix(XSD.address)
    if kind in {"double", "float", "decimal"}:
        return str(float(value))
    return {"0": "false", "1": "true"}.get(value, value) if kind == "boolean" else value
