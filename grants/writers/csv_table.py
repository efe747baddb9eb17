"""A table -> a text file with commas, as the reader of tables wants it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file: UTF-8, a line of column names, a line for each row, quotes only where they are needed."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    return text.getvalue().encode()
