"""The service on the family of plans, and on the real graph, each started once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from graph_builder.folders import Folders
from tests.serve.running import LIMITS, running


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
