"""Matching: which project of a later list continues which project of an earlier one.

The matcher proposes; it sees the lists and nothing else, no reviewed decision.
"""
