"""The index of the real graph, open for reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from api.search.reading import open_index
from api.search.searching import LIMIT_AT_MOST, Found, Wanted, search
from graph_builder.folders import Folders
from graph_builder.search.index import published_index

Find = Callable[[str], Found]


@pytest.fixture(scope="session")
def index(built: Folders) -> Iterator[sqlite3.Connection]:
    """The index of the five documents."""
    with closing(open_index(published_index(built))) as opened:
        yield opened


@pytest.fixture(scope="session")
def find(index: sqlite3.Connection) -> Find:
    """What a query finds, all of it."""
    return lambda text: search(index, Wanted(text, limit=LIMIT_AT_MOST))
