"""Federation gives the very rows of the standard: those of one engine that has all graphs at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.federate.standing_in import OTHERS, THEIRS, Scene

PREFIX = "PREFIX : <http://e/> "
T, O = f"SERVICE <{THEIRS}>", f"SERVICE <{OTHERS}>"  # noqa: E741  theirs and others

QUERIES = {
    "joined, ours first": f"?x :p ?y . {T} {{ ?y :q ?z }}",
    "joined, theirs first": f"{T} {{ ?y :q ?z }} ?x :p ?y",
    "joined on two variables": f"?x :p ?y . {T} {{ ?x :q ?y }}",
    "joined on literals": f"?x :q ?y . {T} {{ ?z :p ?y }}",
    "nothing in common": f"?x :p ?y . {T} {{ ?z :name ?n }}",
    "nothing of ours": f"{T} {{ ?z :name ?n }}",
    "no variable": f"?x :p ?y . {T} {{ :a :q :b }}",
    "no variable, no row": f"?x :p ?y . {T} {{ :a :q :z }}",
    "no row of ours": f"?x :none ?y . {T} {{ ?y :q ?z }}",
    "no row of theirs": f"?x :p ?y . {T} {{ ?y :none ?z }}",
    "duplicates stay": f"?x :p ?y . {T} {{ {{ ?y :q ?z }} UNION {{ ?y :q ?z }} }}",
    "OPTIONAL": f"?x :p ?y OPTIONAL {{ {T} {{ ?y :q ?z }} }}",
    "OPTIONAL with more inside": f"?x :p ?y OPTIONAL {{ ?y :q ?w {T} {{ ?w :q ?z }} FILTER(?z != ?x) }}",
    "OPTIONAL inside": f"?x :p ?y . {T} {{ ?y :q ?z OPTIONAL {{ ?z :name ?x }} }}",
    "OPTIONAL alone inside": f"?x :p ?y . {T} {{ OPTIONAL {{ ?y :name ?n }} }}",
    "a variable that ours may leave open": f"?x :p ?y OPTIONAL {{ ?y :q ?z }} {T} {{ ?z :q ?w }}",
    "OPTIONAL whose row later dies": f"{{ ?x :p ?y OPTIONAL {{ {T} {{ ?y :r ?z }} }} }} ?z :q ?w",
    "OPTIONAL in OPTIONAL": f"?z :q ?w OPTIONAL {{ ?x :p ?y OPTIONAL {{ {T} {{ ?y :q ?z }} }} }}",
    "UNION": f"?x :p ?y {{ {T} {{ ?y :q ?z }} }} UNION {{ ?y :q ?w }}",
    "UNION of two partners": f"?x :p ?y {{ {T} {{ ?y :q ?z }} }} UNION {{ {O} {{ ?y :p ?z }} }}",
    "MINUS": f"?x :p ?y MINUS {{ {T} {{ ?y :q ?z }} }}",
    "MINUS with nothing in common": f"?x :p ?y MINUS {{ {T} {{ ?z :name ?n }} }}",
    "EXISTS": f"?x :p ?y FILTER EXISTS {{ {T} {{ ?y :q ?z }} }}",
    "NOT EXISTS": f"?x :p ?y FILTER NOT EXISTS {{ ?y :q ?w {T} {{ ?w :q ?y }} }}",
    "a sub-query around": f"?x :p ?y {{ SELECT ?y (COUNT(*) AS ?n) {{ {T} {{ ?y :q ?z }} }} GROUP BY ?y }}",
    "a sub-query inside": f"?x :p ?y {T} {{ SELECT ?y (COUNT(*) AS ?n) {{ ?y :q ?z }} GROUP BY ?y }}",
    "a sub-query with LIMIT inside": f"?x :p ?y {T} {{ SELECT ?y {{ ?y :q ?z }} ORDER BY ?y ?z LIMIT 2 }}",
    "a variable of another scope": f"?x :p ?y {T} {{ SELECT ?y {{ ?y :q ?x }} }}",
    "GRAPH around": f"GRAPH :g {{ ?x :p ?y {T} {{ ?x :q ?z }} }}",
    "FILTER behind": f"?x :p ?y {T} {{ ?y :q ?z }} FILTER(?z != ?x && ?y > 1 || ?x = :a)",
    "FILTER on a variable that theirs may bind": f"?x :p ?y {T} {{ ?y :q ?z }} FILTER(!bound(?z) || ?z = :c)",
    "BIND behind": f"?x :p ?y {T} {{ ?y :q ?z }} BIND(concat(str(?x), str(?z)) AS ?w)",
    "BIND before": f"?x :p ?y BIND(?y AS ?z) {T} {{ ?z :q ?w }}",
    "patterns without a full stop": f"_:n :p ?y FILTER(?y != ?z) _:n :q ?w {T} {{ ?y :p ?z }} ?z :p ?v",
    "VALUES": f"VALUES (?y ?x) {{ (:b UNDEF) (:c :a) }} {T} {{ ?y :q ?z }} ?x :p ?y",
    "two in a row": f"?x :p ?y . {T} {{ ?y :q ?z }} {O} {{ ?z :p ?w }}",
    "two, the second needs the first": f"{T} {{ :a :q ?z }} {O} {{ ?z :p ?w }}",
    "the same twice": f"?x :p ?y . {T} {{ ?y :q ?z }} {T} {{ ?z :q ?w }}",
    "two, the second OPTIONAL": f"?x :p ?y . {T} {{ ?y :q ?z }} OPTIONAL {{ {O} {{ ?z :p ?w }} }}",
    "paths and lists of objects": f"?x :p ?y . {T} {{ ?y (:q|:p)/:q* ?z ; :q [] , ?w }}",
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_rows_are_those_of_the_standard(scene: Scene, name: str) -> None:
    text = f"{PREFIX}SELECT * {{ {QUERIES[name]} }}"
    expected = scene.expected(text)
    assert scene.rows(text) == expected
    assert expected or name.startswith("no ") or name == "joined on two variables"


def test_the_number_of_queries() -> None:
    assert len(QUERIES) == 40


@pytest.mark.parametrize(
    "form",
    [
        "SELECT ?z (COUNT(?x) AS ?n) WHERE {} GROUP BY ?z HAVING (COUNT(?x) > 0) ORDER BY ?z LIMIT 9",
        "SELECT ?z WHERE {} VALUES ?z {{ :b }}",
        "SELECT ?x {{ GRAPH :g {{ ?x ?q ?r }} {{ SELECT ?x {} }} }}",
    ],
)
def test_the_rest_of_the_query_stays_as_it_was(scene: Scene, form: str) -> None:
    text = PREFIX + form.format(f"{{ ?x :p ?y . {T} {{ ?y :q ?z }} }}")
    assert scene.rows(text) == scene.expected(text)


@st.composite
def triples(draw: st.DrawFn) -> str:
    one, other = draw(st.permutations("xyz"))[:2]
    verb = draw(st.sampled_from([":p", ":q"]))
    return f"?{one} {verb} {draw(st.sampled_from([f'?{other}'] * 4 + [':b', ':c']))} ."


@st.composite
def remote(draw: st.DrawFn) -> str:
    one, other, name = draw(triples()), draw(triples()), draw(st.sampled_from("xyz"))
    forms = [f"{one}", f"{one} OPTIONAL {{ {other} }}", f"OPTIONAL {{ {one} }}"]
    forms += [f"{{ {one} }} UNION {{ {other} }}", f"{{ SELECT ?{name} {{ {one} {other} }} }}"]
    service = draw(st.sampled_from([T, O]))
    return f"{service} {{ {draw(st.sampled_from([forms[0], *forms]))} }}"


@st.composite
def groups(draw: st.DrawFn, depth: int = 2) -> str:
    return "{ " + " ".join(draw(elements(depth)) for _ in range(draw(st.integers(2, 3)))) + " }"


@st.composite
def elements(draw: st.DrawFn, depth: int) -> str:
    kind = draw(st.sampled_from("ttttSSS" if depth == 0 else "ttttSSSooooummnfvs"))
    name, other = draw(st.sampled_from("xyz")), draw(st.sampled_from("xyz"))
    simple = {
        "f": [f"FILTER(?{name} != ?{other})", f"FILTER(!bound(?{name}))", f"FILTER(?{name} = :b)"],
        "v": [f"VALUES ?{name} {{ :a :b }}", f"VALUES ?{name} {{ :b UNDEF }}"],
    }
    if kind in simple:
        return draw(st.sampled_from(simple[kind]))
    if kind in "tS":
        return draw(triples() if kind == "t" else remote())
    inner = draw(groups(depth - 1))
    head = draw(st.sampled_from(["*", "?x ?y", "DISTINCT ?x"]))
    union = draw(groups(depth - 1)) if kind == "u" else ""
    return {
        "o": f"OPTIONAL {inner}",
        "m": f"MINUS {inner}",
        "n": inner,
        "u": f"{inner} UNION {union}",
        "s": f"{{ SELECT {head} {inner} }}",
    }[kind]


@given(pattern=groups().filter(lambda pattern: 1 <= pattern.count("SERVICE") <= 3))
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
def test_any_query_gives_the_rows_of_the_standard(scene: Scene, pattern: str) -> None:
    text = f"{PREFIX}SELECT * {pattern}"
    assert scene.rows(text) == scene.expected(text)
