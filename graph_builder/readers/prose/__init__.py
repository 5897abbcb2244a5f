"""Prose and the small tables inside it: outline, glossary, history, outcomes, indicators, statistics."""
