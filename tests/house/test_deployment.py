"""What is said about running the service names only what is there: settings, files, metrics."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from typer.main import get_command

from api.app import create_app
from api.cli import app
from api.routes import sparql
from api.settings import Settings, describe

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENT = ROOT / "docs" / "deployment"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
TEXTS = {
    name: (ROOT / name).read_text("utf-8")
    for name in (
        "Dockerfile",
        ".dockerignore",
        "docs/operations.md",
        *(str(path.relative_to(ROOT)) for path in sorted(DEPLOYMENT.iterdir())),
    )
}


def families() -> set[str]:
    exposition = create_app(Settings()).state.metrics.exposition("")[0].decode()
    return {family.name for family in text_string_to_metric_families(exposition)}


def test_four_files_say_how_to_run_it() -> None:
    assert sorted(path.name for path in DEPLOYMENT.iterdir()) == [
        "alerts.yaml",
        "compose.yaml",
        "keifu.service",
        "nginx.conf",
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_every_setting_and_file_that_is_named_is_there(name: str) -> None:
    settings = {variable for variable, _, _ in describe()}
    assert set(re.findall(r"KEIFU_[A-Z_]+", TEXTS[name])) <= settings
    named = re.findall(r"\bdocs/[a-z/]+\.[a-z]+", TEXTS[name])
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_that_is_run_is_there() -> None:
    commands = set(getattr(get_command(app), "commands"))  # noqa: B009  typer's group is typed as a plain command
    run = re.findall(r"(?:bin/|RUN |`|^)keifu ([a-z-]+)", "\n".join(TEXTS.values()), re.MULTILINE)
    listed = TEXTS["Dockerfile"] + TEXTS["docs/deployment/compose.yaml"]
    run += re.findall(r'(?:^CMD|command:) \["([a-z-]+)"', listed, re.MULTILINE)
    assert {"serve", "build"} <= set(run) <= commands


def test_the_image_is_made_of_what_is_there_and_of_nothing_else() -> None:
    copied = {
        source.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in line.split()
    }
    let_in = {line[1:] for line in TEXTS[".dockerignore"].splitlines() if line.startswith("!")}
    assert copied == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= copied | {"tests", "benchmarks"}
    stages = re.findall(r"AS ([a-z]+)$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"--from=([a-z]+)", DOCKERFILE)) <= set(stages)
    assert "target: service" in TEXTS["docs/deployment/compose.yaml"]
    assert "service" in stages


def test_the_image_keeps_to_what_a_container_needs() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert re.search(r"^USER (?!0|root)", DOCKERFILE, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    assert "curl" not in DOCKERFILE
    port = Settings().port
    assert f"EXPOSE {port}" in DOCKERFILE
    assert f"http://127.0.0.1:{port}/health" in DOCKERFILE


def test_who_stops_the_service_leaves_it_the_time_it_needs() -> None:
    needed = 5 + Settings().query_seconds + 1
    grace = re.search(r"stop_grace_period: (\d+)s", TEXTS["docs/deployment/compose.yaml"])
    timeout = re.search(r"TimeoutStopSec=(\d+)", TEXTS["docs/deployment/keifu.service"])
    assert grace is not None
    assert timeout is not None
    for text in ("docs/deployment/compose.yaml", "docs/deployment/keifu.service"):
        assert re.search(r'KEIFU_DRAIN_SECONDS(?:=|: ")5', TEXTS[text])
    assert min(int(grace[1]), int(timeout[1])) > needed


def test_the_proxy_agrees_with_the_service() -> None:
    conf, settings = TEXTS["docs/deployment/nginx.conf"], Settings()
    routes = {getattr(route, "path", "") for route in create_app(settings).routes}
    located = re.findall(r"^    location (?:= )?(\S+) ", conf, re.MULTILINE)
    assert set(located) == {"/", "/sparql", "/metrics"}
    assert set(located) <= routes | {sparql.PATH}
    assert f"client_max_body_size  {settings.request_kb}k;" in conf
    read = re.search(r"proxy_read_timeout (\d+)s", conf)
    kept = re.search(r"keepalive_timeout (\d+)s", conf)
    assert read is not None
    assert kept is not None
    assert int(read[1]) > settings.query_seconds + 1
    assert int(kept[1]) < settings.keep_alive_seconds


def test_every_metric_is_explained_and_every_alert_knows_its_metrics() -> None:
    exposed = {name for name in families() if name.startswith("keifu_")}
    assert len(exposed) == 14
    rows = re.findall(r"^\| `(keifu_\w+)` \|", OPERATIONS, re.MULTILINE)
    explained = {re.sub(r"_total$", "", name) for name in rows}
    assert explained == exposed
    alerts = TEXTS["docs/deployment/alerts.yaml"]
    used = {re.sub(r"_total$", "", name) for name in re.findall(r"\b(?:keifu|process)_\w+", alerts)}
    assert used <= families()
    assert alerts.count("- alert:") == 7
