"""Which dumps there are: a fixed list that follows from the graphs and classes of a dataset.

keifu.<form>                     the whole dataset
graph-<name>.ttl                 one named graph
class-<prefix>-<Name>.<form>     the things of one class, as a table
….gz                             the same, compressed
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_builder.namespaces import short
from graph_builder.statements import PROPOSALS, classes, graph_sizes

FORMS = Path(__file__).with_name("forms.toml")
GZIP = "application/gzip"
DATASET = "keifu.nq"
"""The dump that is `dataset.nq`, byte for byte."""


@dataclass(frozen=True)
class Form:
    """A form of dumps: its ending, its media type, and what it is called in `ja` and `en`."""

    ending: str
    media_type: str
    of: tuple[str, ...]
    gzip: bool
    title: Mapping[str, str]
    description: Mapping[str, str]
    format: str = ""
    """The address that the W3C gives the format, where it gives one."""


@dataclass(frozen=True)
class Dump:
    """A file to take away: of the whole dataset, of one graph or of one class (both by their IRI)."""

    name: str
    form: Form
    graph: str | None = None
    kind: str | None = None
    gzip: bool = False

    @property
    def media_type(self) -> str:
        """The media type of the file as it lies there."""
        return GZIP if self.gzip else self.form.media_type


@cache
def read_forms() -> Mapping[str, Form]:
    """The forms by their endings, in the order of forms.toml."""
    declared: dict[str, dict[str, Any]] = tomllib.loads(FORMS.read_text("utf-8"))
    return {
        ending: Form(ending=ending, **{**form, "of": tuple(form["of"])}) for ending, form in declared.items()
    }


def list_dumps(graphs: Iterable[str], kinds: Iterable[str]) -> dict[str, Dump]:
    """Every dump of a dataset with these graphs and classes, by its name."""
    plain = [
        *(Dump(f"keifu.{form.ending}", form) for form in _forms("whole")),
        *(Dump(f"graph-{graph_key(graph)}.{form.ending}", form, graph=graph)
          for graph in sorted(graphs) for form in _forms("graph")),
        *(Dump(f"class-{kind_key(kind)}.{form.ending}", form, kind=kind)
          for kind in sorted(kinds) for form in _forms("class")),
    ]  # fmt: skip
    return {dump.name: dump for each in plain for dump in (each, *_compressed(each))}


def dumps_of(dataset: Path, base: str) -> dict[str, Dump]:
    """Every dump of a dataset, by its name: of each graph, and of each class outside the proposals."""
    return list_dumps(graph_sizes(dataset), classes(dataset, without=f"{base}{PROPOSALS}"))


def graph_key(graph: str) -> str:
    """The last part of a graph's IRI."""
    return graph.rpartition("/")[2]


def kind_key(kind: str) -> str:
    """`kf-Plan` for a class that has a prefix, else the start of its hash."""
    name = short(kind)
    return name.replace(":", "-") if name else hashlib.sha256(kind.encode()).hexdigest()[:10]


def _forms(of: str) -> Iterator[Form]:
    return (form for form in read_forms().values() if of in form.of)


def _compressed(dump: Dump) -> Iterator[Dump]:
    if dump.form.gzip:
        yield Dump(f"{dump.name}.gz", dump.form, dump.graph, dump.kind, gzip=True)
