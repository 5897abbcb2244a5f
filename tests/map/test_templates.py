"""String templates of RML: https://w3id.org/rml/core/spec#dfn-string-template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.rml.model import Reference, Template
from graph_builder.rml.templates import TemplateSyntaxError, parse_template


def test_texts_and_references_alternate() -> None:
    parts = ("id/", Reference("authority"), "/entry/", Reference("entry"))
    assert parse_template("id/{authority}/entry/{entry}") == Template(parts)


def test_neighbouring_references_have_no_text_between_them() -> None:
    assert parse_template("{a}{b}") == Template((Reference("a"), Reference("b")))


def test_a_backslash_makes_braces_and_backslashes_stand_for_themselves() -> None:
    assert parse_template(r"\{\\{a}\}") == Template(("{\\", Reference("a"), "}"))
    assert parse_template(r"{$['\{Name\}']}") == Template((Reference("$['{Name}']"),))


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{Name}}", "no partner"),
        ("a}b", "no partner"),
        ("{Name", "never closed"),
        (r"{Name\}", "never closed"),
        ("x{}", "empty"),
        (r"{N\ame}", "neither brace nor backslash"),
        ("a\\", "neither brace nor backslash"),
    ],
)
def test_a_broken_template_says_how_it_is_broken(template: str, message: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=message):
        parse_template(template)


@given(st.text(), st.text(min_size=1))
def test_any_text_and_any_column_can_be_written_with_escapes(text: str, column: str) -> None:
    def escape(plain: str) -> str:
        return plain.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")

    expected: tuple[str | Reference, ...] = (*([text] if text else []), Reference(column))
    assert parse_template(f"{escape(text)}{{{escape(column)}}}") == Template(expected)
