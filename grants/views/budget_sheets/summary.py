"""Sheet Summary: the page a desk officer reads first. Figures, shares, checks and charts, all taken from the sheets."""

from __future__ import annotations

from decimal import Decimal

from grants.ledger.figures import share_of
from grants.model.calendar import month_of, months_between
from grants.views.addresses import name_cell, name_column_part, on_sheet
from grants.views.budget_layout import FIRST_ROW, BudgetLayout
from grants.views.budget_sheets.summary_tables import CODE, SHARE, SOURCES, TITLE, TOTAL, put_section, put_tables
from grants.views.figures import format_date
from grants.views.form_parts import put_checks, put_sheet_title
from grants.views.formulas import check_formula, equal, quote, share_formula
from grants.views.sheet_builder import SheetBuilder
from grants.views.workbook import Area, Print, SheetView

KEY_FIGURES_ROW = 14
"""First row of the key figures; the title block stands above, the same in every workbook."""
_ROWS_OF_A_PAGE = 80


def view_summary(layout: BudgetLayout) -> SheetView:
    """The sheet."""
    money = max(16.0, layout.money_width)
    sheet = SheetBuilder(layout.sheet("summary"), [15.0, 42.0, money, 11.0, *[money] * max(len(layout.sources), 3)])
    put_sheet_title(sheet, "summary", layout.words, layout.project)
    _put_facts(sheet, layout)
    _put_key_figures(sheet, layout)
    _put_all_checks(sheet, layout)
    rows = put_tables(sheet, layout, KEY_FIGURES_ROW + 7)
    landscape = len(layout.sources) > 5
    printed = Print(landscape=landscape, one_page=not landscape and rows <= _ROWS_OF_A_PAGE)
    return sheet.build(print_as=printed, tab="result")


def _put_facts(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    """The title block: who, for whom, when."""
    project, words = layout.project.sheet, layout.words
    dates = [format_date(day, words.language) for day in (project.start, project.end, project.date)]
    months = len(months_between(month_of(project.start), month_of(project.end)))
    partners = ", ".join(words.read(partner.name) for partner in project.partners)
    facts = {
        "fact.project": words.read(project.title),
        "fact.code": project.code,
        "fact.applicant": words.read(project.applicant.name),
        "fact.partners": partners or "–",
        "fact.donor": words.read(layout.donor.name),
        "fact.call": words.read(project.call.title),
        "fact.period": words.say("fact.from_to", start=dates[0], end=dates[1], months=str(months)),
        "fact.version": f"{project.version} · {dates[2]}",
    }
    for row, (key, value) in enumerate(facts.items(), FIRST_ROW - 1):
        sheet.put(row, CODE, words.say(key), "field")
        sheet.span(Area(row, TITLE, row, sheet.last_column), value, "fact")
    if project.notice:
        sheet.span(Area(FIRST_ROW - 2, 0, FIRST_ROW - 2, sheet.last_column), words.read(project.notice), "notice")


def _put_key_figures(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    words, totals, grand = layout.words, layout.totals, layout.row("grand")
    put_section(sheet, layout, KEY_FIGURES_ROW - 1, "section.key_figures", last=SHARE)
    whole = layout.budget_cell("total", grand)
    grant = layout.budget_cell(f"amount:{totals.donor}", grand)
    first = KEY_FIGURES_ROW
    rest = f"={name_cell(first, TOTAL)}-{name_cell(first + 1, TOTAL)}"
    figures: list[tuple[str, Decimal, str]] = [
        ("figure.grand_total", totals.grand.total, "=" + whole),
        ("figure.grant", totals.grant, "=" + grant),
        ("figure.own_contribution", totals.own_contribution, rest),
        ("figure.in_kind", totals.in_kind, "=" + layout.sources_cell("in_kind", "value", layout.gifts_total_row)),
    ]
    for row, (key, value, formula) in enumerate(figures, first):
        sheet.span(Area(row, CODE, row, TITLE), words.say(key), "field")
        sheet.put(row, TOTAL, value, "strong", "money", formula)
        if row < first + 3:
            part = share_formula(name_cell(row, TOTAL), name_cell(first, TOTAL, fixed=True))
            sheet.put(row, SHARE, share_of(value, totals.grand.total), "strong", "percent", part)
    if totals.instalments:
        sheet.span(Area(first + 4, CODE, first + 4, TITLE), words.say("figure.first_instalment"), "field")
        formula = "=" + layout.instalments_cell(layout.instalments_first_row)
        sheet.put(first + 4, TOTAL, totals.instalments[0].amount, "strong", "money", formula)


def _put_all_checks(sheet: SheetBuilder, layout: BudgetLayout) -> None:
    """Whether everything agrees with everything, in one place, beside the key figures."""
    words, row, last = layout.words, KEY_FIGURES_ROW, sheet.last_column
    put_section(sheet, layout, row - 1, "section.checks", first=SOURCES)
    checks = _checks(layout)
    for at, (key, fine, formula) in enumerate(checks, row):
        sheet.span(Area(at, SOURCES, at, last - 1), words.say(key), "field")
        sheet.put(at, last, layout.verdict(fine), "check", "centre", formula)
    put_checks(sheet, Area(row, last, row + len(checks) - 1, last), words)


def _checks(layout: BudgetLayout) -> list[tuple[str, bool, str]]:
    """Label, whether it holds, formula; what a sheet checks itself is only repeated."""
    totals, grand, asked = layout.totals, layout.row("grand"), layout.project.grant.amount_requested
    quarters = "+".join(layout.phasing_cell(f"amount:{quarter}", grand) for quarter in layout.quarters)
    phased = equal(quarters, layout.budget_cell("total", grand))
    paid = sum((part.amount for part in totals.instalments), Decimal(0))
    sources = layout.sources_cell("sources", "amount", layout.sources_total_row + 1)
    return [
        ("check.lines", True, _all_fine(layout, "lines", "budget")),
        ("check.phasing_lines", True, _all_fine(layout, "phasing", "phasing")),
        ("check.sources", sum(totals.grand.by_source.values()) == totals.grand.total, f"={sources}"),
        (
            "check.phasing",
            sum(totals.grand.by_quarter.values()) == totals.grand.total,
            check_formula([phased], layout.ok, layout.wrong),
        ),
        ("check.grant", totals.grant == asked, "=" + layout.instalments_cell(layout.requested_row + 1)),
        (
            "check.instalments",
            not totals.instalments or paid == asked,
            "=" + layout.instalments_cell(layout.instalments_last_row + 2),
        ),
    ]


def _all_fine(layout: BudgetLayout, table: str, key: str) -> str:
    """Whether no check of a table fails."""
    part = name_column_part(layout.index(table, "check"), FIRST_ROW, layout.row("grand"))
    condition = f"COUNTIF({on_sheet(layout.sheet(key), part)},{quote(layout.wrong)})=0"
    return check_formula([condition], layout.ok, layout.wrong)
