"""`grants rates import`: published rates into a project's rates.csv, whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from grants.errors import Finding, Place, UnusableError, UsageError, has_errors
from grants.model import Project
from grants.model.calendar import month_of, months_between
from grants.model.records import Rate, Records
from grants.readers.csv_file import CsvRow
from grants.readers.project import read_project
from grants.readers.published import Published, Take, read_published
from grants.readers.records import RATES, read_rates, read_records
from grants.writers.csv_table import write_table
from grants.writers.files import write_whole

_Key = tuple[str, str]
"""Currency and month."""


@dataclass(frozen=True, slots=True)
class ImportedRates:
    """What became of an import."""

    file: Path
    added: tuple[Published, ...]
    already: int
    """Rates of the files that were there before, with the same value."""
    findings: tuple[Finding, ...]


def import_rates(
    files: Sequence[Path],
    folder: Path,
    today: datetime.date,
    currencies: Collection[str] = (),
    take: Take = "average",
    month: str | None = None,
) -> ImportedRates:
    """Add the rates of published files to those of a project: its currencies (or those named), its months.

    Rows that are there stay as they are. Raises UnusableError, and writes nothing, where a file is not known or gives
    another value for a month than rates.csv or another file.
    """
    project, _, findings = read_project(folder)
    if project is None:
        raise UnusableError("The project has errors.", "Mend them first: `grants check`.", findings)
    rows, findings = read_rates(folder)
    wanted = _list_wanted(project, currencies or _list_currencies(folder, project))
    published = []
    for file in files:
        found, faults = read_published(file, wanted, take, month)
        published += found
        findings += faults
    if not has_errors(findings):  # a file that could not be read may have them
        findings += _find_missing(published, wanted)
    kept = {(rate.currency, rate.month): (rate.rate, row.place(("rate",))) for row, rate in rows}
    added, already, faults = _merge(published, kept)
    findings += faults
    if has_errors(findings):
        raise UnusableError("No rate was imported; rates.csv is as it was.", "", findings)
    if added:
        write_whole({folder / RATES: _write(rows, added, today)})
    return ImportedRates(folder / RATES, tuple(added), already, tuple(findings))


def _list_currencies(folder: Path, project: Project) -> list[str]:
    """The currencies other than the budget's that the records are in. Raises UsageError where there is none."""
    records, _, findings = read_records(folder, project)
    if records is None:
        raise UnusableError("The records have errors.", "Mend them, or name currencies with --currency.", findings)
    found = sorted(set(_name_currencies(records)) - {project.budget.currency})
    if not found:
        raise UsageError(
            "The project has no costs in another currency yet.", "Name the currencies with --currency, such as RSD."
        )
    return found


def _name_currencies(records: Records) -> Iterable[str]:
    yield from (rate.currency for rate in records.rates)
    for period in records.periods.values():
        yield from (cost.currency for cost in period.expenditures)
        yield from (balance.currency for balance in period.finance.balances)
        yield from (pending.currency for pending in period.finance.pending)


def _list_wanted(project: Project, currencies: Iterable[str]) -> dict[_Key, None]:
    if project.budget.currency != "EUR":
        raise UsageError(
            f"The files give rates for one euro, and the budget is in {project.budget.currency}.",
            "Write the rates into rates.csv by hand.",
        )
    months = months_between(month_of(project.sheet.start), month_of(project.sheet.end))
    return {(currency, month): None for currency in currencies for month in months}


def _find_missing(published: Iterable[Published], wanted: Iterable[_Key]) -> list[Finding]:
    """Currencies of which no file has a single rate: the ECB, for one, gives none of the dinar."""
    there = {rate.currency for rate in published}
    return [
        Finding(
            "RATE-015",
            Place(RATES),
            f"No file has a rate of {currency} in the months of the project.",
            "The ECB does not publish every currency, InforEuro nearly all; look whether it is the right file.",
            currency,
            "warning",
        )
        for currency in dict.fromkeys(currency for currency, _ in wanted)
        if currency not in there
    ]


def _merge(
    published: Iterable[Published], kept: dict[_Key, tuple[Decimal, Place]]
) -> tuple[list[Published], int, list[Finding]]:
    """The rates that are new, the number of those that are not, and a finding for each that contradicts another."""
    added: list[Published] = []
    already, findings = 0, []
    for rate in sorted(published, key=lambda x: (x.currency, x.month)):
        before = kept.setdefault((rate.currency, rate.month), (rate.rate, Place(rate.file)))
        if before[1] == Place(rate.file) and before[0] == rate.rate:
            added.append(rate)
        elif before[0] == rate.rate:
            already += 1
        else:
            message = f"{rate.currency} for {rate.month} is {before[0]} here, and {rate.rate} in {rate.file}."
            remedy = "Find out which is right, and take the other out. Reports that were made rest on this one."
            findings.append(Finding("RATE-011", before[1], message, remedy, f"{rate.rate}"))
    return list(dict.fromkeys(added)), already, findings


def _write(rows: Sequence[tuple[CsvRow, Rate]], added: Iterable[Published], today: datetime.date) -> bytes:
    columns = rows[0][0].file.columns if rows else tuple(Rate.model_fields)
    table = [row.cells for row, _ in rows]
    for rate in added:
        cells = {
            "currency": rate.currency,
            "month": rate.month,
            "rate": f"{rate.rate:f}",
            "source": rate.source,
            "date": today.isoformat(),
        }
        table.append([cells[column] for column in columns])
    return write_table(columns, table)
