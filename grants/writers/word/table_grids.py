"""Can a template's tables change their number of columns? Only then does docxtpl's own pass have work to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r'<w:tbl>|</w:tbl>|<w:gridCol[ />]|<w:tr[ >]|</w:tr>|<w:tc[ >]|</w:tc>|<w:gridSpan w:val="([^"]*)"/>'
    r"|\{%-?\s*(\w+)|\{\{"
)
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


def have_fixed_grids(xml: str) -> bool:
    """Whether every table keeps its grid, whatever loops and conditions do: docxtpl would change nothing.

    True where no table stands in another, no tag stands between the cells of a row, no row is wider than the grid and
    one that is always there fills it.
    """
    table: _Table | None = None
    depth = 0
    for match in _TOKEN.finditer(xml):
        token = match[0]
        if match[2] is not None or token == "{{":
            depth += (match[2] in _OPENS) - (match[2] in _CLOSES)
            if table and table.row >= 0 and not table.inside_cell:
                return False
        elif token == "<w:tbl>":
            if table:
                return False
            table = _Table(depth)
        elif table is None:
            continue
        elif token == "</w:tbl>":
            if not table.certain:
                return False
            table = None
        elif not _take(table, token, match[1], depth):
            return False
    return True


def _take(table: _Table, token: str, span: str | None, depth: int) -> bool:
    """Count a token of a table; False where the grid cannot be relied on."""
    if token.startswith("<w:gridCol"):
        table.columns += 1
    elif token.startswith("<w:tr"):
        table.row = 0
    elif token.startswith("<w:tc"):
        table.row += 1
        table.inside_cell = True
    elif token == "</w:tc>":
        table.inside_cell = False
    elif token == "</w:tr>":
        table.certain |= table.row == table.columns and depth == table.depth
        filled = table.row <= table.columns
        table.row = -1
        return filled
    elif span is not None:
        if not span.isdigit():
            return False
        table.row += int(span) - 1
    return True
