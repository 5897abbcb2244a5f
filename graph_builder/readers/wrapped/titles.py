"""Column titles in a dump never seen: runs of lines made of nothing but the words of table heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from graph_builder.readers.wrapped.pieces import Piece

# The words of which the heads of lists of projects are made: number, new, project, name, outline, purpose,
# indicator, target, department, division, in charge, year, remarks …
WORDS = (
    "整理|番号|通番|連番|項番|No|NO|新規|新|規|継続|区分|施策|事業|事務|取組|取り組み|名称|名|概要|内容|目的|説明"
    "|指標|目標|数値|KPI|成果|効果|現状|部局|部署|部|局|課|室|係|所|担当|所管|主管|所属|実施|主体|機関|責任|者|等"
    "|年度|備考|柱|項目|及び|又は|と|の|別|値|〇|○"
)
_TITLE = re.compile(rf"(?:{WORDS}|[\s.()/・,、:])+")
FEWEST_LINES = 3
# The share of all blocks of column titles that have a title.
COMMON = 0.4


def column_titles(pieces: Sequence[Piece]) -> frozenset[int]:
    """Where column titles stand: runs of at least three such lines, and what is left of one elsewhere."""
    alike = [bool(_TITLE.fullmatch(normalize("NFKC", piece.bare))) for piece in pieces]
    runs = list(_runs(alike))
    firsts = Counter(pieces[run.start].bare for run in runs if len(run) >= FEWEST_LINES)
    runs = [part for run in runs for part in _cut_at_first(run, pieces, firsts)]
    blocks = _usual([run for run in runs if len(run) >= FEWEST_LINES], pieces)
    words = {pieces[at].bare for run in blocks for at in run}
    parts = [run for run in runs if all(pieces[at].bare in words for at in run)]
    whole = [run for run in parts if len(run) > 1 or len(pieces[run.start].bare) > 2]
    return frozenset(at for run in [*blocks, *whole] for at in run)


def _runs(alike: Sequence[bool]) -> Iterator[range]:
    at = 0
    while at < len(alike):
        end = at
        while end < len(alike) and alike[end]:
            end += 1
        if end > at:
            yield range(at, end)
        at = end + 1


def _usual(blocks: Sequence[range], pieces: Sequence[Piece]) -> list[range]:
    """The blocks up to the last title that other blocks have too: a short cell (継続実施) may follow one."""
    counts = Counter(text for block in blocks for text in {pieces[at].bare for at in block})
    fewest = COMMON * len(blocks)
    found = []
    for block in blocks:
        usual = [at for at in block if counts[pieces[at].bare] >= fewest]
        found += [range(block.start, usual[-1] + 1)] if usual else []
    return found


def _cut_at_first(run: range, pieces: Sequence[Piece], firsts: Counter[str]) -> list[range]:
    """The run cut before its usual first title: the end of a cell (一般廃棄物/課) may stand there."""
    usual = firsts.most_common(1)[0][0] if firsts else None
    cut = next((at for at in run if pieces[at].bare == usual), run.start)
    return [part for part in (range(run.start, cut), range(cut, run.stop)) if part]
