"""The grant file: read, costed, scheduled, and turned into sums."""
