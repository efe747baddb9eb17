"""What is due, what is late, and what waits for whom, on a day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from grants.ledger.payments import find_rest
from grants.model import Project
from grants.model.grant import ReportDue
from grants.model.records import PaymentRequest, Records

State = Literal["proposed", "running", "over", "closed"]
Waiting = Literal["programme manager", "finance", "donor"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A report, or the letter of guarantee, with the day by which something is to be done."""

    what: str
    """A report's code, or `guarantee`."""
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that somebody has to do before the project goes on."""

    for_whom: Waiting
    what: Literal["contract", "form", "report", "instalment"]
    code: str
    """Of the period, report or instalment; empty for the contract."""
    since: datetime.date
    amount: Decimal | None = None


def find_state(project: Project, records: Records, asked: Collection[PaymentRequest], today: datetime.date) -> State:
    """Where a project stands. It is closed when its final reports are handed in and nothing more is awaited."""
    if not _is_signed(project, today):
        return "proposed"
    if today <= project.end_on(today):
        return "running"
    final = [x for x in project.grant.reports if x.kind in ("final", "completion")]
    is_open = any(_is_due(x, today) for x in final) or any(list_waiting(project, records, asked, today))
    return "over" if is_open or not final else "closed"


def list_deadlines(project: Project, today: datetime.date) -> list[Deadline]:
    """Everything with a day that is not done by today, the first first. Nothing before the contract is signed."""
    contract = project.grant.contract
    if contract is None or not _is_signed(project, today):
        return []
    due = [Deadline(x.code, x.due) for x in project.grant.reports if _is_due(x, today)]
    if contract.guarantee and due:
        due.append(Deadline("guarantee", contract.guarantee.expires))
    return sorted(due, key=lambda x: x.day)


def list_waiting(
    project: Project, records: Records, asked: Collection[PaymentRequest], today: datetime.date
) -> Iterator[Wait]:
    """What waits for whom: the contract, filled-in forms, reports, instalments that were asked for.

    `asked` are the requests that go with reports that were handed in; what is recorded of an instalment goes before.
    """
    grant = project.grant
    if not _is_signed(project, today):
        if project.sheet.date < today:  # until its date the proposal is being written
            yield Wait("donor", "contract", "", project.sheet.date)
        return
    for period in grant.reporting_periods:
        if period.end < today and not records.of(period).has_come_back:
            yield Wait("finance", "form", period.code, period.end)
    for report in grant.reports:
        over = report.kind in ("interim", "final") and report.end < today and _is_due(report, today)
        if over and _has_all(project, records, report):
            yield Wait("programme manager", "report", report.code, report.end)
    received = add_up_received(records, today)
    recorded = [x for period in records.periods.values() for x in period.finance.requests]
    noted = {x.instalment for x in recorded}
    for request in (*recorded, *(x for x in asked if x.instalment not in noted)):
        if request.date <= today and (rest := find_rest(request, received)):
            yield Wait("donor", "instalment", request.instalment, request.date, rest)


def add_up_received(records: Records, today: datetime.date) -> dict[str, Decimal]:
    """What the donor has paid of each instalment by a day, in one transfer or several; the balance too, which arrives
    when all periods are over."""
    received: dict[str, Decimal] = {}
    for receipt in (receipt for period in records.periods.values() for receipt in period.finance.received):
        if receipt.date <= today:
            received[receipt.instalment] = received.get(receipt.instalment, Decimal("0.00")) + receipt.amount
    return received


def _is_signed(project: Project, today: datetime.date) -> bool:
    return project.grant.contract is not None and project.grant.contract.signed <= today


def _is_due(report: ReportDue, today: datetime.date) -> bool:
    """Whether it is not handed in yet on that day."""
    return report.submitted is None or report.submitted > today


def _has_all(project: Project, records: Records, report: ReportDue) -> bool:
    """Whether every period up to the report's end has come back: before, the report waits for the forms."""
    periods = [x for x in project.grant.reporting_periods if x.end <= report.end]
    return bool(periods) and all(records.of(x).has_come_back for x in periods)
