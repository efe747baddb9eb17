"""Sheet Sources of funding: who pays money, in what share; and apart, what is given in kind."""

from __future__ import annotations

from decimal import Decimal

from grants.forms.budget import IN_KIND
from grants.ledger.figures import share_of
from grants.model.budget import FundingSource
from grants.views.addresses import name_column_part
from grants.views.budget_layout import FIRST_ROW, BudgetLayout
from grants.views.form_parts import label_columns, put_checks, put_hints, start_sheet
from grants.views.formulas import check_formula, equal, share_formula
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Print, SheetView


def view_sources(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    placed = layout.columns["sources"]
    sheet = start_sheet("sources", placed, layout.words, layout.project, layout.money_width)
    labels = label_columns(layout.words, placed, {})
    sheet.span(Area(FIRST_ROW - 2, 0, FIRST_ROW - 2, sheet.last_column), layout.words.say("section.cash"), "section")
    sheet.put_header(FIRST_ROW - 1, placed, labels)
    for source in layout.sources:
        sheet.put_row(layout.source_row(source.code), placed, _source_entries(layout, source))
    _put_total(sheet, layout)
    _put_gifts(sheet, layout)
    put_hints(sheet, placed, [(FIRST_ROW, layout.sources_total_row - 1)], layout.words)
    return sheet.build(print_as=Print(), freeze=(FIRST_ROW, 0))


def _source_entries(layout: BudgetLayout, source: FundingSource) -> dict[str, Entry]:
    amount, total = layout.totals.grand.by_source[source.code], layout.totals.grand.total
    words = layout.words
    name = " – ".join(filter(None, (words.read(source.name), words.read(source.note))))
    grand = layout.row("grand")
    whole, part = layout.budget_cell("total", grand), layout.budget_cell(f"amount:{source.code}", grand)
    return {
        "code": Entry(source.code),
        "name": Entry(name),
        "kind": Entry(words.say(f"source.{source.kind}")),
        "share": Entry(layout.project.budget.paid_by.get(source.code, Decimal(0)) / 100),
        "amount": Entry(amount, "=" + part),
        "part": Entry(share_of(amount, total), share_formula(part, whole)),
    }


def _put_total(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    row, placed = layout.sources_total_row, layout.columns["sources"]

    def add(key: str) -> str:
        return f"=SUM({name_column_part(layout.index('sources', key), FIRST_ROW, row - 1)})"

    total = layout.totals.grand.total
    shares = sum(layout.project.budget.paid_by.values(), Decimal(0)) / 100
    entries = {
        "code": Entry(None),
        "name": Entry(layout.words.say("row.cash_total")),
        "kind": Entry(None),
        "share": Entry(shares, add("share")),
        "amount": Entry(sum(layout.totals.grand.by_source.values(), Decimal(0)), add("amount")),
        "part": Entry(share_of(total, total), add("part")),
    }
    sheet.put_row(row, placed, {key: entry._replace(role="total") for key, entry in entries.items()})
    _put_check(sheet, layout, row + 1)


def _put_check(sheet: SheetBuilder, layout: BudgetLayout, row: int) -> None:
    amounts = name_column_part(layout.index("sources", "amount"), FIRST_ROW, layout.sources_total_row - 1)
    condition = equal(f"SUM({amounts})", layout.budget_cell("total", layout.row("grand")))
    fine = sum(layout.totals.grand.by_source.values()) == layout.totals.grand.total
    column = layout.index("sources", "amount")
    sheet.span(Area(row, 0, row, column - 1), layout.words.say("check.sources"), "quiet")
    sheet.put(row, column, layout.verdict(fine), "check", "centre", check_formula([condition], layout.ok, layout.wrong))
    put_checks(sheet, Area(row, column, row, column), layout.words)


def _put_gifts(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    placed, words, header = layout.columns["in_kind"], layout.words, layout.gifts_header_row
    gifts = layout.project.budget.in_kind
    sheet.span(Area(header - 1, 0, header - 1, sheet.last_column), words.say("section.in_kind"), "section")
    labels = label_columns(words, placed, {})
    sheet.put_header(header, placed, labels)
    for row, gift in enumerate(gifts, header + 1):
        entries = {
            "source": Entry(gift.source),
            "description": Entry(words.read(gift.description)),
            "valuation": Entry(words.read(gift.valuation)),
            "value": Entry(gift.value),
        }
        sheet.put_row(row, placed, entries)
    last = header + len(gifts) + IN_KIND.spare
    for row in range(header + len(gifts) + 1, last + 1):
        sheet.put_row(row, placed, {}, spare=True)
    put_hints(sheet, placed, [(header + 1, last)], words)
    _put_gifts_total(sheet, layout, header + 1, last)


def _put_gifts_total(sheet: SheetBuilder, layout: BudgetLayout, first: int, last: int) -> None:
    column = layout.index("in_kind", "value")
    for index in range(column):
        label = layout.words.say("row.in_kind_total") if index == 1 else None
        sheet.put(last + 1, index, label, "total")
    total = f"=SUM({name_column_part(column, first, last)})"
    sheet.put(last + 1, column, layout.totals.in_kind, "total", "money", total)
