"""A family as plain JSON values: nodes and edges, with all that a step rests on."""

from __future__ import annotations

from typing import Any

from sparql.lineage.family import Family, Label, PassageRef, Step, Thing


def family_record(family: Family) -> dict[str, Any]:
    """Return a family: what was asked, the limits, whether they cut something off, nodes and edges."""
    return {
        "thing": family.address,
        "direction": family.direction.value,
        "limits": {"depth": family.limits.depth, "things": family.limits.things},
        "isCut": family.is_cut,
        "starts": list(family.starts),
        "nodes": [_node(thing) for thing in family.things.values()],
        "edges": [_edge(step) for step in family.steps],
    }


def _node(thing: Thing) -> dict[str, Any]:
    return {
        "iri": thing.address,
        "label": _label(thing.label),
        "class": thing.class_address,
        "classLabel": _label(thing.class_label),
        "years": list(thing.years),
        "evidence": [_place(place) for place in thing.evidence],
    }


def _edge(step: Step) -> dict[str, Any]:
    return {
        "from": step.earlier,
        "to": step.later,
        "property": step.property,
        "type": step.type or None,
        "label": _label(step.label),
        "link": step.link or None,
        "confidence": step.confidence,
        "basis": [name for name, _ in step.bases],
        "article": step.article or None,
        "reason": step.reason or None,
        "evidence": [_place(place) for place in step.evidence],
    }


def _label(label: Label) -> dict[str, str]:
    return {language: text for language, text in (("ja", label.ja), ("en", label.en)) if text}


def _place(place: PassageRef) -> dict[str, Any]:
    return {
        "document": place.document,
        "startLine": place.first,
        "endLine": place.last,
        "passage": place.passage,
    }
