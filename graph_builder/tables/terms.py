"""Terms of a glossary: concepts with names, definitions, references; some are concepts that are curated."""

from __future__ import annotations

from graph_builder.identifiers import relative_iri, term_key
from graph_builder.readers.reading import Reading, TermRecord
from graph_builder.rows.references import TermEvidenceRow, TermNameRow, TermReferenceRow, TermRow
from graph_builder.tables.concepts import Concept, Concepts
from graph_builder.tables.passages import Passages
from graph_builder.values.term_names import Body, other_names
from graph_builder.values.text import compared, without_script_spaces


def add_terms(reading: Reading, passages: Passages, concepts: Concepts) -> None:
    """Add the terms of a document's glossary, each with its other names, references and evidence."""
    if not reading.terms:
        return
    texts = [paragraph.text for paragraph in reading.paragraphs] + [s.label for s in reading.sections]
    body = Body("\n".join(texts))
    for record in reading.terms:
        printed = without_script_spaces(record.term.text)
        concept = concepts.of_term(printed)
        row = _term(record, printed, concept, passages, concepts)
        passages.tables.add(row)
        _add_names(row, concept, body, passages)
        _add_sides(record, row.term, passages)


def _term(
    record: TermRecord, printed: str, concept: Concept | None, passages: Passages, concepts: Concepts
) -> TermRow:
    document = passages.document
    section = record.term.section
    own = relative_iri(document.authority, "term", term_key(document.key, printed))
    return TermRow(
        document=document.key,
        authority=document.authority,
        term=concept.iri if concept else own,
        scheme=concepts.glossary(document.authority, section.label if section else document.title),
        label=None if concept else printed,
        printed=printed,
        reading_index=record.index,
        definition=record.definition.text if record.definition else None,
    )


def _add_names(row: TermRow, concept: Concept | None, body: Body, passages: Passages) -> None:
    names = other_names(row.printed, row.definition or "", body)
    preferred = concept.label if concept else row.printed
    # The curated label wins; the print is another name where it differs by more than width and white space.
    differs = compared(row.printed) != compared(preferred)
    for name in dict.fromkeys([row.printed] * differs + list(names.ja)):
        if name != preferred:
            passages.tables.add(TermNameRow(row.document, row.authority, row.term, name=name))
    for name in names.en:
        if concept is None or name != concept.label_en:
            passages.tables.add(TermNameRow(row.document, row.authority, row.term, name_en=name))


def _add_sides(record: TermRecord, term: str, passages: Passages) -> None:
    document, authority = passages.document.key, passages.document.authority
    for url in record.urls:
        passages.tables.add(TermReferenceRow(document, authority, term, url))
    for part in (record.term, record.definition):
        for span in part.spans if part else ():
            passages.tables.add(TermEvidenceRow(document, authority, term, passages.of(span)))
