"""The sheets of the activities workbook, one module each."""
