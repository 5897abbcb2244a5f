"""The settings of the service, each read from the environment variable KEIFU_<NAME>."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlsplit

from graph_builder.errors import CallError, Place, Problem
from graph_builder.namespaces import DEFAULT_BASE

CONTACT = re.compile(r"(?:mailto:[^\s@?#\"<>]+@[^\s@?#\"<>]+|https://[^\s#\"<>]+)", re.ASCII)
"""An address to which a reader may be sent with a report."""


class LogFormat(StrEnum):
    """How a line of the log is written."""

    JSON = "json"
    TEXT = "text"


class LogLevel(StrEnum):
    """What is too small for the log."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


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


def _proxies(text: str) -> str:
    for entry in text.split(","):
        if entry.strip() not in {"", "*"}:
            ip_network(entry.strip())
    return text


def _yes_or_no(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("it must be yes or no")
    return text == "yes"


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username):
        raise ValueError("it must start with http:// or https:// and name a host, but no user")
    return text


_COUNT = _between(int, 1, 1_000_000)
_SECONDS = _between(int, 1, 3600)


def _contact(text: str) -> str:
    if text and not CONTACT.fullmatch(text):
        raise ValueError("it must be a mailto: or https: address without spaces or fragment")
    return text


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
    queue: Annotated[int, Setting("Queries that may wait; one more is refused with 429.", _COUNT)] = 32
    query_seconds: Annotated[
        float,
        Setting("Time limit of a query in seconds, waiting included; then 504.", _between(float, 0.1, 3600)),
    ] = 10.0
    query_memory_mb: Annotated[int, Setting("Memory limit of a query in MiB; then 503.", _COUNT)] = 512
    result_mb: Annotated[int, Setting("Size limit of an answer in MiB; then 413.", _COUNT)] = 32
    spool_mb: Annotated[
        int, Setting("Room in MiB for all long answers that wait for their readers; then 429.", _COUNT)
    ] = 1024
    cache_mb: Annotated[
        int, Setting("Room in MiB for answers that are kept until the next publication.", _COUNT)
    ] = 64
    send_seconds: Annotated[
        float,
        Setting(
            "Time in seconds that a reader has for each 64 KiB of an answer.", _between(float, 0.1, 3600)
        ),
    ] = 30.0
    request_kb: Annotated[int, Setting("Size limit of a request body in KiB; then 413.", _COUNT)] = 256
    head_kb: Annotated[
        int, Setting("Size limit of what a request is beside its body, in KiB; then 431.", _COUNT)
    ] = 64
    request_seconds: Annotated[
        int, Setting("Seconds in which a request must have arrived whole; then 408.", _SECONDS)
    ] = 10
    keep_alive_seconds: Annotated[
        int, Setting("Seconds for which a connection is kept for the next request.", _SECONDS)
    ] = 5
    connections: Annotated[int, Setting("Connections at once; one more is refused with 503.", _COUNT)] = 1000
    drain_seconds: Annotated[
        int,
        Setting(
            "Seconds of 503 from /health before the service takes no more requests.", _between(int, 0, 3600)
        ),
    ] = 0
    proxies: Annotated[
        str, Setting("Proxies whose X-Forwarded-For is believed: addresses, networks or *.", _proxies)
    ] = "127.0.0.1"
    log_level: Annotated[LogLevel, Setting("Least level that is logged.", LogLevel)] = LogLevel.INFO
    log_format: Annotated[LogFormat, Setting("Lines of the log: json or text.", LogFormat)] = LogFormat.JSON
    log_queries: Annotated[
        bool, Setting("Whether the log holds paths and queries in clear: yes or no.", _yes_or_no)
    ] = False
    log_clients: Annotated[
        bool, Setting("Whether the log holds the addresses of clients: yes or no.", _yes_or_no)
    ] = False
    contact: Annotated[
        str,
        Setting("Where readers report an error: a mailto: or https: address; empty for nowhere.", _contact),
    ] = ""
    endpoint: Annotated[
        str, Setting("SPARQL endpoint to serve from, in place of the published store.", _address)
    ] = ""
    endpoint_graph: Annotated[
        str,
        Setting("Graph of the endpoint that holds the merge, where its default graph is not it.", _address),
    ] = ""
    partners: Annotated[
        str, Setting("Whom SERVICE may name: built-in, none, or a TOML file of your own.", str)
    ] = "built-in"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
        """Return the settings of an environment; a `given` one that is not None goes before.

        Raises `CallError` for a value that cannot be right.
        """
        settings = _settings()
        known: dict[str, Any] = {
            name: environment[_variable(name)] for name in settings if _variable(name) in environment
        }
        known.update((name, value) for name, value in given.items() if value is not None)
        read: dict[str, Any] = {
            name: _read(name, settings[name], value) if isinstance(value, str) else value
            for name, value in known.items()
        }
        return cls(**read)


def describe() -> list[tuple[str, str, str]]:
    """Return variable, default and sentence of every setting, for the manual."""
    defaults = {entry.name: entry.default for entry in fields(Settings)}
    return [
        (_variable(name), _text(defaults[name]), setting.sentence) for name, setting in _settings().items()
    ]


def _text(default: object) -> str:
    """Return a default as it would stand in the environment."""
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"{default:g}" if isinstance(default, float) else str(default)


def _settings() -> dict[str, Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    return {entry.name: hints[entry.name].__metadata__[0] for entry in fields(Settings)}


def _read(name: str, setting: Setting, text: str) -> object:
    variable = _variable(name)
    try:
        return setting.read(text)
    except ValueError as fault:
        what = f"{text!r} cannot be used: {fault}"
        raise CallError(
            Problem(Place(variable), what, "Change the environment variable, or unset it")
        ) from fault


def _variable(name: str) -> str:
    return f"KEIFU_{name.upper()}"
