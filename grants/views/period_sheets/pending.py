"""Sheet Pending payments: costs of the period that are not paid yet, and which of earlier ones were paid since."""

from __future__ import annotations

from grants.views.form_parts import start_sheet
from grants.views.period_layout import FIRST_ROW, PeriodLayout
from grants.views.period_sheets.tables import entries_of, keep_together, put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, SheetView

FIELDS = ("supplier", "purpose", "line", "amount", "currency", "due", "document", "note")


def view_pending(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, pending = layout.tables["pending"], layout.records.finance.pending
    sheet = start_sheet("pending", table.columns, layout.words, layout.project, about=layout.about)

    def fill(number: int, _row: int) -> dict[str, Entry]:
        return entries_of(pending[number], FIELDS) if number < len(pending) else {}

    put_table(sheet, layout, table, fill)
    _put_earlier(sheet, layout)
    return sheet.build(print_as=keep_together(sheet, (table, layout.tables["earlier"])), freeze=(FIRST_ROW, 1))


def _put_earlier(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    """What earlier periods left unpaid; a line says so where there is nothing."""
    table, unpaid = layout.tables["earlier"], layout.earlier.unpaid

    def fill(number: int, _row: int) -> dict[str, Entry]:
        code, cost = unpaid[number]
        entries = entries_of(cost, ("payee", "description", "line", "amount", "currency", "date_paid"))
        return {**entries, "code": Entry(code), "line": Entry(cost.line, kind="centre")}

    put_table(sheet, layout, table, fill, "section.earlier")
    if not unpaid:
        line = Area(table.first, 0, table.first, table.columns[-1].index)
        sheet.span(line, layout.words.say("note.earlier"), "quiet")
