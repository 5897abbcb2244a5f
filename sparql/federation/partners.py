"""The partners that a query may name in SERVICE: a list that whoever runs the service answers for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from graph_builder.errors import DeclarationError, Place, Problem
from sparql.refusals import Reason, RefusalError

BUILT_IN = Path(__file__).with_name("partners.toml")
KEY = re.compile(r"[a-z][a-z0-9-]*")


class PartnerFailedError(Exception):
    """A partner gave no answer that can be used; SERVICE SILENT passes over it."""

    def __init__(self, partner: Partner, what: str) -> None:
        super().__init__(what)
        self.partner = partner
        self.what = what

    def refusal(self) -> RefusalError:
        """Return the answer to a query that cannot do without the partner."""
        remedy = "Try again later, or write SERVICE SILENT to go without the partner"
        what = f"the partner {self.partner.key} ({self.partner.endpoint}) {self.what}"
        return RefusalError(Reason.PARTNER_FAILED, what, remedy)


@dataclass(frozen=True)
class Partner:
    """One partner; what each value is stands in `partners.toml`."""

    key: str
    name_ja: str
    name_en: str
    addresses: tuple[str, ...]
    endpoint: str
    method: str
    seconds: float
    connections: int
    rows: int
    block: int
    length: int
    mb: int
    keep: int
    licence: str
    attribution: str
    reason: str
    loopback: bool = False


@dataclass(frozen=True)
class Partners:
    """All partners, and the bounds that hold for all of them together."""

    user_agent: str = ""
    queries: int = 1
    services: int = 1
    bindings: int = 1
    cache_entries: int = 0
    cache_mb: int = 0
    partners: tuple[Partner, ...] = ()

    def of(self, address: str) -> Partner:
        """Return the partner that an address names letter by letter; raises `RefusalError` where none is."""
        for partner in self.partners:
            if address in partner.addresses:
                return partner
        allowed = ", ".join(f"<{partner.addresses[0]}>" for partner in self.partners) or "none"
        remedy = f"Name one of the partners, written just so: {allowed}"
        raise RefusalError(Reason.FORBIDDEN, f"SERVICE <{address}> is not among the partners", remedy)


def find_partners(wanted: str) -> Partners:
    """Return the partners of a setting: `built-in`, `none`, or the path of a TOML file."""
    if wanted == "none":
        return Partners()
    return read_partners(BUILT_IN if wanted == "built-in" else Path(wanted))


def read_partners(path: Path) -> Partners:
    """Return the partners of a TOML file; raises `DeclarationError` for whatever cannot be right."""
    try:
        record = tomllib.loads(path.read_text("utf-8"))
        return Partners(
            user_agent=_value(record, "user_agent", str),
            queries=_value(record, "queries", int),
            services=_value(record, "services", int),
            bindings=_value(record, "bindings", int),
            cache_entries=_value(record["cache"], "entries", int),
            cache_mb=_value(record["cache"], "mb", int),
            partners=tuple(_partner(key, entry) for key, entry in record.get("partner", {}).items()),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        problem = Problem(Place(str(path)), f"the partners cannot be read: {fault}", "Mend the file")
        raise DeclarationError(problem) from fault


def _partner(key: str, entry: Mapping[str, object]) -> Partner:
    if not KEY.fullmatch(key):
        raise ValueError(f"a partner is called {key!r}, which is not lower-case ASCII")
    partner = Partner(key, **{name: _typed(key, name, value) for name, value in entry.items()})
    if not partner.endpoint.startswith(("https://", "http://") if partner.loopback else "https://"):
        raise ValueError(f"the endpoint of {key} does not start with https://")
    if partner.method not in {"GET", "POST"}:
        raise ValueError(f"the method of {key} is neither GET nor POST")
    if not partner.addresses or min(partner.rows, partner.block, partner.length, partner.connections) < 1:
        raise ValueError(f"partner {key} has no address, or a limit below 1")
    return partner


def _typed(key: str, name: str, value: object) -> Any:  # noqa: ANN401  of the type that the field declares
    expected = get_type_hints(Partner).get(name)
    if expected == tuple[str, ...] and isinstance(value, list):
        return tuple(str(each) for each in value)
    if type(value) is not expected:
        raise TypeError(f"{name} of partner {key} cannot be {value!r}")
    return value


def _value(record: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401  the type is an argument
    value = record[name]
    if type(value) is not kind:
        raise TypeError(f"{name} cannot be {value!r}")
    return value
