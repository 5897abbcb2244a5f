"""Descent as a family: who stands before a thing, who after it, and what each step rests on."""
