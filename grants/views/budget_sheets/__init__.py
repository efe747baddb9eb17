"""The sheets of the budget workbook, one module each."""
