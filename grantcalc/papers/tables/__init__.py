"""The sums that tables state: grids of amounts, the words of their labels, totals of rows and columns."""
