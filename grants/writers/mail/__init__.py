"""E-mail: a message as bytes, the ways out, the journal of what was done. The only place that knows mail transport."""
