"""The search: what a reader writes, how it is matched and ordered, and what is shown of a result."""
