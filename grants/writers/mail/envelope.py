"""What every way out is given: an envelope, credentials, and how to record a step before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grants.model.message import Step

Note = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom, and the message as bytes."""

    sender: str
    recipients: Sequence[str]
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """A user and a secret. It has no text form, so that it cannot end up in a log."""

    user: str
    secret: str
    oauth: bool = False
