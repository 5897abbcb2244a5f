"""Partners are asked for no more than is needed, and an answer is whole or refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sparql.federation.partners import Partner, PartnerFailedError
from sparql.protocol import RESULT_FORMATS, Answer, LiteralTerm, Query
from sparql.refusals import Reason, RefusalError
from tests.federate.standing_in import BASE, OTHERS, THEIRS, InProcess, Scene, partner, solutions

PREFIX = "PREFIX : <http://e/> "
JOINED = f"{PREFIX}SELECT * {{ ?x :p ?y . SERVICE <{THEIRS}> {{ ?y :q ?z }} }}"
SILENT = JOINED.replace("SERVICE", "SERVICE SILENT")


def answer(scene: Scene, text: str, *entries: Partner, **bounds: int) -> Answer:
    return asyncio.run(scene.federated(*entries, **bounds).answer(Query(text)))


def refusal(scene: Scene, text: str, *entries: Partner, **bounds: int) -> RefusalError:
    with pytest.raises(RefusalError) as refused:
        answer(scene, text, *entries, **bounds)
    return refused.value


def test_only_the_bindings_of_ours_are_asked_about_block_by_block(scene: Scene) -> None:
    text = f"{PREFIX}SELECT * {{ ?x ?p ?y . SERVICE <{THEIRS}> {{ ?y :q ?z }} }}"
    found = answer(scene, text, partner(block=3))
    requests = [query for _, query in scene.client.asked]
    blocks = [query.partition("{ (")[2].partition(") }")[0].split(") (") for query in requests]
    assert sorted(len(block) for block in blocks) == [2, 3]
    assert sorted(value for block in blocks for value in block) == [
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "<http://e/a>",
        "<http://e/b>",
        "<http://e/c>",
    ]
    assert solutions(found.body) == scene.expected(text)
    (said,) = found.contributions
    assert (said.partner, said.rows, said.cached, said.failed) == ("theirs", 3, False, False)


def test_blocks_are_short_enough_for_an_address(scene: Scene) -> None:
    answer(scene, JOINED, partner(block=50, length=20))
    assert len(scene.client.asked) == 3, "one binding in each"


def test_a_query_without_service_asks_nobody_and_nothing_of_ours_twice(scene: Scene) -> None:
    assert answer(scene, "SELECT * { ?s ?p 'SERVICE' }").contributions == ()
    assert scene.client.asked == []
    assert len(scene.local.asked) == 1


def test_nobody_is_asked_where_nothing_of_ours_could_join(scene: Scene) -> None:
    found = answer(scene, JOINED.replace("?x :p ?y", "?x :none ?y"))
    assert scene.client.asked == []
    assert found.contributions[0].rows == 0


def test_a_name_that_is_not_on_the_list_is_refused_before_anybody_is_asked(scene: Scene) -> None:
    text = JOINED[:-1] + "SERVICE SILENT <http://third.example/> { ?x ?y ?z } }"
    refused = refusal(scene, text)
    assert refused.reason is Reason.FORBIDDEN
    assert "<http://third.example/> is not among the partners" in refused.problem.what
    assert THEIRS in refused.problem.remedy
    assert OTHERS in refused.problem.remedy
    assert scene.client.asked == []


def test_too_many_services_are_refused(scene: Scene) -> None:
    assert refusal(scene, JOINED, services=0).reason is Reason.FORBIDDEN


def test_a_query_with_parameters_is_refused(scene: Scene) -> None:
    query = Query(JOINED, bindings=(("x", LiteralTerm("1", "http://www.w3.org/2001/XMLSchema#integer")),))
    with pytest.raises(RefusalError, match="no parameters"):
        asyncio.run(scene.federated().answer(query))


@pytest.mark.parametrize("text", [JOINED, SILENT])
def test_more_rows_than_a_partner_may_give_are_refused_and_never_cut(scene: Scene, text: str) -> None:
    assert refusal(scene, text, partner(rows=1)).reason is Reason.TOO_MUCH
    assert len(solutions(answer(scene, text, partner(rows=2)).body)) == 2
    assert refusal(scene, text, partner(rows=1, block=1)).reason is Reason.TOO_MUCH, "over all blocks"


def test_more_bindings_than_may_be_asked_about_are_refused(scene: Scene) -> None:
    assert answer(scene, JOINED, bindings=3)
    refused = refusal(scene, JOINED, bindings=2)
    assert (refused.reason, len(scene.client.asked)) == (Reason.TOO_MUCH, 1)


class Failing:
    """A partner that always fails, in one way."""

    def __init__(self, failure: Callable[[Partner], Exception | bytes]) -> None:
        self._failure = failure

    async def ask(self, asked: Partner, _: str) -> bytes:
        failure = self._failure(asked)
        if isinstance(failure, bytes):
            return failure
        raise failure

    async def close(self) -> None:
        pass


def table(*terms: object) -> bytes:
    bindings = [{"y": term, "z": term} for term in terms]
    return json.dumps({"head": {"vars": ["y", "z"]}, "results": {"bindings": bindings}}).encode()


FAILURES: dict[str, Callable[[Partner], Exception | bytes]] = {
    "no answer": lambda asked: PartnerFailedError(asked, "gave no answer"),
    "no JSON": lambda _: b"<sparql/>",
    "nothing": lambda _: b"",
    "half": lambda _: table({"type": "uri", "value": "http://e/a"})[:-3],
    "a boolean": lambda _: b'{"head":{},"boolean":true}',
    "a broken IRI": lambda _: table({"type": "uri", "value": "http://e/> } #"}),
    "a relative IRI": lambda _: table({"type": "uri", "value": "a"}),
    "a broken language": lambda _: table({"type": "literal", "value": "a", "xml:lang": "ja } #"}),
    "a broken datatype": lambda _: table({"type": "literal", "value": "a", "datatype": "x> }"}),
    "a half character": lambda _: table({"type": "literal", "value": "\ud800"}),
    "a direction": lambda _: table({"type": "literal", "value": "a", "xml:lang": "ja", "its:dir": "rtl"}),
    "a number for a text": lambda _: table({"type": "literal", "value": 1}),
    "a list for a term": lambda _: table(["uri", "http://e/a"]),
    "no list of rows": lambda _: b'{"head":{"vars":["y"]},"results":{"bindings":{}}}',
    "a list for a row": lambda _: b'{"head":{"vars":["y"]},"results":{"bindings":[[]]}}',
    "a type of its own": lambda _: table({"type": "iri", "value": "http://e/a"}),
    "a triple": lambda _: table(
        {
            "type": "triple",
            "value": {part: {"type": "uri", "value": "u:u"} for part in ("subject", "predicate", "object")},
        }
    ),
    "deep": lambda _: b'{"head":{"vars":["y"]},"results":{"bindings":' + b"[" * 100_000,
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_partner_that_fails_is_named_and_silent_passes_over_it(scene: Scene, name: str) -> None:
    scene.client = Failing(FAILURES[name])  # type: ignore[assignment]
    refused = refusal(scene, JOINED)
    assert refused.reason is Reason.PARTNER_FAILED
    assert f"the partner theirs ({THEIRS})" in refused.problem.what
    passed = answer(scene, SILENT)
    assert json.loads(passed.body)["head"]["vars"] == ["x", "y", "z"]
    assert {len(row) for row in solutions(passed.body)} == {2}, "?z is not bound"
    assert sum(solutions(passed.body).values()) == 4
    assert [(said.partner, said.failed) for said in passed.contributions] == [("theirs", True)]


def test_silent_does_not_pass_over_what_is_forbidden(scene: Scene) -> None:
    forbidden = RefusalError(Reason.FORBIDDEN, "not public", "")
    scene.client = Failing(lambda _: forbidden)  # type: ignore[assignment]
    assert refusal(scene, SILENT) is forbidden


HOSTILE = [
    "'\"} . ?s ?p ?o #",
    '"""\\',
    "\\u0022 } #",
    "\\\\u0041",
    "\x00\x01\x7f\u2028",
    "a\nb\r\tc",
    "} UNION {",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_text_of_a_partner_ends_a_query_early(scene: Scene, value: str) -> None:
    scene.client = Failing(lambda _: table({"type": "literal", "value": value}))  # type: ignore[assignment]
    both = f"SERVICE <{THEIRS}> {{ ?y ?p ?z }} SERVICE <{OTHERS}> {{ ?z ?q ?y }}"
    text = f"SELECT ?z (STRLEN(?z) AS ?n) {{ {both} }}"
    (row,) = json.loads(answer(scene, text).body)["results"]["bindings"]
    assert (row["z"]["value"], row["n"]["value"]) == (value, str(len(value)))


def test_a_blank_node_becomes_an_address_that_is_sent_to_nobody(scene: Scene) -> None:
    asked = scene.client.asked
    node = table({"type": "bnode", "value": "b0"}, {"type": "bnode", "value": "b1"})

    class Blank(Failing):
        async def ask(self, whom: Partner, query: str) -> bytes:
            asked.append((whom.key, query))
            return node

    scene.client = Blank(lambda _: b"")  # type: ignore[assignment]
    text = f"SELECT * {{ SERVICE <{THEIRS}> {{ ?y :q ?z }} SERVICE <{OTHERS}> {{ ?z :p ?w }} }}"
    first, second = answer(scene, PREFIX + text).contributions
    assert (first.rows, second.rows) == (2, 2)
    assert [("VALUES" in query, "genid" in query) for _, query in asked] == [(False, False)] * 2
    rows = json.loads(answer(scene, f"{PREFIX}SELECT ?z {{ SERVICE <{THEIRS}> {{ ?y :q ?z }} }}").body)
    addresses = {row["z"]["value"] for row in rows["results"]["bindings"]}
    assert len(addresses) == 2
    assert all(address.startswith(f"{BASE}.well-known/genid/") for address in addresses)


def test_an_answer_is_kept_as_long_as_the_partner_likes(scene: Scene) -> None:
    federated = scene.federated(partner(keep=60))

    async def twice() -> list[Answer]:
        return [await federated.answer(Query(JOINED)) for _ in range(2)]

    first, second = asyncio.run(twice())
    assert len(scene.client.asked) == 1
    assert [said.cached for said in (*first.contributions, *second.contributions)] == [False, True]
    assert first.contributions[0].fetched == second.contributions[0].fetched
    assert first.body == second.body


def test_the_dataset_of_the_query_and_of_the_protocol_holds_for_the_bindings_too(scene: Scene) -> None:
    graph = f"{BASE}graph/none"
    text = JOINED.replace("{", f"FROM <{graph}> {{", 1)
    assert not solutions(answer(scene, text).body)
    query = Query(JOINED, default_graphs=(graph,))
    assert not solutions(asyncio.run(scene.federated().answer(query)).body)
    assert scene.client.asked == []


def test_our_own_graph_is_asked_in_our_own_way_however_the_client_wants_the_answer(scene: Scene) -> None:
    query = Query(JOINED, table=RESULT_FORMATS[2], gzip=True, may_spool=True)
    found = asyncio.run(scene.federated().answer(query))
    assert found.format == RESULT_FORMATS[2]
    _, own, last = scene.local.asked
    assert own == Query(own.text, RESULT_FORMATS[0], None, trusted=True)
    assert last == query._replace(text=last.text, trusted=True)


def test_a_query_begins_again_when_a_build_is_published_in_the_middle(scene: Scene) -> None:
    stores = iter(["one", "two", "two", "two"])

    class Switching(InProcess):
        def published(self) -> str:
            return next(stores, "three")

        async def answer(self, query: Query) -> Answer:
            return await scene.local.answer(query)

    federated = scene.federated()
    federated._local = Switching(Path("unused"))
    assert asyncio.run(federated.answer(Query(JOINED)))
    assert len(scene.client.asked) == 2
    stores = iter("abcdef")
    with pytest.raises(RefusalError) as refused:
        asyncio.run(federated.answer(Query(JOINED)))
    assert refused.value.reason is Reason.BUSY


def test_the_time_of_a_query_is_bounded_and_so_is_their_number(scene: Scene) -> None:
    class Hanging(Failing):
        async def ask(self, *_: object) -> bytes:
            await asyncio.sleep(60)
            raise AssertionError

    scene.client = Hanging(lambda _: b"")  # type: ignore[assignment]
    federated = scene.federated(queries=2)
    federated._seconds = 0.6

    async def reasons() -> list[Reason]:
        async def reason() -> Reason:
            with pytest.raises(RefusalError) as refused:
                await federated.answer(Query(JOINED))
            return refused.value.reason

        found = await asyncio.gather(*(reason() for _ in range(3)))
        return [*sorted(found, key=lambda each: each.slug), await reason()]

    assert asyncio.run(reasons()) == [Reason.BUSY, *[Reason.OUT_OF_TIME] * 3]


def test_other_forms_of_query_are_federated_alike(scene: Scene) -> None:
    pattern = JOINED[JOINED.index("{") :]
    assert json.loads(answer(scene, f"{PREFIX}ASK {pattern}").body)["boolean"] is True
    built = answer(scene, f"{PREFIX}CONSTRUCT {{ ?x :r ?z }} WHERE {pattern}")
    assert built.body.count(b"<http://e/c> , <http://e/b>") == 1
    described = answer(scene, f"{PREFIX}DESCRIBE ?z WHERE {pattern}")
    assert b"http://e/b" in described.body
    assert described._replace(contributions=()) != described
