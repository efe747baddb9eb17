"""Sheet Instalments: the amount asked for, in payments that add up to it to the cent."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.totals import InstalmentTotal
from grants.views.addresses import name_cell, name_column_part
from grants.views.budget_layout import BudgetLayout
from grants.views.form_parts import label_columns, put_checks, put_hints, start_sheet
from grants.views.formulas import check_formula, equal, split_formula
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print, SheetView, Validation


def view_instalments(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    placed, words = layout.columns["instalments"], layout.words
    sheet = start_sheet("instalments", placed, words, layout.project, layout.money_width)
    _put_request(sheet, layout)
    labels = label_columns(words, placed, {})
    first = layout.instalments_first_row
    sheet.put_header(first - 1, placed, labels)
    last = layout.instalments_last_row
    for row in range(first, last + 1):
        part = layout.totals.instalments[row - first] if row - first < len(layout.totals.instalments) else None
        sheet.put_row(row, placed, _entries(layout, row, last, part), spare=part is None)
    _put_total(sheet, layout, first, last)
    put_hints(sheet, placed, [(first, last)], words)
    return sheet.build(print_as=Print(), freeze=(first, 0))


def _put_request(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    """The amount asked for, and whether the budget gives the same."""
    words, asked, row = layout.words, layout.project.grant.amount_requested, layout.requested_row
    column = layout.index("instalments", "amount")
    sheet.span(Area(row, 0, row, column - 1), words.say("row.amount_requested"), "field")
    sheet.put(row, column, asked, "input", "money")
    hint = words.say("hint.amount_requested")
    label = words.say("row.amount_requested")
    sheet.validations.append(
        Validation((Area(row, column, row, column),), "number", label, hint, words.say("error.number"))
    )
    given = layout.source_cell("amount", layout.totals.donor)
    sheet.span(Area(row + 1, 0, row + 1, column - 1), words.say("check.grant"), "quiet")
    formula = check_formula([equal(given, name_cell(row, column))], layout.ok, layout.wrong)
    fine = layout.totals.grant == asked
    sheet.put(row + 1, column, layout.verdict(fine), "check", "centre", formula)
    put_checks(sheet, Area(row + 1, column, row + 1, column), words)


def _entries(layout: BudgetLayout, row: int, last: int, part: InstalmentTotal | None) -> dict[str, Entry]:
    amount = Entry(part.amount if part else Decimal(0), _amount(layout, row, last))
    if part is None:
        return {"amount": amount}
    instalment, words = part.instalment, layout.words
    return {
        "code": Entry(instalment.code),
        "kind": Entry(words.say(f"instalment.{instalment.kind}"), kind="text"),
        "percent": Entry(instalment.percent / 100),
        "due": Entry(instalment.due),
        "amount": amount,
        "condition": Entry(words.read(instalment.condition)),
    }


def _amount(layout: BudgetLayout, row: int, last: int) -> str:
    first, percent = layout.instalments_first_row, layout.index("instalments", "percent")
    asked = name_cell(layout.requested_row, layout.index("instalments", "amount"), fixed=True)
    return split_formula(asked, [name_cell(x, percent, fixed=True) for x in range(first, last + 1)], row - first)


def _put_total(sheet: SheetBuilder, layout: BudgetLayout, first: int, last: int) -> None:
    words, row = layout.words, last + 1
    percents = name_column_part(layout.index("instalments", "percent"), first, last)
    amounts = name_column_part(layout.index("instalments", "amount"), first, last)
    parts = layout.totals.instalments
    entries = {
        "code": Entry(None),
        "kind": Entry(words.say("row.total"), kind="text"),
        "percent": Entry(sum((part.instalment.percent for part in parts), Decimal(0)) / 100, f"=SUM({percents})"),
        "due": Entry(None),
        "amount": Entry(sum((part.amount for part in parts), Decimal(0)), f"=SUM({amounts})"),
        "condition": Entry(None),
    }
    sheet.put_row(row, layout.columns["instalments"], {key: x._replace(role="total") for key, x in entries.items()})
    _put_check(sheet, layout, row + 1, percents, amounts)


def _put_check(sheet: SheetBuilder, layout: BudgetLayout, row: int, percents: str, amounts: str) -> None:
    """All percents together 100, all instalments together the amount asked; or no instalments at all."""
    column, parts = layout.index("instalments", "amount"), layout.totals.instalments
    asked = name_cell(layout.requested_row, column)
    sheet.span(Area(row, 0, row, column - 1), layout.words.say("check.instalments"), "quiet")
    fine = not parts or sum(part.amount for part in parts) == layout.project.grant.amount_requested
    whole = f"AND({equal(f'SUM({percents})', '1', 6)},{equal(f'SUM({amounts})', asked)})"
    formula = check_formula([f"OR(COUNT({percents})=0,{whole})"], layout.ok, layout.wrong)
    sheet.put(row, column, layout.verdict(fine), "check", "centre", formula)
    put_checks(sheet, Area(row, column, row, column), layout.words)
