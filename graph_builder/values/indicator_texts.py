"""What is measured, composed from the words around a figure."""

from __future__ import annotations

import re

from graph_builder.values.figures import Figure
from graph_builder.values.folding import fold
from graph_builder.values.measure_words import MeasureWords
from graph_builder.values.segments import outside_brackets, without_mark
from graph_builder.values.years import year_spans

_SPACES = " \u00a0\u3000\n"
_TRAILING = re.compile(r"(?:[をがはもで:、,]|について|において|として|による|により|に対し|から|まで|中の)+$")
_LEADING = re.compile(r"^(?:[)、,・\s]|及び|並びに|また|さらに|なお|引き続き|特に(?=[、,]))+")
# A piece that begins or ends like this is no name of anything measured.
_LOOSE = re.compile(r"^[をにはがでと](?![一-龥])|^を|^[にがでは][一-龥]|(?:して|比べて|比較し)$")
_VERB = re.compile(r"を?(?P<verb>[一-龥ァ-ヶー]{2,6})(?:する|し|[。、(]|$|を目|を?予定)")
_AFTER_YEAR = re.compile(
    r"^(?:\([^()]*\))?(?:現在|時点|末|内|中)?(?:までに|まで|において|に|は|の|から)?[、,]?"
)
_NOTE_BEHIND = re.compile(r"\((累計|総計|合計|延べ|月間|年間|各年度|月平均|年平均)\)")
_NOTE_AHEAD = re.compile(r"^\(([^()\d]{1,6})\)(?=.)")
_CLAUSES = re.compile(r"(?:[、。\n]|,(?!\d))(?![^(]*\))")
# From one figure to the next, of the same thing: 80%から90%に.
_ONWARD = re.compile(r"\s*(?:から|→|⇒|⇨)\s*(?:目標)?\s*")
# Units that measure rather than count: no 数 is added to what they measure.
_MEASURING = re.compile(r"[A-Za-z%㎡]|時間|ポイント|円|割|分$|人口")
# A label shorter than this (県, 県内の) says too little by itself.
_TELLING = 5


def indicator_text(figure: Figure, words: MeasureWords) -> str:
    """What a figure measures.

    「〜について、…を目標とする」 gives the part before について; a label before the figure gives itself,
    and a heading that is a label takes it in brackets; else the clause around the figure serves, with
    the counter in brackets.
    """
    about = _about(figure)
    label = _label(figure, words)
    heading = _tidy(outside_brackets(figure.segment.heading))
    if about:
        indicator = _counted(about, figure, words)
    elif heading.endswith(words.measured) and not _is_measured(label, words):
        indicator = f"{heading}({label})" if label else heading
    elif _is_measured(label, words):
        indicator = label
    else:
        indicator = _composed(figure, label)
    return _noted(indicator, figure)


def _about(figure: Figure) -> str | None:
    """The part of a statement before its last について, unless a bracket opens after it around the figure."""
    about, found, rest = _head(figure.before).rpartition("について")
    return about.strip(_SPACES) if found and _opened(rest) < 0 else None


def _label(figure: Figure, words: MeasureWords) -> str:
    """The last clause before a figure; of a rate in brackets (年４回) what stands before the bracket."""
    own = figure.text[figure.floor : figure.start]
    if _ONWARD.fullmatch(own):
        own = re.split(r"\d", figure.before, maxsplit=1)[0]
    before = _head(own)
    opened = _opened(before)
    if opened >= 0:
        before = before[opened + 1 :] or (before[:opened] if figure.is_rate else "")
    clauses = [_tidy(clause) for clause in _CLAUSES.split(before.rstrip(_SPACES + "、,"))]
    label = clauses.pop()
    while clauses and _is_measured(clauses[-1], words) and _is_measured(label, words):
        label = f"{clauses.pop()}、{label}"
    if label in ("目標", "目標数", "目標値"):
        return f"{figure.per or ''}{'間' if figure.per == '年' else ''}{figure.unit_text}数"
    if not _LOOSE.search(label):
        return label
    topic = re.search(r"(?P<topic>[^、。]*(?:数|率|額))は", _head(figure.before))
    return _tidy(topic["topic"]) if topic else ""


def _is_measured(label: str, words: MeasureWords) -> bool:
    return outside_brackets(label).endswith(words.measured)


def _opened(text: str) -> int:
    """Where the last bracket opens that a text leaves open, else -1."""
    return text.rfind("(") if text.count("(") > text.count(")") else -1


def _composed(figure: Figure, label: str) -> str:
    """An indicator for a figure that no label names."""
    before = figure.before.rstrip(_SPACES)
    behind = figure.clause_behind.strip(_SPACES)
    is_new_clause = not label or before.endswith(("、", ",", "で"))
    verb = _VERB.match(behind)
    if verb and before.endswith("を") and label:
        return f"{label}の{verb['verb']}{_counter(figure)}"
    if verb and behind.startswith("を") and is_new_clause:
        return f"{verb['verb']}{_counter(figure)}"
    noun = re.split(r"[をにはがで]", behind[1:])[0] if behind.startswith("の") else ""
    if noun and is_new_clause:
        return f"{label}での{noun}" if before.endswith("で") and label else noun
    if figure.is_rate and label:
        return f"{label}の{_counter(figure)}"
    return _described(figure, label, behind)


def _described(figure: Figure, label: str, behind: str) -> str:
    """A telling label as it stands, else the clause around the figure with its counter."""
    before = figure.before.rstrip(_SPACES)
    is_whole = len(label) >= _TELLING and not before.endswith(("に", "の"))
    if is_whole and re.search(r"[たるい]$", label):
        return f"{label}{_counter(figure)}"
    if is_whole or (label and _MEASURING.search(figure.unit_text)):
        return label
    inner = before[_opened(before) + 1 :] if _opened(before) >= 0 else before
    start = figure.text[figure.start : figure.end]
    clause = _CLAUSES.split(outside_brackets(_head(inner)))[-1]
    return f"{clause}{start}{behind.partition(')')[0]}({_counter(figure)})"


def _counted(about: str, figure: Figure, words: MeasureWords) -> str:
    """A noun that is counted becomes a number of it: 支援を受ける企業 → 支援を受ける企業数."""
    ends = (about.rstrip(_SPACES + "」)"), outside_brackets(about).rstrip(_SPACES + "」"))
    if any(end.endswith(words.measured) for end in ends) or _MEASURING.search(figure.unit_text):
        return about
    return f"{about}数"


def _counter(figure: Figure) -> str:
    unit = figure.unit_text.split("/")[0]
    return {"つ": "数", "個": "数", "名": "人数", "人": "人数", "": "数"}.get(unit, f"{unit}数")


def _noted(indicator: str, figure: Figure) -> str:
    """The indicator with how it is summed up (延べ, 累計) and what opens the statement in brackets (現年)."""
    behind, ahead = _NOTE_BEHIND.match(figure.behind), _NOTE_AHEAD.match(without_mark(figure.before))
    notes = [*figure.qualifiers, *(note[1] for note in (behind, ahead) if note)]
    for note in notes:
        if note not in indicator:
            indicator += f"({note})"
    return indicator


def _head(text: str) -> str:
    """A text without bullet, conjunction and leading year."""
    text = _NOTE_AHEAD.sub("", _LEADING.sub("", without_mark(text).strip(_SPACES)))
    years = year_spans(fold(text))
    if years and years[0][0] == 0:
        text = _AFTER_YEAR.sub("", text[years[0][1] :])
    return text.strip(_SPACES)


def _tidy(text: str) -> str:
    text = _LEADING.sub("", without_mark(text).strip(_SPACES + ":、,"))
    return _TRAILING.sub("", text).strip(_SPACES)
