"""Checks declare what they say; a check that does not is an error that names its file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_builder.errors import DeclarationError, ReportError
from graph_builder.reports.checks import Check, read_check, read_checks, run
from tests.check.cases import FOLDERS

HEADER = """# title@ja: 題
# title@en: Title
# severity: Warning
# message@ja: {name} がおかしい。
# message@en: {name} is odd.
# remedy@ja: 直す。
# remedy@en: Mend it.

"""


def _check(folder: Path, text: str) -> Path:
    path = folder / "odd.rq"
    path.write_text(text, "utf-8")
    return path


def test_every_check_says_enough() -> None:
    checks = read_checks(FOLDERS.checks)
    assert len(checks) == 31
    for check in checks:
        texts = (check.rule.message, check.rule.remedy)
        assert all(text.ja.endswith("。") and text.en.endswith(".") for text in texts), check.path


@pytest.mark.parametrize("check", read_checks(FOLDERS.checks), ids=lambda check: check.path.stem)
def test_a_message_names_only_variables_that_the_query_returns(check: Check) -> None:
    solutions = ox.Store().query(check.query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = {variable.value: "*" for variable in solutions.variables}
    filled = check.rule.message.filled(names)
    assert not set("{}") & {*filled.ja, *filled.en}


def test_a_header_that_is_missing_is_named(tmp_path: Path) -> None:
    path = _check(tmp_path, HEADER.replace("# remedy@ja: 直す。\n", "") + "SELECT * {}")
    with pytest.raises(DeclarationError, match=r"odd\.rq, line 1: no header remedy@ja"):
        read_check(path)


def test_an_unknown_severity_is_an_error(tmp_path: Path) -> None:
    path = _check(tmp_path, HEADER.replace("Warning", "Fatal") + "SELECT * {}")
    with pytest.raises(DeclarationError, match="use Violation, Warning or Info"):
        read_check(path)


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT ?focusNode { ?focusNode", "the query is malformed"),
        ("ASK { ?s ?p ?o }", "it is no SELECT"),
        ("SELECT ?thing { ?thing ?p ?o }", "a row has no \\?focusNode"),
    ],
)
def test_a_query_that_cannot_report_is_an_error(tmp_path: Path, query: str, what: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x")))
    with pytest.raises(ReportError, match=what):
        run(read_check(_check(tmp_path, HEADER + query)), store)


def test_rows_that_differ_in_their_places_are_one_finding(tmp_path: Path) -> None:
    query = """SELECT ?focusNode ?name ?document ?startLine ?alsoDocument ?alsoStartLine ?alsoEndLine {
      VALUES (?focusNode ?name ?document ?startLine ?alsoDocument ?alsoStartLine ?alsoEndLine) {
        (<urn:a> "甲" <urn:doc/one> 3 <urn:doc/two> 9 10) (<urn:a> "甲" <urn:doc/one> 3 <urn:doc/two> 4 UNDEF)
      }}"""
    (finding,) = run(read_check(_check(tmp_path, HEADER + query)), ox.Store())
    assert str(finding.spot) == "one:3"
    assert [str(spot) for spot in finding.also_spots] == ["two:4", "two:9-10"]
    assert finding.variables == (("name", "甲"),)
