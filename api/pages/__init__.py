"""The pages: one module per kind, each says what it asks and what it shows."""
