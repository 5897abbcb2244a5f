"""A worker process: it opens the store, runs one query at a time within its limits, and sends bytes back.

Every object of the engine is made, iterated and serialised here, in one thread. Started by the pool as
`python -m sparql.execution.worker <socket> <settings>`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
from contextlib import nullcontext
from dataclasses import dataclass, field

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from graph_builder.garbage import search_less_garbage
from sparql import policy
from sparql.execution.columns import in_written_order
from sparql.execution.confinement import confine
from sparql.execution.faults import FAULTS, refusal_of, syntax_refusal
from sparql.execution.frames import Made, Outcome, Task, pack_outcome, read_task
from sparql.execution.limits import MEBIBYTE, Limits, alarm, bound_memory, heed_alarms, no_new_files
from sparql.execution.output import Output
from sparql.protocol import Format, Query, read_only
from sparql.refusals import Reason, RefusalError
from sparql.remote.examining import for_elsewhere
from sparql.terms import term

TABLE_SYNTAXES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_SYNTAXES = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
Results = QuerySolutions | QueryBoolean | QueryTriples


@dataclass
class Worker:
    """A store that is kept open between queries, and the limits of each query.

    Where the kernel cannot confine the process, no query can open a file: a store of many files may then be
    out of reach, but no socket is within.

    Without a store (its path is empty) a query is asked of nothing: the answer holds the text that may be
    sent to another engine, in the format that its answer is to have.
    """

    limits: Limits
    base: str
    is_confined: bool = False
    _path: str | None = None
    _store: Store = field(default_factory=Store)

    def run(self, task: Task) -> Outcome:
        """Return the answer to one task, or why there is none; may not return: the alarm ends the process."""
        try:
            with alarm(task.seconds):
                self._open(task.store)
                return self._ask(task)
        except RefusalError as refusal:
            return refusal
        except FAULTS as fault:
            return refusal_of(fault, self.limits)

    def _open(self, path: str) -> None:
        if path == self._path:
            return
        try:
            self._store = Store.read_only(path) if path else Store()
        except (OSError, RuntimeError) as fault:
            raise RefusalError(
                Reason.NO_STORE, f"the store cannot be opened: {fault}", "Try again"
            ) from fault
        self._path = path
        bound_memory(self.limits.memory_mb)

    def _ask(self, task: Task) -> Made:
        query = task.query
        try:
            text = query.text if query.trusted else self._examined(query)
            with nullcontext() if self.is_confined else no_new_files():
                made = self._made(task, text)
            return made if self._path else _examined_only(made, text)
        except SyntaxError as fault:
            refusal = syntax_refusal(fault)
        except RefusalError as refused:
            refusal = refused
        if refusal.reason is Reason.MALFORMED and policy.is_update(query.text):
            refusal = read_only()
        raise refusal

    def _examined(self, query: Query) -> str:
        for graph in (*query.default_graphs, *query.named_graphs):
            policy.examine_graph(graph, self._is_here)
        if not self._path:
            return for_elsewhere(query.text, self.base, self._is_here)
        return policy.examine(query.text, self._is_here)

    def _is_here(self, graph: str) -> bool:
        """Whether a graph is one of this dataset, be it empty now."""
        return graph.startswith(f"{self.base}graph/") or self._store.contains_named_graph(NamedNode(graph))

    def _made(self, task: Task, text: str) -> Made:
        query = task.query
        results = self._results(query, text)
        is_graph = isinstance(results, QueryTriples)
        form = _acceptable(query.graph, "a graph") if is_graph else _acceptable(query.table, "a table")
        limit = self.limits.result_mb * MEBIBYTE
        output = Output(limit, form.content_type, task.file if query.may_spool else "", gzip=query.gzip)
        if isinstance(results, QueryTriples):
            results.serialize(output, format=GRAPH_SYNTAXES[form.syntax])
        else:
            results.serialize(output, format=TABLE_SYNTAXES[form.syntax])
        return Made(form, output.finish())

    def _results(self, query: Query, text: str) -> Results:
        results = self._evaluated(query, text)
        if isinstance(results, QuerySolutions):
            spelled = in_written_order(text, [variable.value for variable in results.variables])
            if spelled is not None:
                return self._evaluated(query, spelled)
        return results

    def _evaluated(self, query: Query, text: str) -> Results:
        has_dataset = bool(query.default_graphs or query.named_graphs)
        return self._store.query(
            text,
            base_iri=self.base,
            default_graph=[NamedNode(graph) for graph in query.default_graphs] if has_dataset else None,
            named_graphs=[NamedNode(graph) for graph in query.named_graphs] if has_dataset else None,
            substitutions={Variable(name): term(value) for name, value in query.bindings} or None,
        )


def _examined_only(made: Made, text: str) -> Made:
    """Return the text that may be sent elsewhere, in the place of an answer from nowhere."""
    output = Output(2 * len(text.encode()) + 1)
    output.write(text.encode())
    return Made(made.format, output.finish())


def _acceptable(form: Format | None, kind: str) -> Format:
    if form is None:
        remedy = "Accept one of the formats that the query can be answered in"
        raise RefusalError(
            Reason.NOT_ACCEPTABLE, f"the query gives {kind}, and no format for it is acceptable", remedy
        )
    return form


def serve(connection: socket.socket, worker: Worker) -> None:
    """Answer tasks until the pool closes its end."""
    with connection, connection.makefile("rb") as tasks:
        while task := read_task(tasks):
            connection.sendall(pack_outcome(worker.run(task)))


def main(arguments: list[str]) -> None:
    """Serve the socket with the given number until the parent closes it, or is gone.

    To be told to end is for the parent, which lets the query under way be answered first: Ctrl-C and systemd
    tell the whole group. A crash leaves no core file.
    What is loaded by now is no garbage, and is not searched.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    heed_alarms()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection, settings = socket.socket(fileno=int(arguments[0])), json.loads(arguments[1])
    limits = Limits(**settings["limits"])
    os.nice(limits.niceness)
    search_less_garbage()
    serve(connection, Worker(limits, settings["base"], confine()))


if __name__ == "__main__":
    main(sys.argv[1:])
