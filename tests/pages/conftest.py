"""The service on the real graph, on the family of plans, and on the small hostile one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from ssl import create_default_context

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

CONTACT = "mailto:data@example.jp"
ROOMY = replace(LIMITS, query_seconds=20.0, query_memory_mb=1024, result_mb=20, contact=CONTACT)
HARM = f"""<{BASE}id/070009/project/long> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<https://w3id.org/keifu/ontology#Project> <{BASE}graph/small> .
<{BASE}id/070009/project/long> <http://www.w3.org/2004/02/skos/core#prefLabel> \
"{"長" * 10_000}"@ja <{BASE}graph/small> .
<{BASE}id/070009/term/harm> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<http://www.w3.org/2004/02/skos/core#Concept> <{BASE}graph/small> .
<{BASE}id/070009/term/harm> <http://purl.org/dc/terms/references> <javascript:alert(1)> <{BASE}graph/small> .
<{BASE}id/070009/term/harm> <http://purl.org/dc/terms/references> \
<http://example.org/日本語> <{BASE}graph/small> .
"""
READER = {"Accept": "text/html"}
TLS = create_default_context()
"""Made once: to make it takes longer than to read a page, and every reader would make one."""


@pytest.fixture(scope="session")
def of_documents(built: Folders) -> Iterator[Service]:
    """The service on the five documents."""
    with running(ROOMY, built) as service:
        yield service


@pytest.fixture(scope="session")
def of_harm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on the small dataset, in which some values mean harm, and on a very long name."""
    folders = small_folders(tmp_path_factory.mktemp("hostile"))
    with folders.dataset.open("a", encoding="utf-8") as dataset:
        dataset.write(HARM)
    publish(folders, "small", BASE)
    with running(LIMITS, folders) as service:
        yield service


@pytest.fixture
def site(of_documents: Service) -> Iterator[httpx.Client]:
    """A reader of the five documents, who has chosen no language yet."""
    with httpx.Client(base_url=of_documents.address, timeout=60, headers=READER, verify=TLS) as client:
        yield client


@pytest.fixture
def hostile(of_harm: Service) -> Iterator[httpx.Client]:
    """A reader of the small dataset."""
    with httpx.Client(base_url=of_harm.address, timeout=60, headers=READER) as client:
        yield client


@pytest.fixture(scope="module")
def reader(family: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the family."""
    with running(LIMITS, family) as service, httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened


@pytest.fixture(scope="module")
def real(built: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the real graph."""
    with running(LIMITS, built) as service, httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened
