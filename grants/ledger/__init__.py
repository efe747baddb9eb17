"""Arithmetic over the model: totals, shares, phasing, instalments. Pure: no files, no clock, no language."""
