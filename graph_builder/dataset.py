"""The arrow from mappings to `dataset.nq`: unique N-Quads lines, sorted by their UTF-8 bytes.

The bytes depend on the mappings, the tables and the base alone: not on threads, hash seeds, time zone or
folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from graph_builder.errors import CallError, DataError, MappingError, Place, Problem
from graph_builder.rml.engines import Engine
from graph_builder.rml.faults import FAULT, read_fault
from graph_builder.rml.model import TriplesMap
from graph_builder.rml.queries import query_of
from graph_builder.rml.terms import is_iri

if TYPE_CHECKING:
    import ibis.expr.types as ir

# The compiler is imported where it compiles: Ibis comes with it, and takes as long as a query to run.
FAULTS_SHOWN = 10


def assemble(maps: Sequence[TriplesMap], engine: Engine, base: str, out: Path) -> int:
    """Write the statements of all maps to `out` at once or not at all, and return how many there are.

    Raises MappingError for a mapping that does not fit its table, DataError for a value that makes no term,
    with the subject of its row.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f"{out.name}.part")
    try:
        count = write_lines(maps, engine, base, part)
        _refuse_faults(part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return count


def write_lines(
    maps: Sequence[TriplesMap], engine: Engine, base: str, out: Path, *, ordered: bool = True
) -> int:
    """Write the unique lines of all maps; faults come first where the lines are `ordered`.

    Making lines unique costs a third of the time. It is left out where it can change nothing: for one map
    that names each subject once and says nothing of it twice.
    """
    _refuse_base(base)
    repeat = len(maps) != 1 or _repeats(maps[0], engine, base)

    def compiled() -> str:
        return engine.compile(statements(maps, engine, base), ordered=ordered, repeat=repeat)

    # One map may be run either way, as its data allow; only what is always run alike is kept.
    return engine.run(compiled() if len(maps) == 1 else query_of(maps, engine, base, compiled), out)


def _repeats(only: TriplesMap, engine: Engine, base: str) -> bool:
    """Whether lines of the one map may be the same."""
    from graph_builder.rml.compiler import says_nothing_twice, subjects

    return not (says_nothing_twice(only) and engine.are_unique(subjects(only, engine.read, base)))


def statements(maps: Sequence[TriplesMap], engine: Engine, base: str) -> ir.Table:
    """The lines of all maps as one expression, so that the engine plans and runs them together."""
    from graph_builder.rml.compiler import compile_map, union

    _refuse_base(base)
    if not maps:
        raise MappingError(Problem(Place("mappings"), "there is no triples map", "name the mapping files"))
    lines = union([compile_map(triples_map, engine.read, base) for triples_map in maps])
    return lines.filter(lines.line.notnull())


def _refuse_base(base: str) -> None:
    if not is_iri(base):
        raise CallError(Problem(Place("base"), f"<{base}> is not an IRI", "give an absolute IRI"))


def _refuse_faults(part: Path) -> None:
    with part.open(encoding="utf-8") as file:
        faults = takewhile(lambda line: line.startswith(FAULT), file)
        problems = [read_fault(line.rstrip("\n")) for line in islice(faults, FAULTS_SHOWN)]
    if problems:
        raise DataError(*problems)
