"""The arrows: one module for each step from a source text to a published graph."""
