"""One page of the reader: a block of lines, what stands beside each, and the way to the other blocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.reader.blocks import Block, blocks_of
from api.pages.reader.documents import Registered
from api.pages.reader.kinds import Kind
from api.pages.reader.marking import Mark, Piece, pieces
from api.pages.reader.notes import Note, notes
from api.pages.reader.outline import Heading, outline
from api.pages.reader.sources import Source
from api.pages.report.results import Result, read_results
from api.site import Site


@dataclass(frozen=True)
class Line:
    """A line as it is shown: its pieces, the notes and problems that begin at it, its heading.

    `since` is the line at which the notes stand of the narrowest passage that goes on here.
    """

    number: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    problems: tuple[Result, ...]
    heading: Heading | None
    since: int | None

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space is printed."""
        return not any(piece.text.strip() for piece in self.pieces)

    @property
    def is_evidence(self) -> bool:
        """Whether something of it became data."""
        return any(piece.mark is not Mark.NONE for piece in self.pieces)


@dataclass(frozen=True)
class ReaderPage:
    """All that a page of the reader shows; `counts` are the kinds of things that its lines prove.

    `agrees` says whether the graph was built from this text; None where the graph does not say from which.
    """

    document: Registered
    agrees: bool | None
    block: Block
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    counts: tuple[tuple[Kind, int], ...]
    outline: tuple[tuple[Block, tuple[Heading, ...]], ...]
    problems: int

    @property
    def length(self) -> int:
        """How many lines the document has."""
        return self.blocks[-1].last


async def blocks_in(site: Site, document: Registered, source: Source) -> tuple[Block, ...]:
    """Return the blocks of a document."""
    headings = await outline(site.pages, document.link.address)
    return blocks_of(source.lines, {heading.line for heading in headings if heading.is_high})


async def reader_page(site: Site, document: Registered, source: Source, block: Block) -> ReaderPage:
    """Return the page of a block of a document."""
    headings = await outline(site.pages, document.link.address)
    found = await notes(site.pages, site.addresses, document.link.address, block)
    blocks = await blocks_in(site, document, source)
    report = await read_results(site)
    problems = _problems(report.results if report else (), document.key)
    lines = _lines(source, block, found, problems, headings)
    things = Counter({note.kind: 0 for note in found})
    things.update(kind for kind, _ in {(note.kind, note.link.address) for note in found})
    return ReaderPage(
        document=document,
        agrees=None if document.sha256 is None else document.sha256 == source.sha256,
        block=block,
        blocks=blocks,
        lines=lines,
        counts=tuple(sorted(things.items(), key=lambda item: item[0].order)),
        outline=tuple((each, tuple(head for head in headings if head.line in each)) for each in blocks),
        problems=len({problem.key for line in lines for problem in line.problems}),
    )


def _problems(results: Iterable[Result], key: str) -> dict[int, list[Result]]:
    """Line → what the report says of it; what is about no line stands at the first one."""
    found: defaultdict[int, list[Result]] = defaultdict(list)
    for result in results:
        for line in sorted({place.first or 1 for place in result.places if place.document == key}):
            found[line].append(result)
    return found


def _lines(
    source: Source,
    block: Block,
    found: list[Note],
    problems: dict[int, list[Result]],
    headings: tuple[Heading, ...],
) -> tuple[Line, ...]:
    heads = {heading.line: heading for heading in headings}
    covering: defaultdict[int, list[Note]] = defaultdict(list)
    for note in found:
        for number in range(max(note.first, block.first), min(note.last, block.last) + 1):
            covering[number].append(note)
    return tuple(
        _line(source, number, covering[number], tuple(problems.get(number, ())), heads.get(number))
        for number in range(block.first, block.last + 1)
    )


def _line(
    source: Source, number: int, here: list[Note], problems: tuple[Result, ...], heading: Heading | None
) -> Line:
    text, begin = source.line(number), source.begins[number - 1]
    spans = [
        (0, len(text)) if note.start is None or note.end is None else (note.start - begin, note.end - begin)
        for note in here
    ]
    return Line(
        number=number,
        pieces=pieces(text, spans),
        notes=_once(note for note in here if note.first == number),
        problems=problems,
        heading=heading,
        since=max((note.first for note in here if note.first < number), default=None),
    )


def _once(found: Iterable[Note]) -> tuple[Note, ...]:
    """One note for each thing of a kind: a name that a line prints twice is mentioned twice."""
    unique: dict[tuple[Kind, str], Note] = {}
    for note in found:
        unique.setdefault((note.kind, note.link.address), note)
    return tuple(unique.values())
