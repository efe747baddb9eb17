"""The log of an outbox: entries chained by hash, and what they say of each message.

An entry is a line of JSON. Its hash is taken over the rest of it, which holds the hash of the entry before: whoever
changes, removes or inserts a line must change every later one, and the last hash is no longer the one somebody noted.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from grants.model.message import Message, Replaced, State

Event = Literal[
    "drafted",
    "approved",
    "void",
    "sending",
    "sent",
    "deferred",
    "failed",
    "unknown",
    "resolved",
    "reopened",
    "cancelled",
    "tested",
]
START = "0" * 64
"""What the first entry names as the hash before it."""
_STATES: Mapping[str, State] = {
    "drafted": "drafted",
    "approved": "approved",
    "void": "void",
    "sending": "sending",
    "sent": "sent",
    "deferred": "approved",
    "failed": "failed",
    "unknown": "unknown",
    "reopened": "unknown",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. The text is the line of the file, without its end."""

    number: int
    at: str
    """UTC, in ISO 8601."""
    event: str
    message: str
    who: str
    """The name given; beside it the system's own: user and machine."""
    user: str
    detail: Mapping[str, Any]
    before: str
    hash: str
    text: str

    @property
    def when(self) -> str:
        """The time, for people: to the minute."""
        return f"{self.at[:16].replace('T', ' ')} UTC"


@dataclass(slots=True)
class Standing:
    """What the log says of a message."""

    id: str
    state: State
    drafted: Entry
    """The latest draft; its detail holds recipients, subject, files and the digest."""
    last: Entry
    approved: Entry | None = None
    sent: Entry | None = None
    attempts: list[Entry] = field(default_factory=list)

    @property
    def period(self) -> str:
        """The report it carries."""
        return str(self.drafted.detail["period"])

    @property
    def digest(self) -> str:
        """The hash of everything in it."""
        return str(self.drafted.detail["digest"])

    @property
    def people(self) -> str:
        """The addresses that it goes to."""
        return ", ".join(self.drafted.detail.get("recipients", ()))

    @property
    def resolved(self) -> Entry | None:
        """What a person said last of what became of it; None where something else was heard since."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].event == "resolved" else None

    @property
    def tried(self) -> Entry:
        """When it was last handed over, to a server or to be sent by hand; the last entry where it never was."""
        return next((x for x in reversed(self.attempts) if x.event == "sending"), self.last)

    @property
    def sent_when(self) -> str:
        """When it was sent: the day that whoever sent it by hand said, or the log's time; empty where it was not."""
        return str(self.sent.detail.get("on", self.sent.when)) if self.sent else ""

    @property
    def sent_on(self) -> str:
        """The day of that: 2008-08-20."""
        return self.sent_when[:10]


def hash_message(message: Message) -> str:
    """SHA-256 over recipients, words, and the names and hashes of the files."""
    return hashlib.sha256(_write(message.as_data()).encode()).hexdigest()


def name_message(period: str, digest: str) -> str:
    """The name of a message: its period, and as much of its hash as nobody confuses."""
    return f"{period}-{digest[:10]}"


def write_entry(
    previous: Entry | None,
    now: datetime.datetime,
    event: Event,
    message: str,
    actor: tuple[str, str],
    detail: Mapping[str, Any],
) -> Entry:
    """The entry that follows another. `actor`: the name given, and the system's user."""
    data: dict[str, Any] = {
        "number": previous.number + 1 if previous else 1,
        "at": now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "event": event,
        "message": message,
        "who": actor[0],
        "user": actor[1],
        "detail": dict(detail),
        "before": previous.hash if previous else START,
    }
    data["hash"] = hashlib.sha256(_write(data).encode()).hexdigest()
    return read_entry(_write(data))


def _write(data: object) -> str:
    """One way only to write it: keys in order, no blanks, letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_entry(text: str) -> Entry:
    """The entry of a line. Raises ValueError, KeyError or TypeError where it is none."""
    data = json.loads(text)
    kinds = {"number": int, "detail": dict} | dict.fromkeys(
        ("at", "event", "message", "who", "user", "before", "hash"), str
    )
    if not isinstance(data, dict) or data.keys() != kinds.keys():
        raise ValueError("not the parts of an entry")
    if not all(type(data[key]) is kind for key, kind in kinds.items()):
        raise TypeError("a part of an entry is of another kind")
    return Entry(**data, text=text)


def find_breaks(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) for every line that is not what was once written, or not where it was."""
    before, number = START, 0
    for line, text in enumerate(lines, 1):
        try:
            entry = read_entry(text)
        except (ValueError, KeyError, TypeError):
            yield line, "is no entry of a log"
            before = ""
            continue
        data = {key: value for key, value in json.loads(text).items() if key != "hash"}
        digest = hashlib.sha256(_write(data).encode()).hexdigest()
        if digest != entry.hash or _write({**data, "hash": digest}) != text:
            yield line, "was changed after it was written"
        if before and entry.before != before:
            yield line, "does not follow the entry before it: one was changed, removed or inserted"
        elif before and entry.number != number + 1:
            yield line, "has another number than the one that follows"
        before, number = entry.hash, entry.number


def find_clock_faults(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """(before, after) wherever an entry bears an earlier time than the one before it: a clock was wrong."""
    yield from ((one, next_) for one, next_ in pairwise(entries) if is_clock_back(one, _read_time(next_.at)))


def is_clock_back(last: Entry, now: datetime.datetime) -> bool:
    """Whether a time lies before an entry that was written earlier; two computers may differ by a minute."""
    return now < _read_time(last.at) - datetime.timedelta(minutes=1)


def _read_time(text: str) -> datetime.datetime:
    """A time of the log; one that cannot be read lies before all others."""
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        time = datetime.datetime.min
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def list_standings(entries: Iterable[Entry]) -> dict[str, Standing]:
    """Message -> what the entries say of it, in the order of the latest drafts."""
    standings: dict[str, Standing] = {}
    for entry in entries:
        if entry.event == "drafted":
            kept = standings.pop(entry.message, None)
            standings[entry.message] = Standing(entry.message, "drafted", entry, entry)
            if kept:
                standings[entry.message].attempts = kept.attempts
        elif entry.message in standings:
            _follow(standings[entry.message], entry)
    return standings


def _follow(standing: Standing, entry: Entry) -> None:
    if entry.event == "resolved":
        unsent: State = "approved" if standing.approved else "void"
        standing.state = "sent" if entry.detail.get("sent") is True else unsent
    else:
        standing.state = _STATES.get(entry.event, standing.state)
    if entry.event == "approved":
        standing.approved = entry
    elif entry.event in ("void", "cancelled"):
        standing.approved = None
    elif entry.event in ("sending", "sent", "deferred", "failed", "unknown", "resolved", "reopened"):
        standing.attempts.append(entry)
        standing.sent = entry if standing.state == "sent" else None
    standing.last = entry


def is_same_user(one: Entry, other: Entry | str) -> bool:
    """Whether two things were done by the same user of the system; its name, not the computer's, which may change."""
    user = other if isinstance(other, str) else other.user
    return one.user.rpartition("@")[0] == user.rpartition("@")[0]


def find_sent(standings: Mapping[str, Standing], period: str) -> Standing | None:
    """The message of a report that was sent; of a report and its corrections the last one."""
    sent = [x for x in standings.values() if x.period == period and x.sent]
    return max(sent, key=lambda x: x.sent.number if x.sent else 0, default=None)


def describe_replaced(sent: Standing) -> Replaced:
    """A message that was sent, as a correction names it."""
    return Replaced(sent.id, str(sent.drafted.detail["message_id"]), sent.sent_on)


def read_replaced(standing: Standing, standings: Mapping[str, Standing]) -> Replaced | None:
    """What a draft says that it replaces; nothing where that one, as was found out since, was not sent."""
    kept = standing.drafted.detail.get("replaces")
    if kept is None or not (standing.sent or (kept["id"] in standings and standings[kept["id"]].sent)):
        return None
    return Replaced(**kept)


def find_current(standings: Mapping[str, Standing], period: str) -> Standing | None:
    """The message of a period that is meant: its latest draft."""
    return next((standing for standing in reversed(list(standings.values())) if standing.period == period), None)
