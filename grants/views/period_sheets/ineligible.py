"""Sheet Costs not accepted: which costs the donor does not accept, or which part of them, and why."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from grants.model.money import round_to_cent
from grants.model.records import Expenditure, Ineligible
from grants.views.form_parts import start_sheet
from grants.views.formulas import quote
from grants.views.period_layout import FIRST_ROW, PeriodLayout, PlacedTable, add_converted, say_lack
from grants.views.period_sheets.tables import count_texts, entries_of, put_table
from grants.views.sheet_builder import Entry
from grants.views.workbook import Area, Effect, Emphasis, Print, SheetView

_EFFECTS: Mapping[str, Effect] = {
    "ok": "ok",
    "not_in_list": "wrong",
    "incomplete": "wrong",
    "line": "wrong",
    "amount": "wrong",
}


def view_ineligible(layout: PeriodLayout) -> SheetView:
    """The sheet."""
    table, words = layout.tables["ineligible"], layout.words
    refused = layout.records.finance.ineligible
    sheet = start_sheet("ineligible", table.columns, words, layout.project, about=layout.about)

    def fill(number: int, row: int) -> dict[str, Entry]:
        known = refused[number] if number < len(refused) else None
        entries = {}
        if known:
            entries = entries_of(known, ("partner", "voucher", "period", "line", "amount"))
            entries["reason"] = Entry(words.read(known.reason))
        converted = convert_refused(layout, known) if known else Decimal(0)
        shown = "" if not known or not _is_here(layout, known) else words.say("check.rate")
        entries["converted"] = Entry(converted if shown and converted is not None else shown, _convert(layout, row))
        found = words.say(f"check.{_judge(layout, known)}") if known else ""
        entries["check"] = Entry(found, _check(layout, table, row), "check")
        return entries

    put_table(sheet, layout, table, fill)
    cell, column = table.cell("check", table.first), table.index("check")
    area = Area(table.first, column, table.last, column)
    for key, effect in _EFFECTS.items():
        sheet.emphases.append(Emphasis(area, f"={cell}={quote(words.say(f'check.{key}'))}", effect))
    return sheet.build(print_as=Print(repeat=(FIRST_ROW - 1, FIRST_ROW - 1)), freeze=(FIRST_ROW, 2))


def convert_refused(layout: PeriodLayout, refused: Ineligible) -> Decimal | None:
    """What is refused, in the budget's currency; None where its rate is missing; 0 where it is of another period."""
    costs = _list_costs(layout, refused)
    whole = add_converted(amount for _, amount in costs)
    if whole is None or refused.amount is None:
        return whole
    total = sum(cost.amount for cost, _ in costs)
    return round_to_cent(whole * refused.amount / total) if total else Decimal("0.00")


def _is_here(layout: PeriodLayout, refused: Ineligible) -> bool:
    return refused.period in (None, layout.period.code)


def _list_costs(layout: PeriodLayout, refused: Ineligible) -> list[tuple[Expenditure, Decimal | None]]:
    """The rows of this period's list that are refused, or a part of them is."""
    named = (refused.partner, refused.voucher)
    return [
        (cost, amount)
        for cost, amount in layout.costs
        if _is_here(layout, refused) and (cost.partner, cost.voucher) == named and refused.line in (None, cost.line)
    ]


def _judge(layout: PeriodLayout, refused: Ineligible) -> str:
    """What the formula of the check gives."""
    costs = _list_costs(layout, refused)
    if not _is_here(layout, refused):
        return "other_period"
    if not costs:
        return "not_in_list"
    if refused.amount is None:
        return "ok"
    return "line" if len(costs) > 1 else "amount" if refused.amount > costs[0][0].amount else "ok"


def _meant(layout: PeriodLayout, row: int) -> list[str]:
    """Conditions of the list of costs: the rows that a row of this sheet means. Why not COUNTIFS: to it, lines 5.1 and
    5.10 are the same."""
    table, costs = layout.tables["ineligible"], layout.tables["expenditures"]
    same = [f"{costs.part(key, outside=True)}={table.cell(key, row)}" for key in ("partner", "voucher")]
    line = table.cell("line", row)
    return [*same, f'({costs.part("line", outside=True)}={line})+({line}="")>0']


def _convert(layout: PeriodLayout, row: int) -> str:
    """The part that is refused has the rate of the whole."""
    table, costs, meant = layout.tables["ineligible"], layout.tables["expenditures"], _meant(layout, row)
    partner, voucher, period, amount = (table.cell(key, row) for key in ("partner", "voucher", "period", "amount"))
    here = ",".join(f"--({x})" for x in meant)
    amounts, area = (costs.part(key, outside=True) for key in ("amount", "converted"))
    whole = f"SUMPRODUCT({here},{area})"
    part = f'IF({amount}="",{whole},IFERROR(ROUND({whole}*{amount}/SUMPRODUCT({here},{amounts}),2),0))'
    elsewhere = f'AND({period}<>"",{period}<>{quote(layout.period.code)})'
    lack = f"IF({count_texts(area, *meant)}>0,{say_lack(layout)},{part})"
    return f'=IF(OR({partner}="",{voucher}="",{elsewhere}),"",{lack})'


def _check(layout: PeriodLayout, table: PlacedTable, row: int) -> str:
    """Whether the list of costs has what is refused: what is of an earlier period stands in another form."""
    costs, meant = layout.tables["expenditures"], ",".join(f"--({x})" for x in _meant(layout, row))
    needed = ",".join(f'{table.cell(key, row)}=""' for key in ("partner", "voucher", "reason"))
    others = ",".join(f'{table.cell(key, row)}=""' for key in ("period", "line", "amount"))
    period, amount = table.cell("period", row), table.cell("amount", row)
    most = f"SUMPRODUCT({meant},{costs.part('amount', outside=True)})"
    tests = (
        (f"OR({needed})", "incomplete"),
        (f'AND({amount}<>"",NOT(ISNUMBER({amount})))', "amount"),
        (f'AND({period}<>"",{period}<>{quote(layout.period.code)})', "other_period"),
        (f"SUMPRODUCT({meant})=0", "not_in_list"),
        (f'AND({amount}<>"",SUMPRODUCT({meant})>1)', "line"),
        (f"N({amount})>{most}", "amount"),
    )
    formula = quote(layout.words.say("check.ok"))
    for test, word in reversed(tests):
        formula = f"IF({test},{quote(layout.words.say(f'check.{word}'))},{formula})"
    return f'=IF(AND({needed},{others}),"",{formula})'
