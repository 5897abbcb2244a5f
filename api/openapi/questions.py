"""An operation for each question, made from what the head of its file declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sparql.library import Question
from sparql.parameters import TEXT_AT_MOST, Parameter

Record = dict[str, Any]

NUMBERS = {"integer": ("integer", int), "decimal": ("number", float)}
"""Type of a parameter → its name in JSON Schema, and how a default is read."""


def question_operations(questions: Iterable[Question], general: Record) -> Record:
    """Return path → method → declaration: as the `general` one, with the question's titles and parameters."""
    return {
        f"/questions/{question.name}": {
            method: entry
            | {
                "summary": question.title_en,
                "description": "\n\n".join(_said(question)),
                "parameters": [],
                "own": [_parameter(parameter, question) for parameter in question.parameters],
            }
            for method, entry in general.items()
        }
        for question in questions
    }


def _said(question: Question) -> list[str]:
    texts = (question.title_ja, question.description_ja, question.description_en)
    return [text for text in texts if text]


def _parameter(parameter: Parameter, question: Question) -> Record:
    """Return a parameter; none is required of a page, which answers its example where it is given nothing."""
    record: Record = {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.label_en} / {parameter.label_ja}",
        "schema": _schema(parameter),
    }
    example = dict(question.example).get(parameter.name)
    return record if example is None else record | {"example": example}


def _schema(parameter: Parameter) -> Record:
    name, read = NUMBERS.get(parameter.type, ("string", str))
    schema: Record = {"type": name}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.type == "text":
        schema["maxLength"] = TEXT_AT_MOST
    if parameter.default is not None:
        schema["default"] = read(parameter.default)
    return schema
