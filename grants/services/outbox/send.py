"""`grants outbox send` and `resolve`: the approved message goes out, once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_exponential

from grants.errors import GrantsError, UsageError
from grants.ledger.outbox import Entry, Event, Standing, hash_message
from grants.model.mail import ADDRESS_PATTERN
from grants.model.message import Message, Outcome, Person
from grants.model.settings import Settings
from grants.services.outbox.compose import stop_at_errors
from grants.services.outbox.draft import compose_drafted, require_unchanged
from grants.services.outbox.eml_files import keep_sent, name_handed_over
from grants.services.outbox.record import (
    Record,
    find_message,
    machine,
    name_actor,
    open_record,
    read_again,
    recover,
    refuse,
    require_alone,
    settle,
)
from grants.services.outbox.ways import WayOut, choose_way
from grants.writers.mail.envelope import Envelope, Note
from grants.writers.mail.mime import build_message

Clock = Callable[[], datetime.datetime]
FIRST_WAIT = 5
LONGEST_WAIT = 120
_EVENTS: Mapping[str, Event] = {"accepted": "sent", "refused": "failed", "deferred": "deferred", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message."""

    result: str
    """sent, failed, deferred, unknown; or handed over, for a file or a draft that a person sends."""
    answer: str
    notes: list[str] = field(default_factory=list)


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
    composed = compose_drafted(folder, period)
    with open_record(folder) as opened, opened.journal.sending():
        notes = recover(opened, clock())
        record = read_again(opened)  # what another process did before this one had the lock
        standing = _find_sendable(record, period)
        require_unchanged(record, standing, composed, actor, clock())
        stop_at_errors(composed)
        way = choose_way(settings, environment, name_handed_over(folder, standing.id))
        envelope = _seal(composed.message, composed.files, composed.digest, way, clock())
        told = {"digest": composed.digest, "way": way.name, "recipients": envelope.recipients}
        began = told | ({"server": way.server} if way.server else {})
        entry = record.journal.write(clock(), "sending", standing.id, actor, began, after=record.last)
        note = _noting(record, entry, clock)
        try:
            outcome = try_again(lambda: way.attempt(envelope, note), settings.attempts, _pausing(note, sleep))
        except BaseException:  # Ctrl-C too: what it came to is on record before the program ends
            recover(read_again(record), clock())
            raise
        by_hand = way.by_hand and outcome.result == "accepted"  # whether it was done, only a person can say
        event = "unknown" if by_hand else _EVENTS[outcome.result]
        # whatever was logged of other messages meanwhile: what the server said is on record
        record.journal.write(clock(), event, standing.id, actor, told | {"answer": outcome.answer})
        if event in ("sent", "unknown") and not way.unsent:
            notes += keep_sent(folder, standing.id, envelope.data)
    return Sent("handed over" if by_hand else event, outcome.answer, [*opened.notes, *notes])


def require_sendable(folder: Path, period: str, who: str | None, now: datetime.datetime) -> list[str]:
    """Before anybody is asked whether to send: raises GrantsError where the message may not be, or nobody is named.
    What became of an attempt that was interrupted, where there was one.
    """
    actor = name_actor(who)
    with open_record(folder) as opened:
        record, told = settle(opened, period, now)
        standing = _find_sendable(record, period)
        require_unchanged(record, standing, compose_drafted(folder, period), actor, now)
    return told


def _find_sendable(record: Record, period: str) -> Standing:
    standing = find_message(record, period)
    if standing.state not in ("approved", "failed") or standing.approved is None:
        raise refuse(standing, "sent")
    require_alone(record, standing, "sent")
    return standing


def _seal(message: Message, files: Mapping[str, bytes], digest: str, way: WayOut, date: datetime.datetime) -> Envelope:
    data = build_message(message, files, digest, date, unsent=way.unsent, hidden=way.hidden)
    return Envelope(message.sender.address, message.addresses, data)


def _noting(record: Record, entry: Entry, clock: Clock) -> Note:
    return lambda step: record.journal.note_step(entry, step, clock(), machine())


def _pausing(note: Note, sleep: Callable[[float], None]) -> Callable[[float], None]:
    """Whoever is stopped in a pause sent nothing: the server had asked to try later."""

    def pause(seconds: float) -> None:
        note("connecting")
        sleep(seconds)

    return pause


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
    composed = compose_drafted(folder, period)
    require_testable(settings, composed.message, address)
    stop_at_errors(composed)
    message = _as_test(composed.message, address)
    with open_record(folder) as record:
        standing = find_message(record, period)
        way = choose_way(settings, environment, name_handed_over(folder, standing.id))
        outcome = way.attempt(_seal(message, composed.files, hash_message(message), way, clock()), lambda _: None)
        told = {"answer": outcome.answer, "recipients": [address], "result": outcome.result}
        record.journal.write(clock(), "tested", standing.id, actor, told)
    return Sent(outcome.result, outcome.answer)


def require_testable(settings: Settings, message: Message, address: str) -> None:
    """Before anybody is asked: raises GrantsError where a message cannot be sent as a test, or not to this address.

    A test is not approved, so it stays in the house: at an address of the sender's own domain.
    """
    if settings.way == "eml":
        raise GrantsError("A test needs a server, and your settings name none.", "See docs/outbox.md.", code="MAIL-018")
    domain = message.sender.address.rpartition("@")[2].lower()
    if not re.fullmatch(ADDRESS_PATTERN, address) or address.rpartition("@")[2].lower() != domain:
        remedy = "What goes to others is approved first: `grants outbox approve`."
        raise UsageError(f"`{address}` is no address at {domain}; a test goes to your own.", remedy, code="MAIL-027")


def _as_test(message: Message, address: str) -> Message:
    return replace(message, to=(Person("", address),), cc=(), bcc=(), reply_to=(), subject=f"[TEST] {message.subject}")
