"""What a person means by a name: the thing whose family is asked for.

A project and its entries mostly bear one name; then the project is meant, which starts from its latest entry.
Otherwise a name that several things bear is not guessed at.
"""

from __future__ import annotations

from graph_builder.errors import CallError, Place, Problem
from sparql.asking import prologue, select
from sparql.backends import Backend
from sparql.parameters import kinds
from sparql.resolution import Named, candidates, matching, suggestions

KIND = "ancestor"
PROJECT = f"""{prologue("kf")}
SELECT ?entry ?project WHERE {{ ?entry kf:entryOf ?project }} ORDER BY ?project
"""


async def find_start(backend: Backend, text: str, base: str) -> str:
    """Return the address that a name, an address or its local part means; raises `CallError`."""
    known = await candidates(backend, kinds()[KIND])
    found = matching(text, known) or matching(base + text.lstrip("/"), known)
    addresses = [thing.address for thing in found]
    if len(addresses) > 1:
        addresses = await _with_projects_for_entries(backend, addresses)
    if len(addresses) == 1:
        return addresses[0]
    if addresses:
        listed = ", ".join(str(thing) for thing in found if thing.address in addresses)
        problem = Problem(
            Place(text), f"the name is that of {len(addresses)} things: {listed}", "Give the address of one"
        )
        raise CallError(problem)
    raise unknown(text, *suggestions(text, known))


def unknown(text: str, *near: Named) -> CallError:
    """Return the error for a name that nothing bears."""
    remedy = "Give the name or the address of a plan, law, strategy, idea or project"
    if near:
        remedy = f"Names that are near: {', '.join(str(thing) for thing in near)}"
    return CallError(Problem(Place(text), "nothing with a lineage is known by this name", remedy))


async def _with_projects_for_entries(backend: Backend, addresses: list[str]) -> list[str]:
    meant: dict[str, None] = {}
    for address in addresses:
        projects = [row["project"].value for row in await select(backend, PROJECT, entry=address)]
        meant |= dict.fromkeys(projects or [address])
    return list(meant)
