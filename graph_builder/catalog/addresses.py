"""The addresses of the catalogue, its datasets, their distributions, and the nodes that hold their values."""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.dumps.listing import kind_key


@dataclass(frozen=True)
class Addresses:
    """What the things of the catalogue are called below a base."""

    base: str

    @property
    def graph(self) -> str:
        """The named graph of the catalogue."""
        return f"{self.base}graph/catalog"

    @property
    def catalog(self) -> str:
        """The catalogue."""
        return f"{self.base}id/jp/catalog/keifu"

    @property
    def whole(self) -> str:
        """The dataset as a whole."""
        return f"{self.base}id/jp/dataset/keifu"

    @property
    def service(self) -> str:
        """The query service."""
        return f"{self.base}id/jp/data-service/sparql"

    @property
    def publisher(self) -> str:
        """Who makes and publishes the dataset."""
        return f"{self.base}id/jp/agent/keifu"

    @property
    def page(self) -> str:
        """The page of the catalogue."""
        return f"{self.base}catalog"

    @property
    def endpoint(self) -> str:
        """Where queries are sent."""
        return f"{self.base}sparql"

    def kind(self, kind: str) -> str:
        """The part of the dataset that holds the things of a class."""
        return f"{self.base}id/jp/dataset/class-{kind_key(kind)}"

    def dump(self, name: str) -> str:
        """Where a dump is downloaded; without a name, the list of them."""
        return f"{self.base}dumps/{name}"

    def distribution(self, name: str) -> str:
        """A dump as a distribution."""
        return f"{self.base}id/jp/distribution/{name}"

    def node(self, name: str) -> str:
        """A node that has no name of its own (RDF 1.1 Concepts, section 3.5)."""
        return f"{self.base}.well-known/genid/catalog/{name}"
