"""The service starts at once, follows a publication, and says how it is."""

from __future__ import annotations

import subprocess
import sys
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
from tests.serve.running import BASE, LIMITS, running, small_folders

ROOT = Path(__file__).resolve().parents[2]


def test_health_waits_for_a_store(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    with running(LIMITS, folders) as service, httpx.Client(base_url=service.address) as client:
        waiting = client.get("/health")
        assert (waiting.status_code, waiting.json()["type"]) == (503, "/problems/no-store")
        assert waiting.headers["retry-after"] == "5"
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 503
        publish(folders, "v", BASE)
        assert client.get("/health").json() == {"status": "ready", "store": "v-1"}
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


def test_the_command_listens_within_a_second_and_a_half_and_ends_when_told(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "v", BASE)
    code = (
        "import sys; from pathlib import Path; from api.app import serve; from api.settings import Settings; "
    )
    code += "serve(Settings(out=Path(sys.argv[1]), port=int(sys.argv[2])))"
    with running(LIMITS, folders) as other:
        port = int(other.address.rpartition(":")[2])
    begin = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code, str(folders.out), str(port)], cwd=ROOT)
    try:
        while time.monotonic() - begin < 20 and not ready(port):
            time.sleep(0.02)
        took = time.monotonic() - begin
        process.terminate()
        assert process.wait(timeout=20) in {0, -15}
    finally:
        process.kill()
        process.wait(timeout=20)
    # The budget is 1.5 s on a quiet machine; the bound is what a busy one may take.
    assert took < 6


def ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


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
        assert 'href="/ontology#ProjectEntry"' in page


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
]


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_setting_that_cannot_be_right_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(CallError, match=variable):
        Settings.from_environment({variable: value})


def test_every_setting_is_described_in_one_sentence() -> None:
    described = describe()
    assert described[7][:2] == ("KEIFU_QUERY_SECONDS", "10")
    assert len(described) == 12
    assert all(sentence.endswith(".") for _, _, sentence in described)
