"""How long grantcalc takes, as ratios measured side by side in one run."""
