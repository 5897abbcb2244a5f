"""The header Link of a thing and its representations (RFC 8288): what else there is, and what the thing is.

A link about the thing itself names it as its anchor: the context of a header is the representation, and a
redirect has none (section 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from api.addresses import SAFE, Addresses
from api.representations import ENDINGS, HTML
from api.targets import Target, View


def link(target: str, relation: str, **attributes: str) -> str:
    """Return one link; what could end it early is percent-encoded."""
    rest = "".join(f'; {name}="{quote(value, safe=SAFE + " ")}"' for name, value in attributes.items())
    return f'<{quote(target, safe=SAFE)}>; rel="{relation}"{rest}'


def links(
    addresses: Addresses,
    target: Target,
    *,
    types: Iterable[str] = (),
    licenses: Iterable[str] = (),
    has_more: bool = False,
) -> str:
    """Return the links of a thing, of its page or of its data."""
    data = {ending: target.data(ending).path(addresses) for ending in ENDINGS}
    return ", ".join(
        [
            link(target.address, "canonical"),
            *_alternates(addresses, target, data),
            link(data["ttl"], "describedby", type=ENDINGS["ttl"].media_type, anchor=target.address),
            *(link(name, "type", anchor=target.address) for name in types),
            *(link(name, "license") for name in licenses),
            *_parts(addresses, target, has_more=has_more),
        ]
    )


def _alternates(addresses: Addresses, target: Target, data: dict[str, str]) -> list[str]:
    others = [link(target.page().path(addresses), "alternate", type=HTML)] * (target.view is not View.PAGE)
    return others + [
        link(path, "alternate", type=ENDINGS[ending].media_type)
        for ending, path in data.items()
        if ending != target.ending
    ]


def _parts(addresses: Addresses, target: Target, *, has_more: bool) -> list[str]:
    steps = [("prev", target.part - 1)] * (target.part > 1) + [("next", target.part + 1)] * has_more
    return [link(target.data(target.ending, part).path(addresses), relation) for relation, part in steps]
