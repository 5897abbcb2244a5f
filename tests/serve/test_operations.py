"""The service starts at once, follows a publication, and says how it is."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

from api.settings import Settings, describe
from graph_builder.errors import CallError
from graph_builder.publication import publish
from tests.serve.processes import running_processes, server_process, wait_until
from tests.serve.running import BASE, LIMITS, Service, running, small_folders


def test_health_waits_for_a_store(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    with running(LIMITS, folders) as service, httpx.Client(base_url=service.address) as client:
        waiting = client.get("/health")
        assert (waiting.status_code, waiting.json()["type"]) == (503, "/problems/no-store")
        assert waiting.headers["retry-after"] == "5"
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 503
        publish(folders, "v", BASE)
        assert client.get("/health").json() == {
            "status": "ready",
            "version": "v",
            "store": "v-1",
            "pools": {
                "pages": {"workers": 1, "busy": 0, "waiting": 0},
                "strangers": {"workers": 2, "busy": 0, "waiting": 0},
            },
        }
        head = client.head("/health")
        assert (head.status_code, head.content, head.headers["cache-control"]) == (200, b"", "no-store")
        assert client.post("/health").status_code == 405
        assert client.get("/").status_code == 200


def test_no_request_fails_while_builds_are_published(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "v", BASE)
    paths = ("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "/doc/070009/entry/small.1")
    statuses: list[int] = []
    done = threading.Event()

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, timeout=30) as client:
            for _ in range(5000):
                if done.is_set():
                    break
                statuses.extend(client.get(path).status_code for path in paths)

    with running(LIMITS, folders) as service:
        threads = [threading.Thread(target=ask, args=(service.address,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(6):
            publish(folders, f"w{number}", BASE)
        time.sleep(0.2)
        done.set()
        for thread in threads:
            thread.join(timeout=30)
        assert httpx.get(f"{service.address}/health").json()["store"] == "w5-1"
    assert len(statuses) > 20
    assert set(statuses) == {200}


def test_health_does_not_wait_long_for_a_worker_and_ends_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.health.PATIENCE", 0.2)
    folders = small_folders(tmp_path / "build")
    publish(folders, "v", BASE)
    with running(LIMITS, folders) as service, httpx.Client(base_url=service.address) as client:
        wait_until(lambda: client.get("/health").status_code == 200, "the service was never ready")
        worker = next(number for number in running_processes() if is_page_worker(number, service))
        os.kill(worker, signal.SIGSTOP)
        begin = time.monotonic()
        stuck = client.get("/health")
        assert (stuck.status_code, stuck.json()["type"]) == (503, "/problems/not-ready")
        assert client.get("/health").status_code == 503
        assert time.monotonic() - begin < 2
        os.kill(worker, signal.SIGCONT)
        wait_until(lambda: client.get("/health").status_code == 200, "the worker did not come back")
        assert 'keifu_pool_replaced_total{pool="pages"} 0.0' in client.get("/metrics").text


def is_page_worker(number: int, service: Service) -> bool:
    """Whether a process is the one worker that has opened the store: strangers have asked nothing."""
    try:
        opened = [str(link.readlink()) for link in Path(f"/proc/{number}/fd").iterdir()]
    except OSError:
        return False
    return number != os.getpid() and any(name.startswith(str(service.folders.out)) for name in opened)


def test_the_command_listens_within_a_second_and_a_half_and_ends_when_told(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "v", BASE)
    begin = time.monotonic()
    with server_process(folders) as server:
        assert httpx.get(f"{server.address}/health", timeout=20).status_code == 200
        took = time.monotonic() - begin
        server.process.terminate()
        assert server.process.wait(timeout=20) == 0
    # The budget is 1.5 s on a quiet machine; the bound is what a busy one may take.
    assert took < 6


def test_another_base_maps_its_things_and_keeps_the_words(tmp_path: Path) -> None:
    base = "https://data.example/plans/"
    folders = small_folders(tmp_path / "build")
    text = folders.dataset.read_text(encoding="utf-8")
    for part in ("id/", "graph/"):
        text = text.replace(BASE + part, base + part)
    folders.dataset.write_text(text, encoding="utf-8")
    publish(folders, "v", base)
    with (
        running(replace(LIMITS, base=base), folders) as service,
        httpx.Client(base_url=service.address) as client,
    ):
        page = client.get("/doc/070009/entry/small.1").text
        assert "https://data.example/plans/id/070009/entry/small.1" in page
        assert 'href="/id/070009/plan/small"' in page
        assert 'href="/data/070009/entry/small.1.ttl"' in page
        assert client.get("/doc/graph/small").text.count('href="/ontology#ProjectEntry"') == 1


def test_the_default_graph_of_the_service_is_the_merge_without_proposals(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    store = Store.read_only(str(publish(folders, "v", BASE)))
    assert not bool(store.query("ASK { ?s a <https://w3id.org/keifu/ontology#LineageLink> }"))
    assert bool(store.query("ASK { GRAPH ?g { ?s a <https://w3id.org/keifu/ontology#LineageLink> } }"))


def test_settings_come_from_the_environment_and_the_command_line_goes_before() -> None:
    environment = {
        "KEIFU_PORT": "81",
        "KEIFU_HOST": "::",
        "KEIFU_QUERY_SECONDS": "2.5",
        "KEIFU_OUT": "x",
        "HOME": "/",
    }
    settings = Settings.from_environment(environment, port=82, host=None)
    assert (settings.port, settings.host, settings.query_seconds, settings.out) == (82, "::", 2.5, Path("x"))
    assert Settings.from_environment({}) == Settings()


WRONG = [
    ("KEIFU_PORT", "x"),
    ("KEIFU_PORT", "70000"),
    ("KEIFU_WORKERS", "0"),
    ("KEIFU_QUERY_SECONDS", "nan"),
    ("KEIFU_BASE", "w3id.org/keifu/"),
    ("KEIFU_BASE", "https://w3id.org/keifu"),
    ("KEIFU_PROXIES", "proxy.example.org"),
    ("KEIFU_LOG_LEVEL", "loud"),
    ("KEIFU_LOG_QUERIES", "true"),
    ("KEIFU_CONTACT", "javascript:alert(1)"),
    ("KEIFU_ENDPOINT", "file:///etc/passwd"),
    ("KEIFU_ENDPOINT", "http:///sparql"),
    ("KEIFU_ENDPOINT", "http://who:word@example.org/sparql"),
    ("KEIFU_ENDPOINT_GRAPH", "graph/merge"),
]


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_setting_that_cannot_be_right_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(CallError, match=variable):
        Settings.from_environment({variable: value})


def test_every_setting_is_described_in_one_sentence() -> None:
    described = describe()
    assert described[7][:2] == ("KEIFU_QUERY_SECONDS", "10")
    assert len(described) == 28
    assert all(sentence.endswith(".") for _, _, sentence in described)
