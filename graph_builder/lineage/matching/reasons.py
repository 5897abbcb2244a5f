"""Why a match is proposed, in Japanese: a sentence that a person can check against both lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph_builder.lineage.matching import thresholds as limit
from graph_builder.lineage.matching.continuity import Duty
from graph_builder.lineage.matching.features import Features
from graph_builder.lineage.matching.grounds import Ground
from graph_builder.lineage.matching.undertakings import Undertaking

_GROUNDS = {
    Ground.EQUAL: "名称が一致（正規化後）",
    Ground.MOVED: "個別の事業名が一致（上位の事業名は異なる）",
    Ground.CORE: "一般的な語を除いた名称が一致",
    Ground.UNFOLDED: "前の名称が後の上位の事業名と一致し、その内訳の一つ",
    Ground.FOLDED: "前の上位の事業名が後の名称と一致",
    Ground.HELD: "前の名称が後の上位の事業名に含まれ、内訳の事業が前の概要に現れる",
    Ground.NEAR: "一方の名称の特徴的な語がすべて他方の名称に含まれる",
    Ground.MENTIONED: "後の概要が前の事業名を挙げている",
    Ground.CONTENT: "名称は異なるが内容が近い",
    Ground.FIELD: "それぞれの一覧で同じ分野のただ一つの事業であり、名称が近い",
}
_UNTOLD = "記載なし"


def reason(pair: Features, ground: Ground) -> str:
    """The ground, the similarity of the descriptions where it counted, the divisions, the shared terms."""
    sentences = [_GROUNDS[ground]]
    if ground > Ground.MOVED and pair.described:
        sentences.append(f"概要の類似度{pair.similarity:.2f}")
    sentences.append(_divisions(pair))
    if terms := _terms(pair):
        sentences.append(f"共通の語: {'、'.join(terms)}")
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


def _divisions(pair: Features) -> str:
    one, other = _units(pair.one.of), _units(pair.other.of)
    if pair.duty is Duty.SAME and one == other:
        return f"担当は同じ{one}"
    if pair.duty is Duty.UNKNOWN and one == other:
        return ""
    note = "（同じ移管が他の事業にもある）" if pair.duty is Duty.LEARNED else ""
    return f"担当: {one}→{other}{note}"


def _terms(pair: Features) -> list[str]:
    """The rarest shared terms as printed; those cut out of longer words only where there is no other."""
    shared = pair.bench.terms.shared(pair.one.of, pair.other.of, limit.TOLD_TERM)
    told = [term for term in shared if not term.is_cut] or shared
    return [_as_printed(term.text, pair.one.of.printed) for term in told[: limit.TOLD_TERMS]]


def _as_printed(term: str, printed: str) -> str:
    found = re.search(re.escape(term), printed, re.IGNORECASE)
    return found.group() if found else term


def _units(undertaking: Undertaking) -> str:
    return _joined(undertaking.divisions or undertaking.departments)


def _joined(units: Iterable[str]) -> str:
    return "・".join(sorted(units)) or _UNTOLD
