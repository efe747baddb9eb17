"""A message as it is drafted, approved and sent: plain values, every one of which approval is bound to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["drafted", "approved", "sending", "sent", "unknown", "failed", "cancelled", "void"]
Step = Literal["connecting", "envelope", "content", "ending"]
"""What is about to be done. Up to `content` the server cannot have taken the message; from `ending` on it may have."""
Answer = Literal["accepted", "refused", "deferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Person:
    """A name, perhaps empty, and an address."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it goes out. `copy_of` is the hash of the report's own file where this is its cleaned copy."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class LetThrough:
    """Something that would have stopped the message, had outbox.yaml not allowed it."""

    code: str
    place: str
    what: str
    found: str
    reasons: str
    """What was allowed there, and why."""

    def __str__(self) -> str:
        return f"{self.code} {self.place}: {self.what} Allowed {self.reasons}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """The message that a correction replaces."""

    id: str
    message_id: str
    on: str
    """The day on which it was sent: 2008-08-20."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, to whom. The bytes of the attachments are kept beside it."""

    project: str
    period: str
    language: str
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    bcc: tuple[Person, ...]
    reply_to: tuple[Person, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[AttachedFile, ...]
    let_through: tuple[LetThrough, ...] = ()
    replaces: Replaced | None = None

    @property
    def recipients(self) -> tuple[Person, ...]:
        """Everybody who receives it."""
        return (*self.to, *self.cc, *self.bcc)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Each address once: a server may take a repeated one for two messages."""
        return tuple({person.address.lower(): person.address for person in self.recipients}.values())

    def as_data(self) -> dict[str, Any]:
        """Everything that was said, for a hash or a record; what is empty in most messages only where it is not."""
        return {key: value for key, value in asdict(self).items() if value or key not in _SELDOM}


_SELDOM = ("let_through", "replaces")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `answer` is the server's own words, without addresses of ours added."""

    result: Answer
    answer: str
    again: bool = False
    """Whether trying again in a moment makes sense."""
