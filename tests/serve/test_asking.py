"""keifu ask and keifu lineage: what they print and how they end."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph_builder.folders import ROOT, Folders
from tests.ask.family import CASES

OWN = "SELECT ?plan ?name { ?plan a <https://w3id.org/keifu/ontology#Plan> ; ?label ?name } LIMIT 1"


def keifu(*arguments: str | Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, input=given)


def test_without_a_question_the_questions_are_listed() -> None:
    done = keifu("ask")
    assert done.returncode == 0
    assert sum("plan=" in line for line in done.stdout.splitlines()) >= 5
    assert "計画の事業は、その後どうなったか" in done.stdout
    assert "What became of every project of a plan" in done.stdout


def test_an_answer_is_a_table_with_names(family: Folders) -> None:
    done = keifu(
        "ask", "fate-of-a-plans-projects", "--param", "plan=アクションプラン２０２０", "--out", family.out
    )
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = [line for line in done.stdout.splitlines() if "役目を終えた事業" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "役目を終えた事業",
        "続きなし",
        "",
        "",
        "",
        "ict-data-action-plan-2020:30-34",
    ]
    assert done.stdout.rstrip().endswith("4 件")


def test_an_answer_is_csv_and_json_of_the_standard(family: Folders) -> None:
    asked = ("ask", "what-laws-mandate", "--param", "law=官民データ活用推進基本法", "--out", family.out)
    rows = list(csv.reader(io.StringIO(keifu(*asked, "--format", "csv").stdout)))
    expected = (CASES / "what-laws-mandate.csv").read_text("utf-8")
    assert rows == list(csv.reader(io.StringIO(expected)))
    record = json.loads(keifu(*asked, "--format", "json").stdout)
    assert record["head"]["vars"] == rows[0]
    assert record["results"]["bindings"][0]["article"]["value"] == "第9条"


def test_a_query_of_ones_own_comes_from_a_file_or_from_standard_input(
    family: Folders, tmp_path: Path
) -> None:
    file = tmp_path / "own.rq"
    file.write_text(OWN, encoding="utf-8")
    from_file = keifu("ask", file, "--format", "csv", "--out", family.out)
    from_input = keifu("ask", "-", "--format", "csv", "--out", family.out, given=OWN)
    assert from_file.returncode == from_input.returncode == 0
    assert from_file.stdout == from_input.stdout
    assert from_file.stdout.startswith("plan,name")


def test_an_ask_query_has_one_cell(family: Folders) -> None:
    done = keifu("ask", "-", "--out", family.out, given="ASK { ?thing ?property ?value }")
    assert done.returncode == 0
    assert "true" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "given", "code", "message"),
    [
        (("fate-of-plans",), None, 2, "Names that are near: fate-of-a-plans-projects"),
        (("zzz",), None, 2, "keifu ask without a question lists them"),
        (("fate-of-a-plans-projects",), None, 2, "a value is missing"),
        (("fate-of-a-plans-projects", "--param", "plan"), None, 2, "no name=value"),
        (("fate-of-a-plans-projects", "--param", "plan=x y"), None, 2, "no plan is known as 'x y'"),
        (("fate-of-a-plans-projects", "--param", "year=2020"), None, 2, "no parameter year"),
        (("-",), "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }", 1, "SERVICE is not allowed"),
        (("-",), "SELECT ?x {", 1, "cannot be parsed"),
        (("-",), "CONSTRUCT WHERE { ?s ?p ?o }", 1, "the query gives a graph"),
        (("-",), "DROP ALL", 1, "read-only"),
    ],
)
def test_what_is_wrong_is_said(
    family: Folders, arguments: tuple[str, ...], given: str | None, code: int, message: str
) -> None:
    done = keifu("ask", *arguments, "--out", family.out, given=given)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_before_a_build_there_is_nothing_to_ask(tmp_path: Path) -> None:
    for arguments in (("ask", "figures-of-a-year"), ("lineage", "x")):
        done = keifu(*arguments, "--out", tmp_path)
        assert done.returncode == 1
        assert "Run keifu build" in done.stderr


def test_a_lineage_is_a_tree(family: Folders) -> None:
    done = keifu("lineage", "ＲＰＡ活用事業", "--direction", "up", "--out", family.out)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = (
        "← 改称 (0.70, 確認済み・照合) ふくしまSociety5.0推進事業（RPA導入事業） 2020年度 "
        "[dx-projects-2022:10-14, ict-data-action-plan-2020:20-24]"
    )
    assert wanted in done.stdout


def test_a_lineage_is_json_and_turtle(family: Folders) -> None:
    record = json.loads(keifu("lineage", "Society5.0", "--format", "json", "--out", family.out).stdout)
    assert len(record["edges"]) == 4
    turtle = keifu("lineage", "Society5.0", "--format", "ttl", "--out", family.out).stdout
    assert len(list(parse(turtle.encode(), RdfFormat.TURTLE))) > 50


def test_an_unknown_name_has_no_lineage(family: Folders) -> None:
    done = keifu("lineage", "デジタル化推進計", "--out", family.out)
    assert done.returncode == 2
    assert "Names that are near: デジタル化推進計画" in done.stderr
