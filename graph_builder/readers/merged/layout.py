"""The declarations of a merged table: the options of its layout, with their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_builder.documents import Document, Layout
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.readers.merged.items import Numbering
from graph_builder.readers.merged.responsible import Offices
from graph_builder.readers.options import Options, options_of
from graph_builder.values.names import PROJECT_ENDINGS
from graph_builder.values.text import compared

PART_OPTIONS = {
    "part": "key of the list in its document",
    "begins": "the line with which the list begins, else it does with a field that the list above lacks",
    "rows": "how many entries there are",
    "item_lines": "how many lines hold nothing but a further item of the entry above",
    "fields": "the fields as printed",
}
OPTIONS = PART_OPTIONS | {
    "parts": "the lists of one table, each with the options of a part",
    "scheme": "key of the plan whose directions the fields and items are",
    "fiscal_year": "of all entries",
    "item_codes": "regular expressions of an item's number, for half-width text",
    "item_suffix": "regular expression of what may follow a number (3(2)ア)",
    "loose_items": "true where further items of an entry do not follow each other in number",
    "item_marks": "words that stand in place of a number",
    "plans": "keys of the plans of the entries",
    "plans_by_code": "keys of the plans of entries whose item has a certain number or mark",
    "project_endings": "what the name of a project ends in, to split 傘事業（子事業）",
}


@dataclass(frozen=True)
class MergedLayout:
    """Everything that is declared about one list of a merged table; `fields` by their compared form."""

    part: str | None
    begins: str | None
    scheme: str
    fiscal_year: int | None
    rows: int | None
    item_lines: int
    fields: Mapping[str, str]
    numbering: Numbering
    offices: Offices
    loose_items: bool
    plans: tuple[str, ...]
    plans_by_code: Mapping[str, tuple[str, ...]]
    project_endings: tuple[str, ...]

    def plans_of(self, notation: str | None) -> tuple[str, ...]:
        """The plans of an entry whose item has this number."""
        return self.plans_by_code.get(notation or "", self.plans)


def declared_layouts(document: Document, layout: Layout) -> tuple[MergedLayout, ...]:
    """The declarations of each list; raises DeclarationError for an unknown option or a wrong value."""
    options = options_of(document, layout)
    parts = options.tables("parts")
    _refuse_strangers(options, OPTIONS)
    for part in parts:
        _refuse_strangers(part, PART_OPTIONS)
    shared = {name: value for name, value in options.values.items() if name != "parts"}
    return tuple(
        _layout(document.key, Options(options.place, {**shared, **part.values}), document.lookups)
        for part in parts or (options,)
    )


def proposed_layout(options: Mapping[str, Any], lookups: Mapping[str, Any]) -> MergedLayout:
    """The layout that a proposal would declare."""
    return _layout("proposal", Options(Place("proposal"), options), lookups)


def _refuse_strangers(options: Options, known: Mapping[str, str]) -> None:
    strangers = sorted(options.values.keys() - known.keys())
    if strangers:
        remedy = f"use one of {', '.join(known)}"
        raise DeclarationError(
            *(Problem(options.place, f"there is no option {name!r}", remedy) for name in strangers)
        )


def _layout(document: str, options: Options, lookups: Mapping[str, Any]) -> MergedLayout:
    plans = options.texts("plans")
    return MergedLayout(
        part=_optional_text(options, "part"),
        begins=_optional_text(options, "begins"),
        scheme=_optional_text(options, "scheme") or (plans[0] if plans else document),
        fiscal_year=options.optional_number("fiscal_year"),
        rows=options.optional_number("rows"),
        item_lines=options.optional_number("item_lines") or 0,
        fields={compared(name): name for name in options.texts("fields")},
        numbering=_numbering(options),
        offices=Offices.declared(lookups),
        loose_items=options.flag("loose_items"),
        plans=plans,
        plans_by_code=_plans_by_code(options),
        project_endings=options.texts("project_endings") or PROJECT_ENDINGS,
    )


def _optional_text(options: Options, key: str) -> str | None:
    return options.text(key) if key in options.values else None


def _numbering(options: Options) -> Numbering:
    codes = options.texts("item_codes")
    for code in codes:
        # Each is compiled once here, so that a broken one is named together with its option.
        Options(options.place, {"item_codes": code}).pattern("item_codes")
    suffix = options.optional_pattern("item_suffix")
    return Numbering(codes, suffix.pattern if suffix else None, options.texts("item_marks"))


def _plans_by_code(options: Options) -> Mapping[str, tuple[str, ...]]:
    declared = options.values.get("plans_by_code", {})
    if not isinstance(declared, dict):
        problem = Problem(options.place, "plans_by_code must be a table", 'write { "code" = ["plan"] }')
        raise DeclarationError(problem)
    table = Options(options.place, declared)
    return {code: table.texts(code) for code in declared}
