"""The sheets of a period's workbook, one module for each."""
