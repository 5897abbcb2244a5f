"""Every number that the matcher decides by, each with its reason.

They were set by reading the lists of Fukushima Prefecture, never by measuring against judged pairs.
Similarity is the cosine of descriptions (0 to 1); coverage is the share of a name's rarity that the
other one has (0 to 1); a rarity of 1.0 is one word that hardly any other project uses.
"""

from __future__ import annotations

# Descriptions of unrelated projects of this corpus have a similarity of 0.00 to 0.08, by chance of phrase.
CONTENT_ALONE = 0.18
"""From here two descriptions in one division tell of one thing, whatever the names are."""
CONTENT_WITH_NAME = 0.10
"""Above chance: enough only together with a second sign, in the name or a rare term."""
CONTENT_WITH_UNIQUE_TERM = 0.07
"""At the edge of chance: enough only with a term that no third project has."""

NAME_WITH_CONTENT = 0.30
"""Coverage (mean of both directions) at which names support similar descriptions: about one word in three."""
NAME_WITHOUT_DIVISION = 0.40
"""The same where the divisions are known and do not continue: names have to carry more."""
NAME_WORDS_IN_TEXT = 0.60
"""Most of the name's distinguishing words stand in the other's name or description."""

CONTAINED = 0.90
"""One name's distinguishing words are all in the other's; 1.0 but for a 等 or a particle."""
CONTAINING = 0.50
"""The longer name adds no more than it keeps, else it names another thing."""
CONTAINED_RARITY = 1.5
"""Two rare words in common: one alone (教育, 森林) is a field, not a project."""

CORE_RARITY = 0.7
"""Names equal without their generic words need one rare word that is equal, or one continuing division."""

FIELD_COVERAGE = 0.35
"""The only two projects of one field: each name still has to keep a third of the other's rare words."""

HELD_COVERAGE = 0.20
"""A project whose name went up into an umbrella: the child must stand in its description."""

SHARED_TERM = 4
"""Characters of a shared term: shorter strings of kanji are shared by chance (する事業, 等の)."""
RARE_TERM = 4
"""Undertakings that may have a rare term: two lists with two rows of one thing each."""
UNIQUE_TERM = 2
"""Undertakings that have a unique term: the earlier and the later one."""
TOLD_TERM = 6
"""Undertakings that may have a term that a reason tells: a reader wants to see why, not only what decided."""
TOLD_TERMS = 3
"""How many shared terms a reason tells: a sentence, not a list."""

DIVISION_PAIRS = 2
"""Equal projects that must have moved together before a division is taken to continue in another."""

NARRATED = 0.35
"""Share of a name's rarity that a sentence must hold to be taken for its description."""
NARRATED_RARITY = 0.7
"""… and one word of a handful of projects at least (河川), so that 発信 or 支援 alone attaches nothing."""

COMMON_TOKEN = 20
"""Undertakings above which a token finds no candidates: it would compare everything with everything."""

UMBRELLA_CHILDREN = 2
"""Children that must have gone the same way before their umbrella did."""
