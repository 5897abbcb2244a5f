"""Read the term maps of an RML mapping: what makes a subject, predicate, object, graph, datatype or language.

Clauses: https://w3id.org/rml/core/spec#term-maps (term types and their defaults by position).
"""

from __future__ import annotations

import re

from graph_builder.rml.model import Constant, Expression, Reference, Template, TermMap, TermType
from graph_builder.rml.templates import TemplateSyntaxError, parse_template
from graph_builder.rml.turtle import Resource

IRI_ONLY = frozenset({TermType.IRI, TermType.URI, TermType.UNSAFE_IRI})
RESOURCE = IRI_ONLY | {TermType.BLANK_NODE}
ANY_TERM = RESOURCE | {TermType.LITERAL}

EXPRESSION = frozenset({"constant", "reference", "template"})
LITERAL_PROPERTIES = frozenset({"datatype", "datatypeMap", "language", "languageMap"})
# `class`, `graph` and `graphMap` belong to subject maps, which are read beside their term.
TERM_MAP = EXPRESSION | LITERAL_PROPERTIES | {"termType"}
SUBJECT_MAP = TERM_MAP | {"class", "graph", "graphMap"}

# Well-formed tags of BCP 47, section 2.1: a language, or a private or registered x-… or i-… form.
LANGUAGE_TAG = r"^(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*|[xXiI](?:-[A-Za-z0-9]{1,8})+)$"


def read_term_map(node: Resource, allowed: frozenset[TermType]) -> TermMap:
    """A term map that may make the `allowed` kinds of term; raises MappingError."""
    node.expect(TERM_MAP if TermType.LITERAL in allowed else SUBJECT_MAP)
    constant = node.one("constant")
    if constant is not None and not (node.has("reference") or node.has("template")):
        term = constant_term(constant, allowed)
        return _with_literal_properties(node, term) if term.type is TermType.LITERAL else term
    kind = _term_type(node, allowed)
    expression = read_expression(node, optional=kind is TermType.BLANK_NODE)
    return _with_literal_properties(node, TermMap(expression, kind))


def constant_term(value: Resource, allowed: frozenset[TermType]) -> TermMap:
    """The term map of a constant; it has the kind, datatype and language of the constant itself."""
    if value.iri is not None:
        return TermMap(Constant(value.iri), TermType.IRI)
    if value.literal is None:
        raise value.mistake("is a blank node as a constant", "use an IRI, or a template with rml:BlankNode")
    if TermType.LITERAL not in allowed:
        raise value.mistake("is a literal where an IRI has to stand", "write an IRI in angle brackets")
    if value.literal.language:
        return TermMap(
            Constant(value.literal.value), TermType.LITERAL, language=Constant(value.literal.language)
        )
    datatype = TermMap(Constant(value.literal.datatype.value), TermType.IRI)
    return TermMap(Constant(value.literal.value), TermType.LITERAL, datatype)


def read_expression(node: Resource, *, optional: bool = False) -> Expression | None:
    """The one expression of a node; None only where it is `optional`."""
    given = [name for name in sorted(EXPRESSION) if node.has(name)]
    if not given and optional:
        return None
    if len(given) != 1:
        raise node.mistake(
            f"has {' and '.join(given) or 'no expression'}",
            "give it one of rml:constant, rml:reference and rml:template",
        )
    if given == ["constant"]:
        return _constant(node)
    text = node.text(given[0]) or ""
    return Reference(text) if given == ["reference"] else _template(node, text)


def _constant(node: Resource) -> Constant:
    value = node.one("constant")
    if value is None or (value.iri is None and value.literal is None):
        raise node.mistake("has a constant without a value", "write an IRI or a string")
    return Constant(value.literal.value if value.literal else value.iri or "")


def _template(node: Resource, text: str) -> Template:
    try:
        return parse_template(text)
    except TemplateSyntaxError as error:
        remedy = "write braces and backslashes that stand for themselves with a backslash before them"
        raise node.mistake(f'has the template "{text}", in which {error}', remedy) from error


def _term_type(node: Resource, allowed: frozenset[TermType]) -> TermType:
    declared = node.one("termType")
    if declared is None:
        literal = node.has("reference") or any(node.has(name) for name in LITERAL_PROPERTIES)
        return TermType.LITERAL if TermType.LITERAL in allowed and literal else TermType.IRI
    kind = next((item for item in TermType if item.value == declared.iri), None)
    if kind not in allowed:
        names = ", ".join(sorted(f"rml:{item.value.rpartition('/')[2]}" for item in allowed))
        raise node.mistake(
            f"has the term type {declared.name}, which cannot stand there", f"use one of {names}"
        )
    return kind


def _with_literal_properties(node: Resource, term: TermMap) -> TermMap:
    given = [name for name in sorted(LITERAL_PROPERTIES) if node.has(name)]
    if not given:
        return term
    if term.type is not TermType.LITERAL or len(given) > 1:
        raise node.mistake(
            f"has {' and '.join(f'rml:{name}' for name in given)}",
            "give one datatype or one language, and only to a literal",
        )
    if given[0].startswith("datatype"):
        return TermMap(term.expression, term.type, datatype=_datatype(node))
    return TermMap(term.expression, term.type, language=_language(node))


def _datatype(node: Resource) -> TermMap:
    short = node.one("datatype")
    if short is not None:
        return constant_term(short, IRI_ONLY)
    mapped = node.one("datatypeMap")
    if mapped is None:
        raise node.mistake("has no datatype", "name one")
    return read_term_map(mapped, IRI_ONLY)


def _language(node: Resource) -> Expression:
    mapped = node.one("languageMap")
    tag = read_expression(mapped) if mapped else Constant(node.text("language") or "")
    if tag is None or (isinstance(tag, Constant) and not re.match(LANGUAGE_TAG, tag.value)):
        shown = f"the language {tag.value!r}" if isinstance(tag, Constant) else "no language"
        raise node.mistake(f"has {shown}, which is not a language tag", "write a tag of BCP 47 such as ja")
    return tag
