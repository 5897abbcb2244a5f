"""Names of projects in parts: what stands before a trailing bracket, and what stands in it.

傘事業（子事業） names an umbrella and the child that the row is about. The last part identifies the project,
the parts before it say where it stands. A bracket inside a name (デジタル変革（DX）推進事業) parts nothing.
"""

from __future__ import annotations

from graph_builder.values.names import opening_of_last
from graph_builder.values.text import compared


def folded(text: str) -> str:
    """The form that is compared: NFKC, no white space, no difference of case."""
    return compared(text).casefold()


def key(text: str) -> str:
    """Letters and digits alone: two names with one key differ in punctuation at most."""
    return "".join(character for character in folded(text) if character.isalnum())


def parts(name: str) -> tuple[str, ...]:
    """The folded parts of a name, from the umbrella to what the row is about; never empty."""
    head, groups = folded(name), list[str]()
    while (at := opening_of_last(head)) is not None:
        groups.insert(0, head[at + 1 : -1])
        head = head[:at]
    if not groups or not head:
        return (folded(name),)
    return (head, *(part for group in groups for part in parts(group)))
