"""What an RML mapping says, as frozen values that no longer know the Turtle they came from.

Names follow RML-Core (https://w3id.org/rml/core/spec); shortcuts and defaults are resolved when it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from graph_builder.errors import Place
from graph_builder.namespaces import KF, RML
from graph_builder.rml.datatypes import LEXICAL_FORMS

# Beside a column a reader may give the datatype that its values have by nature (JSON: numbers, booleans).
DATATYPE = "^^"
# Columns that the compiler adds begin with this.
RESERVED = "^"
DEFAULT_GRAPH = RML.defaultGraph


class Formulation(Enum):
    """A reference formulation: how rows and values are found in a file.

    The RML-IO registry names CSV and JSONPath and has no IRI for Parquet, so that one is ours.
    """

    CSV = RML.CSV
    JSON_PATH = RML.JSONPath
    PARQUET = KF.Parquet


class TermType(Enum):
    """The kind of term that a term map makes, and for IRIs how values are made safe."""

    IRI = RML.IRI
    URI = RML.URI
    UNSAFE_IRI = RML.UnsafeIRI
    BLANK_NODE = RML.BlankNode
    LITERAL = RML.Literal


@dataclass(frozen=True)
class Source:
    """A file of rows; `root` is its folder, or None for the folder of the engine's tables."""

    path: str
    formulation: Formulation
    root: Path | None = None
    iterator: str | None = None


@dataclass(frozen=True)
class Constant:
    """The same text for every row."""

    value: str


@dataclass(frozen=True)
class Reference:
    """The value of one column."""

    column: str


@dataclass(frozen=True)
class Template:
    """Texts and columns in the order in which they are joined."""

    parts: tuple[str | Reference, ...]


Expression = Constant | Reference | Template


@dataclass(frozen=True)
class TermMap:
    """How one RDF term is made from a row; no expression means a blank node of the row itself."""

    expression: Expression | None
    type: TermType
    datatype: TermMap | None = None
    language: Expression | None = None

    @property
    def references(self) -> frozenset[str]:
        """The columns that the term is made from."""
        own = references(self.expression) | references(self.language)
        return own | self.datatype.references if self.datatype else own

    @property
    def lexical_form(self) -> str | None:
        """What every value has to match, where the datatype says so; such a value needs no escapes."""
        fixed = self.datatype.expression if self.datatype else None
        return LEXICAL_FORMS.get(fixed.value) if isinstance(fixed, Constant) else None

    @property
    def encodings(self) -> frozenset[tuple[TermType, str]]:
        """The columns whose values are made safe for the term, each with the kind of term that asks."""
        inner = self.datatype.encodings if self.datatype else frozenset[tuple[TermType, str]]()
        if self.lexical_form:
            return inner
        by_template = isinstance(self.expression, Template) and self.type in (TermType.IRI, TermType.URI)
        if by_template or self.type is TermType.LITERAL:
            return inner | {(self.type, column) for column in references(self.expression)}
        return inner


@dataclass(frozen=True)
class Join:
    """One join condition: the child's expression equals the parent's."""

    child: Expression
    parent: Expression


@dataclass(frozen=True)
class ParentMap:
    """An object that is the subject of another triples map, on the rows that satisfy every join."""

    name: str
    source: Source
    subject: TermMap
    base: str | None
    joins: tuple[Join, ...]

    @property
    def references(self) -> frozenset[str]:
        """The columns of the parent's table that the object and the joins are made from."""
        return self.subject.references.union(*(references(join.parent) for join in self.joins))


@dataclass(frozen=True)
class PredicateObjectMap:
    """Every predicate with every object, in every graph."""

    predicates: tuple[TermMap, ...]
    objects: tuple[TermMap | ParentMap, ...]
    graphs: tuple[TermMap, ...]


@dataclass(frozen=True)
class TriplesMap:
    """One kind of subject, its classes and graphs, and what is said of it, for each row of a source."""

    name: str
    place: Place
    source: Source
    subject: TermMap
    classes: tuple[TermMap, ...]
    graphs: tuple[TermMap, ...]
    predicate_objects: tuple[PredicateObjectMap, ...]
    base: str | None = None

    @property
    def terms(self) -> tuple[TermMap, ...]:
        """The term maps that are made from the map's own table."""
        terms = [self.subject, *self.graphs]
        for statement in self.predicate_objects:
            terms += [*statement.predicates, *statement.graphs]
            terms += [item for item in statement.objects if isinstance(item, TermMap)]
        return tuple(terms)

    @property
    def parents(self) -> tuple[ParentMap, ...]:
        """The objects that are subjects of other triples maps."""
        objects = (item for statement in self.predicate_objects for item in statement.objects)
        return tuple(item for item in objects if isinstance(item, ParentMap))

    @property
    def names_rows(self) -> bool:
        """Whether a blank node stands for the row itself, so that every column takes part in its name."""
        return any(term.expression is None for term in self.terms)

    @property
    def references(self) -> frozenset[str]:
        """The columns of the table that the triples are made from."""
        own = (term.references for term in self.terms)
        return frozenset[str]().union(*own, *map(_child_references, self.parents))


def references(expression: Expression | None) -> frozenset[str]:
    """The columns that an expression is made from."""
    match expression:
        case Reference(column):
            return frozenset({column})
        case Template(parts):
            return frozenset(part.column for part in parts if isinstance(part, Reference))
        case _:
            return frozenset()


def _child_references(parent: ParentMap) -> frozenset[str]:
    if not parent.joins:
        return parent.subject.references
    return frozenset[str]().union(*(references(join.child) for join in parent.joins))
