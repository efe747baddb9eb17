"""What the workbook of a period says: its sheets, defined names, and the stamp it will come back with."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal

from grants.forms import PERIOD, Stamp, StampedRow, TablePlace
from grants.ledger.balances import Books, Funds
from grants.ledger.exchange import Rates
from grants.ledger.reached import Reached
from grants.model import Project
from grants.model.grant import ReportingPeriod
from grants.model.labels import Labels
from grants.model.records import PeriodRecords
from grants.views.activity_sheets.plan import STATUSES
from grants.views.addresses import name_column
from grants.views.form_parts import frame_workbook
from grants.views.period_layout import Earlier, PeriodLayout, lay_out_period
from grants.views.period_sheets.expenditures import view_expenditures
from grants.views.period_sheets.forecast import list_figure_cells, view_forecast
from grants.views.period_sheets.income import view_income
from grants.views.period_sheets.ineligible import view_ineligible
from grants.views.period_sheets.pending import view_pending
from grants.views.period_sheets.progress import view_actuals, view_progress
from grants.views.period_sheets.reconciliation import view_reconciliation
from grants.views.reference_sheets import LEGEND, ChoiceList, list_labels, list_organisations, view_how_to, view_lists
from grants.views.words import Words
from grants.views.workbook import WorkbookView


def view_period(
    project: Project,
    period: ReportingPeriod,
    records: PeriodRecords,
    books: Books,
    funds: Funds,
    reached: Mapping[str, Reached],
    rates: Rates,
    currencies: Set[str],
    earlier: Earlier,
    labels: Labels,
    language: str,
    pending_over: Decimal | None = None,
) -> WorkbookView:
    """The workbook of a period, with what its records hold already, in a language the labels know."""
    words = Words(labels, language, ("en", *project.sheet.languages))
    layout = lay_out_period(
        project, period, records, books, funds, reached, rates, currencies, earlier, words, pending_over
    )
    lists, names = view_lists(_choose(layout), words, project)
    sheets = (
        view_how_to("period", words, project, LEGEND, _describe(layout)),
        view_expenditures(layout),
        view_income(layout),
        view_reconciliation(layout),
        view_progress(layout),
        view_actuals(layout),
        view_pending(layout),
        view_ineligible(layout),
        view_forecast(layout),
        lists,
    )
    return frame_workbook("period", project, words, sheets, names, _stamp(layout))


def _describe(layout: PeriodLayout) -> dict[str, str]:
    """What the first page says of this form; its example of a date is one of the period."""
    day = layout.period.end
    written = (
        f"{day.day}.{day.month}.{day.year}." if layout.words.language == "sr" else f"{day.day}/{day.month}/{day.year}"
    )
    return {"period": layout.about, "contact": _name_contact(layout), "day": written}


def _name_contact(layout: PeriodLayout) -> str:
    """To whom the form goes back: the applicant's first contact who does not sign for it, with the e-mail address."""
    applicant, read = layout.project.sheet.applicant, layout.words.read
    contacts = sorted(applicant.contacts, key=lambda contact: contact.signs)
    if not contacts:
        return read(applicant.name)
    return ", ".join(filter(None, (read(contacts[0].name), contacts[0].email)))


def _choose(layout: PeriodLayout) -> list[ChoiceList]:
    project, words = layout.project, layout.words
    money = [source for source in layout.books.budget.sources if not source.in_kind]
    own = [source for source in money if source.kind != "donor"]
    return [
        ChoiceList("lines", tuple((x.line.code, words.read(x.line.description)) for x in layout.books.lines)),
        list_organisations(project, words),
        ChoiceList("sources", tuple((source.code, words.read(source.name)) for source in money)),
        ChoiceList("own_sources", tuple((source.code, words.read(source.name)) for source in own)),
        ChoiceList("currencies", tuple((currency, "") for currency in layout.currencies)),
        ChoiceList("instalments", tuple((part.code, "") for part in project.grant.instalments)),
        ChoiceList("periods", tuple((x.code, layout.say_days(x)) for x in project.grant.reporting_periods)),
        list_labels("statuses", "status", STATUSES, words),
    ]


def _stamp(layout: PeriodLayout) -> Stamp:
    words = layout.words
    return Stamp(
        facts={
            "form": PERIOD.key,
            "form_version": str(PERIOD.version),
            "project": layout.project.sheet.code,
            "period": layout.period.code,
            "language": words.language,
        },
        sheets={sheet.key: words.say(sheet.label) for sheet in PERIOD.sheets},
        tables={
            key: TablePlace(table.sheet, table.header + 1, table.first + 1, table.last + 1)
            for key, table in layout.tables.items()
        },
        columns={(key, x.key): name_column(x.index) for key, table in layout.tables.items() for x in table.columns},
        rows=tuple(
            StampedRow(key, table.first + number + 1, name)
            for key, table in layout.tables.items()
            for number, name in enumerate(table.ids)
        ),
        choices={("statuses", key): words.say(f"status.{key}") for key in STATUSES},
        figures=list_figure_cells(layout),
    )
