"""The report as JUnit XML, so that any build server can show it: a Violation is a failure."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graph_builder.reports import text
from graph_builder.reports.results import Report, Result, Severity


def render(report: Report, _base: str = "") -> str:
    """One test suite, one case a result; what is no Violation passes and prints its message."""
    failures = report.count(Severity.VIOLATION)
    suite = Element(
        "testsuite", name="keifu check", tests=str(len(report.results)), failures=str(failures), errors="0"
    )
    for result in report.results:
        _case(suite, result)
    indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _printable(tostring(suite, encoding="unicode")) + "\n"


def _case(suite: Element, result: Result) -> None:
    name = f"{result.spot} {result.focus_node}" if result.spot else result.focus_node
    case = SubElement(suite, "testcase", classname=result.rule.name, name=name)
    if result.severity is Severity.VIOLATION:
        element = SubElement(case, "failure", message=result.message.en, type=result.severity.value)
    else:
        element = SubElement(case, "system-out")
    element.text = text.render(Report("", (result,))).rpartition("\n\n")[0]


def _printable(xml: str) -> str:
    """XML 1.0 has no way to write most control characters, not even escaped (section 2.2, Char)."""
    return "".join(
        character if character >= " " or character in "\t\n\r" else "\N{REPLACEMENT CHARACTER}"
        for character in xml
    )
