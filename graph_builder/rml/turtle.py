"""Turtle files as resources with properties, each of which knows the file and line it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from graph_builder.errors import MappingError, Place, Problem
from graph_builder.namespaces import RDF, RML

# Relative IRIs resolve against an address that no real IRI has: a name like <#entries> is then unique to its
# file, and a constant like <graph/reference> is known to be relative and follows the base of the build.
FILE_BASE = re.compile(r"mapping://[0-9]+/")

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class File:
    """A mapping file and its text, in which lines are looked up when an error needs one."""

    path: Path
    text: str

    def line_of(self, node: ox.NamedNode) -> int | None:
        """The 1-based line on which an IRI is described, as far as its last part tells."""
        name = re.escape(re.split(r"[/#:]", node.value)[-1])
        found = re.search(rf"(?m)^[ \t]*(?:<[^>\s]*{name}>|[\w.-]*:{name})(?=[\s;.]|$)", self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else None


@dataclass
class Graph:
    """The union of some Turtle files, indexed by subject and property."""

    index: dict[Node, dict[str, list[Term]]] = field(default_factory=dict)
    files: dict[Node, File] = field(default_factory=dict)

    def resources(self) -> Iterator[Resource]:
        """Every subject, in the order of files and of first mention."""
        return (Resource(self, node) for node in self.index)


@dataclass(frozen=True)
class Resource:
    """A node with its properties; `within` is the nearest named node around it, for error messages."""

    graph: Graph
    node: Term
    within: Resource | None = None

    @property
    def iri(self) -> str | None:
        """The IRI, relative where the file wrote it so; None for a blank node or a literal."""
        return FILE_BASE.sub("", self.node.value, count=1) if isinstance(self.node, ox.NamedNode) else None

    @property
    def literal(self) -> ox.Literal | None:
        """The literal, where the node is one."""
        return self.node if isinstance(self.node, ox.Literal) else None

    @property
    def name(self) -> str:
        """The node as an error message shows it."""
        return f"<{self.iri}>" if self.iri is not None else str(self.node)

    @property
    def place(self) -> Place:
        """The file, and the line of the nearest named node."""
        file = self._file
        named = self if isinstance(self.node, ox.NamedNode) and self.node in self.graph.files else self.within
        node = named.node if named else None
        return Place(str(file.path), file.line_of(node) if isinstance(node, ox.NamedNode) else None)

    @property
    def folder(self) -> Path:
        """The folder of the file that describes the node."""
        return self._file.path.parent

    @property
    def _file(self) -> File:
        owner = self if self.node in self.graph.files else self.within
        if owner is None or isinstance(owner.node, ox.Literal):
            raise KeyError(self.name)
        return self.graph.files[owner.node]

    def has(self, name: str) -> bool:
        """Whether the RML property is there."""
        return bool(self._values(RML[name]))

    def is_a(self, name: str) -> bool:
        """Whether the node is declared to be of the RML class."""
        return any(isinstance(v, ox.NamedNode) and v.value == RML[name] for v in self._values(RDF.type))

    def all(self, name: str) -> tuple[Resource, ...]:
        """The values of an RML property, in the order of the file."""
        owner = self if isinstance(self.node, ox.NamedNode) or self.within is None else self.within
        return tuple(Resource(self.graph, value, owner) for value in self._values(RML[name]))

    def one(self, *names: str) -> Resource | None:
        """The only value among some RML properties, or None; raises MappingError for more than one."""
        values = [value for name in names for value in self.all(name)]
        if len(values) > 1:
            listed = " or ".join(f"rml:{name}" for name in names)
            raise self.mistake(f"has {len(values)} values of {listed}", "keep one of them")
        return values[0] if values else None

    def text(self, name: str) -> str | None:
        """The only value of an RML property as a plain string, or None."""
        value = self.one(name)
        if value is None:
            return None
        if value.literal is None:
            raise self.mistake(f"has an rml:{name} that is not a string", "write it in quotation marks")
        return value.literal.value

    def expect(self, allowed: frozenset[str]) -> None:
        """Refuse RML properties that are not `allowed`: a misspelt rule must not vanish in silence."""
        known = {RML[name] for name in allowed}
        for name in self._properties():
            if name.startswith(RML.address) and name not in known:
                short = name.removeprefix(RML.address)
                listed = ", ".join(sorted(allowed))
                raise self.mistake(f"has the unknown property rml:{short}", f"use one of {listed}")

    def mistake(self, what: str, remedy: str) -> MappingError:
        """An error about this node, to be raised."""
        owner = self.within.name + ": " if self.within else ""
        subject = self.name if isinstance(self.node, ox.NamedNode) else "a node"
        return MappingError(Problem(self.place, f"{owner}{subject} {what}", remedy))

    def _values(self, name: str) -> list[Term]:
        return self._properties().get(name, [])

    def _properties(self) -> dict[str, list[Term]]:
        return {} if isinstance(self.node, ox.Literal) else self.graph.index.get(self.node, {})


def read_turtle(files: Sequence[Path]) -> Graph:
    """The union of the files; raises MappingError with file, line and column."""
    graph = Graph()
    for number, path in enumerate(files):
        try:
            file = File(path, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            problem = Problem(Place(str(path)), f"cannot be read ({error})", "write a Turtle file in UTF-8")
            raise MappingError(problem) from error
        _add(graph, file, f"mapping://{number}/")
    return graph


def _add(graph: Graph, file: File, base: str) -> None:
    try:
        quads = list(ox.parse(file.text, format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        place = Place(str(file.path), error.lineno, error.offset)
        raise MappingError(Problem(place, f"not Turtle ({error.msg})", "mend the syntax")) from error
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            place = Place(str(file.path))
            raise MappingError(Problem(place, "holds a triple term", "use plain triples in a mapping"))
        graph.files.setdefault(subject, file)
        values = graph.index.setdefault(subject, {}).setdefault(quad.predicate.value, [])
        if value not in values:
            values.append(value)
