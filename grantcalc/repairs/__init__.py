"""How few printed figures must change so that all sums hold: what a repair is, and the search for the smallest."""
