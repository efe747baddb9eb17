"""`grants outbox draft`, `approve` and `cancel`: a message is made, seen by a second person, or given up."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from grants.errors import Finding, GrantsError, Place, UnusableError, UsageError
from grants.ledger.outbox import (
    Entry,
    Standing,
    describe_replaced,
    find_current,
    find_sent,
    is_same_user,
    name_message,
    read_replaced,
)
from grants.model.message import Message
from grants.model.same_name import is_same_name
from grants.services.manifest import hash_bytes
from grants.services.outbox.compose import MEGABYTE, Composed, compose, stop_at_errors
from grants.services.outbox.eml_files import name_draft, name_handed_over, name_sent
from grants.services.outbox.look import read_standings
from grants.services.outbox.record import (
    Record,
    find_message,
    list_barring,
    name_actor,
    open_record,
    refuse,
    require_alone,
    require_words,
    settle,
)
from grants.writers.files import write_whole
from grants.writers.mail.journal import clash
from grants.writers.mail.mime import build_message, name_message_id

Now = datetime.datetime
_STANDING = ("drafted", "approved", "failed")
"""States in which a message may still go out as it is."""


@dataclass(frozen=True, slots=True)
class View:
    """A message as a person sees it before deciding."""

    message: Message
    digest: str
    id: str
    eml: Path
    encoded: int
    """Bytes of the whole message as it goes out."""
    most: int | None
    """Bytes that the donor's server takes."""
    state: str
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    history: tuple[Entry, ...] = ()
    """Who drafted it, who approved it, and what became of it."""


def draft_message(folder: Path, period: str, who: str | None, now: Now, correction: str | None = None) -> View:
    """Make the message of a report, record it, and write it as outbox/messages/drafts/<id>.eml.

    Raises UnusableError where a finding forbids it, GrantsError where the report was sent already or nobody knows.
    """
    actor = name_actor(who)
    correction = None if correction is None else require_words(correction, "--correction")
    known = read_standings(folder)
    sent, reason = find_sent(known, period), correction or _carry_on(find_current(known, period))
    composed = compose(folder, period, describe_replaced(sent) if sent and reason else None)
    view = _view(folder, composed, "drafted", now)
    stop_at_errors(composed)
    with open_record(folder) as opened:
        record, interrupted = settle(opened, period, now)
        current = find_current(record.standings, period)
        view.notes.extend(interrupted)
        _refuse_repeat(record, period, reason)
        if find_sent(record.standings, period) != sent:
            raise clash()
        if sent and reason:
            _refuse_same(folder, sent)
        elif correction:
            message = f"Nothing of {period} was sent yet; there is nothing to correct."
            raise UsageError(message, "Draft it without --correction.", code="MAIL-016")
        if current and current.id == view.id and current.state in _STANDING:
            view = replace(view, state=current.state, history=_list_history(current))
        else:
            last = record.last
            if current and current.state in _STANDING:
                told, last = _void(record, current, composed, actor, now)
                view.notes.append(told)
            detail = _describe(composed, view) | ({"correction": reason} if sent and reason else {})
            record.journal.write(now, "drafted", view.id, actor, detail, after=last)
    view.notes.extend(opened.notes)
    write_whole({view.eml: build_message(composed.message, composed.files, composed.digest, now, unsent=True)})
    return view


def _carry_on(current: Standing | None) -> str | None:
    """The reason of a correction that is drafted anew; one that was given up, or sent, needs a reason of its own."""
    if current is None or current.state in ("cancelled", "sent"):
        return None
    reason: str | None = current.drafted.detail.get("correction")
    return reason


def _refuse_repeat(record: Record, period: str, correction: str | None) -> None:
    """Raise GrantsError where a message of the report was sent or may have been: whatever was drafted since."""
    for other in list_barring(record, period, correction=bool(correction)):
        raise refuse(other, "drafted")


def _refuse_same(folder: Path, sent: Standing) -> None:
    """Raise GrantsError where a correction would say what the message that was sent said."""
    if compose(folder, sent.period, read_replaced(sent, {})).digest == sent.digest:
        message = f"Files, recipients and words are those of the message sent on {sent.sent_when} to {sent.people}"
        remedy = "Make the corrected report first: `grants report`."
        raise GrantsError(f"{message}; nothing to correct.", remedy, code="MAIL-012")


def _describe(composed: Composed, view: View) -> dict[str, Any]:
    """What the log keeps of a draft: whom, what, which files; of the body only the hash."""
    message = composed.message
    return {
        "period": message.period,
        "digest": composed.digest,
        "message_id": name_message_id(message, composed.digest),
        "sender": str(message.sender),
        **{name: [str(person) for person in getattr(message, name)] for name in ("to", "cc", "bcc", "reply_to")},
        "recipients": list(message.addresses),
        "subject": message.subject,
        "text": hash_bytes(message.text.encode()),
        "bytes": view.encoded,
        "attachments": [
            {"name": f.name, "bytes": f.size, "sha256": f.sha256, **({"copy_of": f.copy_of} if f.copy_of else {})}
            for f in message.attachments
        ],
        **_tell_let_through(message),
        **({"replaces": asdict(message.replaces)} if message.replaces else {}),
    }


def _tell_let_through(message: Message) -> dict[str, list[str]]:
    """For the log: what goes out by an exception, with its reason; not what it says."""
    return {"let_through": [str(thing) for thing in message.let_through]} if message.let_through else {}


def _view(folder: Path, composed: Composed, state: str, now: Now) -> View:
    """The message to look at; too large a one is a finding."""
    name = name_message(composed.message.period, composed.digest)
    limit = composed.donor_mail.limit
    most = limit.most_megabytes * MEGABYTE if limit else None
    encoded = 0
    if composed.message.sender.address:
        encoded = len(build_message(composed.message, composed.files, composed.digest, now))
    if limit and most is not None and encoded > most:
        message = f"The message has {encoded:,} bytes after encoding; the donor takes {most:,}."
        remedy = "Attach less, or send the files another way."
        source = f"{limit.source.in_language('en') if limit.source.says('en') else ''} ({limit.confidence})"
        composed.findings.append(Finding("MAIL-005", Place("outbox.yaml"), message, remedy, source=source))
    return View(
        composed.message, composed.digest, name, name_draft(folder, name), encoded, most, state, composed.findings
    )


def compose_drafted(folder: Path, period: str) -> Composed:
    """The message of a report as it would go out now: a correction where one was drafted."""
    known = read_standings(folder)
    current = find_current(known, period)
    return compose(folder, period, read_replaced(current, known) if current else None)


def view_message(folder: Path, period: str, now: Now) -> View:
    """The message of a report as it would go out now, with its state; a change since the draft is told."""
    composed = compose_drafted(folder, period)
    with open_record(folder) as record:
        standing = find_message(record, period)
        view = replace(_view(folder, composed, standing.state, now), history=_list_history(standing))
        view.notes.extend(_remark_user(standing))
        if standing.digest != composed.digest:
            view = replace(view, state="changed: not drafted, not approved")  # whatever the earlier one was
            view.notes.append(_tell_changed(standing, composed))
        elif standing.sent:
            view = replace(view, findings=[])  # it is gone: what has changed since concerns the next one
    view.notes.extend(record.notes)
    files = (name_handed_over(folder, view.id), name_sent(folder, view.id))
    return replace(view, eml=next((file for file in files if file.exists()), view.eml))


def _list_history(standing: Standing) -> tuple[Entry, ...]:
    steps = (standing.drafted, standing.approved, standing.last)
    return tuple({entry.number: entry for entry in steps if entry is not None}.values())


def _remark_user(standing: Standing) -> list[str]:
    """What a reader should know of an approval whose second name was typed at the drafter's own account."""
    drafter, approver = standing.drafted, standing.approved
    if approver is None or not is_same_user(drafter, approver):
        return []
    where = " and ".join(dict.fromkeys((drafter.user, approver.user)))
    return [f"Drafted and approved by the same user of the system ({where}); the log says so."]


def _tell_changed(standing: Standing, composed: Composed) -> str:
    """What a reader of a message that is no longer the drafted one should know."""
    since = "sent" if standing.sent else "drafted"
    approval = ""
    if standing.approved and not standing.sent:
        approval = f" The approval by {standing.approved.who} does not hold for this."
    return f"Changed since it was {since}: {', '.join(list_changes(standing, composed))}.{approval}"


def list_changes(standing: Standing, composed: Composed) -> list[str]:
    """What is not as it was drafted, as far as the log tells."""
    then = standing.drafted.detail
    now: dict[str, Any] = {
        "sender": str(composed.message.sender),
        "subject": composed.message.subject,
        **{key: [str(p) for p in getattr(composed.message, key)] for key in ("to", "cc", "bcc", "reply_to")},
    }
    changed = [key.replace("_", "-") for key, value in now.items() if then.get(key) != value]
    files = {file.name: file.sha256 for file in composed.message.attachments}
    before = {file["name"]: file["sha256"] for file in then.get("attachments", ())}
    if then.get("text") not in (None, hash_bytes(composed.message.text.encode())):
        changed.append("the text")
    if then.get("let_through") != _tell_let_through(composed.message).get("let_through"):
        changed.append("what is allowed to go out")
    changed += [name for name in sorted(files.keys() | before.keys()) if files.get(name) != before.get(name)]
    return changed or ["the text"]


def _void(
    record: Record, standing: Standing, composed: Composed, actor: tuple[str, str], now: Now
) -> tuple[str, Entry]:
    """What is told, and the entry that was written. Raises GrantsError where something else was done meanwhile."""
    changed = list_changes(standing, composed)
    approved = f" The approval by {standing.approved.who} is void." if standing.approved else ""
    entry = record.journal.write(now, "void", standing.id, actor, {"changed": changed}, after=record.last)
    return f"The earlier draft {standing.id} no longer holds; changed: {', '.join(changed)}.{approved}", entry


def require_unchanged(record: Record, standing: Standing, composed: Composed, actor: tuple[str, str], now: Now) -> None:
    """Raise UnusableError where anything is not as it was drafted; the approval is then void, and the log says so."""
    if composed.digest == standing.digest:
        return
    told, _ = _void(record, standing, composed, actor, now)
    finding = Finding("MAIL-015", Place("outbox.yaml"), told, "Draft it anew, and have it approved again.")
    raise UnusableError("This is not the message that was drafted; nothing was sent.", "", [finding], code="MAIL-015")


def view_for_approval(folder: Path, period: str, who: str | None, now: Now) -> View:
    """The message to be approved by somebody, before anybody is asked.

    Raises what `approve_message` would: whoever may not approve, or cannot, is not asked.
    """
    actor = name_actor(who)
    composed = compose_drafted(folder, period)
    view = _view(folder, composed, "drafted", now)
    stop_at_errors(composed)
    with open_record(folder) as opened:
        record, told = settle(opened, period, now)
        standing = _require_approvable(record, composed, actor, now)
        view.notes.extend(told)
    view.notes.extend(opened.notes)
    return replace(view, history=_list_history(standing))


def _require_approvable(record: Record, composed: Composed, actor: tuple[str, str], now: Now) -> Standing:
    standing = find_message(record, composed.message.period)
    if standing.state != "drafted":
        raise refuse(standing, "approved again")
    require_alone(record, standing, "approved")
    drafter = standing.drafted.who
    if composed.donor_mail.approver_is_not_drafter and is_same_name(actor[0], drafter):
        name = f"{drafter} drafted this message"
        said = name if actor[0] == drafter else f"{name}, and {actor[0]} looks like the same name"
        message = f"{said}; the donor's pack asks that somebody else approves it."
        raise GrantsError(message, "Let a second person look at it.", code="MAIL-017")
    require_unchanged(record, standing, composed, actor, now)
    return standing


def approve_message(folder: Path, period: str, who: str | None, seen: str, now: Now) -> list[str]:
    """Approve the message with the hash that was seen. Remarks, such as the same user at the computer.

    Raises GrantsError where the drafter approves and the donor asks for a second person, or it is another message.
    """
    actor = name_actor(who)
    composed = compose_drafted(folder, period)
    _view(folder, composed, "drafted", now)
    stop_at_errors(composed)
    with open_record(folder) as record:
        standing = _require_approvable(record, composed, actor, now)
        if seen != composed.digest:
            raise GrantsError("This is not the message that was shown.", "Look at it again.", code="MAIL-015")
        files = {file.name: file.sha256 for file in composed.message.attachments}
        detail = {"digest": composed.digest, "recipients": list(composed.message.addresses), "attachments": files}
        detail |= _tell_let_through(composed.message)
        same = {"same_user": True} if is_same_user(standing.drafted, actor[1]) else {}
        entry = record.journal.write(now, "approved", standing.id, actor, detail | same, after=record.last)
    return _remark_user(replace(standing, approved=entry))


def cancel_message(folder: Path, period: str, who: str | None, reason: str, now: Now) -> tuple[str, list[str]]:
    """Give a message up before it is sent. Its name, and remarks."""
    actor, reason = name_actor(who), require_words(reason, "--reason")
    with open_record(folder) as opened:
        record, told = settle(opened, period, now)
        standing = find_message(record, period)
        if standing.state not in ("drafted", "approved", "failed", "void"):
            raise refuse(standing, "cancelled")
        record.journal.write(now, "cancelled", standing.id, actor, {"reason": reason}, after=record.last)
    return standing.id, [*told, *opened.notes]
