"""Sheet Forecast: what each line will cost in the next period, and what that leaves of the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from grants.ledger.balances import Balance
from grants.ledger.figures import share_of
from grants.model.money import round_to_cent
from grants.views.addresses import name_cell
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.tables import choose_long_page
from grants.views.formulas import share_formula, sum_cells
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, Emphasis, Role, SheetView

_KEYS = ("code", "description", "approved", "cumulative", "unspent", "forecast", "expected", "left", "percent_expected")
CODE, TITLE, APPROVED, CUMULATIVE, UNSPENT, FORECAST, EXPECTED, LEFT, PERCENT = range(9)
_HEADER = 4


def view_forecast(draft: Draft) -> SheetView:
    """The sheet."""
    sheet = draft.start("forecast", [9.0, 46.0, *[draft.money_width] * 6, 12.0])
    for column, key in enumerate(_KEYS):
        sheet.put(_HEADER, column, draft.words.say(f"column.{key}"), "header", "centre")
    forecast = draft.last_finance.forecast
    row, subtotals, direct = _HEADER + 1, list[int](), NOTHING
    for heading in draft.books.headings:
        title = f"{heading.heading.code}. {draft.words.read(heading.heading.title)}"
        sheet.span(Area(row, CODE, row, PERCENT), title, "band")
        rows = range(row + 1, row + 1 + len(heading.lines))
        for at, line in zip(rows, heading.lines, strict=True):
            names = (line.line.code, draft.words.read(line.line.description))
            _put(
                draft, sheet, at, names, line, forecast.get(line.line.code, NOTHING), None, f"line:{names[0]}:", "plain"
            )
        expected = sum((forecast.get(line.line.code, NOTHING) for line in heading.lines), NOTHING)
        label = draft.words.say("row.subtotal", heading=title)
        formula = f"=SUM({name_cell(row + 1, FORECAST)}:{name_cell(rows.stop - 1, FORECAST)})" if rows else None
        prefix = f"heading:{heading.heading.code}:"
        _put(draft, sheet, rows.stop, ("", label), heading, expected, formula, prefix, "subtotal")
        subtotals.append(rows.stop)
        direct += expected
        row = rows.stop + 1
    last = _put_totals(draft, sheet, row, direct, subtotals)
    _mark(sheet, last)
    printed = choose_long_page(last, (_HEADER, _HEADER))
    return sheet.build(print_as=printed, freeze=(_HEADER + 1, 2), tab="result")


def _put(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    names: tuple[str, str],
    balance: Balance,
    forecast: Decimal,
    formula: str | None,
    prefix: str,
    role: Role,
) -> None:
    """A row: what is spent comes from the sheet Budget against actual."""
    cells = [name_cell(row, column) for column in range(len(_KEYS))]
    expected = balance.cumulative + forecast
    sheet.put(row, CODE, names[0], role)
    sheet.put(row, TITLE, names[1], role)
    values: Mapping[int, tuple[Decimal, str | None]] = {
        APPROVED: (balance.approved, f"={draft.cells[prefix + 'approved']}"),
        CUMULATIVE: (balance.cumulative, f"={draft.cells[prefix + 'cumulative']}"),
        UNSPENT: (balance.unspent, f"={cells[APPROVED]}-{cells[CUMULATIVE]}"),
        FORECAST: (forecast, formula),
        EXPECTED: (expected, f"={cells[CUMULATIVE]}+{cells[FORECAST]}"),
        LEFT: (balance.approved - expected, f"={cells[APPROVED]}-{cells[EXPECTED]}"),
    }
    for column, (value, text) in values.items():
        sheet.put(row, column, value, role, "money", text)
    share = share_formula(cells[EXPECTED], cells[APPROVED])
    sheet.put(row, PERCENT, share_of(expected, balance.approved), role, "percent", share)


def _put_totals(draft: Draft, sheet: SheetBuilder, row: int, direct: Decimal, subtotals: Sequence[int]) -> int:
    """Indirect costs of the forecast are those of everything expected, less those of what is spent.

    Gives the last row.
    """
    books = draft.books
    costs = books.budget.indirect_costs
    whole = round_to_cent((books.direct.cumulative + direct) * costs.percent / 100) if costs else NOTHING
    flat, last = whole - books.indirect.cumulative, row + (3 if books.has_contingency else 2)
    formula = f"=ROUND({name_cell(row, EXPECTED)}*{draft.cells['indirect_rate']},2)-{name_cell(last - 1, CUMULATIVE)}"
    rows: list[tuple[str, Balance, Decimal, str | None, str, Role]] = [
        ("direct", books.direct, direct, "=" + sum_cells(subtotals, FORECAST), "direct:", "subtotal"),
        ("contingency", books.contingency, NOTHING, None, "contingency:", "subtotal"),
        ("indirect", books.indirect, flat, formula, "indirect:", "subtotal"),
        ("grand", books.grand, direct + flat, "=" + sum_cells(range(row, last), FORECAST), "", "total"),
    ]
    shown = [x for x in rows if x[0] != "contingency" or books.has_contingency]
    for at, (key, balance, forecast, text, prefix, role) in enumerate(shown, row):
        _put(draft, sheet, at, ("", draft.words.say(f"row.{key}")), balance, forecast, text, prefix, role)
    draft.note("forecast", sheet, last, FORECAST)
    return last


def _mark(sheet: SheetBuilder, last: int) -> None:
    """Lines that the forecast would overspend."""
    cell = name_cell(_HEADER + 1, LEFT)
    formula = f"=AND(ISNUMBER({cell}),ROUND({cell},2)<0)"
    sheet.emphases.append(Emphasis(Area(_HEADER + 1, LEFT, last, LEFT), formula, "wrong"))
