"""Papers: reading the figures of a decision paper and the sums that it claims."""
