"""Sheet Phasing: what every line costs in every quarter, by weights that can be changed."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.totals import LineTotal
from grants.model.calendar import month_of, months_between, quarter_of
from grants.views.addresses import name_area, name_cell, name_column_part
from grants.views.budget_layout import FIRST_ROW, BudgetLayout, BudgetRow, total_of
from grants.views.form_parts import (
    choose_print,
    group_columns,
    label_columns,
    put_checks,
    put_decimals,
    put_hints,
    start_sheet,
)
from grants.views.formulas import check_formula, equal, split_formula, sum_cells
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView


def view_phasing(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    placed = layout.columns["phasing"]
    sheet = start_sheet("phasing", placed, layout.words, layout.project, layout.money_width)
    names = {quarter: name_quarter(layout, quarter) for quarter in layout.quarters}
    labels = label_columns(layout.words, placed, names)
    sheet.put_header(FIRST_ROW - 1, placed, labels, group_columns(layout.words, placed))
    for row in layout.rows:
        _put(sheet, layout, row)
    _guard(sheet, layout)
    return sheet.build(print_as=choose_print(sheet, (FIRST_ROW - 2, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def name_quarter(layout: BudgetLayout, quarter: str) -> str:
    """2008-Q1 as people say it."""
    return layout.words.say("quarter", number=quarter[-1], year=quarter[:4])


def _put(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow) -> None:
    placed = layout.columns["phasing"]
    match row.kind:
        case "heading":
            sheet.span(Area(row.row, 0, row.row, sheet.last_column), layout.title(row), "band")
        case "line" if row.line:
            sheet.put_row(row.row, placed, _line_entries(layout, row, row.line))
        case "spare":
            sheet.put_row(row.row, placed, _spare_entries(layout, row), spare=True)
        case _:
            _put_total(sheet, layout, row, "total" if row.kind == "grand" else "subtotal")


def _line_entries(layout: BudgetLayout, row: BudgetRow, total: LineTotal) -> dict[str, Entry]:
    copied = layout.copy_budget(row.row)
    fine = sum(total.by_quarter.values()) == total.total
    entries = {
        "code": Entry(total.line.code, copied["code"]),
        "description": Entry(layout.words.read(total.line.description), copied["description"]),
        "total": Entry(total.total, copied["total"]),
        "check": Entry(layout.verdict(fine), _check(layout, row.row), "check"),
    }
    for quarter, weight in total.weights.items():
        entries[f"weight:{quarter}"] = Entry(weight)
        entries[f"amount:{quarter}"] = Entry(total.by_quarter[quarter], _amount(layout, row.row, quarter))
    return entries


def _spare_entries(layout: BudgetLayout, row: BudgetRow) -> dict[str, Entry]:
    copied = layout.copy_budget(row.row)
    entries = {
        "code": Entry("", copied["code"]),
        "description": Entry("", copied["description"]),
        "total": Entry(Decimal(0), copied["total"]),
        "check": Entry("", _check(layout, row.row, spare=True), "check"),
    }
    sheet = layout.project.sheet
    months = months_between(month_of(sheet.start), month_of(sheet.end))
    for quarter in layout.quarters:
        entries[f"weight:{quarter}"] = Entry(sum(quarter_of(month) == quarter for month in months))
        entries[f"amount:{quarter}"] = Entry(Decimal(0), _amount(layout, row.row, quarter))
    return entries


def _put_total(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow, role: Role) -> None:
    whole = total_of(row, layout.totals)
    if whole is None:
        return
    entries = {column.key: Entry(None, role=role, kind="text") for column in layout.columns["phasing"]}
    copied = layout.copy_budget(row.row)
    entries["description"] = Entry(layout.title(row), copied["description"], role)
    entries["total"] = Entry(whole.total, copied["total"], role)
    for quarter, amount in whole.by_quarter.items():
        entries[f"amount:{quarter}"] = Entry(amount, _total_amount(layout, row, quarter), role)
    entries["check"] = Entry(layout.ok, _check(layout, row.row), "check")
    entries["note"] = Entry(None, role="note")
    sheet.put_row(row.row, layout.columns["phasing"], entries)


def _total_amount(layout: BudgetLayout, row: BudgetRow, quarter: str) -> str:
    column = layout.index("phasing", f"amount:{quarter}")
    if row.heading:
        rows = layout.of_heading(row.heading.heading.code, "line", "spare")
        return f"=SUM({name_column_part(column, rows[0], rows[-1])})"
    if row.kind == "direct":
        return "=" + sum_cells([part.row for part in layout.rows if part.kind == "subtotal"], column)
    if row.kind == "grand":
        return "=" + sum_cells([layout.row("direct"), layout.row("contingency"), layout.row("indirect")], column)
    direct = [name_cell(layout.row("direct"), index, fixed=True) for index in layout.indexes("phasing", "amount")]
    return _split(layout, row.row, direct, quarter)  # spent as the direct costs are


def _amount(layout: BudgetLayout, row: int, quarter: str) -> str:
    weights = [f"${name_cell(row, column)}" for column in layout.indexes("phasing", "weight")]
    return _split(layout, row, weights, quarter)


def _split(layout: BudgetLayout, row: int, weights: list[str], quarter: str) -> str:
    total = f"${name_cell(row, layout.index('phasing', 'total'))}"
    return split_formula(total, weights, layout.quarters.index(quarter))


def _check(layout: BudgetLayout, row: int, spare: bool = False) -> str:
    total = name_cell(row, layout.index("phasing", "total"))
    amounts = layout.indexes("phasing", "amount")
    condition = equal(f"SUM({name_area(Area(row, amounts[0], row, amounts[-1]))})", total)
    return check_formula([condition], layout.ok, layout.wrong, f"{total}=0" if spare else None)


def _guard(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    placed = layout.columns["phasing"]
    put_hints(sheet, placed, layout.groups, layout.words)
    check = layout.index("phasing", "check")
    put_checks(sheet, Area(FIRST_ROW, check, layout.row("grand"), check), layout.words)
    weights, total = layout.indexes("phasing", "weight"), layout.index("phasing", "total")
    for first, last in layout.groups:
        put_decimals(sheet, Area(first, weights[0], last, weights[-1]))
    for spare in (row.row for row in layout.rows if row.kind == "spare"):
        area = Area(spare, weights[0], spare, weights[-1])
        sheet.emphases.append(Emphasis(area, f"=${name_cell(spare, total)}=0", "faded"))
