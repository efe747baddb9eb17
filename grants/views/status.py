"""What `grants status` says of a project: money, the next deadline, what is late, what waits for whom."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from grants.ledger.agenda import Deadline, State, Wait, add_up_received, find_state, list_deadlines, list_waiting
from grants.ledger.books import add_up_spent, find_budget_on
from grants.ledger.totals import add_up
from grants.model import Donor, Project
from grants.model.records import PaymentRequest, Records
from grants.model.scalars import Text
from grants.views.commands import quote_word
from grants.views.figures import format_money


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the list: a day, who is meant, and what."""

    day: datetime.date
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """A project on a day. Amounts in its currency; nothing of costs where there are none yet."""

    name: str
    """Of its folder."""
    code: str
    title: str
    donor: str
    state: State
    currency: str
    budget: Decimal
    grant: Decimal
    received: Decimal
    spent: Decimal
    late: tuple[Note, ...]
    coming: tuple[Note, ...]
    """Further deadlines, the next one first."""
    waiting: tuple[Note, ...]
    errors: int
    warnings: int

    @property
    def percent(self) -> Decimal:
        """Spent, in per cent of the budget; unrounded."""
        return self.spent * 100 / self.budget if self.budget else Decimal(0)


@dataclass(frozen=True, slots=True)
class Broken:
    """A project that cannot be read."""

    name: str
    errors: int


def view_status(
    name: str,
    project: Project,
    donor: Donor,
    records: Records,
    asked: Collection[PaymentRequest],
    counts: tuple[int, int],
    today: datetime.date,
) -> ProjectStatus:
    """A project's status. `asked` are the requests that go with reports that were handed in; `counts` errors and
    warnings.

    Spent and received are all that came back by that day, reported or not. The budget is the one in force on it: as
    signed, or last amended; before, that of the definition.
    """
    budget, _ = find_budget_on(project, records, today)
    deadlines = list_deadlines(project, today)
    notes = [Note(x.day, "", _name_deadline(x, project)) for x in deadlines]
    late = tuple(note for note in notes if note.day < today)
    return ProjectStatus(
        name=name,
        code=project.sheet.code,
        title=_say(project.sheet.title),
        donor=_say(donor.short_name),
        state=find_state(project, records, asked, today),
        currency=project.budget.currency,
        budget=add_up(replace(project, budget=budget)).grand.total,
        grant=_find_grant(project, today),
        received=sum(add_up_received(records, today).values(), Decimal("0.00")),
        spent=add_up_spent(project, records, today),
        late=late,
        coming=tuple(note for note in notes if note not in late),
        waiting=tuple(
            Note(x.since, x.for_whom, _name_wait(x, project.budget.currency))
            for x in list_waiting(project, records, asked, today)
        ),
        errors=counts[0],
        warnings=counts[1],
    )


def _find_grant(project: Project, today: datetime.date) -> Decimal:
    """What the donor gives on that day; before the signature, what is asked for."""
    grant = project.grant
    return grant.amount_on(today) if grant.contract and grant.contract.signed <= today else grant.amount_requested


def say_lines(status: ProjectStatus, today: datetime.date) -> list[tuple[str, str]]:
    """The lines below a project's name: how grave (late, soon, waiting, plain), and the text."""
    lines = [("plain", _say_money(status))]
    lines += [
        ("late", f"late      {note.day}  {note.text} ({_say_days(today - note.day)} ago)") for note in status.late
    ]
    for note in status.coming[:1]:
        days = note.day - today
        lines.append(
            ("soon" if days.days <= 30 else "plain", f"next      {note.day}  {note.text} (in {_say_days(days)})")
        )
    lines += [("waiting", f"waits     for {note.who}: {note.text} (since {note.day})") for note in status.waiting]
    if status.errors or status.warnings:
        command = f"grants check {quote_word(status.name)}"
        lines.append(("late" if status.errors else "plain", f"check     {say_counts(status)}: {command}"))
    return lines


def say_counts(status: ProjectStatus) -> str:
    """2 errors, 1 warning."""
    parts = [(status.errors, "error"), (status.warnings, "warning")]
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)


def _say_money(status: ProjectStatus) -> str:
    def money(amount: Decimal) -> str:
        return say_money(amount, status.currency)

    text = f"budget    {money(status.budget)}, of which the donor pays {money(status.grant)}"
    if status.state == "proposed":
        return text
    return f"{text}; spent {money(status.spent)} ({status.percent:.1f} %), received {money(status.received)}"


def say_money(amount: Decimal, currency: str) -> str:
    """An amount in English, with a common space: it is read on screens and searched for."""
    return format_money(amount, currency, "en").replace("\u00a0", " ")


def _say_days(days: datetime.timedelta) -> str:
    return f"{days.days:,} day{'' if days.days == 1 else 's'}"


def _name_deadline(deadline: Deadline, project: Project) -> str:
    if deadline.what == "guarantee":
        return "Letter of guarantee expires"
    report = next(x for x in project.grant.reports if x.code == deadline.what)
    return _say(report.title)


def _name_wait(wait: Wait, currency: str) -> str:
    if wait.what == "contract":
        return "answer to the proposal"
    if wait.what == "form":
        return f"filled-in form of {wait.code}"
    if wait.what == "report":
        return f"report {wait.code}"
    return f"instalment {wait.code}, {say_money(wait.amount or Decimal(0), currency)}"


def _say(text: Text) -> str:
    """A text in English where it is written in it: the command speaks English."""
    return text.in_language("en") if text.says("en") else next(iter(text.words.values()))
