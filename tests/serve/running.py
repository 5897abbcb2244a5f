"""How the tests of the service publish the small dataset and run a server on it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from api.app import create_app
from api.serving.server import Server, server_config
from api.settings import Settings
from graph_builder.folders import Folders

HERE = Path(__file__).resolve().parent
BASE = "https://w3id.org/keifu/"
LIMITS = Settings(port=0, workers=2, query_seconds=3.0, query_memory_mb=256, result_mb=2, request_kb=64)


@dataclass(frozen=True)
class Service:
    """A running server: its address, its settings and the folders that it serves."""

    address: str
    settings: Settings
    folders: Folders


def small_folders(out: Path) -> Folders:
    """Folders with the small hand-made dataset, ready to be published."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "small.nq", out / "dataset.nq")
    return Folders(ontology=HERE / "words", shapes=HERE / "rules", out=out)


@contextmanager
def running(settings: Settings, folders: Folders) -> Iterator[Service]:
    """Run the service on a free port of loopback, in a thread of this process."""
    settings = replace(settings, out=folders.out, host="127.0.0.1", port=0)
    app = create_app(settings)
    server = Server(server_config(settings, app), app, settings.drain_seconds)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    assert server.started, "the server did not start within 20 seconds"
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Service(f"http://127.0.0.1:{port}", settings, folders)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
