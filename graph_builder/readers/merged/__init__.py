"""The layout merged-table: a table whose cells a dump merged, shifted, doubled or left out."""
