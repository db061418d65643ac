"""Readers: files of other kinds than text to papers, a module for each kind."""
