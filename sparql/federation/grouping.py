"""How an outline is read from tokens (SPARQL 1.1, section 19.8, rules 7 to 18 and 53 to 69).

It is strict where braces matter and careless elsewhere: the query is known to parse, and `outline.agrees`
tells whether the parser saw the same groups.
"""

from __future__ import annotations

from sparql.federation.outline import Element, Group, Head, Outline
from sparql.tokens import Kind, Token, without_gaps

STARTS = {"OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"}
CLOSES = {"(": ")", "{": "}"}
FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


class OutlineError(Exception):
    """The tokens of a query do not make groups."""


class _Reader:
    def __init__(self, tokens: tuple[Token, ...], at: int) -> None:
        self.tokens = tokens
        self.at = at
        self._closing = _brackets(tokens)

    def query(self, end: int) -> Head:
        """Read a query or sub-query up to a token; it starts at its form."""
        begin, head_end, where = self.at, end, None
        others: list[Group] = []
        data: list[Token] = []
        while self.at < end:
            place, before = self.at, self.tokens[self.at - 1].keyword if self.at else ""
            if self.keyword() == "VALUES":
                self.data()
                data += self.tokens[place : self.at]
            elif self.tokens[place].text != "{":
                self.at += 1
            elif before == "CONSTRUCT":
                self.at = self._closing[place] + 1
            elif before == "EXISTS" or where is not None:
                others.append(self.group())
            else:
                where, head_end = self.group(), place
        return Head(self.tokens[begin:head_end], where, tuple(others), tuple(data))

    def group(self) -> Group:
        """Read a group from its opening brace, and leave it behind."""
        begin, end = self.at, self._closing[self.at]
        self.at += 1
        if self.tokens[self.at].keyword == "SELECT":
            head = self.query(end)
            self.at = end + 1
            return Group(self.tokens[begin : end + 1], select=head)
        elements: list[Element] = []
        while self.at < end:
            if self.tokens[self.at].text == ".":
                self.at += 1
            else:
                elements.append(self.element(end))
        self.at = end + 1
        return Group(self.tokens[begin : end + 1], tuple(elements))

    def element(self, end: int) -> Element:
        begin, token = self.at, self.tokens[self.at]
        if token.text == "{":
            groups = self.union()
            return Element("GROUP", self.tokens[begin : self.at], groups)
        kind = token.keyword if token.keyword in STARTS else "TRIPLES"
        if kind == "VALUES":
            self.data()
            return Element(kind, self.tokens[begin : self.at])
        if kind == "TRIPLES":
            self.triples(end)
            return Element(kind, self.tokens[begin : self.at])
        groups = self.constraint() if kind in {"FILTER", "BIND"} else self.following()
        return Element(kind, self.tokens[begin : self.at], groups)

    def union(self) -> tuple[Group, ...]:
        groups = [self.group()]
        while self.keyword() == "UNION":
            self.at += 1
            groups.append(self.group())
        return tuple(groups)

    def following(self) -> tuple[Group, ...]:
        """Read up to the group that follows a keyword and, for GRAPH and SERVICE, a term."""
        for _ in range(4):
            if self.tokens[self.at].text == "{":
                return (self.group(),)
            self.at += 1
        raise OutlineError

    def constraint(self) -> tuple[Group, ...]:
        """Read what follows FILTER or BIND: brackets, a call, or EXISTS."""
        groups: list[Group] = []
        self.at += 1
        while self.tokens[self.at].text not in {"(", "{"}:
            self.at += 1
        if self.tokens[self.at].text == "{":
            return (self.group(),)
        end = self._closing[self.at]
        while self.at < end:
            if self.tokens[self.at].text == "{":
                groups.append(self.group())
            else:
                self.at += 1
        self.at = end + 1
        return tuple(groups)

    def data(self) -> None:
        """Leave VALUES and its data behind."""
        while self.tokens[self.at].text != "{":
            self.at += 1
        self.at = self._closing[self.at] + 1

    def triples(self, end: int) -> None:
        while self.at < end and self.tokens[self.at].text != "{" and self.keyword() not in STARTS:
            self.at += 1

    def keyword(self) -> str:
        return self.tokens[self.at].keyword if self.at < len(self.tokens) else ""


def _brackets(tokens: tuple[Token, ...]) -> dict[int, int]:
    """Return where each round bracket or brace closes."""
    pairs: dict[int, int] = {}
    open_ones: list[tuple[str, int]] = []
    for place, token in enumerate(tokens):
        if token.kind is not Kind.MARK:
            continue
        if token.text in CLOSES:
            open_ones.append((CLOSES[token.text], place))
        elif open_ones and token.text == open_ones[-1][0]:
            pairs[open_ones.pop()[1]] = place
        elif token.text in CLOSES.values():
            raise OutlineError
    if open_ones:
        raise OutlineError
    return pairs


def read_outline(text: str) -> Outline:
    """Return the outline of a query that a parser has accepted; raises `OutlineError`."""
    tokens = without_gaps(text)
    form = next((place for place, token in enumerate(tokens) if token.keyword in FORMS), None)
    if form is None:
        raise OutlineError
    reader = _Reader(tokens, form)
    try:
        return Outline(tokens[:form], reader.query(len(tokens)))
    except (IndexError, KeyError) as fault:
        raise OutlineError from fault
