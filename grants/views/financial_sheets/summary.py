"""Sheet Summary: the page that is read first. Every figure is taken from another sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grants.ledger.balances import Balance
from grants.ledger.figures import share_of
from grants.views.figures import format_date
from grants.views.financial_sheets.draft import NOTHING, Draft
from grants.views.financial_sheets.execution import name_budget
from grants.views.financial_sheets.tables import WHICH, put_balance, put_percent, put_section, put_verdict
from grants.views.formulas import equal, share_formula
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, CellKind, Chart, Print, Role, Series, SheetView

CODE, TITLE, FIRST_AMOUNT = 0, 1, 2
_CUMULATIVE = FIRST_AMOUNT + WHICH.index("cumulative")
_PERCENT = FIRST_AMOUNT + len(WHICH)
_FACTS = 4
_ROW_PIXELS, _CHART_ROWS = 20, 17


def view_summary(draft: Draft) -> SheetView:
    """The sheet."""
    sheet = draft.start("summary", [18.0, 42.0, *[draft.money_width] * 5, 12.0])
    row = _put_facts(draft, sheet)
    figures = list(_list_figures(draft))
    checks = list(_list_checks(draft))
    put_section(draft, sheet, row, "key_figures", last=FIRST_AMOUNT)
    put_section(draft, sheet, row, "checks", first=FIRST_AMOUNT + 1)
    _put_figures(draft, sheet, row + 1, figures)
    _put_checks(draft, sheet, row + 1, checks)
    row += max(len(figures), len(checks)) + 2
    row = _put_headings(draft, sheet, row)
    _put_months(draft, sheet, row)
    return sheet.build(print_as=Print(landscape=False, one_page=True), tab="result")


def _put_facts(draft: Draft, sheet: SheetBuilder) -> int:
    """Which report of which contract. Gives the row after the one below."""
    words, source = draft.words, draft.source
    project, report = source.project.sheet, source.report
    if project.notice:
        sheet.span(Area(_FACTS - 1, 0, _FACTS - 1, sheet.last_column), words.read(project.notice), "notice")
    days = [format_date(day, words.language) for day in (report.start, report.end)]
    facts = {
        "report": f"{words.read(report.title)} ({report.code})",
        "period": " – ".join(days),
        **_say_since(draft),
        "project": f"{project.code} · {words.read(project.title)}",
        "contract": _say_contract(draft),
        "budget": name_budget(draft, draft.books.amendment),
        "donor": words.read(source.donor.name),
        "applicant": words.read(project.applicant.name),
        "partners": ", ".join(words.read(partner.name) for partner in project.partners) or "–",
        "date": format_date(project.date, words.language),
    }
    for row, (key, text) in enumerate(facts.items(), _FACTS):
        sheet.put(row, CODE, words.say(f"fact.{key}"), "field")
        sheet.span(Area(row, TITLE, row, sheet.last_column), text, "fact")
    return _FACTS + len(facts) + 1


def _say_since(draft: Draft) -> dict[str, str]:
    """From when to when the new costs are, where earlier reports had the others."""
    scope = draft.books.scope
    if not (scope.prior and scope.current):
        return {}
    days = [format_date(day, draft.words.language) for day in (scope.current[0].start, scope.current[-1].end)]
    return {"since": " – ".join(days)}


def _say_contract(draft: Draft) -> str:
    contract = draft.source.project.grant.contract
    if contract is None:
        return "–"
    day = format_date(contract.signed, draft.words.language)
    return draft.words.say("fact.contract_signed", number=contract.number, date=day)


_Figure = tuple[str, Decimal, CellKind, str | None]
"""Key of its label, value, kind, the cell it is taken from or its formula."""


def _list_figures(draft: Draft) -> Iterator[_Figure]:
    accounts, cells = draft.source.accounts, draft.cells
    grand = accounts.books.grand
    for which in WHICH:
        amount: Decimal = getattr(grand, which)
        yield which, amount, "money", f"={cells[which]}"
    spent = share_of(grand.cumulative, grand.approved)
    yield "burn_rate", spent, "percent", share_formula(cells["cumulative"], cells["approved"])
    project, report = draft.source.sheet, draft.source.report
    days, whole = (report.end - project.start).days + 1, (project.end - project.start).days + 1
    elapsed = min(max(share_of(Decimal(days), Decimal(whole)), Decimal(0)), Decimal(1))
    yield "time_elapsed", elapsed, "percent", f"=MIN(MAX({days}/{whole},0),1)"
    yield "received", sum(accounts.funds.received.values(), NOTHING), "money", f"={cells['funds:received']}"
    yield "balance", accounts.funds.balance, "money", f"={cells['funds:balance']}"
    if accounts.funds.advanced:
        yield "advanced", accounts.funds.advanced, "money", f"={cells['funds:advanced']}"
    yield "unpaid", accounts.funds.unpaid, "money", f"={cells['funds:unpaid']}"
    yield "ineligible", accounts.books.ineligible, "money", f"={cells['ineligible']}"
    yield "next_payment", accounts.next_payment.amount, "money", f"={cells['next_payment']}"


def _put_figures(draft: Draft, sheet: SheetBuilder, row: int, figures: Sequence[_Figure]) -> None:
    for at, (key, value, kind, formula) in enumerate(figures, row):
        sheet.span(Area(at, CODE, at, TITLE), draft.words.say(f"figure.{key}"), "field")
        sheet.put(at, FIRST_AMOUNT, value, "strong", kind, formula)


def _list_checks(draft: Draft) -> Iterator[tuple[str, bool, str]]:
    """Label, whether it holds, condition."""
    books, funds, cells = draft.books, draft.source.accounts.funds, draft.cells
    spent, direct = cells["cumulative"], cells["direct:cumulative"]
    yield (
        "listed",
        sum((x.amount for x in books.postings if x.accepted), NOTHING) == books.direct.cumulative,
        equal(f"{cells['listed']}-{cells['ineligible']}", direct),
    )
    partners = sum((x.cumulative for x in books.by_partner.values()), NOTHING)
    yield "partners", partners == books.direct.cumulative, equal(cells["sum:partner"], direct)
    sources = sum((x.cumulative for x in books.by_source.values()), NOTHING)
    yield "sources", sources == books.grand.cumulative, equal(cells["sum:source"], spent)
    periods = sum(books.by_period.values(), NOTHING)
    yield "periods", periods == books.grand.cumulative, equal(cells["sum:period"], spent)
    months = sum(books.by_month.values(), NOTHING)
    yield "months", months == books.direct.cumulative, equal(cells["sum:month"], direct)
    yield "unpaid", draft.amounts["unpaid_costs"] == funds.unpaid, equal(cells["unpaid_costs"], cells["funds:unpaid"])
    yield "reconciled", funds.difference == 0, equal(cells["funds:difference"], "0")
    yield "unspent", books.grand.unspent >= 0, f"ROUND({cells['unspent']},2)>=0"


def _put_checks(draft: Draft, sheet: SheetBuilder, row: int, checks: Sequence[tuple[str, bool, str]]) -> None:
    last = sheet.last_column
    for at, (key, fine, condition) in enumerate(checks, row):
        sheet.span(Area(at, FIRST_AMOUNT + 1, at, last - 1), draft.words.say(f"check.{key}"), "field")
        put_verdict(draft, sheet, (at, last), fine, condition)


_Row = tuple[str, str, str, Balance, Role]
"""Prefix of its figures, code, title, amounts, role."""


def _list_reserve(draft: Draft) -> list[_Row]:
    if not draft.books.has_contingency:
        return []
    return [("contingency:", "", draft.words.say("row.contingency"), draft.books.contingency, "plain")]


def _put_headings(draft: Draft, sheet: SheetBuilder, row: int) -> int:
    """Budget against actual by heading, and its chart. Gives the row after them."""
    words, books = draft.words, draft.books
    put_section(draft, sheet, row, "by_heading")
    for column, key in enumerate(("code", "title", *WHICH, "percent_spent")):
        sheet.put(row + 1, column, words.say(f"column.{key}"), "header", "centre")
    rows: list[_Row] = [
        (f"heading:{x.heading.code}:", x.heading.code, words.read(x.heading.title), x, "plain") for x in books.headings
    ]
    rows += [
        ("direct:", "", words.say("row.direct"), books.direct, "subtotal"),
        *_list_reserve(draft),
        ("indirect:", "", words.say("row.indirect"), books.indirect, "plain"),
        ("", "", words.say("row.grand"), books.grand, "total"),
    ]
    first = row + 2
    for at, (prefix, code, title, balance, role) in enumerate(rows, first):
        sheet.put(at, CODE, code, role, "centre")
        sheet.put(at, TITLE, title, role)
        formulas: dict[str, str | None] = {which: f"={draft.cells[prefix + which]}" for which in WHICH}
        put_balance(draft, sheet, (at, FIRST_AMOUNT), balance, formulas, role)
        put_percent(sheet, at, _PERCENT, _CUMULATIVE, FIRST_AMOUNT, balance, role)
    last, after = first + len(books.headings) - 1, first + len(rows) + 1
    series = tuple(
        Series(words.say(f"column.{WHICH[column - FIRST_AMOUNT]}"), Area(first, column, last, column), sheet.name)
        for column in (FIRST_AMOUNT, _CUMULATIVE)
    )
    _put_chart(draft, sheet, after, "headings", (Area(first, TITLE, last, TITLE), sheet.name), series)
    return after + _CHART_ROWS + 1


def _put_months(draft: Draft, sheet: SheetBuilder, row: int) -> None:
    """The chart of spending by month, drawn from the sheet By partner, source, period."""
    first, name = draft.rows["months"], draft.words.say("sheet.parts")
    last = first + max(len(draft.books.by_month), 1) - 1
    series = (Series(draft.words.say("chart.months"), Area(first, 2, last, 2), name),)
    _put_chart(draft, sheet, row, "months", (Area(first, 1, last, 1), name), series)


def _put_chart(
    draft: Draft, sheet: SheetBuilder, row: int, key: str, categories: tuple[Area, str], series: tuple[Series, ...]
) -> None:
    words = draft.words
    sheet.charts.append(
        Chart(
            kind="columns",
            title=words.say(f"chart.{key}"),
            description=words.say(f"chart.{key}.description", currency=draft.currency),
            categories=categories[0],
            categories_sheet=categories[1],
            series=series,
            row=row,
            column=0,
            width=sum(int(width * 7 + 5) for width in sheet.widths) - 4,
            height=_CHART_ROWS * _ROW_PIXELS,
        )
    )
