"""Parsers of printed values: pure functions, one for each kind of value."""
