"""Sheet Pending payments: costs of the period that are not paid yet."""

from __future__ import annotations

from grants.views.form_parts import start_sheet
from grants.views.period_layout import FIRST_ROW, PeriodLayout
from grants.views.period_sheets.tables import entries_of, put_table
from grants.views.sheet_builder import Entry
from grants.views.workbook import Print, SheetView

FIELDS = ("supplier", "purpose", "line", "amount", "currency", "due", "document", "note")


def view_pending(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, pending = layout.tables["pending"], layout.records.finance.pending
    sheet = start_sheet("pending", table.columns, layout.words, layout.project, about=layout.about)

    def fill(number: int, _row: int) -> dict[str, Entry]:
        return entries_of(pending[number], FIELDS) if number < len(pending) else {}

    put_table(sheet, layout, table, fill)
    return sheet.build(print_as=Print(repeat=(FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 1))
