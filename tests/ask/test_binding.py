"""Values that are written into a query mean what values beside the query mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Variable

from graph_builder.namespaces import XSD
from sparql.protocol import Bindings, LiteralTerm
from sparql.remote.binding import bound_text
from sparql.terms import term

E = "http://e/"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for subject, name, value in (("a", "p", "b"), ("b", "p", "c"), ("a", "q", "c"), ("c", "q", "a")):
        store.add(Quad(NamedNode(E + subject), NamedNode(E + name), NamedNode(E + value)))
        store.add(Quad(NamedNode(E + subject), NamedNode(E + "n"), Literal(ord(subject))))
    return store


def rows(store: Store, query: str, beside: Bindings = ()) -> list[tuple[str, ...]]:
    found = store.query(query, substitutions={Variable(name): term(value) for name, value in beside} or None)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(str(row[variable]) for variable in found.variables) for row in found)


QUERIES = (
    "SELECT ?x ?p ?o WHERE { ?x ?p ?o }",
    "SELECT * WHERE { ?x ?p ?o }",
    "SELECT DISTINCT $x { ?s ?p $x }",
    "SELECT ?x ?s WHERE { { ?s e:p ?x } UNION { ?x e:q ?s } UNION { ?s e:none ?x } }",
    "SELECT ?x ?o WHERE { ?x e:p ?o OPTIONAL { ?o e:q ?x } FILTER NOT EXISTS { ?x e:q ?x } }",
    "SELECT ?x ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?x } GROUP BY ?x ?s ORDER BY ?x ?s",
    "SELECT ?x (COUNT(*) AS ?n) WHERE { ?s e:none ?x } GROUP BY ?x",
    "SELECT ?x ?s WHERE { ?s (e:p|e:q)+ ?x } ORDER BY DESC(?x) ?s",
    "SELECT ?x ?s WHERE { { SELECT DISTINCT ?x ?s WHERE { ?s ?p ?x } ORDER BY ?x ?s LIMIT 1 } ?s e:n ?n }",
    "SELECT ?x ?s WHERE { ?x ?p ?o { SELECT ?s WHERE { ?s e:p ?x } } }",
    "SELECT ?x ?n WHERE { ?x ?p ?o { SELECT (COUNT(?x) AS ?n) WHERE { ?x e:p ?y } } }",
    "SELECT ?x ?s WHERE { ?s ?p ?o FILTER(?o = ?x && ?s != ?x) }",
    "SELECT ?x ?t WHERE { ?x e:p ?o BIND('?x <?x> # ?x' AS ?t) } # ?x",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("value", ["a", "c", "none"])
def test_a_value_in_the_text_gives_the_rows_of_a_value_beside_it(
    store: Store, query: str, value: str
) -> None:
    text = f"PREFIX e: <{E}>\n{query}"
    bindings = (("x", E + value),)
    assert rows(store, bound_text(text, bindings)) == rows(store, text, bindings)


def test_ask_and_construct_take_values_too(store: Store) -> None:
    ask = bound_text("ASK { ?x ?p ?o }", (("x", f"{E}a"), ("o", f"{E}c")))
    assert ask == f"ASK {{ <{E}a> ?p <{E}c> }}"
    assert bool(store.query(ask))
    construct = bound_text("CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o }", (("x", f"{E}a"),))
    found = store.query(construct)
    assert isinstance(found, QueryTriples)
    assert len(list(found)) == 3


@given(some.text())
def test_any_text_comes_back_as_it_was(value: str) -> None:
    for datatype in (XSD.string, f"{E}own"):
        text = bound_text("SELECT ?x WHERE { FILTER(STR(?x) != '') }", (("x", LiteralTerm(value, datatype)),))
        expected = [] if not value else [(str(term(LiteralTerm(value, datatype))),)]
        assert rows(Store(), text) == expected


@pytest.mark.parametrize("address", ["http://e/> } #", "http://e/a b", "e", "http://e/\\u003E"])
def test_what_is_no_address_is_no_value(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bound_text("ASK { ?x ?p ?o }", (("x", address),))
