"""Lineage: what descends from what, proposed by matching and decided by review."""
