"""Changes of a period's workbook -> expenditures.csv, finance.yaml and progress.yaml of that period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from grants.errors import Path
from grants.forms import PERIOD
from grants.forms.changes import ADDED, Change
from grants.forms.expected import Expected
from grants.model.records import Expenditure, PeriodRecords, Records
from grants.model.scalars import Text
from grants.readers.csv_file import CsvRow
from grants.readers.records import EXPENDITURES, FINANCE, PERIODS, PROGRESS, RecordFiles
from grants.services.returns.draft import Draft, amount, code, leave_out_empty, number
from grants.views.period_layout import name_expenditures
from grants.writers.csv_table import write_table

_FIELDS = tuple(Expenditure.model_fields)
_PROGRESS: Mapping[str, Literal["activities", "indicators", "groups"]] = {
    "activity_progress": "activities",
    "indicator_actuals": "indicators",
    "groups_reached": "groups",
}
_TEXTS = ("done", "deviation", "evidence", "remarks", "reason")


def edit_period(
    draft: Draft, changes: Sequence[Change], expected: Expected, records: PeriodRecords, rows: Sequence[CsvRow]
) -> None:
    """Put changes into the draft."""
    within = f"{PERIODS}/{records.code}/"
    costs = [change for change in changes if change.table == "expenditures"]
    if costs:
        draft.whole[within + EXPENDITURES] = write_costs(costs, records, rows)
    for change in changes:
        if change.table in _PROGRESS:
            _edit_progress(draft, within + PROGRESS, change, expected, records)
        elif change.table == "milestones_reached":
            draft.set(within + PROGRESS, ("milestones", change.row), code(change.theirs))
        elif change.table == "forecast":
            _edit_forecast(draft, within + FINANCE, change, records)
        elif change.table == "exchange_difference":
            _edit_difference(draft, within + FINANCE, change, records)
        elif change.table not in ("expenditures", "earlier"):
            _edit_list(draft, within + FINANCE, change, records)


def edit_earlier(draft: Draft, changes: Iterable[Change], records: Records, files: RecordFiles) -> None:
    """The days on which costs of earlier periods were paid, each in the list of its own period."""
    paid: dict[str, list[Change]] = {}
    for change in changes:
        if change.table == "earlier":
            period, _, name = change.row.partition(":")
            paid.setdefault(period, []).append(change._replace(table="expenditures", row=name))
    for period, costs in paid.items():
        rows = files.rows.get((PERIODS, period, "expenditures"), ())
        data = write_costs(costs, records.periods[period], rows)
        draft.whole[f"{PERIODS}/{period}/{EXPENDITURES}"] = data


def write_costs(changes: Iterable[Change], records: PeriodRecords, rows: Sequence[CsvRow]) -> bytes:
    """The table of costs as it would be; rows that nobody touched keep their words."""
    columns = rows[0].file.columns if rows else _FIELDS
    table = {
        name: dict(zip(columns, row.cells, strict=True))
        for name, row in zip(name_expenditures(records), rows, strict=True)
    }
    added = []
    for change in changes:
        if change.kind == "cell":
            table[change.row][change.column] = _say_cell(change.column, change.theirs)
        elif change.kind == "row deleted":
            table.pop(change.row, None)
        elif change.kind in ADDED:
            added.append({key: _say_cell(key, words) for key, words in change.texts.items()})
    return write_table(columns, [[row.get(column, "") for column in columns] for row in (*table.values(), *added)])


def _say_cell(column: str, words: str) -> str:
    found = amount(words) if column == "amount" else None
    return f"{found:f}" if found is not None else words


def _edit_list(draft: Draft, name: str, change: Change, records: PeriodRecords) -> None:
    """An entry of a list of finance.yaml; its number in the form is its number in the list."""
    if change.kind == "cell":
        path: Path = (change.table, int(change.row) - 1, change.column)
        if change.column in _TEXTS:
            entry = getattr(records.finance, change.table)[int(change.row) - 1]
            draft.set_text(name, path, getattr(entry, change.column), change.theirs)
        else:
            draft.set(name, path, _value(change.column, change.theirs))
    elif change.kind == "row deleted":
        draft.remove_item(name, (change.table, int(change.row) - 1))
    elif change.kind in ADDED:
        kept = change.table == "pending"
        fields = {key: _value(key, words) for key, words in change.texts.items() if key != "note" or kept}
        fields |= {key: {draft.language: fields[key]} for key in _TEXTS if fields.get(key)}
        draft.insert(name, (change.table,), leave_out_empty(fields))


def _edit_difference(draft: Draft, name: str, change: Change, records: PeriodRecords) -> None:
    """One value and its reason; without a value there is no reason to give."""
    known = records.finance.exchange_difference
    if change.column == "amount" and not change.theirs:
        draft.set(name, ("exchange_difference",), None)
    elif change.column == "amount":
        draft.set(name, ("exchange_difference", "amount"), amount(change.theirs))
    elif change.column == "reason" and change.theirs:
        draft.set_text(name, ("exchange_difference", "reason"), known.reason if known else None, change.theirs)


def _value(column: str, words: str) -> object:
    kinds = {x.key: x.kind for sheet in PERIOD.sheets for table in sheet.tables for x in table.columns if x.input}
    match kinds[column]:
        case "money":
            return amount(words)
        case "number":
            return number(words)
        case "date" | "month" | "choice":
            return code(words)
    return words or None


def _edit_forecast(draft: Draft, name: str, change: Change, records: PeriodRecords) -> None:
    if change.column == "forecast":
        draft.set(name, ("forecast", change.row), amount(change.theirs))
    elif change.column == "explanation":
        before = records.finance.explanations.get(change.row)
        draft.set_text(name, ("explanations", change.row), before, change.theirs)


def _edit_progress(draft: Draft, name: str, change: Change, expected: Expected, records: PeriodRecords) -> None:
    key, column = _PROGRESS[change.table], change.column
    path: Path = (key, change.row, column)
    before = getattr(records.progress, key).get(change.row)
    if column in _TEXTS:
        known: Text | None = getattr(before, column, None)
        draft.set_text(name, path, known, change.theirs)
    elif column == "status":
        draft.set(name, path, code(expected.choice_key("statuses", change.theirs)))
    elif column in ("start", "end"):
        draft.set(name, path, code(change.theirs))
    else:
        figure = number(change.theirs)
        draft.set(name, path, Decimal(f"{figure.normalize():f}") if figure is not None else None)
