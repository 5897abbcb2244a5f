"""Dumps: the dataset as files to take away, each the same bytes for the same dataset."""
