"""Where a SERVICE begins and ends is known by tokens, and only where a parser saw the very same groups."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparql.federation.grouping import OutlineError, read_outline
from sparql.federation.outline import SERVICE, agrees
from sparql.federation.scope import certain, in_scope
from sparql.federation.standing import find_services
from sparql.policy import _nodes, _parsed, examine
from sparql.refusals import PartnersNeededError, Reason, RefusalError
from sparql.tokens import Kind, without_gaps


def gap(draw: st.DrawFn) -> str:
    return draw(st.sampled_from([" ", "\n", "\t ", " # SERVICE <http://canary/> {\n", " #}{\n", "\n#'\"\n"]))


@st.composite
def objects(draw: st.DrawFn) -> str:
    return draw(
        st.sampled_from(
            [
                "?o",
                "'SERVICE <http://canary/> { '",
                '"}{ \\" SERVICE"@ja',
                '"""SERVICE { " ""#"""',
                "'''\n} '' SERVICE'''",
                "<http://e/SERVICE#x>",
                "service:service",
                "_:service",
                "1.5",
                "true",
                "( ?s 'SERVICE {' )",
                "[ service: '}' ]",
            ]
        )
    )


@st.composite
def groups(draw: st.DrawFn, depth: int = 3, *, local: bool = True) -> str:
    parts = ["{"]
    for _ in range(draw(st.integers(0, 3))):
        parts += [gap(draw), draw(elements(depth, local=local))]
    return "".join([*parts, gap(draw), "}"])


@st.composite
def elements(draw: st.DrawFn, depth: int, *, local: bool) -> str:
    verb = draw(st.sampled_from([" service:p ", " <http://e/p> ", " ^service:p/<http://e/p>* ", " a "]))
    simple = [f"?s{verb}{draw(objects())} .", "VALUES ?s { 1 '}' UNDEF }", "VALUES (?s ?o) { (1 '{') }"]
    simple += ["FILTER(?s < 1 || '}' > ?o)", "FILTER regex(?s, '{')", "FILTER service:f(?s)"]
    if depth == 0:
        return draw(st.sampled_from(simple))
    kind = draw(st.integers(0, 10 if local else 9))
    inner = groups(depth - 1, local=local and kind < 10)
    if kind < 4:
        return draw(st.sampled_from(simple))
    body = draw(inner)
    return [
        f"OPTIONAL{gap(draw)}{body}",
        f"minus {body}",
        f"{body}{gap(draw)}UNION{gap(draw)}{draw(inner)}",
        f"GRAPH{gap(draw)}?g {body}",
        f"FILTER (?s = 1 && not exists{gap(draw)}{body})",
        f"{{ SELECT ?s (COUNT(*) AS ?n) WHERE {body} GROUP BY ?s HAVING (COUNT(*) > 1) }}",
        f"Service{gap(draw)}silent <http://{draw(st.integers(0, 99))}/>{gap(draw)}{body}",
    ][kind - 4]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_tokens_and_tree_tell_the_same_of_any_query(data: st.DataObject) -> None:
    head = "PREFIX service: <http://e/SERVICE#>" + data.draw(st.sampled_from([" ", "\n"]))
    form = data.draw(
        st.sampled_from(["SELECT *", "ASK", "CONSTRUCT { ?s a 'SERVICE {' } WHERE", "DESCRIBE ?s"])
    )
    text = f"{head}{form} {data.draw(groups())}"
    nodes = list(_nodes(_parsed(text)))
    outline = read_outline(text)
    assert agrees(outline, nodes)
    services = find_services(outline)
    terms = [str(node.term) for node in nodes if node.name == SERVICE]
    assert [service.written for service in services] == [(True, f"<{term}>") for term in terms]
    for service in services:
        piece = text[service.element.start : service.element.end]
        assert piece.startswith("Service")
        assert piece.endswith("}")
        assert piece.count("{") - piece.count("}") == sum(
            token.text.count("{") - token.text.count("}")
            for token in without_gaps(piece)
            if token.kind is Kind.TEXT
        ) + sum(comment.count("{") - comment.count("}") for comment in comments(piece))


def comments(text: str) -> list[str]:
    ends = [0, *(token.end for token in without_gaps(text))]
    starts = [*(token.start for token in without_gaps(text)), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


UNCLEAR = [
    # Read by the standard, each of these is one long name or IRI; some parsers see a keyword or an operator.
    "PREFIX service: <http://h/> ASK { ?s ?p ?o . service:x { ?s ?p ?o } }",
    "ASK { FILTER(?a<?b)?s?p?o.FILTER(?c>?d) SERVICE <http://h/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        examine(text, lambda _: False)
    assert refused.value.reason is Reason.MALFORMED
    assert not isinstance(refused.value, PartnersNeededError)


@pytest.mark.parametrize("text", ["", "PREFIX a: <b>", "SELECT * { (", "ASK { ?s ?p ?o } }", "ASK { ( } )"])
def test_tokens_that_make_no_groups_are_told(text: str) -> None:
    with pytest.raises(OutlineError):
        read_outline(text)


SCOPES = [
    ("?s ?p ?o . ?s <p>/<q>* 'x'", "o p s", "o p s"),
    ("?s <p> 1 OPTIONAL { ?s <q> ?o }", "o s", "s"),
    ("{ ?s <p> ?o } UNION { ?s <q> ?x }", "o s x", "s"),
    ("?s <p> 1 MINUS { ?s <q> ?x } FILTER(?y > 1)", "s", "s"),
    ("BIND(str(?x) AS ?y) VALUES (?a ?b) { (1 UNDEF) }", "a b y", ""),
    ("GRAPH ?g { ?s <p> ?o }", "g o s", "o s"),
    ("GRAPH <g> { OPTIONAL { ?s <p> ?o } }", "o s", ""),
    ("{ SELECT ?s (MAX(?o) AS ?m) { ?s <p> ?o ; <q> ?x } GROUP BY ?s }", "m s", "s"),
    ("{ SELECT * { ?s <p> ?o MINUS { ?x <p> ?o } } VALUES ?y { UNDEF } }", "o s y", "o s"),
    ("{ SELECT (COUNT(*) AS ?n) { ?s <p> ?o } }", "n", ""),
    ("FILTER EXISTS { ?s ?p ?o }", "", ""),
    ("[ <p> ?o ] <q> ( ?a ?b ) .", "a b o", "a b o"),
    ("", "", ""),
]


@pytest.mark.parametrize(("pattern", "scope", "always"), SCOPES)
def test_the_variables_of_a_group_are_those_of_the_standard(pattern: str, scope: str, always: str) -> None:
    group = read_outline(f"ASK {{ {pattern} }}").query.where
    assert group
    assert " ".join(sorted(in_scope(group))) == scope
    assert " ".join(sorted(certain(group))) == always
