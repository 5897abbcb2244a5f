"""What a layout declares is used as declared, or refused with the file and the key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph_builder.errors import DeclarationError, Place
from graph_builder.readers.options import Options

REFUSED: list[tuple[Callable[[Options], object], object]] = [
    (lambda options: options.text("key"), ""),
    (lambda options: options.text("key"), 5),
    (lambda options: options.number("key"), "5"),
    (lambda options: options.number("key"), True),
    (lambda options: options.flag("key"), "yes"),
    (lambda options: options.texts("key"), ["a", 1]),
    (lambda options: options.pattern("key"), "(a"),
    (lambda options: options.range("key"), [1]),
    (lambda options: options.range("key"), [1, "2"]),
    (lambda options: options.tables("key"), [1]),
]


@pytest.mark.parametrize(("use", "value"), REFUSED)
def test_a_value_of_another_type_is_an_error_that_names_file_and_key(
    use: Callable[[Options], object], value: object
) -> None:
    options = Options(Place("document.toml"), {"key": value})
    with pytest.raises(DeclarationError, match=r"document\.toml, column key: key must be"):
        use(options)


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(DeclarationError, match="it is nothing"):
        Options(Place("document.toml"), {}).text("key")


def test_what_may_be_left_out_has_an_empty_value() -> None:
    options = Options(Place("document.toml"), {})
    assert options.optional_number("key") is None
    assert options.optional_pattern("key") is None
    assert options.flag("key") is False
    assert (options.texts("key"), options.tables("key")) == ((), ())
