"""`grants outbox resolve`: what a person found out about a message of which nobody knew; or that it was not so."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from grants.errors import GrantsError, UsageError
from grants.ledger.outbox import Standing
from grants.services.outbox.record import (
    Record,
    find_message,
    name_actor,
    open_record,
    read_again,
    recover,
    refuse,
    remark_clock,
    require_words,
)


def resolve_message(
    folder: Path,
    period: str,
    who: str | None,
    note: str,
    now: datetime.datetime,
    *,
    sent: bool,
    on: datetime.date | None = None,
) -> tuple[Standing, list[str]]:
    """Record what became of a message of which nobody knew; `on` is the day on which a person sent it. The message as
    it stands then, and remarks.
    """
    actor, note = name_actor(who), require_words(note, "--note")
    with open_record(folder) as opened, opened.journal.sending():
        told = [*remark_clock(opened.last, now), *recover(opened, now)]
        record = read_again(opened)
        standing = _find_latest(record, period, lambda x: x.state == "unknown")
        if standing is None:
            raise refuse(find_message(record, period), "resolved")
        detail = {"sent": sent, "note": note} | _tell_day(standing, on, now)
        record.journal.write(now, "resolved", standing.id, actor, detail, after=record.last)
        resolved = read_again(record).standings[standing.id]
    return resolved, [*told, *opened.notes]


def reopen_message(
    folder: Path, period: str, who: str | None, note: str, now: datetime.datetime
) -> tuple[Standing, list[str]]:
    """Record that what a person said with `resolve` was a mistake: again nobody knows, and nothing is sent. The message
    as it stands then, and remarks.

    Raises GrantsError where nobody said anything, or the message was tried again since.
    """
    actor, note = name_actor(who), require_words(note, "--note")
    with open_record(folder) as opened, opened.journal.sending():
        record = read_again(opened)
        standing = _find_latest(record, period, lambda x: x.resolved is not None)
        if standing is None:
            name = find_message(record, period).id
            message = f"What became of {name} was not said by a person with `resolve`; there is nothing to take back."
            raise GrantsError(message, "See what was done: `grants outbox log`.", code="MAIL-016")
        record.journal.write(now, "reopened", standing.id, actor, {"note": note}, after=record.last)
        reopened = read_again(record).standings[standing.id]
    return reopened, [*remark_clock(opened.last, now), *opened.notes]


def _find_latest(record: Record, period: str, wanted: Callable[[Standing], bool]) -> Standing | None:
    return next((x for x in reversed(list(record.standings.values())) if x.period == period and wanted(x)), None)


def _tell_day(standing: Standing, on: datetime.date | None, now: datetime.datetime) -> dict[str, str]:
    """For the log. Raises UsageError for a day on which the message cannot have been sent."""
    if on is None:
        return {}
    first = datetime.date.fromisoformat(standing.tried.at[:10])
    if not first <= on <= now.date():
        remedy = f"It was handed over on {first}; say a day from then to today."
        raise UsageError(f"This message was not sent on {on}.", remedy)
    return {"on": on.isoformat()}
