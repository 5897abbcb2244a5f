"""Alignments to national and world data: SSSOM tables, read strictly."""
