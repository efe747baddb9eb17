"""Sheet Budget: lines under their headings, who pays them, subtotals, flat rates, grand total, checks."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.figures import share_of
from grants.ledger.totals import LineTotal, Sum
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
from grants.views.formulas import check_formula, equal, share_formula, split_formula, sum_cells
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView, Validation


def view_lines(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    placed = layout.columns["lines"]
    sheet = start_sheet("budget", placed, layout.words, layout.project, layout.money_width)
    names = {source.code: layout.words.read(source.name) for source in layout.sources}
    labels = label_columns(layout.words, placed, names)
    sheet.put_header(FIRST_ROW - 1, placed, labels, group_columns(layout.words, placed))
    for row in layout.rows:
        _put(sheet, layout, row)
    _guard(sheet, layout)
    return sheet.build(print_as=choose_print(sheet, (FIRST_ROW - 2, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def _put(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow) -> None:
    placed = layout.columns["lines"]
    match row.kind:
        case "heading":
            sheet.span(Area(row.row, 0, row.row, sheet.last_column), layout.title(row), "band")
        case "line" if row.line:
            sheet.put_row(row.row, placed, _line_entries(layout, row.row, row.line))
        case "spare":
            sheet.put_row(row.row, placed, _spare_entries(layout, row.row), spare=True)
        case "subtotal":
            _put_total(sheet, layout, row, "subtotal")
        case "contingency" | "indirect":
            _put_flat_rate(sheet, layout, row)
        case _:
            _put_total(sheet, layout, row, "total" if row.kind == "grand" else "subtotal")


def _line_entries(layout: BudgetLayout, row: int, total: LineTotal) -> dict[str, Entry]:
    line, words = total.line, layout.words
    fine = sum(total.by_source.values()) == total.total and sum(total.shares.values()) == 100
    entries = {
        "code": Entry(line.code),
        "description": Entry(words.read(line.description)),
        "unit": Entry(words.read(line.unit)),
        "quantity": Entry(line.quantity),
        "unit_cost": Entry(line.unit_cost),
        "total": Entry(total.total, _product(layout, row)),
        "partner": Entry(line.partner),
        "activities": Entry(", ".join(line.activities)),
        "check": Entry(layout.verdict(fine), _check(layout, row), "check"),
    }
    for source, share in total.shares.items():
        follows = "=" + layout.source_cell("share", source, fixed=True) if line.paid_by is None else None
        entries[f"share:{source}"] = Entry(share / 100, follows)
        entries[f"amount:{source}"] = Entry(total.by_source[source], _amount(layout, row, source))
    return entries


def _spare_entries(layout: BudgetLayout, row: int) -> dict[str, Entry]:
    entries = {
        "total": Entry(Decimal(0), _product(layout, row)),
        "check": Entry("", _check(layout, row, spare=True), "check"),
    }
    for source in layout.sources:
        share = layout.project.budget.paid_by.get(source.code, Decimal(0)) / 100
        entries[f"share:{source.code}"] = Entry(share, "=" + layout.source_cell("share", source.code, fixed=True))
        entries[f"amount:{source.code}"] = Entry(Decimal(0), _amount(layout, row, source.code))
    return entries


def _put_total(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow, role: Role) -> None:
    whole = total_of(row, layout.totals)
    if whole is None:
        return
    entries = _share_entries(layout, row.row, whole)
    entries["description"] = Entry(layout.title(row))
    for key in ("total", *(f"amount:{source.code}" for source in layout.sources)):
        amount = whole.total if key == "total" else whole.by_source[key.removeprefix("amount:")]
        entries[key] = Entry(amount, "=" + _sum(layout, row, layout.index("lines", key)))
    _put_as(sheet, layout, row.row, entries, role)


def _put_flat_rate(sheet: SheetBuilder, layout: BudgetLayout, row: BudgetRow) -> None:
    whole = total_of(row, layout.totals)
    if whole is None:
        return
    total_column = layout.index("lines", "total")
    direct, budget = name_cell(layout.row("direct"), total_column), layout.project.budget
    base, base_formula = layout.totals.direct.total, direct
    rate = budget.contingency.percent if budget.contingency else Decimal(0)
    if row.kind == "indirect":
        rate = budget.indirect_costs.percent if budget.indirect_costs else Decimal(0)
        if budget.indirect_costs and budget.indirect_costs.base != "direct":
            base += layout.totals.contingency.total
            base_formula = f"{direct}+{name_cell(layout.row('contingency'), total_column)}"
    entries = {
        "description": Entry(layout.title(row)),
        "unit": Entry(layout.words.say("unit.percent")),
        "quantity": Entry(rate / 100, None, "input", "percent"),
        "unit_cost": Entry(base, "=" + base_formula),
        "total": Entry(whole.total, _product(layout, row.row)),
    }
    for source in layout.sources:
        share = budget.paid_by.get(source.code, Decimal(0)) / 100
        entries[f"share:{source.code}"] = Entry(share, "=" + layout.source_cell("share", source.code, fixed=True))
        entries[f"amount:{source.code}"] = Entry(whole.by_source[source.code], _amount(layout, row.row, source.code))
    _put_as(sheet, layout, row.row, entries, "subtotal")


def _put_as(sheet: SheetBuilder, layout: BudgetLayout, row: int, entries: dict[str, Entry], role: Role) -> None:
    """A row of totals: every cell in its look, but for inputs, the check and the note."""
    whole = {column.key: Entry(None, role=role, kind="text") for column in layout.columns["lines"]}
    for key, entry in entries.items():
        whole[key] = entry if entry.role else entry._replace(role=role)
    whole["check"] = Entry(layout.ok, _check(layout, row, shares=False), "check")
    whole["note"] = Entry(None, role="note")
    placed = layout.columns["lines"]
    if "unit" not in entries:  # the name of a total has the empty cells beside it
        last = layout.index("lines", "unit_cost")
        sheet.span(Area(row, 1, row, last), entries["description"].value, role)
        placed = tuple(column for column in placed if not 1 <= column.index <= last)
    sheet.put_row(row, placed, whole)


def _share_entries(layout: BudgetLayout, row: int, whole: Sum) -> dict[str, Entry]:
    total = name_cell(row, layout.index("lines", "total"))
    entries = {}
    for source, amount in whole.by_source.items():
        cell = name_cell(row, layout.index("lines", f"amount:{source}"))
        entries[f"share:{source}"] = Entry(share_of(amount, whole.total), share_formula(cell, total))
    return entries


def _sum(layout: BudgetLayout, row: BudgetRow, column: int) -> str:
    if row.heading:
        rows = layout.of_heading(row.heading.heading.code, "line", "spare")
        return f"SUM({name_column_part(column, rows[0], rows[-1])})"
    if row.kind == "direct":
        return sum_cells([part.row for part in layout.rows if part.kind == "subtotal"], column)
    return sum_cells([layout.row("direct"), layout.row("contingency"), layout.row("indirect")], column)


def _product(layout: BudgetLayout, row: int) -> str:
    quantity, unit_cost = (name_cell(row, layout.index("lines", key)) for key in ("quantity", "unit_cost"))
    return f"=ROUND({quantity}*{unit_cost},2)"


def _amount(layout: BudgetLayout, row: int, source: str) -> str:
    weights = [f"${name_cell(row, column)}" for column in layout.indexes("lines", "share")]
    index = [part.code for part in layout.sources].index(source)
    return split_formula(f"${name_cell(row, layout.index('lines', 'total'))}", weights, index)


def _check(layout: BudgetLayout, row: int, spare: bool = False, shares: bool = True) -> str:
    total = name_cell(row, layout.index("lines", "total"))
    conditions = [equal(f"SUM({_part_of_row(layout, row, 'amount')})", total)]
    if shares:
        conditions.append(equal(f"SUM({_part_of_row(layout, row, 'share')})", "1", decimals=6))
    return check_formula(conditions, layout.ok, layout.wrong, f"{total}=0" if spare else None)


def _part_of_row(layout: BudgetLayout, row: int, key: str) -> str:
    indexes = layout.indexes("lines", key)
    return name_area(Area(row, indexes[0], row, indexes[-1]))


def _put_rate_hints(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    column = layout.index("lines", "quantity")
    areas = tuple(Area(row, column, row, column) for row in (layout.row("contingency"), layout.row("indirect")))
    words = layout.words
    hint, error = words.say("hint.rate"), words.say("error.percent")
    sheet.validations.append(Validation(areas, "percent", words.say("column.percent"), hint, error))


def _guard(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    """Hints, validations and colours."""
    placed, last = layout.columns["lines"], layout.row("grand")
    put_hints(sheet, placed, layout.groups, layout.words)
    _put_rate_hints(sheet, layout)
    check = layout.index("lines", "check")
    put_checks(sheet, Area(FIRST_ROW, check, last, check), layout.words)
    quantity = layout.index("lines", "quantity")
    shares = layout.indexes("lines", "share")
    for first, end in layout.groups:
        put_decimals(sheet, Area(first, quantity, end, quantity))
        area = Area(first, shares[0], end, shares[-1])
        row = f"${name_cell(first, shares[0])}:${name_cell(first, shares[-1])}"
        sheet.emphases.append(Emphasis(area, f"=ROUND(SUM({row})-1,6)<>0", "wrong"))
    total = layout.index("lines", "total")
    for spare in (row.row for row in layout.rows if row.kind == "spare"):
        formula = f"=${name_cell(spare, total)}=0"
        sheet.emphases.append(Emphasis(Area(spare, shares[0], spare, shares[-1]), formula, "faded"))
