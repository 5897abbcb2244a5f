"""Readers' records become tidy tables: rows with keys, side tables for lists, evidence for everything."""
