"""A message as it is drafted, approved and sent: plain values, every one of which approval is bound to."""

from __future__ import annotations

from collections.abc import Iterator
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

    @property
    def recipients(self) -> tuple[Person, ...]:
        """Everybody who receives it."""
        return (*self.to, *self.cc, *self.bcc)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Each address once: a server may take a repeated one for two messages."""
        return tuple({person.address.lower(): person.address for person in self.recipients}.values())

    def as_data(self) -> dict[str, Any]:
        """Everything that was said, for a hash or a record."""
        return asdict(self)

    def list_differences(self, other: dict[str, Any]) -> Iterator[str]:
        """In words, what is not as in `other` (the data of another message)."""
        mine = self.as_data()
        for key in mine:
            if key != "attachments" and _plain(mine[key]) != _plain(other.get(key)):
                yield {"html": "text", "reply_to": "reply-to"}.get(key, key)
        now = {file.name: file.sha256 for file in self.attachments}
        then = {file["name"]: file["sha256"] for file in other.get("attachments", ())}
        for name in sorted(now.keys() | then.keys()):
            if now.get(name) != then.get(name):
                yield f"{name} ({'added' if name not in then else 'removed' if name not in now else 'changed'})"


def _plain(value: Any) -> Any:
    """Tuples as lists: as JSON gives them back."""
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `answer` is the server's own words, without addresses of ours added."""

    result: Answer
    answer: str
    again: bool = False
    """Whether trying again in a moment makes sense."""
