"""From text to a paper: which lines are tables, where their cells are, and what is running text."""
