"""The description of every route in OpenAPI 3.1, put together from the files beside this module.

`service.toml` holds what all share. In the file of a module of routes, `[<path>.<method>]` has

    summary      one sentence
    parameters   names of parameters in service.toml
    body         media type → schema of what is sent
    media        media types of the answer; none where the route only sends on
    schema       name of the schema of the answer where it is JSON
    sends_on     whether the answer may be 303
    refusals     slugs of reasons, or names of sets of them in service.toml
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from api.openapi.questions import question_operations
from api.problems import MEDIA_TYPE
from sparql.library import Question
from sparql.refusals import Reason

HERE = Path(__file__).resolve().parent
PROBLEM = {"$ref": "#/components/schemas/Problem"}

Record = dict[str, Any]


def describe_service(questions: Iterable[Question], contact: str) -> Record:
    """Return the whole description; `contact` is a mailto: or https: address, or empty."""
    shared = _read("service")
    declared = {name: _read(name) for name in sorted(path.stem for path in HERE.glob("*.toml"))}
    del declared["service"]
    declared["questions"] |= question_operations(questions, declared["questions"]["/questions/{name}"])
    paths = {
        path: {method: _operation(entry, tag, shared) for method, entry in methods.items()}
        for tag, entries in declared.items()
        for path, methods in entries.items()
    }
    return {
        "openapi": "3.1.0",
        "info": shared["info"] | {"version": version("keifu")} | _contact(contact),
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in declared],
        "paths": paths,
        "components": {
            "schemas": shared["schemas"],
            "parameters": {name: {"name": name} | entry for name, entry in shared["parameters"].items()},
        },
    }


def _read(name: str) -> Record:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def _contact(contact: str) -> Record:
    if not contact:
        return {}
    kind, address = ("email", contact.removeprefix("mailto:")) if "mailto:" in contact else ("url", contact)
    return {"contact": {kind: address}}


def _operation(entry: Record, tag: str, shared: Record) -> Record:
    names = entry.get("parameters", ())
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in names] + entry.get("own", [])
    operation: Record = {"summary": entry["summary"], "tags": [tag]}
    if "description" in entry:
        operation["description"] = entry["description"]
    if parameters:
        operation["parameters"] = parameters
    if "body" in entry:
        content = {media_type: {"schema": schema} for media_type, schema in entry["body"].items()}
        operation["requestBody"] = {"required": True, "content": content}
    return operation | {"responses": _answers(entry) | _refusals(entry.get("refusals", ()), shared)}


def _answers(entry: Record) -> Record:
    answers: Record = {}
    if media := entry.get("media"):
        content: Record = {media_type: {} for media_type in media}
        if "schema" in entry:
            content["application/json"] = {"schema": {"$ref": f"#/components/schemas/{entry['schema']}"}}
        answers["200"] = {"description": "The answer.", "content": content}
        answers["304"] = {"description": "The client has just this representation."}
    if entry.get("sends_on"):
        location = {"description": "The address.", "schema": {"type": "string"}}
        headers = {"headers": {"Location": location}}
        answers["301"] = {"description": "The address that it has, or has now."} | headers
        answers["303"] = {"description": "The page or the data."} | headers
        answers["308"] = {"description": "The address that it has."} | headers
    return answers


def _refusals(names: Iterable[str], shared: Mapping[str, Any]) -> Record:
    """Return one response for each status: several reasons can have the same."""
    slugs = {slug for name in names for slug in shared["refusals"].get(name, [name])}
    reasons = [reason for reason in Reason if reason.slug in slugs]
    titles: dict[int, list[str]] = {}
    for reason in reasons:
        titles.setdefault(reason.status, []).append(f"{reason.title} ({reason.slug}).")
    content = {MEDIA_TYPE: {"schema": PROBLEM}, "text/html": {}}
    return {
        str(status): {"description": " ".join(said), "content": content} for status, said in titles.items()
    }
