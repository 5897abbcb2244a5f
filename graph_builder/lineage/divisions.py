"""Reorganisations, inferred from projects that moved; `divisions.csv` reviews what is inferred.

A division that a list prints no more and one that it prints for the first time are one division under
another name (or its parts), if every project that went on from the one went on in the other. A project
that moved between two divisions which both go on is no reorganisation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.identifiers import relative_iri, short_hash
from graph_builder.lineage.decisions import ACCEPT, REJECT, Decision
from graph_builder.rows.lineage import ChangeEvidenceRow, ChangeRow, ChangeUnitRow
from graph_builder.rows.organizations import OrganizationRow
from graph_builder.rows.projects import EntryOrganizationRow, EntryRow
from graph_builder.tables.collection import Tables

COLUMNS = ("decision", "earlier", "later", "change_type", "reason")
CONFIDENCE = {1: "0.6", 2: "0.8"}
MOST = "0.95"  # three projects or more that all moved together leave little doubt


@dataclass(frozen=True)
class Move:
    """A project that went on in another division: the two units, and the two rows that show it."""

    earlier: str
    later: str
    from_entry: EntryRow
    to_entry: EntryRow


def add_changes(lineage: Path, decisions: Sequence[Decision], tables: Tables) -> None:
    """Add the reorganisations that the accepted decisions show and that review does not reject."""
    lists = _Lists(tables)
    moves = list(lists.moves([each for each in decisions if each.is_accepted]))
    reviewed = _reviewed(lineage / "divisions.csv")
    pairs = sorted({(move.earlier, move.later) for move in moves if lists.is_new_name(move, moves)})
    for pair in pairs:
        review = reviewed.get(pair)
        if review is None or review["decision"] == ACCEPT:
            shown = [move for move in moves if (move.earlier, move.later) == pair]
            _add_change(shown, _type(pair, pairs), review, lists, tables)


def _reviewed(path: Path) -> Mapping[tuple[str, str], CuratedRow]:
    rows = read_curated(path, COLUMNS, COLUMNS)
    wrong = [row for row in rows if row["decision"] not in (ACCEPT, REJECT)]
    refuse([row.fault("decision", "it is none", f"write {ACCEPT} or {REJECT}") for row in wrong])
    return {(row["earlier"], row["later"]): row for row in rows}


def _type(pair: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> str:
    if sum(earlier == pair[0] for earlier, _ in pairs) > 1:
        return "split"
    return "merged" if sum(later == pair[1] for _, later in pairs) > 1 else "renamed"


class _Lists:
    """Which units each list prints, and which units answer for each row."""

    def __init__(self, tables: Tables) -> None:
        self._of_entry: dict[str, set[str]] = {}
        self._printed: dict[str, set[str]] = {}
        for row in tables.of(EntryOrganizationRow):
            unit = relative_iri(row.authority, "organization", row.organization)
            self._of_entry.setdefault(row.entry, set()).add(unit)
            self._printed.setdefault(row.document, set()).add(unit)
        self.names = {
            relative_iri(row.authority, "organization", row.organization): row.label
            for row in tables.of(OrganizationRow)
        }

    def moves(self, accepted: Sequence[Decision]) -> Iterator[Move]:
        """Every continuation between rows that each have one unit, where the unit is another one."""
        for each in accepted:
            earlier = self._of_entry.get(each.earlier.entry, set())
            later = self._of_entry.get(each.later.entry, set())
            if len(earlier) == len(later) == 1 and earlier != later:
                yield Move(min(earlier), min(later), each.earlier, each.later)

    def is_new_name(self, move: Move, moves: Sequence[Move]) -> bool:
        """Whether the earlier unit is gone and the later one new, and each project of the one is in such."""
        before, after = self._printed[move.from_entry.document], self._printed[move.to_entry.document]
        gone, new = move.earlier not in after, move.later not in before
        others = {each.later for each in moves if each.earlier == move.earlier}
        return gone and new and all(other not in before for other in others)


def _add_change(
    shown: Sequence[Move], change_type: str, review: CuratedRow | None, lists: _Lists, tables: Tables
) -> None:
    first = shown[0]
    authority = first.from_entry.authority
    key = short_hash(first.earlier, first.later)
    projects = len({move.from_entry.project for move in shown})
    tables.add(
        ChangeRow(
            document="lineage",
            authority=authority,
            change=key,
            change_type=review["change_type"] if review else change_type,
            after_year=max(filter(None, (move.from_entry.last_year for move in shown)), default=None),
            before_year=min(filter(None, (move.to_entry.first_year for move in shown)), default=None),
            confidence=CONFIDENCE.get(projects, MOST),
            basis="inferred",
            reason=_reason(first, projects, lists, review),
        ),
        ChangeUnitRow("lineage", authority, key, first.earlier, None),
        ChangeUnitRow("lineage", authority, key, None, first.later),
    )
    for move in shown:
        for entry in (move.from_entry, move.to_entry):
            passage = relative_iri(entry.authority, "passage", entry.passage)
            tables.add(ChangeEvidenceRow("lineage", authority, key, passage))


def _reason(first: Move, projects: int, lists: _Lists, review: CuratedRow | None) -> str:
    before, after = lists.names[first.earlier], lists.names[first.later]
    said = (
        f"{before}は後の一覧に、{after}は前の一覧に印刷されておらず、{before}から引き継がれた事業"
        f"{projects}件はすべて新しい課にある。改組を述べる文はない。"
    )
    return said + (review["reason"] if review else "")
