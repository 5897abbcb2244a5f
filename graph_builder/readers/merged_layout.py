"""The declarations of a merged table: the options of its layout, with their types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_builder.documents import Document, Layout
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.readers.merged_items import Numbering
from graph_builder.readers.merged_responsible import Offices
from graph_builder.values.names import PROJECT_ENDINGS
from graph_builder.values.text import compared


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(member, str) for member in value)


def _is_plans(value: object) -> bool:
    return isinstance(value, dict) and all(_is_texts(member) for member in value.values())


_IS_NUMBER: tuple[Callable[[object], bool], str] = (lambda value: type(value) is int, "a number")
_IS_TEXT: tuple[Callable[[object], bool], str] = (lambda value: isinstance(value, str), "a text")
_IS_TEXTS: tuple[Callable[[object], bool], str] = (_is_texts, "a list of texts")
_IS_PLANS: tuple[Callable[[object], bool], str] = (_is_plans, "a table of lists of texts")

OPTIONS = {
    "part": _IS_TEXT,
    "scheme": _IS_TEXT,
    "fiscal_year": _IS_NUMBER,
    "rows": _IS_NUMBER,
    "item_lines": _IS_NUMBER,
    "fields": _IS_TEXTS,
    "item_codes": _IS_TEXTS,
    "item_suffix": _IS_TEXT,
    "item_marks": _IS_TEXTS,
    "plans": _IS_TEXTS,
    "plans_by_code": _IS_PLANS,
    "project_endings": _IS_TEXTS,
}
"""part: key of the list in its document; scheme: key of the plan whose directions the fields and items are;
rows, item_lines: how many entries, and how many lines that only hold a further item of the entry above;
fields: the fields as printed; item_codes, item_suffix: regular expressions of an item's number;
item_marks: words in place of a number; plans, plans_by_code: plans of the entries, and of those so numbered."""


@dataclass(frozen=True)
class MergedLayout:
    """Everything that is declared about one merged table."""

    part: str | None
    scheme: str
    fiscal_year: int | None
    rows: int | None
    item_lines: int
    fields: Mapping[str, str]
    numbering: Numbering
    offices: Offices
    plans: tuple[str, ...]
    plans_by_code: Mapping[str, tuple[str, ...]]
    project_endings: tuple[str, ...]

    def plans_of(self, notation: str | None) -> tuple[str, ...]:
        """The plans of an entry whose item has this number."""
        return self.plans_by_code.get(notation or "", self.plans)


def declared_layout(document: Document, layout: Layout) -> MergedLayout:
    """The declarations of a layout; raises DeclarationError for an unknown option or a wrong type."""
    _refuse_strangers(document, layout.options)
    return layout_of(document.key, layout.options, document.lookups)


def layout_of(key: str, options: Mapping[str, Any], lookups: Mapping[str, Any]) -> MergedLayout:
    """The layout of options and lookups that are known to be right; `key` names the document."""
    plans = tuple(options.get("plans", ()))
    return MergedLayout(
        part=options.get("part"),
        scheme=options.get("scheme", plans[0] if plans else key),
        fiscal_year=options.get("fiscal_year"),
        rows=options.get("rows"),
        item_lines=options.get("item_lines", 0),
        fields={compared(name): name for name in options.get("fields", ())},
        numbering=Numbering(
            tuple(options.get("item_codes", ())),
            options.get("item_suffix"),
            tuple(options.get("item_marks", ())),
        ),
        offices=Offices.declared(lookups),
        plans=plans,
        plans_by_code={code: tuple(keys) for code, keys in options.get("plans_by_code", {}).items()},
        project_endings=tuple(options.get("project_endings", PROJECT_ENDINGS)),
    )


def _refuse_strangers(document: Document, options: Mapping[str, Any]) -> None:
    place = Place(str(document.folder / "document.toml"), column="layouts")
    problems = [
        Problem(place, f"a merged-table has no option {name!r}", f"use one of {', '.join(OPTIONS)}")
        for name in options
        if name not in OPTIONS
    ]
    problems += [
        Problem(place, f"{name} = {options[name]!r} is not {kind}", f"write {kind}")
        for name, (is_right, kind) in OPTIONS.items()
        if name in options and not is_right(options[name])
    ]
    problems += [
        Problem(place, f"the regular expression {pattern!r} is broken", "mend it")
        for pattern in (*_texts(options, "item_codes"), *_texts(options, "item_suffix"))
        if not _compiles(pattern)
    ]
    if problems:
        raise DeclarationError(*problems)


def _texts(options: Mapping[str, Any], name: str) -> list[str]:
    value = options.get(name, [])
    return [value] if isinstance(value, str) else [text for text in value if isinstance(text, str)]


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
