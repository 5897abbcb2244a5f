"""The service on the real graph and on the small hostile one, each started once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.running import BASE, LIMITS, running, small_folders

ROOMY = replace(LIMITS, query_seconds=20.0, query_memory_mb=1024, result_mb=20)
READER = {"Accept": "text/html"}


@pytest.fixture(scope="session")
def site(built: Folders) -> Iterator[httpx.Client]:
    """A reader of the five documents."""
    with running(ROOMY, built) as service, httpx.Client(base_url=service.address, timeout=60) as client:
        client.headers.update(READER)
        yield client


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A reader of the small dataset, in which some values mean harm."""
    folders = small_folders(tmp_path_factory.mktemp("hostile"))
    publish(folders, "small", BASE)
    with running(LIMITS, folders) as service, httpx.Client(base_url=service.address, timeout=60) as client:
        client.headers.update(READER)
        yield client
