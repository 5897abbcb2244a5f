"""Judgements as rows: the link itself, and for an accepted one the direct statement that it makes."""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.identifiers import link_key
from graph_builder.rows.lineage import DescentRow, LinkBasisRow, LinkEvidenceRow, LinkRow
from graph_builder.tables.collection import Tables

ACCEPTED, PROPOSED, REJECTED = "accepted", "proposed", "rejected"
LINEAGE, PROPOSALS = "lineage", "proposals"


@dataclass(frozen=True)
class Judgement:
    """One judgement: two ends as relative IRIs, the relation (local name of its property), its grounds."""

    earlier: str
    later: str
    relation: str
    link_type: str
    confidence: str
    status: str
    bases: tuple[str, ...]
    reason: str
    evidence: tuple[str, ...]
    article: str | None = None


def add_judgement(judgement: Judgement, graph: str, tables: Tables) -> None:
    """Add a judgement to `graph`; only an accepted one in the graph of lineage makes a direct statement."""
    authority = judgement.later.split("/")[1]
    key = link_key(judgement.earlier, judgement.relation, judgement.later)
    key = key if graph == LINEAGE else f"{graph}.{key}"
    tables.add(
        LinkRow(
            document=graph,
            authority=authority,
            link=key,
            earlier=judgement.earlier,
            later=judgement.later,
            link_type=judgement.link_type,
            confidence=judgement.confidence,
            status=judgement.status,
            article=judgement.article,
            reason=judgement.reason,
        )
    )
    tables.add(*(LinkBasisRow(graph, authority, key, basis) for basis in judgement.bases))
    tables.add(*(LinkEvidenceRow(graph, authority, key, passage) for passage in judgement.evidence))
    if graph == LINEAGE and judgement.status == ACCEPTED:
        tables.add(_descent(judgement, authority, key))


def _descent(judgement: Judgement, authority: str, key: str) -> DescentRow:
    introduces = judgement.relation == "introducedBy" and "/concept/" in judgement.later
    return DescentRow(
        document=LINEAGE,
        authority=authority,
        link=key,
        later=judgement.later,
        relation=judgement.relation,
        earlier=judgement.earlier,
        replaced=judgement.earlier if judgement.relation == "replaces" else None,
        introduced=judgement.later if introduces else None,
    )


def camel(notation: str) -> str:
    """The local name of the property that a link type is named after: `mandated-by` → `mandatedBy`."""
    first, *rest = notation.split("-")
    return first + "".join(part.capitalize() for part in rest)


def is_confidence(value: str) -> bool:
    """Whether a value is a decimal from 0 to 1."""
    try:
        return 0 <= float(value) <= 1
    except ValueError:
        return False
