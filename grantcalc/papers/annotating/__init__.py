"""Annotating: what was found in a paper, put on the figures of a copy of it."""
