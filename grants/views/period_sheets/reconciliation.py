"""The last tables of sheet Income: gain or loss by exchange, and whether all money is accounted for.

What came in, with the exchange difference, must equal what was paid, given back and is left: the check that every
report has to pass (grants.ledger.funds), already in the form and as it is filled in.
"""

from __future__ import annotations

from decimal import Decimal

from grants.views.addresses import name_cell
from grants.views.form_parts import start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import PeriodLayout, PlacedTable, say_lack
from grants.views.period_sheets.money import Flow, list_flows
from grants.views.period_sheets.tables import put_table
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import Area, Emphasis, Print, Role, SheetView

_SUMS = ("in", "out", "difference")


def view_reconciliation(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    columns = layout.tables["exchange_difference"].columns
    sheet = start_sheet("reconciliation", columns, layout.words, layout.project, about=layout.about)
    _put_exchange_difference(sheet, layout)
    _put_reconciliation(sheet, layout)
    return sheet.build(print_as=Print(one_page=True), freeze=(3, 0))


def _put_exchange_difference(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    """One row: how much, gain or loss, and why."""
    table, known = layout.tables["exchange_difference"], layout.records.finance.exchange_difference
    loss, gain = layout.words.say("effect.loss"), layout.words.say("effect.gain")
    effect = "" if not known or not known.amount else loss if known.amount < 0 else gain

    def fill(_number: int, row: int) -> dict[str, Entry]:
        cell = table.cell("amount", row)
        return {
            "code": Entry(layout.project.budget.currency),
            "until": Entry(layout.period.end),
            "amount": Entry(known.amount if known else None),
            "effect": Entry(effect, f'=IF(N({cell})=0,"",IF({cell}<0,{quote(loss)},{quote(gain)}))'),
            "reason": Entry(layout.words.read(known.reason) if known else None),
        }

    put_table(sheet, layout, table, fill, "section.exchange_difference")


def _put_reconciliation(sheet: SheetBuilder, layout: PeriodLayout) -> None:
    """The rows, the verdict, and below them what to do where it is not right."""
    table, flows = layout.tables["reconciliation"], list_flows(layout)
    put_table(
        sheet, layout, table, lambda number, _row: _say(layout, flows[table.ids[number]]), "section.reconciliation"
    )
    _put_verdict(sheet, layout, table, flows["difference"].whole)
    note = Area(table.last + 1, 0, table.last + 1, table.columns[-1].index)
    sheet.span(note, layout.words.say("note.reconciliation"), "quiet")


def _say(layout: PeriodLayout, flow: Flow) -> dict[str, Entry]:
    role: Role = "subtotal" if flow.key in _SUMS else "result"
    missing = layout.words.say("check.rate")
    entries = {"item": Entry(layout.words.say(f"item.{flow.key}"), role=role), "check": Entry(None, role=role)}
    amounts = {"before": flow.before, "current": flow.current, "whole": flow.whole}
    for key, amount in amounts.items():
        shown = Entry(None) if flow.empty(key) else Entry(missing if amount is None else amount, flow.formulas.get(key))
        entries[key] = shown._replace(role=role)
    return entries


def _put_verdict(sheet: SheetBuilder, layout: PeriodLayout, table: PlacedTable, difference: Decimal | None) -> None:
    row, column, say = table.last, table.index("check"), layout.words.say
    balances, cell = layout.tables["balances"], table.cell("whole", row)
    words = {key: say(f"check.{key}") for key in ("no_balances", "rate", "ok", "unequal")}
    key = "rate" if difference is None else "unequal" if difference else "ok"
    formula = f"IF(ROUND({cell},2)=0,{quote(words['ok'])},{quote(words['unequal'])})"
    formula = f"IF(ISNUMBER({cell}),{formula},{say_lack(layout)})"
    formula = f"=IF(COUNT({balances.part('amount', outside=True)})=0,{quote(words['no_balances'])},{formula})"
    shown = words[key] if layout.records.finance.balances else words["no_balances"]
    sheet.cells = [x for x in sheet.cells if (x.row, x.column) != (row, column)]
    sheet.put(row, column, shown, "check", "text", formula)
    verdict = name_cell(row, column, fixed=True)
    for part in (Area(row, x, row, x) for x in (table.index("whole"), column)):
        sheet.emphases.append(Emphasis(part, f"={verdict}={quote(words['ok'])}", "ok"))
        fine = ",".join(f"{verdict}<>{quote(words[x])}" for x in ("ok", "no_balances"))
        sheet.emphases.append(Emphasis(part, f"=AND({fine})", "wrong"))
