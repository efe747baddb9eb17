"""Where a row and column of the form stands in the workbook that came back, and which change brought it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grants.errors import Finding, Place
from grants.forms.changes import ADDED, Change
from grants.services.returns.review import Review, find_row
from grants.services.returns.spots import Spot

_OF_LINES = ("phasing", "justification")
"""Tables in which a new budget line has a row that comes with it."""


class Cells:
    """The cells of a workbook by what stands in them."""

    def __init__(self, review: Review) -> None:
        self.review, self.name = review, review.file.name
        self.changes: dict[tuple[str, str], list[Change]] = {}
        for change in review.changes:
            if change.verdict != "say":
                names = {change.row, change.theirs} if change.column == "code" else {change.row}
                for name in names:  # a line that is renamed has its new code in the draft
                    self.changes.setdefault((change.table, name), []).append(change)
        self.deleted = [x for x in review.changes if x.kind == "row deleted" and x.verdict != "say"]

    def find_changes(self, spot: Spot | None, finding: Finding) -> Sequence[Change]:
        """What was changed in the row; else, of what is missing now, the rows that were deleted."""
        own = self.changes.get((spot.table, spot.row), []) if spot else []
        if not own and spot and spot.table in _OF_LINES:
            own = [x for x in self.changes.get(("lines", spot.row), ()) if x.kind in ADDED]
        if not own and finding.found:
            own = [x for x in self.deleted if finding.found in (x.row, x.row.partition("/")[2])]
        return own

    def place(self, spot: Spot | None, changes: Sequence[Change]) -> Place | None:
        """The cell; None where the form has nothing of it, or the finding is about all of a table."""
        table = self.review.tables.get(spot.table) if spot else None
        if change := _choose(spot, changes):
            number, sheet = find_row(change.cell), change.sheet
            if not sheet:  # an export: it has lines in place of cells
                line = change.cell.rpartition(f"{self.name}:")[2].partition(":")[0]
                return Place(self.name, int(line) if line.isdigit() else None)
            letter = table.letters.get(spot.column) if table and spot and table.sheet == sheet else None
            return Place(self.name, cell=f"{sheet}!{letter}{number}" if letter else f"{sheet}!{change.cell}")
        if spot is None or table is None:
            return None
        row = next((x.number for x in table.rows if x.id == spot.row), None) if spot.row else None
        return Place(self.name, cell=f"{table.sheet}!{table.cell(row, spot.column)}") if row else None


def _choose(spot: Spot | None, changes: Iterable[Change]) -> Change | None:
    """The change of the cell itself, else the first of its row; none where the row is on another sheet."""
    own = [x for x in changes if spot is None or x.table == spot.table or x.kind == "row deleted"]
    return next((x for x in own if spot and x.column == spot.column), own[0] if own else None)
