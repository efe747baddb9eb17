"""`grants outbox send` and `resolve`: the approved message goes out, once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_exponential

from grants.errors import GrantsError, UnusableError
from grants.ledger.outbox import Entry, Event, hash_message, list_standings
from grants.model.message import Message, Outcome, Person, Step
from grants.model.settings import Settings
from grants.readers.mail import find_settings, read_settings
from grants.services.outbox.compose import Composed, compose, stop_at_errors
from grants.services.outbox.draft import require_unchanged
from grants.services.outbox.record import Record, find_message, machine, name_actor, open_record, recover, refuse
from grants.writers.files import write_whole
from grants.writers.mail.mime import build_message
from grants.writers.mail.secrets import read_credentials
from grants.writers.mail.smtp import Envelope, send_by_smtp

Clock = Callable[[], datetime.datetime]
FIRST_WAIT = 5
LONGEST_WAIT = 120
_EVENTS: Mapping[str, Event] = {"accepted": "sent", "refused": "failed", "deferred": "deferred", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message."""

    result: str
    """sent, failed, deferred, unknown; or written, for a file that a person sends."""
    answer: str
    notes: list[str] = field(default_factory=list)


def load_settings(environment: Mapping[str, str]) -> Settings:
    """A user's settings. Raises UnusableError where they have faults."""
    settings, findings = read_settings(find_settings(environment))
    if settings is None:
        raise UnusableError("Your settings have errors; nothing was sent.", "See docs/outbox.md.", findings)
    if settings.way == "smtp" and settings.smtp is None:
        message = "Your settings choose SMTP and name no server."
        raise GrantsError(message, "Add a part `[smtp]` with `host` (docs/outbox.md).", code="MAIL-018")
    return settings


def send_message(
    folder: Path,
    period: str,
    who: str | None,
    settings: Settings,
    environment: Mapping[str, str],
    clock: Clock,
    sleep: Callable[[float], None],
) -> Sent:
    """Send the approved message. Raises GrantsError where it may not be sent, and says why."""
    actor = name_actor(who)
    composed = compose(folder, period)
    with open_record(folder) as opened, opened.journal.sending():
        notes = [note for note in (opened.note, *recover(opened, clock())) if note]
        entries = opened.journal.read_entries()  # again: what another process did before this one had the lock
        record = Record(opened.journal, list_standings(entries), entries[-1], None)
        standing = find_message(record, period)
        if standing.state not in ("approved", "failed") or standing.approved is None:
            raise refuse(standing, "sent")
        require_unchanged(record, standing, composed, actor, clock())
        stop_at_errors(composed)
        if settings.way == "eml" or settings.smtp is None:
            return _hand_over(folder, record, standing.id, composed, actor, clock())
        credentials = read_credentials(settings.smtp, environment)
        date = clock()
        data = build_message(composed.message, composed.files, composed.digest, date)
        envelope = Envelope(composed.message.sender.address, composed.message.addresses, data)
        detail = {
            "digest": composed.digest,
            "way": "smtp",
            "server": settings.smtp.host,
            "recipients": envelope.recipients,
        }
        entry = record.journal.write(clock(), "sending", standing.id, actor, detail, after=record.last)
        server = settings.smtp

        def attempt() -> Outcome:
            return send_by_smtp(envelope, server, credentials, _noting(record, entry, clock))

        outcome = try_again(attempt, settings.attempts, sleep)
        told = {"answer": outcome.answer, "recipients": envelope.recipients, "digest": composed.digest}
        record.journal.write(clock(), _EVENTS[outcome.result], standing.id, actor, told, after=entry)
    return Sent(_EVENTS[outcome.result], outcome.answer, notes)


def _noting(record: Record, entry: Entry, clock: Clock) -> Callable[[Step], None]:
    return lambda step: record.journal.note_step(entry, step, clock(), machine())


def try_again(attempt: Callable[[], Outcome], attempts: int, sleep: Callable[[float], None]) -> Outcome:
    """The outcome of an attempt, repeated with growing pauses while the server asks for it; the last one counts."""
    retrying = Retrying(
        stop=stop_after_attempt(attempts),
        wait=wait_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT),
        retry=retry_if_result(lambda outcome: outcome.again),
        sleep=sleep,
    )
    try:
        outcome: Outcome = retrying(attempt)
    except RetryError as error:
        outcome = error.last_attempt.result()
    return outcome


def _hand_over(
    folder: Path, record: Record, name: str, composed: Composed, actor: tuple[str, str], now: datetime.datetime
) -> Sent:
    """Write the file that a person opens and sends; whether that was done, only a person can say."""
    file = folder / "outbox" / "messages" / f"{name}.eml"
    detail = {"digest": composed.digest, "way": "eml", "recipients": list(composed.message.addresses)}
    entry = record.journal.write(now, "sending", name, actor, detail, after=record.last)
    write_whole({file: build_message(composed.message, composed.files, composed.digest, now, unsent=True)})
    answer = "handed over as a file, to be sent by hand"
    record.journal.write(now, "unknown", name, actor, {"answer": answer, "way": "eml"}, after=entry)
    return Sent("written", str(file))


def send_test(
    folder: Path,
    period: str,
    who: str | None,
    address: str,
    settings: Settings,
    environment: Mapping[str, str],
    clock: Clock,
) -> Sent:
    """Send the message as it is now to one address of your own, marked as a test; its state does not change."""
    actor = name_actor(who)
    composed = compose(folder, period)
    stop_at_errors(composed)
    if settings.smtp is None or settings.way != "smtp":
        raise GrantsError("A test needs a server, and your settings name none.", "See docs/outbox.md.", code="MAIL-018")
    message = _as_test(composed.message, address)
    data = build_message(message, composed.files, hash_message(message), clock())
    with open_record(folder) as record:
        standing = find_message(record, period)
        envelope = Envelope(message.sender.address, (address,), data)
        outcome = send_by_smtp(envelope, settings.smtp, read_credentials(settings.smtp, environment), lambda _: None)
        told = {"answer": outcome.answer, "recipients": [address], "result": outcome.result}
        record.journal.write(clock(), "tested", standing.id, actor, told)
    return Sent(outcome.result, outcome.answer)


def _as_test(message: Message, address: str) -> Message:
    return replace(message, to=(Person("", address),), cc=(), bcc=(), reply_to=(), subject=f"[TEST] {message.subject}")


def resolve_message(
    folder: Path, period: str, who: str | None, note: str, now: datetime.datetime, *, sent: bool
) -> str:
    """Record what a person found out about a message of which nobody knew. Its name."""
    actor = name_actor(who)
    with open_record(folder) as record, record.journal.sending():
        recover(record, now)
        entries = record.journal.read_entries()
        standing = find_message(Record(record.journal, list_standings(entries), entries[-1], None), period)
        if standing.state != "unknown":
            raise refuse(standing, "resolved")
        record.journal.write(now, "resolved", standing.id, actor, {"sent": sent, "note": note}, after=entries[-1])
    return standing.id
