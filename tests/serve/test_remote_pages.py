"""The whole service on an endpoint of somebody else, without a build of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from graph_builder.folders import Folders
from tests.serve.endpoints import free_port
from tests.serve.running import LIMITS, Service, running


@pytest.fixture(scope="module")
def on_oxigraph(oxigraph: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on `oxigraph serve-read-only`, without a build of its own."""
    settings = replace(LIMITS, endpoint=oxigraph.endpoint, query_seconds=10.0)
    with running(settings, Folders(out=tmp_path_factory.mktemp("none"))) as service:
        yield service


PAGES = (
    "/",
    "/ontology",
    "/doc/070009/plan/digital-plan-2022",
    "/data/070009/plan/digital-plan-2022.ttl",
    "/data/graph/lineage.nt",
    "/doc/graph/proposals",
    "/questions",
    "/questions/fate-of-a-plans-projects",
    "/questions/fate-of-a-plans-projects.csv?plan=ict-data-action-plan-2020",
    "/lineage/070009/plan/digital-plan-2022",
    "/lineage/070009/plan/digital-plan-2022.json",
    "/lineage/070009/plan/digital-plan-2022.ttl",
    "/sparql?query=ASK%20%7B%7D",
    "/health",
)


def content(page: str) -> list[str]:
    """The lines between the frame, which knows the day of a publication where there is one."""
    return sorted(page.partition("<main")[2].partition("</main>")[0].splitlines()) or sorted(
        page.splitlines()
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_as_from_our_own_store(on_oxigraph: Service, family: Folders, page: str) -> None:
    with running(replace(LIMITS, query_seconds=10.0), family) as own:
        expected = httpx.get(own.address + page, timeout=30)
    found = httpx.get(on_oxigraph.address + page, timeout=30)
    assert (found.status_code, found.headers["content-type"]) == (200, expected.headers["content-type"])
    if page == "/health":
        assert (found.json()["status"], found.json()["store"]) == ("ready", "endpoint")
        assert found.json()["pools"].keys() == {"examiners"}
    else:
        assert content(found.text) == content(expected.text)


def test_what_rests_on_files_says_so(on_oxigraph: Service) -> None:
    for page in ("/report", "/report.json", "/report.ttl"):
        answer = httpx.get(on_oxigraph.address + page, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["remedy"]) == (404, "Give --out, the folder of the build")


def test_an_endpoint_that_nobody_listens_at_is_out_of_reach(tmp_path: Path) -> None:
    settings = replace(LIMITS, endpoint=f"http://127.0.0.1:{free_port()}/sparql")
    with running(settings, Folders(out=tmp_path)) as service:
        for page in ("/health", "/", "/sparql?query=ASK%20%7B%7D"):
            answer = httpx.get(service.address + page, headers={"Accept": "application/json"})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert answer.json()["detail"] == "the endpoint cannot be reached: Connection refused"
            assert "KEIFU_ENDPOINT" in answer.json()["remedy"]
