"""The workbook that would be made now: what one that came back is compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from grants.errors import UnusableError
from grants.forms import ACTIVITIES, BUDGET, PERIOD
from grants.forms.columns import Form
from grants.forms.expected import Expected
from grants.model.calendar import month_of
from grants.model.grant import ReportingPeriod
from grants.model.labels import Labels
from grants.model.records import Expenditure, PeriodRecords, Records
from grants.model.refusals import name_periods
from grants.readers.records import RecordFiles, read_records
from grants.services.form import find_period, make_view, read_form_labels
from grants.services.inputs import describe_records_state, describe_state
from grants.services.load import Loaded, Usable, load_project
from grants.services.workspace import find_templates
from grants.views.activities_workbook import view_activities
from grants.views.base import say_value
from grants.views.budget_workbook import view_budget
from grants.views.expected import expect
from grants.views.period_layout import name_expenditures

FORMS = {form.key: form for form in (BUDGET, ACTIVITIES, PERIOD)}
_FIELDS = {column.key: column.kind for column in PERIOD.table("expenditures").columns if column.input}


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """A project as it stands, with what came back of it before."""

    loaded: Loaded
    usable: Usable
    labels: Labels
    records: Records
    files: RecordFiles
    state: str
    """What the project's files looked like before they were read."""

    @property
    def folder(self) -> Path:
        """Of the project."""
        return self.loaded.folder


def read_grounds(folder: Path) -> Grounds:
    """Raises UnusableError where the definition or the records have errors: nothing can be compared with them."""
    state = describe_files(folder)
    loaded = load_project(folder)
    if loaded.usable is None:
        message = f"{folder.name}: the definition has errors; nothing was imported."
        raise UnusableError(message, "Mend them first: `grants check`.", loaded.findings)
    records, files, findings = read_records(folder, loaded.usable.project)
    if records is None:
        message = f"{folder.name}: the records have errors; nothing was imported."
        raise UnusableError(message, "Mend them first: `grants check`.", findings)
    return Grounds(loaded, loaded.usable, read_form_labels(loaded.templates), records, files, state)


def describe_files(folder: Path) -> str:
    """What a project's files look like now: equal text, nobody has changed one."""
    return describe_state(folder, find_templates(folder)) + describe_records_state(folder)


def make_expected(grounds: Grounds, form: Form, language: str, period: str | None) -> Expected:
    """The form as it would be made now, or that much of it as an older form has.

    Raises UsageError for a period that is not there.
    """
    usable = grounds.usable
    if form is BUDGET:
        return expect(view_budget(usable.project, usable.totals, usable.donor, grounds.labels, language))
    if form is ACTIVITIES:
        return expect(view_activities(usable.project, usable.totals, usable.donor, grounds.labels, language))
    found = find_period(usable.project, period or "")
    expected = _expect_period(grounds, found, language)
    return expected if form is PERIOD else expected.within(form)


def _expect_period(grounds: Grounds, period: ReportingPeriod, language: str) -> Expected:
    """Why apart: laying out fifty thousand costs to know what they say takes longer than to read them. What the rest
    of the form shows of them is kept: a rate for each month and currency, and the costs that are refused.
    """
    records = name_periods(grounds.records, period.code)
    here = records.of(period)
    refused = {(x.partner, x.voucher) for x in here.finance.ineligible}
    telling = {
        (month_of(x.date), x.currency, (name, x.line) if (name := (x.partner, x.voucher)) in refused else None): x
        for x in here.expenditures
    }
    others = {**records.periods, period.code: replace(here, expenditures=tuple(telling.values()))}
    view = make_view(grounds.usable.project, replace(records, periods=others), period, grounds.labels, language)
    expected = expect(view)
    base = {key: words for key, words in expected.stamp.base.items() if key[0] != "expenditures"}
    rows = tuple(row for row in expected.stamp.rows if row.table != "expenditures" or row.id.startswith("spare:"))
    stamp = replace(expected.stamp, base=base, rows=rows)
    return replace(expected, stamp=stamp)


def say_costs(records: PeriodRecords) -> dict[str, dict[str, str]]:
    """Name of each cost -> what its row says."""
    names = name_expenditures(records)
    return dict(zip(names, map(say_cost, records.expenditures), strict=True))


def say_cost(cost: Expenditure) -> dict[str, str]:
    """Column -> what the row of a cost says."""
    return {key: say_value(getattr(cost, key), kind) for key, kind in _FIELDS.items()}
