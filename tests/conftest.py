"""Fixtures that more than one part of the specification needs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph_builder.folders import Folders
from graph_builder.pipeline import build
from tests.ask.family import publish_family

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of ground truth and conformance suites; the test is skipped where it is absent."""
    folder = Path(os.environ.get("KEIFU_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared (or KEIFU_SHARED), which is not part of the product")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The five documents, built and published once for all tests that look at the real graph."""
    folders = Folders(out=tmp_path_factory.mktemp("build"))
    build(folders)
    return folders


@pytest.fixture(scope="session")
def family(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A tiny complete family of plans, published; every question has an answer in it."""
    return publish_family(tmp_path_factory.mktemp("family"))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where KEIFU_NO_SKIPS is set, a skipped test is a failure: nothing may be absent there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("KEIFU_NO_SKIPS") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
