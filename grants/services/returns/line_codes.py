"""Lines of the budget that are renamed or gone: one change for a new code, and a word where costs are recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from grants.errors import Finding, Place
from grants.forms.changes import Change, Verdict
from grants.model.records import Records


def settle_lines(changes: Sequence[Change], records: Records, name: str) -> tuple[list[Change], list[Finding]]:
    """The changes, where a line that only has another code is one change; and what is recorded on lines that would be
    gone: that has to be decided. `name` is the file's."""
    costs = Counter(cost.line for period in records.periods.values() for cost in period.expenditures)
    settled = [x._replace(verdict="conflict") if _is_leaving(x) and costs[x.row] else x for x in _join(changes)]
    return settled, [_say_costs(x, costs[x.row], name) for x in settled if _is_leaving(x) and costs[x.row]]


def _is_leaving(change: Change) -> bool:
    """Whether no line has the code of the row any more."""
    renamed = change.kind == "cell" and change.column == "code" and change.odd is None
    return change.table == "lines" and (renamed or change.kind == "row deleted")


def _join(changes: Sequence[Change]) -> Iterable[Change]:
    """A row that is gone and one that is new and says the same but for its code are one that was renamed."""
    lines = [x for x in changes if x.table == "lines"]
    gone = {_leave_out_code(x): x for x in lines if x.kind == "row deleted"}
    alone = Counter(x.row for x in lines)
    pairs = {
        x.row: old
        for x in lines
        if x.kind == "row added" and alone[x.row] == 1 and (old := gone.pop(_leave_out_code(x), None))
    }
    left = {x.row for x in pairs.values()}
    for x in changes:
        if x.table != "lines" or x.row not in pairs.keys() | left:
            yield x
        elif x.kind == "row added":
            old = pairs[x.row]
            verdict: Verdict = "conflict" if "conflict" in (x.verdict, old.verdict) else "take"
            base = None if x.base is None else old.row
            yield Change("cell", verdict, "lines", old.row, x.sheet, x.cell, "code", base, old.row, x.row)


def _leave_out_code(change: Change) -> tuple[tuple[str, str], ...]:
    return tuple((key, words) for key, words in sorted(change.texts.items()) if key != "code")


def _say_costs(change: Change, costs: int, name: str) -> Finding:
    what = f"called {change.theirs}" if change.kind == "cell" else "gone"
    number = "1 cost is" if costs == 1 else f"{costs:,} costs are"
    message = f"Line {change.row} is {what} in the workbook, and {number} recorded on it: they keep the code."
    remedy = f"Keep line {change.row}, and enter a new line below it; or move its costs in periods/ first."
    place = Place(name, cell=f"{change.sheet}!{change.cell}")
    return Finding("RET-038", place, message, remedy, change.row, severity="warning")
