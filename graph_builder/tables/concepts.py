"""Curated concepts and their schemes; a concept may be what a glossary explains under a term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Place, Problem
from graph_builder.identifiers import relative_iri
from graph_builder.rows.references import ConceptRow, SchemeRow
from graph_builder.tables.collection import Tables
from graph_builder.values.text import compared

CONCEPTS, SCHEMES = "concepts.csv", "schemes.csv"
CONCEPT_COLUMNS = ("authority", "key", "scheme", "label", "label_en", "term", "reason")
SCHEME_COLUMNS = ("authority", "key", "label", "label_en", "reason")
NATION = "jp"  # the curated schemes of ideas, institutions and technologies are the nation's
GLOSSARY = "glossary"


@dataclass(frozen=True)
class Concept:
    """One row of the curated table; `term` is how a glossary prints it, empty where none does."""

    line: int
    iri: str
    scheme: str
    label: str
    label_en: str | None
    term: str
    reason: str


class Concepts:
    """Puts the curated concepts into the tables and finds the one that a glossary's term is."""

    def __init__(self, reference: Path, tables: Tables) -> None:
        self._tables = tables
        self._reference = reference
        self._schemes = _schemes(reference / SCHEMES)
        concepts = _concepts(reference / CONCEPTS, self._schemes)
        self._by_term = {compared(concept.term): concept for concept in concepts if concept.term}
        self._found: set[str] = set()
        self._has_glossary = False
        for concept in concepts:
            scheme = self._scheme(NATION, concept.scheme)
            row = ConceptRow(
                "reference", NATION, concept.iri, scheme, concept.label, concept.label_en, concept.reason
            )
            tables.add(row)

    def glossary(self, authority: str, title: str) -> str:
        """The scheme of an authority's glossary; an uncurated one is named as the print titles it."""
        self._has_glossary = True
        return self._scheme(authority, GLOSSARY, title)

    def of_term(self, term: str) -> Concept | None:
        """The concept that a term of a glossary is."""
        concept = self._by_term.get(compared(term))
        if concept:
            self._found.add(concept.iri)
        return concept

    def require_terms(self, documents: Collection[str]) -> None:
        """Raise DeclarationError where a concept's term stands in no glossary of all the documents.

        A row says that some document explains its term, not which one. So only the whole set can prove it
        wrong: nothing is required while one registered document is left out (`keifu build --only …`), nor
        where no document has a glossary at all, as in a collection that begins with other documents.
        """
        registered = {path.parent.name for path in self._reference.parent.glob("*/document.toml")}
        if not self._has_glossary or not registered <= set(documents):
            return
        problems = [
            Problem(
                Place(str(self._reference / CONCEPTS), concept.line, "term"),
                f"no glossary explains 「{concept.term}」",
                "write the term as the glossary prints it, or leave it empty",
            )
            for concept in self._by_term.values()
            if concept.iri not in self._found
        ]
        refuse(problems)

    def _scheme(self, authority: str, key: str, title: str = "") -> str:
        iri = relative_iri(authority, "scheme", key)
        label, label_en = self._schemes.get((authority, key), (title, None))
        self._tables.add_first(iri, SchemeRow("reference", authority, iri, label, label_en))
        return iri


def _schemes(path: Path) -> Mapping[tuple[str, str], tuple[str, str | None]]:
    rows = read_curated(path, SCHEME_COLUMNS, ("authority", "key", "label", "reason"))
    return {(row["authority"], row["key"]): (row["label"], row.get("label_en")) for row in rows}


def _concepts(path: Path, schemes: Collection[tuple[str, str]]) -> list[Concept]:
    rows = read_curated(path, CONCEPT_COLUMNS, ("authority", "key", "scheme", "label", "reason"))
    keys = Counter((row["authority"], row["key"]) for row in rows)
    terms = Counter(compared(row["term"]) for row in rows if row["term"])
    refuse(
        [
            row.fault(column, f"the row {what}", "mend the row")
            for row in rows
            for column, what, wrong in (
                ("key", "has a key that stands twice", keys[row["authority"], row["key"]] > 1),
                ("scheme", f"is in no scheme of {SCHEMES}", (NATION, row["scheme"]) not in schemes),
                ("term", "has a term that stands twice", terms[compared(row["term"])] > 1),
            )
            if wrong
        ]
    )
    return [_concept(row) for row in rows]


def _concept(row: CuratedRow) -> Concept:
    return Concept(
        line=row.line,
        iri=relative_iri(row["authority"], "concept", row["key"]),
        scheme=row["scheme"],
        label=row["label"],
        label_en=row.get("label_en"),
        term=row["term"],
        reason=row["reason"],
    )
