"""A workbook of ours that came back: opened, its tables found wherever they stand, its cells read as people type."""
