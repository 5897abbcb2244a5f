"""Bounded execution: a pool of worker processes, each of which can be killed."""
