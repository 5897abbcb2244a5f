"""The description of the service: it names every route, and the service keeps to it whatever it is asked."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.openapi.description import describe_service
from api.routes import sparql
from api.routes.questions import LIBRARY
from api.settings import Settings
from tests.serve.running import Service

DESCRIPTION = describe_service(LIBRARY.values(), "mailto:keifu@example.org")
OPERATIONS = [(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods]
QUESTIONS = {f"/questions/{name}" for name in LIBRARY}
ACCEPTED = ("*/*", "text/html", "application/json", "text/turtle;q=0.5, image/png", "image/png", "nonsense")


def templates(app: FastAPI) -> set[str]:
    paths = [sparql.PATH, *(path for route in app.routes if (path := getattr(route, "path", "")))]
    return {re.sub(r":path\}", "}", "/static/{file}" if path == "/static" else path) for path in paths}


def test_every_route_is_described_and_nothing_else() -> None:
    described = set(DESCRIPTION["paths"])
    assert described - QUESTIONS == templates(create_app(Settings()))
    assert described >= QUESTIONS
    assert {method for _, method in OPERATIONS} == {"get", "post"}


def test_every_question_is_described_with_its_parameters() -> None:
    for name, question in LIBRARY.items():
        operation = DESCRIPTION["paths"][f"/questions/{name}"]["get"]
        assert operation["summary"] == question.title_en
        named = [parameter["name"] for parameter in operation["parameters"]] if question.parameters else []
        assert named == [parameter.name for parameter in question.parameters]
    year = DESCRIPTION["paths"]["/questions/figures-of-a-year"]["get"]["parameters"][0]
    assert year["schema"] == {"type": "string", "default": "2022"}
    severity = DESCRIPTION["paths"]["/questions/contradictions-in-the-documents"]["get"]["parameters"][0][
        "schema"
    ]
    assert severity["enum"] == ["Violation", "Warning", "Info"]


def test_the_description_is_served_and_can_be_kept(client: httpx.Client) -> None:
    got = client.get("/openapi.json")
    assert got.headers["content-type"] == "application/json"
    assert got.json() == describe_service(LIBRARY.values(), "")
    assert got.json()["openapi"] == "3.1.0"
    again = client.get("/openapi.json", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_who_to_ask_is_in_the_description() -> None:
    assert DESCRIPTION["info"]["contact"] == {"email": "keifu@example.org"}
    site = describe_service((), "https://example.org/ask")
    assert site["info"]["contact"] == {"url": "https://example.org/ask"}
    assert "contact" not in describe_service((), "")["info"]


SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
THINGS = ("070009/entry/small.1", "070009/plan/small", "070009/entry/hostile", "graph/small", "small")
KNOWN = {
    "path": (*THINGS, *(f"{thing}.{ending}" for thing in THINGS for ending in ("ttl", "jsonld", "json"))),
    "name": ("figures-of-a-year", "figures-of-a-year.csv", "graphs.xml", "../health", "a b.csv"),
    "slug": ("busy", "out-of-time"),
    "query": (
        "ASK { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } LIMIT 3",
        "DESCRIBE <https://w3id.org/keifu/id/070009/plan/small>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT (SUM(?o) AS ?n) { ?s ?p ?o } GROUP BY ?p\0",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
    ),
}
"""Values that mean something here, for every second request: of what is made up, nothing is ever found."""


@st.composite
def cases(draw: st.DrawFn, path: str, method: str) -> schemathesis.Case[Any]:
    """A request that keeps to the description or breaks it, with values that are known or made up."""
    operation = SCHEMA[path][method]
    has_parameters = bool(DESCRIPTION["paths"][path][method].get("parameters"))
    modes = list(GenerationMode) if has_parameters else [GenerationMode.POSITIVE]
    case = draw(operation.as_strategy(generation_mode=draw(st.sampled_from(modes))))
    for values in (case.path_parameters, case.query):
        for name in (values or {}).keys() & KNOWN.keys():
            if draw(st.booleans()):
                values[name] = draw(st.sampled_from(KNOWN[name]))
    return case


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_service_keeps_to_its_description(service: Service, path: str, method: str) -> None:
    """Whatever is asked, the answer has a status, a media type and a shape that are described; no 500."""

    @settings(
        max_examples=4 if path in QUESTIONS else 20,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(path, method), accept=st.sampled_from(ACCEPTED))
    def ask(case: schemathesis.Case[Any], accept: str) -> None:
        answer = case.call(base_url=service.address, headers={"Accept": accept}, allow_redirects=False)
        assert answer.status_code != 500, answer.text
        case.validate_response(answer, checks=CHECKS)

    ask()


FOUND = [
    ("/doc/{path}", {"path": THINGS[0]}, {}, 200),
    ("/data/{path}", {"path": f"{THINGS[0]}.ttl"}, {}, 200),
    ("/data/{path}", {"path": "graph/small.jsonld"}, {}, 200),
    ("/id/{path}", {"path": THINGS[1]}, {}, 303),
    ("/graph/{path}", {"path": "small"}, {}, 303),
    ("/lineage/{path}", {"path": f"{THINGS[1]}.json"}, {"direction": "up"}, 200),
    ("/questions/{name}", {"name": "graphs.csv"}, {}, 404),
    ("/questions/figures-of-a-year", {}, {"year": "2022"}, 400),
    ("/sparql", {}, {"query": "ASK { ?s ?p ?o }", "format": "csv"}, 200),
    ("/sparql", {}, {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, 403),
]


@pytest.mark.parametrize(("path", "parts", "query", "status"), FOUND)
def test_an_answer_that_is_found_is_as_described(
    service: Service, path: str, parts: dict[str, str], query: dict[str, str], status: int
) -> None:
    case = SCHEMA[path]["get"].Case(path_parameters=parts, query=query)
    answer = case.call(base_url=service.address, headers={"Accept": "*/*"}, allow_redirects=False)
    assert answer.status_code == status
    case.validate_response(answer, checks=CHECKS)
