"""Read a JSON file into a table of strings: one row for each iteration, one column for each reference.

Iterators and references are JSONPath (RFC 9535) of names, indexes and wildcards: `$.a[*]`, `$['a b'].c`, `$`;
a bare `name` means `$.name`. A reference with several values gives several rows, with every combination of
values. Beside each column stands the natural datatype of its values, NULL for strings (RML-IO registry,
natural RDF mapping of JSON values). Absent and null are NULL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from graph_builder.errors import DataError, MappingError, Place, Problem
from graph_builder.namespaces import XSD
from graph_builder.rml.model import DATATYPE, RESERVED

# A table without a column has no rows, and a mapping may refer to nothing.
ROW = f"{RESERVED}row"

Step = str | int | None  # a name, an index, or None for every element
Cell = tuple[str | None, str | None]

_STEP = re.compile(
    r"\.(?P<name>[^\W\d][\w-]*)|\.(?P<any>\*)|\[(?P<all>\*)\]|\[(?P<index>[0-9]+)\]"
    r"|\['(?P<quoted>(?:[^'\\]|\\.)*)'\]|\[\"(?P<double>(?:[^\"\\]|\\.)*)\"\]"
)


def read_json(
    path: Path, iterator: str, references: Sequence[str], place: Place
) -> dict[str, list[str | None]]:
    """The columns of the table by name; raises MappingError for a path, DataError for a file or a value."""
    steps = [parse_path(reference, place) for reference in references]
    columns: dict[str, list[str | None]] = {name: [] for r in references for name in (r, r + DATATYPE)}
    columns[ROW] = []
    for node in _values(_read(path), parse_path(iterator, place)):
        cells = [
            [_cell(value, reference, place) for value in _values(node, path_)] or [(None, None)]
            for reference, path_ in zip(references, steps, strict=True)
        ]
        for row in product(*cells):
            columns[ROW].append("")
            for reference, (text, datatype) in zip(references, row, strict=True):
                columns[reference].append(text)
                columns[reference + DATATYPE].append(datatype)
    return columns


def parse_path(path: str, place: Place) -> tuple[Step, ...]:
    """The steps of a JSONPath; raises MappingError."""
    if not path.startswith("$"):
        return (path,)
    steps: list[Step] = []
    position = 1
    while position < len(path):
        found = _STEP.match(path, position)
        if found is None:
            what = f'the JSONPath "{path}" cannot be read from character {position + 1} on'
            raise MappingError(Problem(place, what, "use names, indexes and [*]"))
        steps.append(_step(found))
        position = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    match found.lastgroup:
        case "any" | "all":
            return None
        case "index":
            return int(found["index"])
        case "name":
            return found["name"]
        case kind:
            return re.sub(r"\\(.)", r"\1", found[kind or 0])


def _read(path: Path) -> Any:  # noqa: ANN401 (JSON is any value)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(Problem(Place(str(path)), f"cannot be read ({error})", "give a JSON file")) from error


def _values(node: Any, steps: tuple[Step, ...]) -> Iterator[Any]:  # noqa: ANN401 (JSON is any value)
    if not steps:
        yield node
        return
    for child in _children(node, steps[0]):
        yield from _values(child, steps[1:])


def _children(node: Any, step: Step) -> list[Any]:  # noqa: ANN401 (JSON is any value)
    if isinstance(node, dict):
        if step is None:
            return list(node.values())
        return [node[step]] if step in node else []
    if isinstance(node, list):
        if step is None:
            return node
        return [node[step]] if isinstance(step, int) and step < len(node) else []
    return []


def _cell(value: Any, reference: str, place: Place) -> Cell:  # noqa: ANN401 (JSON is any value)
    match value:
        case None:
            return None, None
        case str():
            return value, None
        case bool():
            return str(value).lower(), XSD.boolean
        case int():
            return str(value), XSD.integer
        case float():
            return _canonical_double(value), XSD.double
    what = f'the reference "{reference}" leads to {"a list" if isinstance(value, list) else "an object"}'
    raise DataError(Problem(place, what, "refer to single values, for a list with [*]"))


def _canonical_double(value: float) -> str:
    """The canonical form of XML Schema 1.1, e.g. 30.5 → 3.05E1."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    first, rest = digits[0], "".join(map(str, digits[1:])) or "0"
    power = int(exponent) + len(digits) - 1 if any(digits) else 0
    return f"{'-' if sign else ''}{first}.{rest}E{power}"
