"""Where a thing lives: canonical addresses in the graph, local paths on this host.

Things, graphs and nodes without a name are below the base, which is a setting; ontology, concepts, shapes
and checks have fixed addresses. Below /doc/ and /data/, what is below `id/` goes without that part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from graph_builder.namespaces import CHECK, CONCEPT, KF, SHAPE

PATH = re.compile(r"[\w.~!$&'()*+,;=:@%-]+(?:/[\w.~!$&'()*+,;=:@%-]+)*", re.ASCII)
"""ASCII segments, none of them empty: addresses hold no Japanese."""
LONGEST_PATH = 2000
"""Characters; a longer path is nobody's address, and no query is asked for it."""

SAFE = "/:@!$&'()*+,;=-._~%#?[]"


@dataclass(frozen=True)
class Addresses:
    """The two-way map between canonical addresses and the paths of this service."""

    base: str

    @property
    def places(self) -> dict[str, str]:
        """First part of a local path → what canonical addresses start with."""
        return {
            "id/": f"{self.base}id/",
            "graph/": f"{self.base}graph/",
            ".well-known/": f"{self.base}.well-known/",
            "concept/": CONCEPT.address,
            "shape/": SHAPE.address,
            "check/": CHECK.address,
        }

    @property
    def served(self) -> dict[str, str]:
        """The same for what is no thing but a page or a file of this service."""
        return {first: f"{self.base}{first}" for first in ("dumps/", "catalog", "sparql")}

    def graph(self, name: str) -> str:
        """Return the address of a named graph."""
        return f"{self.base}graph/{name}"

    def thing(self, path: str) -> str | None:
        """Return the canonical address for what follows /doc/ or /data/; None where there can be none."""
        if len(path) > LONGEST_PATH or not PATH.fullmatch(path):
            return None
        for first, start in self.places.items():
            if path.startswith(first) and first != "id/":
                return start + path.removeprefix(first)
        return f"{self.base}id/{path}"

    def document(self, local: str) -> str:
        """Return what follows /doc/ or /data/ for a local path as it was asked for."""
        return local.removeprefix("/").removeprefix("id/")

    def local(self, address: str) -> str | None:
        """Return the local path of a canonical address, quoted for a link; None for a stranger's."""
        if address.startswith(KF.address):
            return "/ontology#" + quote(address.removeprefix(KF.address), safe=SAFE)
        if address == KF.address.rstrip("#"):
            return "/ontology"
        for first, start in (self.places | self.served).items():
            if address.startswith(start):
                return f"/{first}" + quote(address.removeprefix(start), safe=SAFE)
        return None

    def is_thing(self, address: str) -> bool:
        """Whether a thing of ours has this address, so that it has a page and data here."""
        local = self.local(address)
        return local is not None and self.thing(self.document(local)) == address

    def link(self, address: str) -> str | None:
        """Return what a link may point to: a local path, or an address of the web; never another scheme."""
        local = self.local(address)
        if local is None and address.startswith(("http://", "https://")):
            return quote(address, safe=SAFE)
        return local
