"""One published store and one running server for the tests of the service."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from graph_builder.catalog.writing import write_catalog
from graph_builder.publication import publish
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


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A client of the running service; it follows no redirect on its own."""
    with httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened
