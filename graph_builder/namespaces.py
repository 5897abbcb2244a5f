"""Names of RDF terms, so that no code holds an address: `KF.Measure`, `LINK_TYPE["based-on"]`.

The addresses are read from `ontology/prefixes.ttl`, the only list of prefixes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders

_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)

DEFAULT_BASE = "https://w3id.org/keifu/"
"""Start of the addresses of things and graphs, where no setting says otherwise."""


@dataclass(frozen=True)
class Namespace:
    """An address that names begin with; `KF.Measure` and `KF["Measure"]` are the same IRI as a str."""

    address: str

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.address + name

    def __getitem__(self, name: str) -> str:
        return self.address + name


@cache
def read_prefixes(path: Path | None = None) -> dict[str, str]:
    """Prefix → address, in the order of the file; raises DeclarationError where it cannot be read."""
    path = path or Folders().ontology / "prefixes.ttl"
    try:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        for _ in parser:  # the list stands in the prologue: a parser knows it once it has reached the end
            pass
    except (OSError, SyntaxError) as error:
        problem = Problem(Place(str(path)), f"the list of prefixes cannot be read: {error}", "mend the file")
        raise DeclarationError(problem) from error
    return dict(parser.prefixes)


def short(address: str) -> str | None:
    """The address with a prefix, `kf:Plan`; None where no prefix leaves a plain name of it."""
    prefixes = read_prefixes()
    matches = ((prefix, address.removeprefix(start)) for prefix, start in prefixes.items())
    return next((f"{prefix}:{name}" for prefix, name in matches if _NAME.fullmatch(name)), None)


def namespace(prefix: str) -> Namespace:
    """The namespace of a prefix of `prefixes.ttl`; raises DeclarationError for any other."""
    prefixes = read_prefixes()
    if prefix not in prefixes:
        place = Place("ontology/prefixes.ttl")
        raise DeclarationError(Problem(place, f"there is no prefix {prefix}:", "declare it there"))
    return Namespace(prefixes[prefix])


ADMS = namespace("adms")
BASIS = namespace("basis")
BODY_KIND = namespace("body-kind")
CHANGE_TYPE = namespace("change-type")
CHECK = namespace("check")
COMPARATOR = namespace("comparator")
CONCEPT = namespace("concept")
CORRECTION_KIND = namespace("correction-kind")
DCAT = namespace("dcat")
DCTERMS = namespace("dcterms")
ELI = namespace("eli")
EVENT_TYPE = namespace("event-type")
FOAF = namespace("foaf")
FORMATS = namespace("formats")
INSTRUMENT_KIND = namespace("instrument-kind")
KF = namespace("kf")
LINK_TYPE = namespace("link-type")
MEASURE_KIND = namespace("measure-kind")
MEDIA_TYPE = namespace("media-type")
OA = namespace("oa")
ORG = namespace("org")
OWL = namespace("owl")
PASSAGE_KIND = namespace("passage-kind")
PROV = namespace("prov")
QB = namespace("qb")
RDF = namespace("rdf")
RDFS = namespace("rdfs")
RML = namespace("rml")
SCHEMA = namespace("schema")
SD = namespace("sd")
SEMAPV = namespace("semapv")
SH = namespace("sh")
SHAPE = namespace("shape")
SKOS = namespace("skos")
SPDX = namespace("spdx")
SSSOM = namespace("sssom")
STATUS = namespace("status")
TIME = namespace("time")
UNIT = namespace("unit")
VOID = namespace("void")
XSD = namespace("xsd")
