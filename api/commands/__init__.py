"""The commands that ask the published graph; each is small, and the work stands elsewhere."""
