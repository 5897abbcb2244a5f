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
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.openapi.description import describe_service
from api.routes.questions import LIBRARY
from api.settings import Settings
from tests.serve.running import Service

DESCRIPTION = describe_service(LIBRARY.values(), "mailto:keifu@example.org")
OPERATIONS = [(path, method) for path, methods in DESCRIPTION["paths"].items() for method in methods]
QUESTIONS = {f"/questions/{name}" for name in LIBRARY}
ACCEPTED = ("*/*", "text/html", "application/json", "text/turtle;q=0.5, image/png", "image/png", "nonsense")


def templates(app: FastAPI) -> set[str]:
    paths = [getattr(route, "path", "") for route in app.routes]
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


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_service_keeps_to_its_description(service: Service, path: str, method: str) -> None:
    """Whatever is asked, the answer has a status, a media type and a shape that are described; none is 500."""

    @settings(
        max_examples=4 if path in QUESTIONS else 25,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=SCHEMA[path][method].as_strategy(), accept=st.sampled_from(ACCEPTED))
    def ask(case: schemathesis.Case[Any], accept: str) -> None:
        answer = case.call(base_url=service.address, headers={"Accept": accept}, allow_redirects=False)
        assert answer.status_code != 500, answer.text
        case.validate_response(answer, checks=CHECKS)

    ask()
