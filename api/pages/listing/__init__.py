"""Lists of things: each a file of `api/lists/` with its columns and filters, all shown by the same code."""
