"""Sheet By partner, source, period: the same costs added up otherwise, and each time to the same total."""

from __future__ import annotations

import datetime
from decimal import Decimal

from grants.ledger.balances import Balance
from grants.ledger.figures import share_of
from grants.model.money import round_to_cent, split
from grants.views.addresses import name_cell, name_column_part
from grants.views.figures import format_short_date
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.execution import list_partner_ranges
from grants.views.financial_sheets.tables import (
    WHICH,
    Field,
    Row,
    choose_page,
    put_balance,
    put_percent,
    put_section,
    put_table,
)
from grants.views.formulas import share_formula, split_formula
from grants.views.sheet_builder import Entry, SheetBuilder
from grants.views.workbook import SheetView

CODE, TITLE, FIRST_AMOUNT = 0, 1, 2
_CUMULATIVE = FIRST_AMOUNT + WHICH.index("cumulative")
_PERCENT = FIRST_AMOUNT + len(WHICH)
_PLANNED, _REAL = _PERCENT + 1, _PERCENT + 2
_Rows = list[tuple[str, str, Balance, dict[str, str | None]]]
"""Code, name, balance, formulas."""


def view_parts(draft: Draft) -> SheetView:
    """The sheet."""
    sheet = draft.start("parts", [13.0, 44.0, *[draft.money_width] * 5, 11.0, 11.0, 11.0])
    row = _put_partners(draft, sheet, 4)
    row = _put_sources(draft, sheet, row, *_put_indirect(draft, sheet, row + len(draft.books.by_source) + 4))
    row = _put_periods(draft, sheet, row)
    _put_months(draft, sheet, row)
    return sheet.build(print_as=choose_page(sheet), freeze=(3, 0), tab="result")


def _put_header(draft: Draft, sheet: SheetBuilder, row: int, first: str, others: tuple[str, ...]) -> None:
    for column, key in enumerate(("code", first, *WHICH, *others)):
        sheet.put(row, column, draft.words.say(f"column.{key}"), "header", "centre")


def _put_balances(
    draft: Draft, sheet: SheetBuilder, row: int, prefix: str, rows: _Rows, whole: Balance, check: str
) -> int:
    """Rows of balances with their total, which is compared with the cell `check`. Gives the total's row."""
    last = row + len(rows) - 1
    for at, (code, name, balance, formulas) in enumerate(rows, row):
        sheet.put(at, CODE, code, "plain")
        sheet.put(at, TITLE, name, "plain")
        put_balance(draft, sheet, (at, FIRST_AMOUNT), balance, formulas, "plain", f"{prefix}:{code}:")
        put_percent(sheet, at, _PERCENT, _CUMULATIVE, FIRST_AMOUNT, balance, "plain")
    total = last + 1
    sheet.put(total, CODE, None, "total")
    sheet.put(total, TITLE, draft.words.say(check), "total")
    sums: dict[str, str | None] = {
        which: f"=SUM({name_column_part(FIRST_AMOUNT + i, row, last)})" for i, which in enumerate(WHICH[:3])
    }
    put_balance(draft, sheet, (total, FIRST_AMOUNT), whole, sums, "total")
    put_percent(sheet, total, _PERCENT, _CUMULATIVE, FIRST_AMOUNT, whole, "total")
    draft.note(f"sum:{prefix}", sheet, total, _CUMULATIVE)
    return total


def _put_partners(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    put_section(draft, sheet, row, "by_partner")
    _put_header(draft, sheet, row + 1, "partner_name", ("percent_spent",))
    partners, approved = list_partner_ranges(draft)
    rows: _Rows = []
    for at, (code, balance) in enumerate(draft.books.by_partner.items(), row + 2):
        cell = name_cell(at, CODE)
        formulas: dict[str, str | None] = {
            "approved": f"=SUMPRODUCT(({partners}={cell})*1,{approved})",
            "prior": "=" + draft.add_costs(partner=cell, status=draft.status("prior")),
            "current": "=" + draft.add_costs(partner=cell, status=draft.status("current")),
        }
        rows.append((code, draft.partner_names[code], balance, formulas))
    return _put_balances(draft, sheet, row + 2, "partner", rows, draft.books.direct, "row.direct") + 2


def _put_indirect(draft: Draft, sheet: SheetBuilder, row: int) -> tuple[dict[str, int], int]:
    """Indirect costs are borne as the whole budget is, by running totals. Gives source -> row, and the row after."""
    budget, whole = draft.books.budget, draft.books.indirect
    sources = [source for source, share in budget.paid_by.items() if share]
    weights = [budget.paid_by[source] for source in sources]
    prior, upto = split(whole.prior, weights), split(whole.cumulative, weights)
    first = row + 2
    cells = [name_cell(first + i, _INDIRECT_SHARE, fixed=True) for i in range(len(sources))]
    rows: list[Row] = []
    for i, source in enumerate(sources):
        at = first + i
        rows.append(
            {
                "code": Entry(source),
                "source_name": Entry(draft.source_names[source]),
                "share": Entry(weights[i] / 100),
                "prior": Entry(prior[i], split_formula(draft.cells["indirect:prior"], cells, i)),
                "current": Entry(upto[i] - prior[i], f"={name_cell(at, 5)}-{name_cell(at, 3)}"),
                "cumulative": Entry(upto[i], split_formula(draft.cells["indirect:cumulative"], cells, i)),
            }
        )
    put_section(draft, sheet, row, "indirect_by_source")
    after = put_table(draft, sheet, row + 1, _INDIRECT, rows)
    return {source: first + i for i, source in enumerate(sources)}, after


_INDIRECT_SHARE = 2
_INDIRECT = (
    Field("code", 0),
    Field("source_name", 1),
    Field("share", _INDIRECT_SHARE, "percent"),
    Field("prior", 3, "money"),
    Field("current", 4, "money"),
    Field("cumulative", 5, "money"),
)


def _put_sources(draft: Draft, sheet: SheetBuilder, row: int, indirect: dict[str, int], after: int) -> int:
    """Who bears the costs, direct and indirect, with the share planned and the real one. Gives `after`."""
    put_section(draft, sheet, row, "by_source")
    _put_header(draft, sheet, row + 1, "source_name", ("percent_spent", "share_planned", "share_real"))
    rows: _Rows = []
    for code, balance in draft.books.by_source.items():
        flat = indirect.get(code)
        formulas: dict[str, str | None] = {"approved": None}
        for which, column in (("prior", 3), ("current", 4)):
            direct = draft.add_costs(f"source:{code}", status=draft.status(which))
            formulas[which] = f"={direct}" + (f"+{name_cell(flat, column)}" if flat is not None else "")
        rows.append((code, draft.source_names[code], balance, formulas))
    total = _put_balances(draft, sheet, row + 2, "source", rows, draft.books.grand, "row.grand")
    grand = draft.books.grand
    for at, (_, _, balance, _) in enumerate(rows, row + 2):
        for column, of, part, whole in (
            (_PLANNED, FIRST_AMOUNT, balance.approved, grand.approved),
            (_REAL, _CUMULATIVE, balance.cumulative, grand.cumulative),
        ):
            formula = share_formula(name_cell(at, of), name_cell(total, of, fixed=True))
            sheet.put(at, column, share_of(part, whole), "plain", "percent", formula)
    sheet.fill(total, (_PLANNED, _REAL), "total")
    return after


_PERIODS = (
    Field("code", 0),
    Field("dates", 1),
    Field("direct", 2, "money"),
    Field("indirect", 3, "money"),
    Field("total", 4, "money"),
)


def _put_periods(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """Each period by itself: its indirect costs are the difference of two rounded running totals."""
    put_section(draft, sheet, row, "by_period")
    first = row + 2
    rows: list[Row] = []
    spent = flat = NOTHING
    costs = draft.books.budget.indirect_costs
    for at, period in enumerate(draft.books.scope.periods, first):
        whole = draft.books.by_period[period.code]
        direct = sum((x.amount for x in draft.books.postings if x.accepted and x.period == period.code), NOTHING)
        spent += direct
        upto = round_to_cent(spent * costs.percent / 100) if costs else NOTHING
        running = f"ROUND(SUM({name_cell(first, 2, fixed=True)}:{name_cell(at, 2)})*{draft.cells['indirect_rate']},2)"
        before = f"-SUM({name_cell(first, 3, fixed=True)}:{name_cell(at - 1, 3)})" if at > first else ""
        days = [format_short_date(day, draft.words.language) for day in (period.start, period.end)]
        accepted = (
            f"({draft.columns['period']}={name_cell(at, 0)})*({draft.columns['status']}<>{draft.status('refused')})"
        )
        rows.append(
            {
                "code": Entry(period.code),
                "dates": Entry(" – ".join(days)),
                "direct": Entry(direct, f"=SUMPRODUCT({accepted},{draft.columns['amount']})"),
                "indirect": Entry(upto - flat, f"={running}{before}"),
                "total": Entry(whole, f"={name_cell(at, 2)}+{name_cell(at, 3)}"),
            }
        )
        flat = upto
    return _put_summed(draft, sheet, row + 1, _PERIODS, rows, draft.books.grand.cumulative, "sum:period")


def _put_summed(
    draft: Draft, sheet: SheetBuilder, row: int, fields: tuple[Field, ...], rows: list[Row], whole: Decimal, name: str
) -> int:
    last = row + max(len(rows), 1)
    sums = {}
    for field in fields[2:]:
        amounts = [value for x in rows if isinstance(value := x[field.key].value, Decimal)]
        sums[field.key] = Entry(sum(amounts, NOTHING), f"=SUM({name_column_part(field.column, row + 1, last)})")
    title = Entry(draft.words.say("row.total"))
    after = put_table(draft, sheet, row, fields, rows, {fields[1].key: title, **sums})
    draft.note(name, sheet, last + 1, fields[-1].column)
    return after


_MONTHS = (Field("month", 0, "month"), Field("month_of_expense", 1, "text"), Field("direct", 2, "money"))


def _put_months(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """Direct costs by the month of the expense; the chart of the summary is drawn from them."""
    put_section(draft, sheet, row, "by_month")
    rows: list[Row] = []
    for at, (month, amount) in enumerate(draft.books.by_month.items(), row + 2):
        start, (year, number) = name_cell(at, 0), (int(month[:4]), int(month[5:]))
        days = draft.columns["date"]
        within = f"({days}>={start})*({days}<EDATE({start},1))*({draft.columns['status']}<>{draft.status('refused')})"
        rows.append(
            {
                "month": Entry(datetime.date(year, number, 1)),
                "month_of_expense": Entry(f"{number:02}/{year}"),
                "direct": Entry(amount, f"=SUMPRODUCT({within},{draft.columns['amount']})"),
            }
        )
    _put_summed(draft, sheet, row + 1, _MONTHS, rows, draft.books.direct.cumulative, "sum:month")
    draft.rows["months"] = row + 2
