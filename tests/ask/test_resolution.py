"""A name becomes a thing only where it is certain which; else the error says what is near."""

from __future__ import annotations

import asyncio

import pytest

from graph_builder.errors import CallError
from graph_builder.folders import Folders
from sparql.library import parse_question
from sparql.protocol import LiteralTerm
from sparql.resolution import bind
from tests.ask.family import Inside

ID = "https://w3id.org/keifu/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def bound(folders: Folders, declaration: str, value: str) -> str | LiteralTerm:
    question = parse_question(f"# param: it {declaration} それ | it\nASK {{}}\n", "own", "own.rq")
    ((name, term),) = asyncio.run(bind(Inside(folders), question, {"it": value}))
    assert name == "it"
    return term


@pytest.mark.parametrize(
    ("kind", "value", "address"),
    [
        ("plan", "デジタル化推進計画", "070009/plan/digital-plan-2022"),
        ("plan", "Digitalisation Promotion Plan", "070009/plan/digital-plan-2022"),
        ("plan", "digital-plan-2022", "070009/plan/digital-plan-2022"),
        ("plan", f"{ID}070009/plan/digital-plan-2022", "070009/plan/digital-plan-2022"),
        ("plan", "第５期 情報化推進計画", "070009/plan/ict-strategy-2015"),
        ("project", "RPA活用事業", "070009/project/rpa-use"),
        ("law", "官民データ法", "jp/law/428AC1000000103"),
        ("concept", "society5.0", "jp/concept/society-5-0"),
        ("concept", "RPA", "jp/concept/rpa"),
        ("term", "RPA", "070009/term/rpa"),
        ("division", "情報政策課", "070009/organization/kikaku-chosei-bu.joho-seisaku-ka"),
        ("fiscal-year", "2020", "fiscal-year/2020"),
        ("fiscal-year", "令和２年度", "fiscal-year/2020"),
        ("fiscal-year", "FY2020", "fiscal-year/2020"),
        ("document", "総括", "070009/document/ict-data-plan-2019-review"),
    ],
)
def test_a_name_is_looked_up_folded(family: Folders, kind: str, value: str, address: str) -> None:
    assert bound(family, f"{kind} required", value) == ID + address


def test_texts_numbers_and_choices_become_terms(family: Folders) -> None:
    assert bound(family, "text required", "市町村") == LiteralTerm("市町村", f"{XSD}string")
    assert bound(family, "integer required", "-5") == LiteralTerm("-5", f"{XSD}integer")
    assert bound(family, "decimal required", "0.8") == LiteralTerm("0.8", f"{XSD}decimal")
    choice = "one-of(sh:Violation,sh:Warning) required"
    assert bound(family, choice, "warning") == "http://www.w3.org/ns/shacl#Warning"
    assert bound(family, choice, "http://www.w3.org/ns/shacl#Warning") == bound(family, choice, "Warning")


@pytest.mark.parametrize(
    ("declaration", "value", "message"),
    [
        (
            "plan required",
            "デジタル化計画",
            "no plan is known as .*Names that are near: デジタル化推進計画 <",
        ),
        ("plan required", "第5期科学技術基本計画", "no plan is known"),
        ("plan required", "zzz", r"Give the name or the address of one \(4 are known\)"),
        ("plan required", "", "a value is missing"),
        ("decimal required", "0,8", "'0,8' is no decimal"),
        ("decimal required", "８", "is no decimal"),
        ("integer required", "1e3", "is no integer"),
        ("text required", "あ" * 1001, "longer than 1000"),
        ("one-of(sh:Violation,sh:Warning) required", "Fatal", "Choose one of Violation, Warning"),
    ],
)
def test_what_cannot_be_used_is_said(family: Folders, declaration: str, value: str, message: str) -> None:
    with pytest.raises(CallError, match=message):
        bound(family, declaration, value)


def test_a_name_of_several_things_names_them_all(family: Folders) -> None:
    with pytest.raises(CallError, match=r"'Planning' names 2 things: 企画部 <.*, 企画調整部 <") as caught:
        bound(family, "division required", "Planning")
    assert "Give the address of one" in str(caught.value)


def test_a_parameter_that_is_not_there_is_said(family: Folders) -> None:
    question = parse_question("# param: year fiscal-year optional 年 | year\nASK {}\n", "own", "own.rq")
    with pytest.raises(CallError, match=r"there is no parameter yaer\. Its parameters are: year"):
        asyncio.run(bind(Inside(family), question, {"yaer": "2022"}))
