"""A worker process: it opens the store, runs one query at a time within its limits, and sends bytes back.

Every object of the engine is made, iterated and serialised here, in one thread. Started by the pool as
`python -m sparql.execution.worker <socket> <settings>`.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import socket
import sys
from dataclasses import dataclass, field

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from graph_builder.errors import Place
from sparql import policy
from sparql.execution.frames import Task, pack_outcome, read_task
from sparql.execution.limits import (
    MEBIBYTE,
    CappedBuffer,
    Limits,
    ResultTooLargeError,
    alarm,
    bound_memory,
    no_new_files,
)
from sparql.protocol import Answer, Format, LiteralTerm, Query, read_only
from sparql.refusals import Reason, RefusalError
from sparql.remote.examining import for_elsewhere

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
POSITION = re.compile(r"error at (\d+):(\d+): ")


@dataclass
class Worker:
    """A store that is kept open between queries, and the limits of each query.

    Without a store (its path is empty) a query is asked of nothing: the answer holds the text that may be
    sent to another engine, in the format that its answer is to have.
    """

    limits: Limits
    base: str
    _path: str | None = None
    _store: Store = field(default_factory=Store)

    def run(self, task: Task) -> Answer | RefusalError:
        """Return the answer to one task, or why there is none; may not return: the alarm ends the process."""
        try:
            with alarm(task.seconds):
                self._open(task.store)
                return self._ask(task.query)
        except RefusalError as refusal:
            return refusal
        except ResultTooLargeError:
            remedy = "Ask for less: add LIMIT, or fewer variables"
            return RefusalError(
                Reason.TOO_MUCH, f"the result is larger than {self.limits.result_mb} MiB", remedy
            )
        except MemoryError:
            return out_of_memory(self.limits)
        except ValueError as fault:
            return RefusalError(
                Reason.MALFORMED, f"the query names no valid graph: {fault}", "Mend the address"
            )
        except (OSError, RuntimeError) as fault:
            return RefusalError(Reason.BROKEN, f"the engine failed: {fault}", "Ask in another way")

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

    def _ask(self, query: Query) -> Answer:
        try:
            text = query.text if query.trusted else self._examined(query)
            with no_new_files():
                answer = self._answer(query, text)
            return answer if self._path else Answer(answer.format, text.encode())
        except SyntaxError as fault:
            refusal = _syntax_refusal(fault)
        except RefusalError as refused:
            refusal = refused
        if refusal.reason is Reason.MALFORMED and policy.is_update(query.text):
            refusal = read_only()
        raise refusal

    def _examined(self, query: Query) -> str:
        for graph in (*query.default_graphs, *query.named_graphs):
            policy.examine_graph(graph, self.base)
        if not self._path:
            return for_elsewhere(query.text, self.base)
        return policy.examine(query.text, self.base)

    def _answer(self, query: Query, text: str) -> Answer:
        buffer = CappedBuffer(self.limits.result_mb * MEBIBYTE)
        results = self._results(query, text)
        if isinstance(results, QueryTriples):
            form = _acceptable(query.graph, "a graph")
            results.serialize(buffer, format=GRAPH_SYNTAXES[form.syntax])
        else:
            form = _acceptable(query.table, "a table")
            results.serialize(buffer, format=TABLE_SYNTAXES[form.syntax])
        return Answer(form, buffer.getvalue())

    def _results(self, query: Query, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        has_dataset = bool(query.default_graphs or query.named_graphs)
        return self._store.query(
            text,
            default_graph=[NamedNode(graph) for graph in query.default_graphs] if has_dataset else None,
            named_graphs=[NamedNode(graph) for graph in query.named_graphs] if has_dataset else None,
            substitutions={Variable(name): _node(value) for name, value in query.bindings} or None,
        )


def _node(value: str | LiteralTerm) -> NamedNode | Literal:
    """Return the engine's term: it is made of the value itself, so nothing in it can end a query early."""
    if isinstance(value, str):
        return NamedNode(value)
    return Literal(value.text, datatype=NamedNode(value.datatype))


def out_of_memory(limits: Limits) -> RefusalError:
    """Return the answer to a query that took more memory than it may."""
    remedy = "Ask for less: add LIMIT, or leave out ORDER BY and DISTINCT over large results"
    return RefusalError(Reason.CRASHED, f"the query needs more than {limits.memory_mb} MiB of memory", remedy)


def _acceptable(form: Format | None, kind: str) -> Format:
    if form is None:
        remedy = "Accept one of the formats that the query can be answered in"
        raise RefusalError(
            Reason.NOT_ACCEPTABLE, f"the query gives {kind}, and no format for it is acceptable", remedy
        )
    return form


def _syntax_refusal(fault: SyntaxError) -> RefusalError:
    message = str(fault)
    found = POSITION.match(message)
    place = Place("query", int(found[1]), int(found[2])) if found else Place("query")
    return RefusalError(Reason.MALFORMED, f"the query cannot be parsed: {message}", "Mend the query", place)


def serve(connection: socket.socket, worker: Worker) -> None:
    """Answer tasks until the pool closes its end."""
    with connection, connection.makefile("rb") as tasks:
        while task := read_task(tasks):
            connection.sendall(pack_outcome(worker.run(task)))


def main(arguments: list[str]) -> None:
    """Serve the socket with the given number; Ctrl-C is for the parent, and a crash leaves no core file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    number, settings = int(arguments[0]), json.loads(arguments[1])
    limits = Limits(**settings["limits"])
    serve(socket.socket(fileno=number), Worker(limits, settings["base"]))


if __name__ == "__main__":
    main(sys.argv[1:])
