"""Results as text: one module a format, each a function from results to text."""
