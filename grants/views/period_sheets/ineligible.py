"""Sheet Costs not accepted: which costs the donor does not accept, and why."""

from __future__ import annotations

from collections.abc import Mapping

from grants.views.form_parts import start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import FIRST_ROW, PeriodLayout, PlacedTable
from grants.views.period_sheets.tables import put_table
from grants.views.sheet_builder import Entry
from grants.views.workbook import Area, Effect, Emphasis, Print, SheetView

_EFFECTS: Mapping[str, Effect] = {"ok": "ok", "not_in_list": "wrong", "incomplete": "wrong"}


def view_ineligible(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, words = layout.tables["ineligible"], layout.words
    refused = layout.records.finance.ineligible
    sheet = start_sheet("ineligible", table.columns, words, layout.project, about=layout.about)
    vouchers = {(x.partner, x.voucher) for x in layout.records.expenditures}

    def fill(number: int, row: int) -> dict[str, Entry]:
        known = refused[number] if number < len(refused) else None
        entries = {}
        if known:
            entries = {
                "partner": Entry(known.partner),
                "voucher": Entry(known.voucher),
                "reason": Entry(words.read(known.reason)),
            }
        found = "" if not known else "ok" if (known.partner, known.voucher) in vouchers else "not_in_list"
        entries["check"] = Entry(words.say(f"check.{found}") if found else "", _check(layout, table, row), "check")
        return entries

    put_table(sheet, layout, table, fill)
    cell, column = table.cell("check", table.first), table.index("check")
    area = Area(table.first, column, table.last, column)
    for key, effect in _EFFECTS.items():
        sheet.emphases.append(Emphasis(area, f"={cell}={quote(words.say(f'check.{key}'))}", effect))
    return sheet.build(print_as=Print(repeat=(FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def _check(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """Whether the list of costs has the voucher: one of an earlier period stands in another form."""
    say, costs = layout.words.say, layout.tables["expenditures"]
    cells = [table.cell(key, row) for key in ("partner", "voucher", "reason")]
    empty = ",".join(f'{cell}=""' for cell in cells)
    pairs = ",".join(f"{costs.part(key, outside=True)},{table.cell(key, row)}" for key in ("partner", "voucher"))
    found = f"IF(COUNTIFS({pairs})>0,{quote(say('check.ok'))},{quote(say('check.not_in_list'))})"
    return f'=IF(AND({empty}),"",IF(OR({empty}),{quote(say("check.incomplete"))},{found}))'
