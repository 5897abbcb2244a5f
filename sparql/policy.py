"""What a stranger's query may do, decided on the parsed query.

Refused: FROM with a graph that is not one of this dataset (it would look like an empty graph; other engines
would fetch it), and SERVICE; but the refusal of a SERVICE that names its endpoint carries a plan for whoever
may ask partners. rdflib parses here and evaluates nothing.

The tree and the engine must see the same text. So codepoint escapes (SPARQL 1.1, section 19.2) are expanded
first, and a carriage return, which ends a comment for the engine but not for rdflib, becomes a line feed.
A query in which the word does not occur at all, however it is escaped, needs no tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from sparql.federation.outline import SERVICE
from sparql.federation.plan import make_plan
from sparql.refusals import PartnersNeededError, Reason, RefusalError

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
EXPANSIONS_AT_MOST = 4
TRACES = ("serv", "from")
"""Without one of these in a case-folded text there is nothing that `SUSPICIOUS` finds; to look is cheap."""
SUSPICIOUS = re.compile(r"service|(?<![\w:?$])from(?![\w:])", re.IGNORECASE)
UPDATE = re.compile(r"\b(insert|delete|load|clear|drop|create|add|move|copy)\b", re.IGNORECASE)


IsHere = Callable[[str], bool]
"""Whether a graph is one of this dataset."""


def examine(text: str, is_here: IsHere) -> str:
    """Return the text to run: `text` itself, or its plain form where a tree had to decide.

    Raises `RefusalError`: forbidden, or malformed where a query with a word in question cannot be parsed. It
    is a `PartnersNeededError` where partners could answer.
    """
    folded = _fully_expanded(text)
    if not any(trace in folded for trace in TRACES) or not SUSPICIOUS.search(folded):
        return text
    plain = expand(text).replace("\r\n", "\n").replace("\r", "\n")
    if ESCAPE.search(plain):
        remedy = "Write the character itself in place of the escape"
        raise RefusalError(Reason.MALFORMED, "an escape sequence is itself escaped", remedy)
    _decide(plain, is_here)
    return plain


def is_update(text: str) -> bool:
    """Whether `text`, which is no query, is a SPARQL 1.1 update."""
    if not UPDATE.search(text):
        return False
    # Loading the parser takes 0.2 s, and few queries need it: not at the top of the module.
    from rdflib.plugins.sparql.parser import parseUpdate  # noqa: PLC0415  see above

    try:
        parseUpdate(text)
    except Exception:  # noqa: BLE001  the parse actions of rdflib raise whatever a strange text provokes
        return False
    return True


def expand(text: str) -> str:
    """Return `text` with each codepoint escape replaced by its character, once."""
    return ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    try:
        character = chr(int(match[1] or match[2], base=16))
        character.encode()
    except (ValueError, OverflowError) as fault:
        remedy = "Write the character itself in place of the escape"
        raise RefusalError(Reason.MALFORMED, f"{match[0]} is no character", remedy) from fault
    return character


def _fully_expanded(text: str) -> str:
    if "\\" not in text:
        return text.casefold()
    for _ in range(EXPANSIONS_AT_MOST):
        expanded = expand(text)
        if expanded == text:
            return text.casefold()
        text = expanded
    remedy = "Write the characters themselves in place of the escapes"
    raise RefusalError(Reason.MALFORMED, "escape sequences are nested too deeply", remedy)


def examine_graph(graph: str, is_here: IsHere) -> None:
    """Raise `RefusalError` where a graph named by the protocol or by FROM is not one of this dataset."""
    if not is_here(graph):
        remedy = "Name graphs of this dataset only: the service description lists them"
        raise RefusalError(Reason.FORBIDDEN, f"the graph {graph} is not here", remedy)


def _decide(text: str, is_here: IsHere) -> None:
    names: dict[str, str] = {}
    address = ""
    services: list[str] = []
    nodes = list(_nodes(_parsed(text)))
    for node in nodes:
        if node.name == SERVICE:
            services.append(_endpoint(node, names, address))
        elif node.name == "Base":
            address = urljoin(address, str(node.iri))
        elif node.name == "PrefixDecl":
            names[str(node.prefix or "")] = urljoin(address, str(node.iri))
        elif node.name == "DatasetClause":
            examine_graph(_address(node.default or node.named, names, address), is_here)
    if services:
        raise PartnersNeededError(make_plan(text, nodes, services).as_record())


def _endpoint(service: CompValue, names: dict[str, str], address: str) -> str:
    from rdflib import Variable  # noqa: PLC0415  see is_update

    if isinstance(service.term, Variable):
        remedy = "Name the endpoint itself: its address in angle brackets"
        what = f"SERVICE with a variable (?{service.term}) is not allowed here"
        raise RefusalError(Reason.FORBIDDEN, what, remedy)
    return _address(service.term, names, address)


def _parsed(text: str) -> object:
    from rdflib.plugins.sparql.parser import ServiceGraphPattern, parseQuery  # noqa: PLC0415  see is_update

    # Under its own name, rdflib looks for the text of each SERVICE with a second parse, which takes a # in an
    # IRI on the same line for a comment, and never comes back from a SERVICE inside a SERVICE.
    ServiceGraphPattern.set_name(SERVICE)
    try:
        return parseQuery(text)
    except RecursionError as fault:
        raise RefusalError(
            Reason.MALFORMED, "the query is nested too deeply", "Ask a simpler query"
        ) from fault
    except Exception as fault:  # the parse actions of rdflib raise whatever a strange text provokes
        remedy = "Mend the query; a query with the word SERVICE or FROM must be plain SPARQL 1.1"
        raise RefusalError(Reason.MALFORMED, f"the query cannot be parsed: {fault}", remedy) from fault
    finally:
        ServiceGraphPattern.set_name("ServiceGraphPattern")


def _nodes(tree: object) -> Iterator[CompValue]:
    """Yield every named node of a parse tree in document order, without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield cast("CompValue", node)
            waiting.extend(reversed(node.values()))
        elif not isinstance(node, str) and isinstance(node, Iterable):
            waiting.extend(reversed(list(node)))


def _address(graph: object, names: dict[str, str], address: str) -> str:
    if isinstance(graph, dict):
        name = cast("CompValue", graph)
        return names.get(str(name.prefix or ""), "") + str(name.localname)
    return urljoin(address, str(graph))
