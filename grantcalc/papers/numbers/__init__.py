"""Numbers in text: how they are written, and what kind of number each is."""
