"""The page of a lineage: what a reader wants to see of a family, its picture, and the same as a table."""
