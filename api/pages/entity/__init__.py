"""The pages of things by kind: each kind is a file of sections, each section a pattern and a shape."""
