"""Every word in use is declared, every prefix has one address, and code holds no address at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import graph_builder.namespaces
from graph_builder.errors import DeclarationError
from graph_builder.folders import ROOT
from graph_builder.namespaces import KF, Namespace, namespace, read_prefixes
from tests.words.vocabulary import FOLDERS, code_files, declared_prefixes, spoken_files, terms, used_names

DECLARED = {term.removeprefix(KF.address) for term in terms()}


def _from_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_name_in_turtle_and_queries_is_declared() -> None:
    files = spoken_files()
    assert len(files) > 200
    unknown = {_from_root(path): sorted(used_names(path.read_text("utf-8")) - DECLARED) for path in files}
    assert {path: names for path, names in unknown.items() if names} == {}


def test_every_name_in_code_is_declared() -> None:
    unknown = {
        _from_root(path): sorted(
            set(re.findall(r"\bKF\.(?!address\b)(\w+)", path.read_text("utf-8"))) - DECLARED
        )
        for path in code_files()
    }
    assert {path: names for path, names in unknown.items() if names} == {}


def test_an_undeclared_name_would_be_found() -> None:
    assert used_names('<a> kf:Unheard kf:of , "kf:quoted" . kf:Plan') - DECLARED == {"Unheard", "of"}


def test_every_prefix_has_the_address_of_the_list() -> None:
    known = read_prefixes()
    wrong = [
        f"{_from_root(path)}: {prefix}: <{address}>"
        for path in spoken_files()
        for prefix, address in declared_prefixes(path.read_text("utf-8"))
        if known.get(prefix) != address
    ]
    assert wrong == []


def test_no_two_prefixes_have_one_address() -> None:
    assert len(set(read_prefixes().values())) == len(read_prefixes())


def test_the_list_of_prefixes_holds_nothing_else() -> None:
    assert list(ox.parse(path=str(FOLDERS.ontology / "prefixes.ttl"), format=ox.RdfFormat.TURTLE)) == []


def test_code_holds_no_address_of_the_list() -> None:
    addresses = [*read_prefixes().values()]
    found = [
        f"{_from_root(path)}: {address}"
        for path in code_files()
        for address in addresses
        if f'"{address}' in path.read_text("utf-8")
    ]
    assert found == []


def test_a_namespace_makes_names() -> None:
    assert KF.Measure == KF["Measure"] == "https://w3id.org/keifu/ontology#Measure"


def test_every_namespace_is_one_of_the_list() -> None:
    named = {
        name: value for name, value in vars(graph_builder.namespaces).items() if isinstance(value, Namespace)
    }
    assert {name.lower().replace("_", "-"): value.address for name, value in named.items()}.items() <= (
        read_prefixes().items()
    )


def test_an_unknown_prefix_is_an_error_that_says_where_to_declare_it() -> None:
    with pytest.raises(DeclarationError, match=r"ontology/prefixes\.ttl: there is no prefix unheard-of:"):
        namespace("unheard-of")


def test_a_list_of_prefixes_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="the list of prefixes cannot be read"):
        read_prefixes(tmp_path / "prefixes.ttl")


def test_the_context_covers_every_term() -> None:
    context = json.loads((FOLDERS.ontology / "context.jsonld").read_text("utf-8"))["@context"]
    meant = {name: value["@id"] if isinstance(value, dict) else value for name, value in context.items()}
    assert {name: meant.get(name) for name in DECLARED} == {name: f"kf:{name}" for name in DECLARED}
    known = read_prefixes()
    assert all(known[name] == value for name, value in meant.items() if str(value).startswith("http"))


def test_the_context_reads_as_the_same_triples() -> None:
    context = json.loads((FOLDERS.ontology / "context.jsonld").read_text("utf-8"))["@context"]
    plan = {
        "@context": context,
        "@id": "urn:plan",
        "@type": "Plan",
        "prefLabel": {"ja": "計画", "en": "plan"},
        "generation": "5",
        "startYear": "urn:2015",
    }
    turtle = """@prefix kf: <https://w3id.org/keifu/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:plan> a kf:Plan ; skos:prefLabel "計画"@ja , "plan"@en ;
            kf:generation 5 ; kf:startYear <urn:2015> ."""
    read = ox.parse(json.dumps(plan), format=ox.RdfFormat.JSON_LD)
    expected = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    assert {(q.subject, q.predicate, q.object) for q in read} == {
        (q.subject, q.predicate, q.object) for q in expected
    }
