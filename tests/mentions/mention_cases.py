"""The cases of the mention finder: small documents, each with what its texts name.

In a case's text `# ` begins a heading, a blank line ends a paragraph, `! ` begins a footnote, and `|` stands
for a blank line that does not end the paragraph. Line 1 is the first one after the quotation marks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph_builder.documents import Document, Line
from graph_builder.folders import Folders
from graph_builder.mentions.names import Name, kind_of, read_names
from graph_builder.mentions.words import read_words
from graph_builder.readers.reading import ParagraphRecord, Reading, SectionRecord, Span
from graph_builder.tables.mentions import Mentioned, find_mentions

HERE = Path(__file__).resolve().parent
WORDS = read_words(Folders().mappings / "reference" / "anaphora.toml")


def cases() -> list[Path]:
    """Every case, by name."""
    return sorted((HERE / "cases").glob("*.toml"))


def read_case(path: Path) -> dict[str, Any]:
    """A case: text, expected, and perhaps describes, declared and extra names."""
    return tomllib.loads(path.read_text("utf-8"))


def found_in(case: Mapping[str, Any]) -> list[Mentioned]:
    """What the finder finds in a case."""
    extra = [Name(name, thing, kind_of(thing)) for name, thing in case.get("extra", [])]
    names = [*read_names(HERE / "names.csv"), *extra]
    return list(find_mentions(*small_document(case), names, WORDS))


def said(mentioned: Mentioned) -> str:
    """A mention as the cases write it: lines, name, what it means or what it may mean."""
    lines = "+".join(
        str(span.first) if span.first == span.last else f"{span.first}-{span.last}"
        for span in mentioned.spans
    )
    sign = "=" if len(mentioned.things) == 1 else "?"
    return " ".join([lines, mentioned.name, sign, *sorted(mentioned.things)])


def small_document(case: Mapping[str, Any]) -> tuple[Document, Reading]:
    """The document of a case, and its headings, paragraphs and footnotes."""
    printed = case["text"].removesuffix("\n").split("\n")
    return _document(printed, case), _reading(printed)


def _document(printed: list[str], case: Mapping[str, Any]) -> Document:
    texts = [line.removeprefix("# ").removeprefix("! ").removeprefix("|") for line in printed]
    return Document(
        key="case",
        folder=Path("case"),
        authority="070009",
        title="題",
        title_en=None,
        publisher="県",
        issued=None,
        license=None,
        rights=None,
        origin=None,
        sha256="",
        describes=tuple(case.get("describes", [])),
        plans=(),
        layouts=(),
        ignored=(),
        corrections=(),
        lookups={"anaphora": case.get("declared", {})},
        lines=tuple(Line(number, text, text) for number, text in enumerate(texts, 1)),
    )


def _reading(printed: list[str]) -> Reading:
    reading = Reading()
    body: list[int] = []
    section: SectionRecord | None = None
    for number, line in enumerate([*printed, ""], 1):
        if line.startswith("# "):
            section = SectionRecord(Span(number, number), 1, None, line[2:])
            reading.sections.append(section)
        elif line.startswith("! "):
            reading.paragraphs.append(ParagraphRecord((Span(number, number),), "footnote", line, section))
        elif line and line != "|":
            body.append(number)
        elif not line and body:
            reading.paragraphs.append(ParagraphRecord(_spans(body, printed), "paragraph", "", section))
            body = []
    return reading


def _spans(body: list[int], printed: list[str]) -> tuple[Span, ...]:
    parts: list[list[int]] = []
    for number in body:
        if parts and not any(line.startswith("! ") for line in printed[parts[-1][-1] : number]):
            parts[-1].append(number)
        else:
            parts.append([number])
    return tuple(Span(part[0], part[-1]) for part in parts)
