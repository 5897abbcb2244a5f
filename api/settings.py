"""The settings of the service, each read from the environment variable KEIFU_<NAME>."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from graph_builder.errors import CallError, Place, Problem
from graph_builder.namespaces import DEFAULT_BASE


@dataclass(frozen=True)
class Setting:
    """What is said about a setting, and how its text is read; `read` raises ValueError."""

    sentence: str
    read: Callable[[str], Any]


def _base(text: str) -> str:
    if not text.startswith(("http://", "https://")) or not text.endswith("/"):
        raise ValueError("it must start with http:// or https:// and end with a slash")
    return text


def _between(kind: type[int] | type[float], lowest: float, highest: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = kind(text)
        if not lowest <= number <= highest:
            raise ValueError(f"it must be between {lowest:g} and {highest:g}")
        return number

    return read


_COUNT = _between(int, 1, 1_000_000)


@dataclass(frozen=True)
class Settings:
    """Every setting, typed, with its default and one sentence."""

    base: Annotated[str, Setting("Start of the addresses of things and graphs, as in the build.", _base)] = (
        DEFAULT_BASE
    )
    out: Annotated[Path, Setting("Folder of the build whose store and reports are served.", Path)] = Path(
        "build"
    )
    host: Annotated[str, Setting("Address to listen on.", str)] = "127.0.0.1"
    port: Annotated[int, Setting("Port to listen on.", _between(int, 0, 65535))] = 8000
    workers: Annotated[int, Setting("Processes that answer the queries of strangers.", _COUNT)] = 2
    page_workers: Annotated[int, Setting("Processes that answer the queries behind pages.", _COUNT)] = 1
    queue: Annotated[int, Setting("Queries that may wait; one more is refused with 503.", _COUNT)] = 64
    query_seconds: Annotated[
        float,
        Setting("Time limit of a query in seconds, waiting included; then 504.", _between(float, 0.1, 3600)),
    ] = 10.0
    query_memory_mb: Annotated[int, Setting("Memory limit of a query in MiB; then 503.", _COUNT)] = 512
    result_mb: Annotated[int, Setting("Size limit of an answer in MiB; then 413.", _COUNT)] = 32
    request_kb: Annotated[int, Setting("Size limit of a request body in KiB; then 413.", _COUNT)] = 256
    partners: Annotated[
        str, Setting("Whom SERVICE may name: built-in, none, or a TOML file of your own.", str)
    ] = "built-in"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
        """Return the settings of an environment; a `given` one that is not None goes before.

        Raises `CallError` for a value that cannot be right.
        """
        known: dict[str, Any] = {
            name: _read(name, setting, environment)
            for name, setting in _settings().items()
            if _variable(name) in environment
        }
        known.update((name, value) for name, value in given.items() if value is not None)
        return cls(**known)


def describe() -> list[tuple[str, str, str]]:
    """Return variable, default and sentence of every setting, for the manual."""
    defaults = {entry.name: entry.default for entry in fields(Settings)}
    return [
        (_variable(name), f"{default:g}" if isinstance(default, float) else str(default), setting.sentence)
        for name, setting in _settings().items()
        for default in [defaults[name]]
    ]


def _settings() -> dict[str, Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    return {entry.name: hints[entry.name].__metadata__[0] for entry in fields(Settings)}


def _read(name: str, setting: Setting, environment: Mapping[str, str]) -> object:
    variable = _variable(name)
    try:
        return setting.read(environment[variable])
    except ValueError as fault:
        what = f"{environment[variable]!r} cannot be used: {fault}"
        raise CallError(
            Problem(Place(variable), what, "Change the environment variable, or unset it")
        ) from fault


def _variable(name: str) -> str:
    return f"KEIFU_{name.upper()}"
