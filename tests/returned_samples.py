"""The filled workbooks of the sample as they came back: KLIMAKA's rows in the Greek form, ASTRA's in the Serbian one.

Each is the form of a period without records, filled in with what the records of the period say now: importing both
into a project without that period brings back whatever the form asks for. One workbook more has the mistakes that
people make, seeded. `python -m tests.returned_samples` writes them anew; ASTRA's go through LibreOffice (`soffice`).
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from grants.forms import Stamp
from grants.model import Project
from grants.model.records import (
    Actual,
    Expenditure,
    Finance,
    Ineligible,
    PeriodRecords,
    Progress,
    Records,
    Repayment,
)
from grants.model.scalars import Text
from grants.readers.project import read_project
from grants.readers.records import read_records
from grants.services.form import find_period, make_view, read_form_labels
from grants.services.inputs import list_inputs
from grants.services.manifest import hash_definition, hash_files
from grants.views.text_fit import count_lines, row_height
from grants.writers.excel import write_workbook
from tests.workbooks import ROOT, SHELTER, convert, open_workbook

FOLDER = ROOT / "projects" / SHELTER
RETURNED = FOLDER / "returned"
Values = Mapping[str, object]
FORMS = {("2008-H1", "el"): "KLI", ("2008-H1", "sr"): "AST", ("2008-H2", "el"): "KLI", ("2008-H2", "sr"): "AST"}
"""Period and language -> whose rows."""
ASTRA_COUNTS = ("Oc2", "Op2", "TG2", "TG3", "TG4")
"""Beginnings of the codes of indicators and target groups that ASTRA counts."""
FAULTY = "2008-H1.with-faults.el.xlsx"


@dataclass(frozen=True)
class Fault:
    """A mistake: in which row of which table, in which column, what was typed there."""

    what: str
    table: str
    row: str
    """Voucher, code, or number of the row (from 1)."""
    column: str
    typed: object


FAULTS = (
    Fault("a number as a text, in the Greek way", "expenditures", "ΔΑΠ-004", "amount", "1.100,50"),
    Fault("a number that can be read in two ways", "expenditures", "ΔΑΠ-002", "amount", "1.100"),
    Fault("a number in words", "expenditures", "ΔΑΠ-003", "amount", "περίπου 200"),
    Fault("a date as a text", "expenditures", "ΔΑΠ-006", "date", "15/01/2008"),
    Fault("a date outside the period", "expenditures", "ΔΑΠ-007", "date", datetime.date(2008, 7, 3)),
    Fault("a date that does not exist", "expenditures", "ΔΑΠ-008", "date", "31/02/2008"),
    Fault("a budget line that does not exist", "expenditures", "ΔΑΠ-009", "line", "9.9"),
    Fault("no payee", "expenditures", "ΔΑΠ-014", "payee", None),
    Fault("a broken reference", "expenditures", "ΔΑΠ-011", "amount", "#REF!"),
    Fault("a formula typed over", "expenditures", "ΔΑΠ-012", "converted", 999.99),
    Fault("a currency that is not in the list", "expenditures", "ΔΑΠ-013", "currency", "USD"),
    Fault("a voucher booked twice", "expenditures", "ΔΑΠ-015", "*", "ΔΑΠ-016"),
    Fault("more girls than women", "indicator_actuals", "Op1.1-1", "girls", 12),
    Fault("money without the bank's reference", "own_contributions", "2", "reference", None),
    Fault("a status that is not in the list", "activity_progress", "A2.2.2", "status", "σχεδόν έτοιμο"),
)
"""`*`: the whole row repeats the one of that voucher."""


@cache
def load_records() -> tuple[Project, Records]:
    """The sample with everything that came back of it."""
    project, _, findings = read_project(FOLDER)
    assert project, findings
    records, _, faults = read_records(FOLDER, project)
    assert records, faults
    return project, records


def make_form(period: str, language: str) -> tuple[Workbook, Stamp]:
    """The form as it went out: only what earlier periods brought is known."""
    project, records = load_records()
    earlier = {x.code for x in project.grant.reporting_periods if x.code < period}
    before = replace(records, periods={code: x for code, x in records.periods.items() if code in earlier})
    labels = read_form_labels(ROOT / "templates")
    view = make_view(project, before, find_period(project, period), labels, language)
    stamp = {"version": project.sheet.version, "definition": hash_definition(hash_files(list_inputs(FOLDER), FOLDER))}
    return open_workbook(write_workbook(view, stamp)), view.form


def make_returned(period: str, language: str, faults: Sequence[Fault] = ()) -> bytes:
    """The workbook of a period as its partner filled it in, perhaps with mistakes."""
    book, form = make_form(period, language)
    _, records = load_records()
    tables = list_tables(records.periods[period], FORMS[period, language], language, form)
    for table, rows in tables.items():
        _fill(book, form, table, rows)
    for fault in faults:
        _spoil(book, form, tables, fault)
    return _settle(book)


def list_tables(records: PeriodRecords, partner: str, language: str, form: Stamp) -> dict[str, dict[str, Values]]:
    """Table -> row (its number from 1, or its code) -> column -> value."""
    finance, own = records.finance, partner == "KLI"
    tables: dict[str, list[Values]] = {
        "expenditures": [_read(x, Expenditure) for x in records.expenditures if x.partner == partner],
        "own_contributions": [dict(x) for x in finance.own_contributions if x.source == partner],
        "balances": [dict(x) for x in finance.balances if (x.currency == "EUR") == own],
        "pending": [dict(x) for x in finance.pending if (x.currency == "EUR") == own],
        "received": [dict(x) for x in finance.received if own],
        "transfers": [dict(x) for x in finance.transfers if own],
        "interest": [dict(x) for x in finance.interest if own],
        "returned": [_say_reason(x, language) for x in finance.returned if own],
        "ineligible": [_say_reason(x, language) for x in finance.ineligible if (x.partner == "KLI") == own],
    }
    numbered: dict[str, dict[str, Values]] = {
        key: {str(number): row for number, row in enumerate(rows, 1)} for key, rows in tables.items()
    }
    progress = _say_activities(records.progress, language, form) if own else {}
    return numbered | {
        "activity_progress": progress,
        "milestones_reached": {x: {"reached": day} for x, day in records.progress.milestones.items() if own},
        "indicator_actuals": {
            code: _say_actual(x, language) for code, x in records.progress.indicators.items() if _counts(code, own)
        },
        "groups_reached": {code: dict(x) for code, x in records.progress.groups.items() if _counts(code, own)},
        "forecast": _say_forecast(finance, language) if own else {},
        "exchange_difference": _say_difference(finance, language, form) if own else {},
    }


def _say_reason(entry: Repayment | Ineligible, language: str) -> Values:
    return {**dict(entry), "reason": _say(entry.reason, language)}


def _say_difference(finance: Finance, language: str, form: Stamp) -> dict[str, Values]:
    """The one row of that table; nothing where there is no difference."""
    (currency,) = (row.id for row in form.rows if row.table == "exchange_difference")
    known = finance.exchange_difference
    return {currency: {"amount": known.amount, "reason": _say(known.reason, language)}} if known else {}


def _read(record: Expenditure, model: type[Expenditure]) -> Values:
    return {name: getattr(record, name) for name in model.model_fields}


def _counts(code: str, own: bool) -> bool:
    return code.startswith(ASTRA_COUNTS) != own


def _say(text: Text | None, language: str) -> str | None:
    return text.in_language(language) if text and text.says(language) else None


def _say_activities(progress: Progress, language: str, form: Stamp) -> dict[str, Values]:
    texts = ("done", "deviation", "evidence")
    return {
        code: {
            "status": form.choices["statuses", x.status],
            "start": _first_day(x.start),
            "end": _first_day(x.end),
            **{key: _say(getattr(x, key), language) for key in texts},
        }
        for code, x in progress.activities.items()
    }


def _first_day(month: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(f"{month}-01") if month else None


def _say_actual(actual: Actual, language: str) -> Values:
    return {**dict(actual), "remarks": _say(actual.remarks, language)}


def _say_forecast(finance: Finance, language: str) -> dict[str, Values]:
    codes = dict.fromkeys([*finance.forecast, *finance.explanations])
    return {
        code: {
            "forecast": finance.forecast.get(code),
            "explanation": _say(finance.explanations.get(code), language),
        }
        for code in codes
    }


def _fill(book: Workbook, form: Stamp, table: str, rows: Mapping[str, Values]) -> None:
    for name, values in rows.items():
        for column, value in values.items():
            if value is not None and (table, column) in form.columns:
                sheet, cell = find_cell(book, form, table, name, column)
                _type(sheet, cell, value)


def _type(sheet: Worksheet, cell: str, value: object) -> None:
    """As somebody types it, who then makes the row as high as its text needs."""
    sheet[cell] = float(value) if isinstance(value, Decimal) else value
    if isinstance(value, str):
        row, width = sheet.row_dimensions[sheet[cell].row], sheet.column_dimensions[sheet[cell].column_letter].width
        row.height = max(row.height or 0, row_height(count_lines(value, width)))


def find_cell(book: Workbook, form: Stamp, table: str, row: str, column: str) -> tuple[Worksheet, str]:
    """Sheet and address of a cell: of the row with that number (from 1), or of that code."""
    place = form.tables[table]
    known = {x.id: x.row for x in form.rows if x.table == table}
    number = known[row] if row in known else place.first + int(row) - 1
    return book[place.sheet], f"{form.columns[table, column]}{number}"


def _spoil(book: Workbook, form: Stamp, tables: Mapping[str, Mapping[str, Values]], fault: Fault) -> None:
    rows = tables[fault.table]
    number = {x["voucher"]: name for name, x in rows.items()} if fault.table == "expenditures" else {}
    row = number.get(fault.row, fault.row)
    typed = {fault.column: fault.typed}
    if fault.column == "*":
        typed = dict(rows[number[fault.typed]])
    for column, value in typed.items():
        _type(*find_cell(book, form, fault.table, row, column), value)


_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def _settle(book: Workbook) -> bytes:
    """The file without the time of the clock, so that it comes out the same each time."""
    saved, settled = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = _MODIFIED.sub(rb"\g<1>2008-07-15T09:00:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, (2008, 7, 15, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def write_all(folder: Path = RETURNED, through_office: Callable[[Sequence[bytes]], Iterable[bytes]] = convert) -> None:
    """Write all of them; those in Serbian as LibreOffice saves them."""
    folder.mkdir(exist_ok=True)
    made = {f"{period}.{language}.xlsx": make_returned(period, language) for period, language in FORMS}
    serbian = [name for name in made if ".sr." in name]
    made |= dict(zip(serbian, through_office([made[name] for name in serbian]), strict=True))
    made[FAULTY] = make_returned("2008-H1", "el", FAULTS)
    for name, data in made.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_all()
