"""JSON files as tables of strings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_builder.errors import DataError, MappingError, Place
from graph_builder.namespaces import XSD
from graph_builder.rml.json_rows import parse_path, read_json

PLACE = Place("x.json")


def rows(folder: Path, data: object, iterator: str, *references: str) -> list[tuple[str | None, ...]]:
    path = folder / "x.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    columns = read_json(path, iterator, references, PLACE)
    return list(zip(*(columns[name] for name in references), strict=True))


def test_each_iteration_is_a_row_and_absent_is_null(tmp_path: Path) -> None:
    data = {"a": [{"b": "x", "c": None}, {"c": "y"}]}
    assert rows(tmp_path, data, "$.a[*]", "$.b", "c") == [("x", None), (None, "y")]


def test_several_values_give_every_combination(tmp_path: Path) -> None:
    data = [{"a": ["1", "2"], "b": ["x", "y"], "c": []}]
    found = rows(tmp_path, data, "$[*]", "$.a[*]", "$.b[*]", "$.c[*]")
    assert found == [("1", "x", None), ("1", "y", None), ("2", "x", None), ("2", "y", None)]


def test_numbers_and_booleans_have_their_natural_datatype_and_canonical_form(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": [7, 30.5, 0.0, -1e-7, true, "7"]}', encoding="utf-8")
    columns = read_json(path, "$.a[*]", ["$"], PLACE)
    assert columns["$"] == ["7", "3.05E1", "0.0E0", "-1.0E-7", "true", "7"]
    assert columns["$^^"] == [XSD[kind] for kind in ("integer", *["double"] * 3, "boolean")] + [None]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$", ()),
        ("name", ("name",)),
        ("$.a.b", ("a", "b")),
        ("$['a b'][\"c'd\"]", ("a b", "c'd")),
        ("$['it\\'s']", ("it's",)),
        ("$.a[*].*[2]", ("a", None, None, 2)),
        ("$.名前", ("名前",)),
    ],
)
def test_a_path_is_a_sequence_of_steps(path: str, steps: tuple[str | int | None, ...]) -> None:
    assert parse_path(path, PLACE) == steps


@pytest.mark.parametrize("path", ["$.a]", "$.", "$[a]", "$..a", "$ .a", "$['a]"])
def test_a_broken_path_is_a_mistake(path: str) -> None:
    with pytest.raises(MappingError, match="cannot be read from character"):
        parse_path(path, PLACE)


def test_an_index_outside_a_list_and_a_step_into_a_text_find_nothing(tmp_path: Path) -> None:
    data = [{"a": ["x"], "b": "text"}]
    assert rows(tmp_path, data, "$[*]", "$.a[0]", "$.a[1]", "$.b.c", "$.a.b") == [("x", None, None, None)]


@pytest.mark.parametrize("value", [["x"], {"y": "x"}])
def test_a_reference_to_many_values_is_an_error(tmp_path: Path, value: object) -> None:
    with pytest.raises(DataError, match=r'the reference "\$\.a" leads to'):
        rows(tmp_path, [{"a": value}], "$[*]", "$.a")


@pytest.mark.parametrize("text", ["{", "\udcff"])
def test_a_file_that_is_not_json_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError, match=r"bad\.json: cannot be read"):
        read_json(path, "$", [], PLACE)
