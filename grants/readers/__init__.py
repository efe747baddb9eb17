"""Files -> model, always a pair: the value (or None) and the findings."""
