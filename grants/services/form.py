"""`grants form`: the workbook of a period, for finance and programme staff to fill in."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import grants
from grants.errors import UnusableError, UsageError
from grants.ledger.balances import Books
from grants.ledger.books import find_scope, keep_books
from grants.ledger.exchange import list_rates
from grants.ledger.figures import list_book_figures
from grants.ledger.funds import add_up_funds
from grants.ledger.reached import add_up_reached
from grants.model import Project
from grants.model.grant import ReportDue, ReportingPeriod
from grants.model.labels import Labels
from grants.model.records import Records
from grants.model.refusals import name_periods
from grants.model.scalars import Text
from grants.readers.pack import read_labels
from grants.readers.records import read_records
from grants.rules import read_limits
from grants.services.form_record import add_form, read_forms
from grants.services.inputs import OUT, list_inputs
from grants.services.load import load_project
from grants.services.manifest import hash_definition, hash_files
from grants.services.options import Outcome
from grants.services.products import write_products
from grants.services.proof import prove_workbook, stop_at
from grants.views.figures import list_currencies
from grants.views.period_layout import Earlier, EarlierCost, name_expenditures
from grants.views.period_workbook import view_period
from grants.views.workbook import WorkbookView
from grants.writers.excel import write_workbook

LABELS = ("workbook", "period")


def write_form(folder: Path, code: str, language: str | None, out: Path | None) -> Outcome:
    """Write the form of a period, filled with what its records hold, and put it on record.

    Raises UsageError for a period or language that is not there, UnusableError where definition or records have errors.
    """
    loaded = load_project(folder)
    if loaded.usable is None:
        raise UnusableError(f"{folder.name}: the definition has errors; no form was written.", "", loaded.findings)
    project = loaded.usable.project
    period = find_period(project, code)
    records, _, findings = read_records(folder, project)
    if records is None:
        raise UnusableError(f"{folder.name}: the records have errors; no form was written.", "", findings)
    labels = read_form_labels(loaded.templates)
    language = language or project.sheet.languages[0]
    if not all(text.says(language) for text in labels.labels.values()):
        raise UsageError(f"The forms are not written in `{language}`.", "Their languages: el, en, sr.")
    limits = read_limits(project, loaded.usable.donor, loaded.usable.common)
    named = name_periods(records, period.code)
    view = make_view(project, named, period, labels, language, limits.pending_over)
    stamp = {
        "program": grants.__version__,
        "version": project.sheet.version,
        "definition": hash_definition(hash_files(list_inputs(folder), folder)),
    }
    file = (out or folder / OUT) / f"period-form.{period.code}.{language}.xlsx"
    data = write_workbook(view, stamp)
    figures = list_book_figures(keep_period_books(project, records, period))
    stop_at(list(prove_workbook(file.name, data, {name: figures[name] for name in view.form.figures})))
    facts = {**view.form.facts, **stamp}
    record = add_form(folder, file.name, data, facts, datetime.date.today())
    known = {form.sha256 for form in read_forms(folder / OUT)}
    return Outcome(folder, (file,), tuple(write_products(folder, {file: data}, record, known)))


def find_period(project: Project, code: str) -> ReportingPeriod:
    """The period of that code. Raises UsageError with those that there are."""
    for period in project.grant.reporting_periods:
        if period.code == code:
            return period
    known = ", ".join(period.code for period in project.grant.reporting_periods) or "none (grant.yaml: `periods`)"
    raise UsageError(f"There is no period `{code}` in {project.sheet.code}.", f"Its periods: {known}.")


def read_form_labels(templates: Path) -> Labels:
    """The words of all forms. Raises UnusableError where they cannot be read."""
    whole: dict[str, Text] = {}
    for name in LABELS:
        labels, _, findings = read_labels(templates / "_common" / f"labels-{name}.yaml")
        if labels is None:
            raise UnusableError("The fixed words of the forms cannot be read.", "", findings)
        whole |= labels.labels
    return Labels(labels=whole)


def make_view(
    project: Project,
    records: Records,
    period: ReportingPeriod,
    labels: Labels,
    language: str,
    pending_over: Decimal | None = None,
) -> WorkbookView:
    """The form as data. `pending_over`: unpaid costs above it are listed among the pending payments."""
    with_periods, report = _report_by_period(project, period)
    books = keep_period_books(project, records, period)
    reached, _ = add_up_reached(with_periods, records, find_scope(with_periods.grant, report), least=0)
    return view_period(
        project,
        period,
        records.of(period),
        books,
        add_up_funds(with_periods, records, books),
        reached,
        list_rates(project.budget.currency, project.grant.exchange, records),
        list_form_currencies(project, records, period),
        list_earlier(project, records, period),
        labels,
        language,
        pending_over,
    )


def list_earlier(project: Project, records: Records, period: ReportingPeriod) -> Earlier:
    """What was not paid when the period began, and which milestones were reached in earlier periods."""
    before = [records.of(x) for x in project.grant.reporting_periods if x.end < period.start]
    unpaid = [
        EarlierCost(f"{x.code}:{name}", cost)
        for x in before
        for name, cost in zip(name_expenditures(x), x.expenditures, strict=True)
        if cost.date_paid is None or cost.date_paid >= period.start
    ]
    return Earlier(tuple(unpaid), {code: day for x in before for code, day in x.progress.milestones.items()})


def keep_period_books(project: Project, records: Records, period: ReportingPeriod) -> Books:
    """The books of a period: current is what it cost, prior what all periods before it did."""
    with_periods, report = _report_by_period(project, period)
    return keep_books(with_periods, records, report)


def _report_by_period(project: Project, period: ReportingPeriod) -> tuple[Project, ReportDue]:
    """The project as if every period had a report of its own: so what is prior is all that came before the period."""
    reports = {
        x.code: ReportDue(
            code=x.code, kind="interim", title=project.sheet.title, start=project.sheet.start, end=x.end, due=x.end
        )
        for x in project.grant.reporting_periods
    }
    grant = project.grant.model_copy(update={"reports": tuple(reports.values())})
    return replace(project, grant=grant), reports[period.code]


def list_form_currencies(project: Project, records: Records, period: ReportingPeriod) -> set[str]:
    """What a cost may be in: the budget's currency, those of the partners' countries, of the contract, and of whatever
    was recorded so far."""
    exchange, countries = project.grant.exchange, {part.country for part in project.organisations}
    found = {x for country in countries for x in list_currencies(country, period.start, period.end)}
    found |= (
        {project.budget.currency} | {rate.currency for rate in records.rates} | set(exchange.fixed if exchange else ())
    )
    for known in records.periods.values():
        found |= {cost.currency for cost in known.expenditures}
        found |= {transfer.currency for transfer in known.finance.transfers}
        found |= {balance.currency for balance in known.finance.balances}
        found |= {payment.currency for payment in known.finance.pending}
    return found
