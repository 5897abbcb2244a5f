"""The command line: what it prints and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import api.serving.server
from api.cli import app
from api.settings import Settings
from graph_builder.folders import ROOT, Folders
from graph_builder.publication import publish
from tests.serve.running import BASE, small_folders


def keifu(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def invoke(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_without_a_command_the_commands_are_listed() -> None:
    done = keifu("--help")
    assert done.returncode == 0
    for command in ("build", "check", "ask", "lineage", "serve", "export", "rollback", "new-document"):
        assert command in done.stdout


@pytest.mark.parametrize(
    "arguments", [["undo"], ["build", "--engine", "spark"], ["check", "--format", "pdf"]]
)
def test_what_is_not_there_is_the_fault_of_the_call(arguments: list[str]) -> None:
    done = keifu(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_the_fault_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIFU_BASE", "not an address")
    done = keifu("check")
    assert done.returncode == 2
    assert "KEIFU_BASE" in done.stderr


def test_a_check_before_a_build_says_what_to_do(tmp_path: Path) -> None:
    done = keifu("check", "--out", tmp_path)
    assert done.returncode == 1
    assert "run keifu build first" in done.stderr


def test_the_report_is_written_in_every_format(built: Folders) -> None:
    assert json.loads(invoke("check", "--out", built.out, "--format", "json"))["conforms"] is True
    assert invoke("check", "--out", built.out, "--format", "junit").startswith("<?xml")
    assert "ValidationReport" in invoke("check", "--out", built.out, "--format", "ttl")
    assert invoke("check", "--out", built.out, "--format", "html").startswith("<!doctype html>")
    assert "ict-data-plan-2019-review" in invoke("check", "--out", built.out)


def test_a_graph_with_a_violation_ends_the_check_with_1(built: Folders, tmp_path: Path) -> None:
    lines = built.dataset.read_text("utf-8").splitlines(keepends=True)
    evidence = "<https://w3id.org/keifu/ontology#evidence>"
    without = [
        line
        for line in lines
        if not ("/measure/ict-data-action-plan-2020.1-1.m1>" in line and evidence in line)
    ]
    assert len(without) == len(lines) - 1
    (tmp_path / "dataset.nq").write_text("".join(without), encoding="utf-8")
    done = keifu("check", "--out", tmp_path)
    assert done.returncode == 1
    assert "measure" in done.stdout


def test_the_graph_is_exported_to_a_file(built: Folders, tmp_path: Path) -> None:
    out = tmp_path / "review.ttl"
    graph = "ict-data-plan-2019-review"
    invoke("export", "--out", built.out, "--format", "ttl", "--graph", graph, "--to", out)
    assert "kf:ReviewObservation" in out.read_text("utf-8")


def test_the_graph_is_exported_to_standard_output(built: Folders) -> None:
    done = keifu("export", "--out", built.out)
    assert sorted(done.stdout.splitlines()) == sorted(built.dataset.read_text("utf-8").splitlines())


def test_tables_and_every_dump_are_exported_to_a_folder(built: Folders, tmp_path: Path) -> None:
    invoke("export", "--out", built.out, "--format", "parquet", "--to", tmp_path / "tables")
    assert (tmp_path / "tables" / "class-kf-Plan.parquet").exists()
    invoke("export", "--out", built.out, "--format", "jsonld", "--to", tmp_path / "graph.jsonld.gz")
    assert (tmp_path / "graph.jsonld.gz").read_bytes()[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--all"], "name a folder with --to"),
        (["--all", "--to", "x", "--format", "nq"], "leave out --format or --all"),
        (["--all", "--to", "x", "--graph", "reference"], "leave out --graph or --all"),
        (["--all", "--to", "x", "--gzip"], "leave out --gzip or --all"),
        (["--format", "csv"], "name a folder with --to"),
        (["--format", "ttl", "--with-default-graph"], "holds the merge by itself"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_an_export_that_cannot_be_is_the_fault_of_the_call(
    built: Folders, arguments: list[str], says: str
) -> None:
    done = keifu("export", "--out", built.out, *arguments)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())


def test_a_rollback_without_a_build_before_says_so(tmp_path: Path) -> None:
    done = keifu("rollback", "--out", tmp_path)
    assert done.returncode == 1
    assert "there is no build before the published one" in " ".join(done.stderr.split())


def test_a_rollback_is_told_and_what_is_exported_is_what_is_published(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "first", BASE)
    line = folders.dataset.read_text("utf-8").splitlines(keepends=True)[0]
    folders.dataset.write_text(line, encoding="utf-8")
    publish(folders, "second", BASE)
    assert keifu("export", "--out", folders.out).stdout == line
    done = keifu("rollback", "--out", folders.out)
    assert (done.returncode, "version first" in done.stderr) == (0, True)
    assert len(keifu("export", "--out", folders.out).stdout.splitlines()) > 10


def test_serve_takes_its_options_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(api.serving.server, "serve", served.append)
    monkeypatch.setenv("KEIFU_PORT", "9000")
    invoke("serve", "--out", tmp_path, "--host", "127.0.0.2")
    invoke("serve", "--port", "0")
    assert [(settings.host, settings.port) for settings in served] == [("127.0.0.2", 9000), ("127.0.0.1", 0)]
    assert served[0].out == tmp_path


def test_serve_takes_an_endpoint_that_is_an_address_of_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(api.serving.server, "serve", served.append)
    monkeypatch.setenv("KEIFU_ENDPOINT", "http://127.0.0.1:9/first")
    invoke("serve")
    invoke("serve", "--endpoint", "http://127.0.0.1:9/second")
    assert [settings.endpoint[-6:] for settings in served] == ["/first", "second"]
    done = keifu("serve", "--endpoint", "127.0.0.1:9")
    assert done.returncode == 2
    assert "it must start with http:// or https://" in done.stderr
