"""Can a template's tables change their number of columns? Only then does docxtpl's own pass have work to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(
    r'<w:tbl>|</w:tbl>|<w:gridCol[ />]|<w:tr[ >]|</w:tr>|<w:tc[ >]|</w:tc>|<w:gridSpan w:val="([^"]*)"/>'
    r"|\{%-?\s*(\w+)|\{\{"
)
NO_ROWS = "</w:tblGrid></w:tbl>"
"""What is left of a table whose loops had nothing to repeat."""
_OPENS = ("for", "if")
_CLOSES = ("endfor", "endif")


@dataclass(slots=True)
class _Table:
    depth: int
    """Loops and conditions around the table itself."""
    columns: int = 0
    row: int = -1
    inside_cell: bool = False
    certain: bool = False
    """Whether a row that is always there fills the grid."""
    full: bool = True
    """Whether every row fills the grid."""


def have_fixed_grids(xml: str) -> bool:
    """Whether every table keeps its grid, whatever loops and conditions do: docxtpl would change nothing.

    True where no table stands in another, no tag stands between the cells of a row, no row is wider than the grid, and
    all rows fill it, or one that is always there does. A table that is left without any row is seen later.
    """
    table: _Table | None = None
    depth = 0
    for match in _MARK.finditer(xml):
        mark = match[0]
        if match[2] is not None or mark == "{{":
            depth += (match[2] in _OPENS) - (match[2] in _CLOSES)
            if table and table.row >= 0 and not table.inside_cell:
                return False
        elif mark == "<w:tbl>":
            if table:
                return False
            table = _Table(depth)
        elif table is None:
            continue
        elif mark == "</w:tbl>":
            if not (table.certain or table.full):
                return False
            table = None
        elif not _take(table, mark, match[1], depth):
            return False
    return True


def _take(table: _Table, mark: str, span: str | None, depth: int) -> bool:
    """Count a mark of a table; False where the grid cannot be relied on."""
    if mark.startswith("<w:gridCol"):
        table.columns += 1
    elif mark.startswith("<w:tr"):
        table.row = 0
    elif mark.startswith("<w:tc"):
        table.row += 1
        table.inside_cell = True
    elif mark == "</w:tc>":
        table.inside_cell = False
    elif mark == "</w:tr>":
        table.certain |= table.row == table.columns and depth == table.depth
        table.full &= table.row == table.columns
        fits = table.row <= table.columns
        table.row = -1
        return fits
    elif span is not None:
        if not span.isdigit():
            return False
        table.row += int(span) - 1
    return True
