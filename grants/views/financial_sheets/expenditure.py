"""Sheet Expenditure: every cost in the books, with what it was converted by and what becomes of it in the report."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from grants.ledger.balances import Posting, UsedRate
from grants.ledger.exchange import convert
from grants.views.addresses import name_cell, name_column_part, on_sheet
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.rates import to_decimal
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, CellKind, Emphasis, Print, Role, SheetView

_COLUMNS: tuple[tuple[str, float, CellKind], ...] = (
    ("period", 9.5, "text"),
    ("voucher", 10.5, "text"),
    ("date", 11, "date"),
    ("payee", 21, "text"),
    ("description", 30, "text"),
    ("line", 7, "centre"),
    ("partner", 8, "centre"),
    ("amount_booked", 13, "money"),
    ("currency", 8, "centre"),
    ("rate_of_cost", 10, "exchange"),
    ("amount", 13, "money"),
    ("date_paid", 11, "date"),
    ("document", 19, "text"),
    ("status", 12, "centre"),
)
_INDEX = {key: index for index, (key, _, _) in enumerate(_COLUMNS)}
_SHOWN, _HEADER = 3, 4
FIRST = _HEADER + 1
_STATUSES = ("prior", "current", "refused")


def view_expenditure(draft: Draft) -> SheetView:
    """The sheet. Costs without a rate are not in it: they stop a report."""
    widths = [width for _, width, _ in _COLUMNS] + [12.0] * len(draft.books.by_source)
    sheet = draft.start("expenditure", widths)
    postings = draft.books.postings
    last = FIRST + max(len(postings), 1) - 1
    _put_header(draft, sheet, last)
    find_rate = _find_rates(draft)
    for row, posting in enumerate(postings, FIRST):
        _put_posting(draft, sheet, row, posting, find_rate)
    _note_columns(draft, sheet, last)
    _put_sums(draft, sheet, last + 1)
    refused = f"=${name_cell(FIRST, _INDEX['status'])}={draft.status('refused')}"
    sheet.emphases.append(Emphasis(Area(FIRST, 0, last, sheet.last_column), refused, "wrong"))
    return sheet.build(
        print_as=Print(repeat=(_HEADER, _HEADER)),
        freeze=(FIRST, 2),
        filter_area=Area(_HEADER, 0, last, sheet.last_column),
        tab="result",
    )


def _put_header(draft: Draft, sheet: SheetBuilder, last: int) -> None:
    """The header, and above it what the rows that a filter leaves add up to."""
    words = draft.words
    for column, (key, _, _) in enumerate(_COLUMNS):
        sheet.put(_HEADER, column, words.say(f"column.{key}", currency=draft.currency), "header", "centre")
    for column, source in enumerate(draft.books.by_source, len(_COLUMNS)):
        label = words.say("column.borne_by", source=source)
        sheet.put(_HEADER, column, label, "header", "centre")
    amount = _INDEX["amount"]
    sheet.span(Area(_SHOWN, 0, _SHOWN, amount - 1), words.say("row.shown"), "field")
    postings = draft.books.postings
    sums = [sum((x.amount for x in postings), NOTHING)]
    sums += [sum((_borne_by(code, x) or NOTHING for x in postings), NOTHING) for code in draft.books.by_source]
    places = [amount, *range(len(_COLUMNS), len(_COLUMNS) + len(draft.books.by_source))]
    for column, value in zip(places, sums, strict=True):
        cells = name_column_part(column, FIRST, last)
        sheet.put(_SHOWN, column, value, "strong", "money", f"=SUBTOTAL(109,{cells})")


def _find_rates(draft: Draft) -> Callable[[Posting], str | None]:
    """Finds the cell of a posting's rate; each rate is looked up once, for there are thousands of postings."""
    cells: dict[tuple[str, int], str] = {}

    def find(posting: Posting) -> str | None:
        rate: UsedRate | None = posting.rate
        if rate is None:
            return None
        key = posting.period, id(rate)
        if key not in cells:
            cells[key] = draft.rates[posting.period, rate]
        return cells[key]

    return find


def _put_posting(
    draft: Draft,
    sheet: SheetBuilder,
    row: int,
    posting: Posting,
    find_rate: Callable[[Posting], str | None],
) -> None:
    cost, rate = posting.expenditure, find_rate(posting)
    booked = name_cell(row, _INDEX["amount_booked"])
    divided = f"{booked}/{name_cell(row, _INDEX['rate_of_cost'])}" if rate else booked
    units = to_decimal(posting.rate.units) if posting.rate else None
    values = (
        posting.period,
        cost.voucher,
        cost.date,
        cost.payee,
        _describe(draft, posting),
        cost.line,
        cost.partner,
        cost.amount,
        cost.currency,
        units,
        posting.amount,
        cost.date_paid,
        cost.document,
        draft.words.say(f"cost.{_find_status(draft, posting)}"),
    )
    formulas = {"rate_of_cost": f"={rate}" if rate else None, "amount": f"=ROUND({divided},2)"}
    for column, ((key, _, kind), value) in enumerate(zip(_COLUMNS, values, strict=True)):
        sheet.put(row, column, value, "plain", kind, formulas.get(key))
    for column, source in enumerate(draft.books.by_source, len(_COLUMNS)):
        sheet.put(row, column, _borne_by(source, posting), "plain", "money")


def _find_status(draft: Draft, posting: Posting) -> str:
    if not posting.accepted:
        return "refused"
    return "prior" if any(x.code == posting.period for x in draft.books.scope.prior) else "current"


def _borne_by(source: str, posting: Posting) -> Decimal | None:
    """What a source bears of a cost; None where it is refused: then it is charged to nobody in this report."""
    return posting.by_source.get(source, NOTHING) if posting.accepted else None


def _describe(draft: Draft, posting: Posting) -> str:
    """What it was for; and that it corrects an earlier report, where it is taken off again."""
    text = posting.expenditure.description
    return text if posting.corrects is None else draft.words.say("cost.corrects", period=posting.corrects, text=text)


def _note_columns(draft: Draft, sheet: SheetBuilder, last: int) -> None:
    columns = _INDEX | {f"source:{x}": i for i, x in enumerate(draft.books.by_source, len(_COLUMNS))}
    for key, column in columns.items():
        draft.columns[key] = on_sheet(sheet.name, name_column_part(column, FIRST, last, fixed=True))
    rows = range(FIRST, FIRST + len(draft.books.postings))
    draft.postings.extend(on_sheet(sheet.name, name_cell(row, _INDEX["amount"])) for row in rows)


def _put_sums(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """Below the list: prior, current, not accepted, and everything; what a source bears is without what is refused."""
    direct, refused = draft.books.direct, draft.books.ineligible
    amounts = dict(zip(_STATUSES, (direct.prior, direct.current, refused), strict=True))
    for at, status in enumerate(_STATUSES, row):
        formula = "=" + draft.add_costs(status=draft.status(status))
        _put_sum(draft, sheet, at, draft.words.say(f"row.costs_{status}"), amounts[status], formula, "subtotal")
        if status == "refused":
            draft.note("ineligible", sheet, at, _INDEX["amount"])
    whole = f"=SUM({name_column_part(_INDEX['amount'], row, row + 2)})"
    _put_sum(draft, sheet, row + 3, draft.words.say("row.costs_all"), sum(amounts.values(), NOTHING), whole, "total")
    draft.note("listed", sheet, row + 3, _INDEX["amount"])
    for column, source in enumerate(draft.books.by_source, len(_COLUMNS)):
        _put_source_sums(draft, sheet, (row, column), source)


def _put_source_sums(draft: Draft, sheet: SheetBuilder, corner: tuple[int, int], source: str) -> None:
    row, column = corner
    whole = NOTHING
    for at, status in enumerate(_STATUSES[:2], row):
        own = (x for x in draft.books.postings if _find_status(draft, x) == status)
        value = sum((x.by_source.get(source, NOTHING) for x in own), NOTHING)
        formula = "=" + draft.add_costs(f"source:{source}", status=draft.status(status))
        sheet.put(at, column, value, "subtotal", "money", formula)
        whole += value
    sheet.put(row + 2, column, None, "subtotal")
    sheet.put(row + 3, column, whole, "total", "money", f"=SUM({name_column_part(column, row, row + 1)})")


def _put_sum(draft: Draft, sheet: SheetBuilder, row: int, label: str, value: Decimal, formula: str, role: Role) -> None:
    amount = _INDEX["amount"]
    sheet.span(Area(row, 0, row, amount - 1), label, role)
    sheet.put(row, amount, convert(value, None), role, "money", formula)
    sheet.fill(row, range(amount + 1, len(_COLUMNS)), role)
