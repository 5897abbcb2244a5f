"""The page on which a query is written, run and read: the result as a table or a graph, or what is wrong."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from api.addresses import Addresses
from api.pages.charts import BarChart, Point, lying_bars, standing_bars
from api.pages.links import Link
from api.settings import Settings
from graph_builder.errors import Place
from graph_builder.folders import Folders
from sparql.asking import CONTROLS, Row, Table, Term, read_table
from sparql.backends import Backend
from sparql.library import Question, read_question, read_questions
from sparql.protocol import GRAPH_FORMATS, RESULT_FORMATS, Query
from sparql.refusals import RefusalError

ROWS_AT_MOST = 1000
TABLE_AT_MOST = 4 * 1024 * 1024
"""Bytes of an answer that a page reads; a longer one is for programs."""
GRAPH_AT_MOST = 100_000
"""Characters of a graph that a page shows."""
BARS = range(2, 41)
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度)?|FY(?:19|20)[0-9]{2}|(?:昭和|平成|令和)[0-9元]{1,2}年度?")
EDITOR = Path(__file__).resolve().parent.parent / "static" / "vendor" / "editor.js"
"""What `make setup` bundles; the page does without where it is absent."""
FIRST_QUESTION = read_question(Folders.questions / "figures-of-a-year.rq")


@dataclass(frozen=True)
class QueryResult:
    """What a query gave: a table, or a graph as Turtle; how long it took, waiting included."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link | Term | None, ...], ...]
    count: int
    graph: str
    is_cut: bool
    seconds: float
    chart: BarChart | None = None


@dataclass(frozen=True)
class QueryPage:
    """All that the page shows; without a query it is the form with a first one."""

    query: str
    settings: Settings
    examples: tuple[Question, ...]
    result: QueryResult | None = None
    fault: RefusalError | None = None
    has_editor: bool = False

    @property
    def address(self) -> str:
        """The query string that leads back to this query."""
        return urlencode({"query": self.query})

    @property
    def lines(self) -> tuple[tuple[int, str, int], ...]:
        """The lines of the query with their numbers; where the fault is, its column, else 0."""
        place = self.fault.problem.place if self.fault else Place("")
        column = place.column if isinstance(place.column, int) else 1
        return tuple(
            (number, line, column if place.line == number else 0)
            for number, line in enumerate(self.query.splitlines(), 1)
        )


def query_page(settings: Settings, query: str = FIRST_QUESTION.query) -> QueryPage:
    """Return the page with a query that has not been run."""
    return QueryPage(query, settings, read_questions(Folders.questions), has_editor=EDITOR.is_file())


async def run_query(backend: Backend, addresses: Addresses, query: str) -> QueryResult:
    """Return what a stranger's query gives; raises `RefusalError` as the endpoint does."""
    started = time.perf_counter()
    answer = await backend.answer(Query(query, table=RESULT_FORMATS[0], graph=GRAPH_FORMATS[0]))
    seconds = time.perf_counter() - started
    if answer.format.syntax == "turtle":
        text = answer.body[: 4 * GRAPH_AT_MOST].decode("utf-8", "ignore")
        is_cut = len(text) > GRAPH_AT_MOST or len(answer.body) > 4 * GRAPH_AT_MOST
        return QueryResult((), (), 0, CONTROLS.sub("\ufffd", text[:GRAPH_AT_MOST]), is_cut, seconds)
    if len(answer.body) > TABLE_AT_MOST:
        return QueryResult((), (), 0, "", True, seconds)
    table = await asyncio.to_thread(read_table, answer.body)
    rows = table.rows[:ROWS_AT_MOST]
    cells = tuple(tuple(_cell(row.get(name), addresses) for name in table.columns) for row in rows)
    is_cut = len(rows) < len(table.rows)
    return QueryResult(table.columns, cells, len(table.rows), "", is_cut, seconds, chart_of(table))


def chart_of(table: Table) -> BarChart | None:
    """Return a chart where one fits: one column of numbers, few rows, and names or years to them."""
    if len(table.rows) not in BARS:
        return None
    numbers = [name for name in table.columns if _all_numbers(table.rows, name)]
    names = [name for name in table.columns if name not in numbers and _tells_apart(table.rows, name)]
    if len(numbers) != 1 or not names:
        return None
    name = next((each for each in names if not table.rows[0][each].is_address), names[0])
    points = [Point(_label(row[name]), float(row[numbers[0]].value)) for row in table.rows]
    if all(YEAR.fullmatch(point.label) for point in points):
        return standing_bars(points)
    return lying_bars(points) if all(point.value >= 0 for point in points) else None


def _all_numbers(rows: Iterable[Row], name: str) -> bool:
    kinds = ("integer", "decimal", "double", "float")
    return all(
        name in row and row[name].datatype.rpartition("#")[2] in kinds and _is_finite(row[name])
        for row in rows
    )


def _is_finite(term: Term) -> bool:
    return term.value.lower().lstrip("+-") not in {"inf", "nan"} and abs(float(term.value)) < 1e15


def _tells_apart(rows: Sequence[Row], name: str) -> bool:
    return len({row[name].value for row in rows if name in row}) == len(rows)


def _label(term: Term) -> str:
    return Link(term.value, None).short if term.is_address else term.text


def _cell(term: Term | None, addresses: Addresses) -> Link | Term | None:
    if term is None or not term.is_address:
        return term
    return Link(term.value, addresses.link(term.value))
