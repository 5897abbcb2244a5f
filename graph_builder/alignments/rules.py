"""What the metadata and the rows of a SSSOM table have to satisfy; each mistake with its place and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from graph_builder.alignments.metadata import Metadata, expand
from graph_builder.errors import Place, Problem
from graph_builder.namespaces import DEFAULT_BASE, FOAF, RDFS, SEMAPV, SKOS
from graph_builder.rml.terms import is_iri

SET_ADDRESS = f"{DEFAULT_BASE}id/jp/mapping-set/"
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "confidence", "comment",
)  # fmt: skip
# owl:sameAs is not among them: it would carry every statement about the one over to the other.
PREDICATES = frozenset(
    {
        SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch,
        FOAF.isPrimaryTopicOf, RDFS.seeAlso,
    }
)  # fmt: skip
# The justifications that the schema of SSSOM allows.
JUSTIFICATIONS = frozenset(
    SEMAPV[name]
    for name in (
        "BackgroundKnowledgeBasedMatching", "CompositeMatching", "InstanceBasedMatching", "LexicalMatching",
        "LexicalSimilarityThresholdMatching", "LogicalReasoning", "ManualMappingCuration", "MappingChaining",
        "MappingInversion", "MappingReview", "SemanticSimilarityThresholdMatching", "StructuralMatching",
        "UnspecifiedMatching",
    )
)  # fmt: skip


def set_problems(metadata: Metadata, key: str, file: str) -> Iterator[Problem]:
    """What is wrong with the metadata of the table that is named `key`."""
    if metadata.texts["mapping_set_id"] != SET_ADDRESS + key:
        yield Problem(Place(file, column="mapping_set_id"), "it does not follow from the file's name",
                      f"write {SET_ADDRESS}{key}")  # fmt: skip
    addresses = {
        "license": [metadata.texts["license"]],
        **metadata.lists,
        "curie_map": metadata.prefixes.values(),
    }
    for column, values in addresses.items():
        for value in values:
            if not is_iri(value):
                yield Problem(Place(file, column=column), f"<{value}> is not an IRI", "write it in full")
    if metadata.lists.get("mapping_set_source") and "comment" not in metadata.texts:
        yield Problem(Place(file, column="comment"), "the set was derived from another, but names nobody",
                      "say whose work it is, under which licence, and what was changed")  # fmt: skip


def row_problems(row: Mapping[str, str], prefixes: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """What is wrong with one row: a blank, a name that does not expand, a word that cannot stand there."""

    def problem(column: str, what: str, remedy: str) -> Problem:
        return Problem(Place(place.file, place.line, column), what, remedy)

    for column in COLUMNS:
        if not row[column].strip():
            yield problem(column, "it is empty", "fill it in; the comment gives the reason")
    for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
        iri = expand(row[column], prefixes)
        if row[column].strip() and (iri is None or not is_iri(iri)):
            yield problem(column, f"{row[column]} does not expand", "declare its prefix in the curie_map")
        elif iri and not _is_allowed(column, iri):
            yield problem(column, f"{row[column]} cannot stand there", _REMEDIES[column])
    if not _is_confidence(row["confidence"]):
        yield problem("confidence", f"{row['confidence']!r} is no confidence", "write a number from 0 to 1")


_SUBJECT = re.compile(r"id/(?:jp|[0-9]{6})/[a-z-]+/[a-z0-9.-]+")
_REMEDIES = {
    "subject_id": f"name a thing of ours: {DEFAULT_BASE}id/ and authority, kind and key",
    "object_id": f"name a thing outside {DEFAULT_BASE}",
    "predicate_id": "use a mapping property of SKOS, foaf:isPrimaryTopicOf or rdfs:seeAlso",
    "mapping_justification": "use a justification that SSSOM allows, such as semapv:ManualMappingCuration",
}


def _is_allowed(column: str, iri: str) -> bool:
    match column:
        case "subject_id":
            return _SUBJECT.fullmatch(iri.removeprefix(DEFAULT_BASE)) is not None
        case "object_id":
            return not iri.startswith(DEFAULT_BASE)
        case "predicate_id":
            return iri in PREDICATES
        case _:
            return iri in JUSTIFICATIONS


def _is_confidence(text: str) -> bool:
    return re.fullmatch(r"0(?:\.[0-9]+)?|1(?:\.0+)?", text) is not None


def repeated(rows: Sequence[tuple[Place, Mapping[str, str]]]) -> Iterator[Problem]:
    """The rows that align the same two things."""
    pairs = Counter((row["subject_id"], row["object_id"]) for _, row in rows)
    for place, row in rows:
        subject, target = row["subject_id"], row["object_id"]
        if pairs[subject, target] > 1:
            at = Place(place.file, place.line, "object_id")
            yield Problem(at, f"{subject} is aligned with {target} twice", "keep one row")
