"""What the financial report says: its sheets, and a stamp that names the cell of every figure of the ledger."""

from __future__ import annotations

from dataclasses import replace

from grants.forms import Stamp
from grants.ledger.accounts import Accounts
from grants.ledger.figures import list_report_figures
from grants.model import Project
from grants.model.donor import Donor
from grants.model.labels import Labels
from grants.model.limits import Limits
from grants.model.records import Records
from grants.views.figures import format_date
from grants.views.financial_sheets.closing import has_closing, view_closing
from grants.views.financial_sheets.draft import Draft
from grants.views.financial_sheets.execution import view_execution
from grants.views.financial_sheets.expenditure import view_expenditure
from grants.views.financial_sheets.forecast import view_forecast
from grants.views.financial_sheets.income import view_income
from grants.views.financial_sheets.parts import view_parts
from grants.views.financial_sheets.payment import view_payment
from grants.views.financial_sheets.pending import view_pending
from grants.views.financial_sheets.rates import view_rates
from grants.views.financial_sheets.reconciliation import view_reconciliation
from grants.views.financial_sheets.summary import view_summary
from grants.views.financial_sheets.versions import view_versions
from grants.views.form_parts import frame_workbook
from grants.views.report.source import ReportSource
from grants.views.words import Words
from grants.views.workbook import SheetView, WorkbookView

FORM = "financial-report"
_SINCE = "since."
_ORDER = (
    "summary",
    "execution",
    "expenditure",
    "parts",
    "income",
    "pending",
    "forecast",
    "rates",
    "reconciliation",
    "versions",
    "payment",
    "closing",
)


def view_financial_report(
    project: Project,
    donor: Donor,
    accounts: Accounts,
    records: Records,
    limits: Limits,
    labels: Labels,
    language: str,
) -> WorkbookView:
    """The workbook of a report, dated as the project's sheet is. Nothing in it is filled in.

    A final report has no forecast; the sheet of refused costs, contracts and assets stands where there is something
    to say in it.
    """
    source = ReportSource(project, donor, records, accounts, limits, {}, project.sheet.date)
    words = Words(choose_labels(labels, source), language, ("en", *project.sheet.languages))
    draft = Draft(source, words)
    made = _view_sheets(draft)
    shown = {key: made[key] for key in _ORDER if key in made}
    stamp = Stamp(
        facts={
            "form": FORM,
            "form_version": "1",
            "project": project.sheet.code,
            "language": language,
            "report": source.report.code,
        },
        sheets={key: sheet.name for key, sheet in shown.items()},
        figures={name: draft.cells[name] for name in list_report_figures(accounts)},
    )
    view = frame_workbook(FORM, project, words, tuple(shown.values()), {}, stamp)
    return replace(view, edition=f"{words.read(source.report.title)}, {format_date(view.date, language)}")


def choose_labels(labels: Labels, source: ReportSource) -> Labels:
    """The labels; where there is an earlier report, those that begin with `since.` in place of others."""
    if not source.accounts.books.scope.prior:
        return labels
    instead = {x.removeprefix(_SINCE): text for x, text in labels.labels.items() if x.startswith(_SINCE)}
    return labels.model_copy(update={"labels": {**labels.labels, **instead}})


def _view_sheets(draft: Draft) -> dict[str, SheetView]:
    """Key -> sheet, made in the order in which formulas need each other's cells."""
    made = {
        "rates": view_rates(draft),
        "expenditure": view_expenditure(draft),
        "execution": view_execution(draft),
        "parts": view_parts(draft),
        "income": view_income(draft),
        "pending": view_pending(draft),
        "reconciliation": view_reconciliation(draft),
        "payment": view_payment(draft),
        "versions": view_versions(draft),
    }
    if not draft.is_final:
        made["forecast"] = view_forecast(draft)
    if has_closing(draft):
        made["closing"] = view_closing(draft)
    return made | {"summary": view_summary(draft)}
