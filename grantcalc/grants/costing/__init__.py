"""Posts costed from rates: pay, time, on-costs and overheads become the costs of a grant, with the working shown."""
