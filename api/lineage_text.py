"""A family as a tree to read in a terminal: each step with its kind, how sure it is, and its lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from sparql.lineage.family import Family, Step, Thing
from sparql.lineage.tree import Branch, Mark, Root, roots

MARKS = {Mark.NONE: "", Mark.SHOWN: "（前出）", Mark.CYCLE: "（循環）", Mark.FAR: "（この先は略）"}


def family_tree(family: Family, base: str) -> Tree:
    """Return the tree of a family; what is left out is said at the end."""
    first, *others = roots(family)
    tree = Tree(_start(first.thing, base))
    _add(tree, first)
    for root in others:
        _add(tree.add(_start(root.thing, base)), root)
    if not family.steps:
        tree.add(Text("前後のつながりは見つかりません。", style="dim"))
    if family.is_cut:
        limits = family.limits
        tree.add(
            Text(f"{limits.depth} 歩、{limits.things} 件までを示しました。ほかにもあります。", style="dim")
        )
    return tree


def step_text(step: Step) -> str:
    """Return what a step rests on: 同一 (1.00, 確認済み), or 義務付け 第9条 (1.00, 明記)."""
    article = f" {step.article}" if step.article else ""
    if step.confidence is None:
        return f"{step.label}{article}"
    bases = "・".join(str(label) or name for name, label in step.bases)
    return f"{step.label}{article} ({step.confidence:.2f}, {bases})"


def thing_text(thing: Thing) -> str:
    """Return a thing's name with its years: 携帯電話通話エリア広域ネットワーク化事業 2020年度."""
    years = "–".join(dict.fromkeys(str(year) for year in (*thing.years[:1], *thing.years[-1:])))
    return f"{thing.name} {years}年度" if years else thing.name


def places_text(step: Step) -> str:
    """Return the lines that prove a step: [ict-data-action-plan-2020:127-141]."""
    return f"[{', '.join(str(place) for place in step.evidence)}]" if step.evidence else ""


def _start(thing: Thing, base: str) -> Text:
    kind = f"（{thing.class_label}）" if str(thing.class_label) else ""
    text = Text.from_markup(f"[bold]{escape(thing_text(thing))}[/]{escape(kind)} ")
    return text.append(thing.address.removeprefix(base), style="dim")


def _add(tree: Tree, root: Root) -> None:
    _grow(tree, root.ancestors, "←")
    _grow(tree, root.descendants, "→")


def _grow(tree: Tree, branches: Iterable[Branch], arrow: str) -> None:
    for branch in branches:
        text = Text(f"{arrow} {step_text(branch.step)} ")
        text.append(thing_text(branch.thing), style="bold").append(MARKS[branch.mark])
        text.append(f" {places_text(branch.step)}", style="dim")
        _grow(tree.add(text), branch.branches, arrow)
