"""What became of the projects of one list in a later one, and what is new there."""
