"""Triples maps → one Ibis expression each: a table with the one column `line`, one N-Quads line in each row.

Lines may repeat; `graph_builder.dataset` makes them unique. Only what DuckDB and Spark do alike is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product

import ibis.expr.types as ir

from graph_builder.errors import MappingError, Problem
from graph_builder.namespaces import RDF
from graph_builder.rml.columns import Columns
from graph_builder.rml.lines import Lines
from graph_builder.rml.model import (
    DEFAULT_GRAPH,
    RESERVED,
    Constant,
    ParentMap,
    Source,
    TermMap,
    TermType,
    TriplesMap,
)

PARENT = f"{RESERVED}parent "
Read = Callable[[Source, frozenset[str]], ir.Table]

TYPE = TermMap(Constant(RDF.type), TermType.IRI)
IN_DEFAULT_GRAPH = TermMap(Constant(DEFAULT_GRAPH), TermType.IRI)


def compile_map(mapping: TriplesMap, read: Read, base: str) -> ir.Table:
    """The lines of one triples map; `read` gives the table of a source. Raises MappingError."""
    for parent in mapping.parents:
        _check_parent(mapping, parent)
    own = Lines(_rows(mapping, read, base), mapping.subject)
    every = [own]
    for kind, graph in product(mapping.classes, _graphs(mapping.graphs)):
        own.say(TYPE, own.rows, kind, graph)
    for statement in mapping.predicate_objects:
        graphs = _graphs((*mapping.graphs, *statement.graphs))
        for item in statement.objects:
            lines, owner, term = _object(own, item, read, base)
            for predicate, graph in product(statement.predicates, graphs):
                lines.say(predicate, owner, term, graph)
            every.append(lines)
    spoken = [lines.table() for lines in dict.fromkeys(every) if not lines.is_empty]
    if not spoken:
        what = f"{mapping.name} says nothing of its subject"
        raise MappingError(Problem(mapping.place, what, "give it a class or a predicate-object map"))
    return union(spoken)


def subjects(mapping: TriplesMap, read: Read, base: str) -> ir.Table:
    """The subjects of one triples map, one in each row of its table."""
    return Lines(_rows(mapping, read, base), mapping.subject).subjects()


def says_nothing_twice(mapping: TriplesMap) -> bool:
    """Whether the lines of one row all differ: each constant predicate once, or with constant objects."""
    if mapping.parents or any(_constant(graph) is None for graph in _all_graphs(mapping)):
        return False
    pairs = [
        (_constant(predicate), _constant(item) if isinstance(item, TermMap) else None)
        for statement in mapping.predicate_objects
        for predicate, item in product(statement.predicates, statement.objects)
    ]
    pairs += [(RDF.type, _constant(kind)) for kind in mapping.classes]
    names = Counter(predicate for predicate, _ in pairs)
    return len(set(pairs)) == len(pairs) and all(
        predicate is not None and (names[predicate] == 1 or value is not None) for predicate, value in pairs
    )


def _constant(term: TermMap) -> str | None:
    return term.expression.value if isinstance(term.expression, Constant) else None


def _all_graphs(mapping: TriplesMap) -> tuple[TermMap, ...]:
    return (*mapping.graphs, *(graph for each in mapping.predicate_objects for graph in each.graphs))


def _rows(mapping: TriplesMap, read: Read, base: str) -> Columns:
    table = read(mapping.source, mapping.references)
    rows = Columns(table, mapping.place, mapping.name, mapping.base or base)
    return rows if mapping.names_rows else rows.only(mapping.references)


def union(tables: Sequence[ir.Table]) -> ir.Table:
    """All rows of all tables, halved again and again, so that the query nests no deeper than it must."""
    if len(tables) == 1:
        return tables[0]
    middle = len(tables) // 2
    return union(tables[:middle]).union(union(tables[middle:]))


def _graphs(declared: tuple[TermMap, ...]) -> tuple[TermMap, ...]:
    return tuple(dict.fromkeys(declared)) or (IN_DEFAULT_GRAPH,)


def _check_parent(mapping: TriplesMap, parent: ParentMap) -> None:
    """Clause: https://w3id.org/rml/core/spec#dfn-join-condition."""
    if not parent.joins and parent.source != mapping.source:
        what = f"{mapping.name} has no rml:joinCondition for {parent.name}, which reads another table"
        raise MappingError(Problem(mapping.place, what, "say which columns have to be equal"))
    if parent.joins and parent.subject.expression is None:
        what = f"{mapping.name} joins {parent.name}, whose blank nodes have no name"
        raise MappingError(Problem(mapping.place, what, "give that subject a template"))


def _object(own: Lines, item: TermMap | ParentMap, read: Read, base: str) -> tuple[Lines, Columns, TermMap]:
    """The lines that an object belongs to, the columns it is made from, and its term map."""
    rows = own.rows
    if isinstance(item, TermMap):
        return own, rows, item
    parent_base = item.base or base
    if not item.joins:
        return own, Columns(rows.table, rows.place, item.name, parent_base), item.subject
    table = _joined(rows, item, read)
    child = Columns(table, rows.place, rows.owner, rows.base)
    return Lines(child, own.subject), Columns(table, rows.place, item.name, parent_base, PARENT), item.subject


def _joined(child: Columns, parent: ParentMap, read: Read) -> ir.Table:
    """The child's columns beside the parent's (with a prefix), on the rows where every join holds."""
    # A view of its own, because a parent may be the child's table.
    table = read(parent.source, parent.references).view()
    others = Columns(table, child.place, parent.name, "").only(parent.references)
    keys = range(len(parent.joins))
    left = child.table.mutate(
        **{f"{RESERVED}{n}": child.plain(join.child) for n, join in zip(keys, parent.joins, strict=True)}
    )
    right = others.table.select(
        **{PARENT + name: others.table[name] for name in others.table.columns},
        **{f"{PARENT}{n}": others.plain(join.parent) for n, join in zip(keys, parent.joins, strict=True)},
    )
    return left.join(right, [left[f"{RESERVED}{n}"] == right[f"{PARENT}{n}"] for n in keys])
