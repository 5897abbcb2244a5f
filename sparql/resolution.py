"""Values that people write → values that are bound: an address stays, a name is looked up in the graph.

Names are compared folded (NFKC, no white space, no case). A name that several things bear is not guessed at.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph_builder.errors import CallError, Place, Problem
from graph_builder.values.text import compared
from sparql.asking import prologue, select
from sparql.backends import Backend
from sparql.library import Question
from sparql.parameters import Kind, Parameter, choice, literal, refused
from sparql.protocol import Bindings, LiteralTerm

SUGGESTIONS = 5
CANDIDATES = f"""{prologue("kf", "skos", "org", "dcterms")}
SELECT DISTINCT ?thing ?label WHERE {{
  %s
  OPTIONAL {{ ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel|dcterms:title|kf:year ?label }}
}} ORDER BY ?thing ?label
"""


@dataclass(frozen=True)
class Named:
    """A thing with its names, the one to show first."""

    address: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The last part of the address, which serves as a name too."""
        return self.address.rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self.names[0] if self.names else self.key} <{self.address}>"


async def bind(backend: Backend, question: Question, values: Mapping[str, str]) -> Bindings:
    """Return the terms that stand for a question's parameters; raises `CallError` for a value that cannot."""
    _refuse_strangers(question, values)
    bound: list[tuple[str, str | LiteralTerm]] = []
    for parameter in question.parameters:
        text = values.get(parameter.name) or parameter.default
        if text is None:
            if parameter.is_required:
                raise refused(parameter, "a value is missing", _example(question, parameter))
            continue
        if parameter.kind:
            thing = _one(parameter, text, await candidates(backend, parameter.kind))
            bound.append((parameter.name, thing))
        elif parameter.choices:
            bound.append((parameter.name, choice(parameter, text)))
        else:
            bound.append((parameter.name, literal(parameter, text)))
    return tuple(bound)


async def candidates(backend: Backend, kind: Kind) -> list[Named]:
    """Return the things of a kind with their names, Japanese first."""
    names: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in await select(backend, CANDIDATES % kind.things):
        found = names[row["thing"].value]
        if "label" in row:
            found.append((row["label"].language != "ja", row["label"].value))
    return [Named(address, tuple(name for _, name in sorted(found))) for address, found in names.items()]


def matching(text: str, things: Iterable[Named]) -> list[Named]:
    """Return the things that a text names: by address, else by name as written, else by name folded."""
    known = list(things)
    ways = (
        lambda thing: thing.address == text,
        lambda thing: text in thing.names or text == thing.key,
        lambda thing: _folded(text) in {_folded(name) for name in (*thing.names, thing.key)},
    )
    return next((found for way in ways if (found := [thing for thing in known if way(thing)])), [])


def suggestions(text: str, things: Iterable[Named]) -> list[Named]:
    """Return a few things whose names are near: they contain the text, or look like it."""
    wanted = _folded(text)
    names = {_folded(name): thing for thing in things for name in (*thing.names, thing.key)}
    near = [name for name in names if wanted and wanted in name]
    near += difflib.get_close_matches(wanted, names, n=SUGGESTIONS, cutoff=0.5)
    found = {names[name].address: names[name] for name in near}
    return list(found.values())[:SUGGESTIONS]


def _one(parameter: Parameter, text: str, things: list[Named]) -> str:
    found = matching(text, things)
    if len(found) == 1:
        return found[0].address
    if found:
        listed = ", ".join(str(thing) for thing in found)
        raise refused(parameter, f"{text!r} names {len(found)} things: {listed}", "Give the address of one")
    near = ", ".join(str(thing) for thing in suggestions(text, things))
    kind = parameter.kind.label_en if parameter.kind else parameter.type
    remedy = (
        f"Names that are near: {near}"
        if near
        else f"Give the name or the address of one ({len(things)} are known)"
    )
    raise refused(parameter, f"no {kind} is known as {text!r}", remedy)


def _refuse_strangers(question: Question, values: Mapping[str, str]) -> None:
    known = [parameter.name for parameter in question.parameters]
    for name in values:
        if name not in known:
            remedy = f"Its parameters are: {', '.join(known)}" if known else "It has no parameters"
            raise CallError(Problem(Place(question.name), f"there is no parameter {name}", remedy))


def _example(question: Question, parameter: Parameter) -> str:
    example = dict(question.example).get(parameter.name)
    given = f", for example {parameter.name}={example}" if example else ""
    return f"Give a {parameter.label_en}{given}"


def _folded(text: str) -> str:
    return compared(text).casefold()
