"""One published store and one running server for the tests of the service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from api.settings import Settings
from graph_builder.catalog.writing import write_catalog
from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.endpoints import MERGE, SETTINGS, oxigraph_on, virtuoso_on
from tests.serve.running import BASE, LIMITS, Service, running, small_folders


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on the small dataset, which no test may change."""
    folders = small_folders(tmp_path_factory.mktemp("service"))
    write_catalog(folders, BASE)
    folders.report.with_suffix(".html").write_text("<!DOCTYPE html><title>報告</title>", encoding="utf-8")
    folders.report.with_suffix(".json").write_text('{"conforms": true}', encoding="utf-8")
    publish(folders, "small", BASE)
    with running(LIMITS, folders) as running_service:
        yield running_service


@pytest.fixture(scope="session")
def oxigraph(family: Folders) -> Iterator[Settings]:
    """The settings of a service on `oxigraph serve-read-only`, which has the store of the family."""
    with oxigraph_on(family.store) as address:
        yield replace(SETTINGS, endpoint=address)


@pytest.fixture(scope="session")
def virtuoso(built: Folders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a service on Virtuoso, which has the graphs of the five documents."""
    with virtuoso_on(built.store, tmp_path_factory.mktemp("virtuoso")) as address:
        yield replace(SETTINGS, endpoint=address, endpoint_graph=MERGE)


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A client of the running service; it follows no redirect on its own."""
    with httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened
