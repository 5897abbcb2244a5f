"""The parameters of a question: their names, their types, and how a text becomes a value of a type.

    # param: plan plan required 計画 | plan
    # param: word text default=市町村 語句 | word
    # param: below decimal default=0.8 確からしさの上限 | confidence below
    # param: severity one-of(sh:Violation,sh:Warning) optional 重さ | severity

A type is a kind of thing (`kinds.toml`), `text`, `integer`, `decimal`, or a choice among named terms.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph_builder.errors import CallError, Place, Problem
from graph_builder.namespaces import XSD, read_prefixes
from sparql.protocol import LiteralTerm

DECLARATION = re.compile(
    r"(?P<name>[a-z]\w*) (?P<type>[\w-]+(?:\([^)\s]+\))?) (?P<need>required|optional|default=\S+) "
    r"(?P<ja>[^|]+) \| (?P<en>.+)"
)
CHOICE = re.compile(r"one-of\((.+)\)")
NUMBERS = {
    "integer": re.compile(r"[+-]?[0-9]{1,18}"),
    "decimal": re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?"),
}
TEXT_AT_MOST = 1000


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its names, and the pattern that finds its things."""

    label_ja: str
    label_en: str
    things: str


@dataclass(frozen=True)
class Parameter:
    """One parameter; an optional one that is not given leaves its variable free."""

    name: str
    type: str
    label_ja: str
    label_en: str
    default: str | None = None
    is_required: bool = False

    @property
    def kind(self) -> Kind | None:
        """The kind of thing that is asked for; None for a text, a number or a choice."""
        return kinds().get(self.type)

    @property
    def choices(self) -> dict[str, str]:
        """For a choice: the last part of each name → the address."""
        found = CHOICE.fullmatch(self.type)
        return {name.partition(":")[2]: expand(name) for name in found[1].split(",")} if found else {}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of things by name."""
    text = Path(__file__).with_name("kinds.toml").read_text("utf-8")
    return {name: Kind(**entry) for name, entry in tomllib.loads(text).items()}


def read_parameter(declaration: str) -> Parameter:
    """Return the parameter that a line declares; raises ValueError with what is wrong."""
    found = DECLARATION.fullmatch(declaration.strip())
    if not found:
        raise ValueError("write: name type required|optional|default=value Japanese | English")
    need = found["need"]
    default = need.removeprefix("default=") if need.startswith("default=") else None
    parameter = Parameter(
        found["name"], found["type"], found["ja"].strip(), found["en"].strip(), default, need == "required"
    )
    if not (parameter.kind or parameter.choices or parameter.type in {"text", *NUMBERS}):
        raise ValueError(f"there is no type {parameter.type}")
    return parameter


def expand(name: str) -> str:
    """Return the address of a name with a prefix."""
    prefix, _, local = name.partition(":")
    return read_prefixes()[prefix] + local


def literal(parameter: Parameter, text: str) -> LiteralTerm:
    """Return the value of a text or a number; raises `CallError` where it is none."""
    if parameter.type == "text":
        if len(text) > TEXT_AT_MOST:
            raise refused(
                parameter, f"the text is longer than {TEXT_AT_MOST} characters", "Give a shorter one"
            )
        return LiteralTerm(text, XSD.string)
    if not NUMBERS[parameter.type].fullmatch(text):
        raise refused(parameter, f"{text!r} is no {parameter.type}", "Write digits")
    return LiteralTerm(text, XSD[parameter.type])


def choice(parameter: Parameter, text: str) -> str:
    """Return the address of a choice, named by its last part or in full; raises `CallError`."""
    folded = {name.casefold(): address for name, address in parameter.choices.items()}
    if text in folded.values():
        return text
    if text.casefold() not in folded:
        raise refused(parameter, f"{text!r} is no choice", f"Choose one of {', '.join(parameter.choices)}")
    return folded[text.casefold()]


def refused(parameter: Parameter, what: str, remedy: str) -> CallError:
    """Return the error for a value that cannot be used."""
    return CallError(Problem(Place(parameter.name), what, remedy))
