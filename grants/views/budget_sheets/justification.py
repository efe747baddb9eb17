"""Sheet Justification: for every line, what it is for and how its cost was estimated."""

from __future__ import annotations

from decimal import Decimal

from grants.views.budget_layout import FIRST_ROW, BudgetLayout, BudgetRow, total_of
from grants.views.form_parts import label_columns, put_hints, start_sheet
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print, Role, SheetView


def view_justification(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    placed = layout.columns["justification"]
    sheet = start_sheet("justification", placed, layout.words, layout.project, layout.money_width)
    labels = label_columns(layout.words, placed, {})
    sheet.put_header(FIRST_ROW - 1, placed, labels)
    for row in layout.rows:
        _put(sheet, layout, row)
    put_hints(sheet, placed, layout.groups, layout.words)
    return sheet.build(print_as=Print(repeat=(FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def _put(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow) -> None:
    placed, copied = layout.columns["justification"], layout.copy_budget(row.row)
    whole = total_of(row, layout.totals)
    entries = {
        "code": Entry("", copied["code"]),
        "description": Entry("", copied["description"]),
        "total": Entry(whole.total if whole else Decimal(0), copied["total"]),
    }
    if row.kind == "heading":
        sheet.span(Area(row.row, 0, row.row, sheet.last_column), layout.title(row), "band")
    elif row.kind == "spare":
        sheet.put_row(row.row, placed, entries, spare=True)
    elif row.line:
        line, words = row.line.line, layout.words
        entries["code"] = Entry(line.code, copied["code"])
        entries["description"] = Entry(words.read(line.description), copied["description"])
        entries["justification"] = Entry(words.read(line.justification) or None)
        sheet.put_row(row.row, placed, entries)
    else:
        _put_total(sheet, layout, row, entries)


def _put_total(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow, entries: dict[str, Entry]) -> None:
    role: Role = "total" if row.kind == "grand" else "subtotal"
    entries["description"] = Entry(layout.title(row), entries["description"].formula)
    whole = {key: entry._replace(role=role) for key, entry in entries.items()}
    whole["code"] = whole["justification"] = Entry(None, role=role)
    sheet.put_row(row.row, layout.columns["justification"], whole)
