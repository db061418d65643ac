"""The sums that sentences and lists state: the words that tie figures together, and what they claim."""
