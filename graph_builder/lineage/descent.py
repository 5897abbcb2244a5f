"""The descent of projects: the matcher proposes, reviewed decisions dispose.

What the matcher said is kept in the graph of proposals, with the status that review gave it; it never sees
a decision. An accepted link stands in the graph of lineage and makes a direct statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.identifiers import project_key, relative_iri
from graph_builder.lineage.decisions import Decision, read_decisions
from graph_builder.lineage.divisions import add_changes
from graph_builder.lineage.links import (
    ACCEPTED,
    LINEAGE,
    PROPOSALS,
    PROPOSED,
    REJECTED,
    Judgement,
    add_judgement,
)
from graph_builder.lineage.matching.matcher import propose
from graph_builder.lineage.matching.narrative import paragraphs
from graph_builder.lineage.matching.vocabulary import Vocabulary
from graph_builder.lineage.projects import join_projects
from graph_builder.lineage.words import read_vocabulary
from graph_builder.rows.documents import PassageTextRow, SectionRow
from graph_builder.rows.projects import EntryRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.quotes import Quotes

CONTINUES = "continues"
_Ends = tuple[str, str]


@dataclass(frozen=True)
class Proposed:
    """What the matcher says of two things."""

    link_type: str
    confidence: str
    reason: str
    evidence: tuple[str, ...]


def add_project_lineage(mappings: Path, quotes: Quotes, tables: Tables) -> None:
    """Add proposals, decisions, what follows from them for projects, and reorganisations."""
    lineage = mappings / "lineage"
    entries = tables.of(EntryRow)
    proposed = _proposals(entries, read_vocabulary(mappings / "matching"), tables)
    rows = read_decisions(lineage / "projects.csv", entries, quotes)
    umbrellas = read_decisions(lineage / "umbrellas.csv", entries, quotes)
    now = join_projects(rows, tables)
    decided = {_entry_ends(each): each for each in rows}
    decided |= {_project_ends(each, now): each for each in umbrellas}
    proposed = {_moved(ends, now): each for ends, each in proposed.items()}
    for ends, proposal in proposed.items():
        add_judgement(_of_matcher(ends, proposal, decided.get(ends)), PROPOSALS, tables)
    for ends, decision in decided.items():
        _add_decision(ends, decision, ends in proposed, tables)
    add_changes(lineage, rows, tables)


def _proposals(entries: Sequence[EntryRow], words: Vocabulary, tables: Tables) -> dict[_Ends, Proposed]:
    """What the matcher proposes, by its ends; entries by the lists they stand in, in order of time."""
    told = paragraphs(tables.of(PassageTextRow), tables.of(SectionRow))
    made = propose(in_order(entries), words, told)
    by_key = {entry.entry: entry for entry in entries}
    found: dict[_Ends, Proposed] = {}
    for each in made.entries:
        pair = (by_key[each.earlier], by_key[each.later])
        ends = (_entry_iri(pair[0]), _entry_iri(pair[1]))
        found[ends] = Proposed(each.link_type, f"{each.confidence:.2f}", each.reason, _evidence(pair))
    for umbrella in made.umbrellas:
        pair_of = [_under(name, entries) for name in (umbrella.earlier_name, umbrella.later_name)]
        first, last = pair_of[0][0], pair_of[1][-1]
        ends = (
            relative_iri(first.authority, "project", umbrella.earlier),
            relative_iri(last.authority, "project", umbrella.later),
        )
        found[ends] = Proposed(
            umbrella.link_type, f"{umbrella.confidence:.2f}", umbrella.reason, _evidence((first, last))
        )
    return found


def in_order(entries: Iterable[EntryRow]) -> list[list[EntryRow]]:
    """The lists that the entries stand in, by the year in which each begins and then by document."""
    lists: dict[tuple[str, str], list[EntryRow]] = {}
    for entry in entries:
        lists.setdefault((entry.first_year or "", entry.document), []).append(entry)
    return [lists[key] for key in sorted(lists)]


def _under(umbrella: str, entries: Sequence[EntryRow]) -> list[EntryRow]:
    key = project_key(umbrella)
    return [entry for entry in entries if entry.umbrella_name and project_key(entry.umbrella_name) == key]


def _entry_iri(entry: EntryRow) -> str:
    return relative_iri(entry.authority, "entry", entry.entry)


def _evidence(pair: Iterable[EntryRow]) -> tuple[str, ...]:
    return tuple(relative_iri(entry.authority, "passage", entry.passage) for entry in pair)


def _entry_ends(decision: Decision) -> _Ends:
    return _entry_iri(decision.earlier), _entry_iri(decision.later)


def _project_ends(decision: Decision, now: Mapping[str, str]) -> _Ends:
    ends = (
        relative_iri(decision.earlier.authority, "project", project_key(decision.earlier_name)),
        relative_iri(decision.later.authority, "project", project_key(decision.later_name)),
    )
    return _moved(ends, now)


def _moved(ends: _Ends, now: Mapping[str, str]) -> _Ends:
    """The ends after projects were joined; entries stay as they are."""
    first, last = (f"{head}/{now.get(key, key)}" for head, _, key in (end.rpartition("/") for end in ends))
    return first, last


def _of_matcher(ends: _Ends, proposal: Proposed, decision: Decision | None) -> Judgement:
    status = PROPOSED if decision is None else ACCEPTED if decision.is_accepted else REJECTED
    return Judgement(
        earlier=ends[0],
        later=ends[1],
        relation=CONTINUES,
        link_type=proposal.link_type,
        confidence=proposal.confidence,
        status=status,
        bases=("matched",),
        reason=proposal.reason,
        evidence=proposal.evidence,
    )


def _add_decision(ends: _Ends, decision: Decision, is_matched: bool, tables: Tables) -> None:
    if not decision.is_accepted and is_matched:
        return  # the proposal carries the status that review gave it
    bases = ("curated", "matched") if is_matched else ("curated",)
    judgement = Judgement(
        earlier=ends[0],
        later=ends[1],
        relation=CONTINUES,
        link_type=decision.link_type,
        confidence=decision.confidence,
        status=ACCEPTED if decision.is_accepted else REJECTED,
        bases=bases,
        reason=decision.reason,
        evidence=_evidence((decision.earlier, decision.later)),
    )
    add_judgement(judgement, LINEAGE if decision.is_accepted else PROPOSALS, tables)
