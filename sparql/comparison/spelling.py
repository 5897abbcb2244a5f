"""The numbers of a comparison as queries that anyone can run: each gives the rows that are counted.

They are shown, never executed here; that they give the same is part of the specification.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph_builder.namespaces import LINK_TYPE
from sparql.asking import prologue
from sparql.comparison.comparing import Comparison, fates

PREFIXES = prologue("kf", "skos", "status")
TWIN = "(kf:repeats|^kf:repeats)?"
STEP = """      ?link{n} kf:from{first} ?{near} ; kf:to{last} ?{far} ; kf:status status:accepted ;
        kf:linkType ?type{n} ; kf:confidence ?sure{n} .
      VALUES (?type{n} ?rank{n}) {{ {ranks} }}
      BIND({kind} AS ?kind{n}) BIND({least} AS ?least{n})
"""
NAMED = "  OPTIONAL {{ ?{0} skos:prefLabel ?{0}Label FILTER(LANG(?{0}Label) = 'ja') }}\n"
UNLINKED = """SELECT DISTINCT ?entry ?entryLabel WHERE {{
  ?entry a kf:ProjectEntry ; kf:plan {own} .
  FILTER NOT EXISTS {{ {way} ?other . ?other kf:plan {others} }}
{name}}} ORDER BY ?entry
"""
WAYS = {"earlier": f"?entry {TWIN}/(^kf:continues)+/{TWIN}", "later": f"?entry {TWIN}/kf:continues+/{TWIN}"}
WHOLE = """SELECT DISTINCT ?entry ?entryLabel WHERE {{
  ?entry a kf:ProjectEntry ; kf:plan {own} .
{name}}} ORDER BY ?entry
"""


def pairs_query(comparison: Comparison, fate: str = "") -> str:
    """Return the query of the pairs: all, or those of one fate."""
    rank = f"  FILTER(?kind = {fates().links.index(fate) + 1})\n" if fate else ""
    names = NAMED.format("earlier") + NAMED.format("later")
    head = "SELECT ?kind ?earlier ?earlierLabel ?later ?laterLabel ?confidence WHERE {\n"
    return f"{PREFIXES}{head}{_pairs(comparison)}{rank}{names}}} ORDER BY ?kind ?earlier ?later\n"


def entries_query(comparison: Comparison, fate: str, side: str) -> str:
    """Return the query of the entries of one fate on one side, `earlier` or `later`: the nearest counts."""
    pairs, rank, name = _pairs(comparison), fates().links.index(fate) + 1, NAMED.format(side)
    return f"""{PREFIXES}SELECT ?{side} ?{side}Label WHERE {{
  {{ SELECT ?{side} (MIN(?kind) AS ?nearest) WHERE {{
{pairs}  }} GROUP BY ?{side} }}
  FILTER(?nearest = {rank})
{name}}} ORDER BY ?{side}
"""


def unlinked_query(comparison: Comparison, side: str) -> str:
    """Return the query of the entries without a partner: dropped (`earlier`) or new (`later`)."""
    own, others = (comparison.earlier.plan, comparison.later.plan)[:: 1 if side == "earlier" else -1]
    body = UNLINKED.format(own=_node(own), others=_node(others), way=WAYS[side], name=NAMED.format("entry"))
    return prologue("kf", "skos") + body


def whole_query(plan: str) -> str:
    """Return the query of all entries of a list."""
    return prologue("kf", "skos") + WHOLE.format(own=_node(plan), name=NAMED.format("entry"))


def _pairs(comparison: Comparison) -> str:
    """Return the pattern of the pairs, each with its kind: one branch for each number of steps."""
    branches = " UNION ".join(_branch(comparison, steps) for steps in range(1, comparison.steps + 1))
    head = "  { SELECT ?earlier ?later (MAX(?most) AS ?kind) (MIN(?least) AS ?confidence) WHERE {\n    "
    return f"{head}{branches}\n  }} GROUP BY ?earlier ?later }}\n"


def _branch(comparison: Comparison, steps: int) -> str:
    own, others = _node(comparison.earlier.plan), _node(comparison.later.plan)
    lines = [f"      ?earlier kf:plan {own} . ?later kf:plan {others} .\n"]
    lines += [_step(number, steps) for number in range(1, steps + 1)]
    lines.append(f"      BIND(?kind{steps} AS ?most) BIND(?least{steps} AS ?least)\n")
    return "{\n" + "".join(lines) + "    }"


def _step(number: int, steps: int) -> str:
    """Return the pattern of one step; its kind and confidence are those of the way so far."""
    kind, least, so_far = f"?rank{number}", f"?sure{number}", number - 1
    if number > 1:
        kind = f"IF(?kind{so_far} > {kind}, ?kind{so_far}, {kind})"
        least = f"IF(?least{so_far} < {least}, ?least{so_far}, {least})"
    return STEP.format(
        n=number,
        near="earlier" if number == 1 else f"middle{so_far}",
        far="later" if number == steps else f"middle{number}",
        first=f"/{TWIN}" if number == 1 else "",
        last=f"/{TWIN}" if number == steps else "",
        ranks=" ".join(f"({_node(LINK_TYPE[name])} {rank})" for rank, name in enumerate(fates().links, 1)),
        kind=kind,
        least=least,
    )


def _node(address: str) -> str:
    return str(NamedNode(address))
