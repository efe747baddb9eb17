"""The sheets of the financial report, one module each."""
