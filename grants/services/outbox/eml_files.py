"""The messages as files, each where it says what may be done with it.

outbox/messages/drafts/  to be read before approval
outbox/messages/         approved and handed over: to be sent by hand, and nothing else stands there
outbox/messages/sent/    as sent, or as perhaps sent
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from grants.errors import OutputError
from grants.ledger.outbox import Standing
from grants.services.inputs import OUTBOX
from grants.writers.files import write_whole
from grants.writers.mail.mime import UNSENT

_READABLE = ("drafted", "approved", "failed", "sending")
"""States in which a draft is still the message that may go out."""
_PERHAPS_SENT = ("unknown", "sending", "sent")


def name_draft(folder: Path, name: str) -> Path:
    """The file of a message that people read before it is approved."""
    return folder / OUTBOX / "messages" / "drafts" / f"{name}.eml"


def name_handed_over(folder: Path, name: str) -> Path:
    """The file of an approved message that a person sends."""
    return folder / OUTBOX / "messages" / f"{name}.eml"


def name_sent(folder: Path, name: str) -> Path:
    """The file of a message as it was sent."""
    return folder / OUTBOX / "messages" / "sent" / f"{name}.eml"


def put_in_order(folder: Path, standings: Iterable[Standing]) -> list[str]:
    """Take away files of messages that are not to be sent, and keep those of sent ones apart: nobody opens the wrong
    one. What could not be taken away, for people.
    """
    told = []
    for x in standings:
        draft, handed, sent = (name(folder, x.id) for name in (name_draft, name_handed_over, name_sent))
        if x.state == "sent" and handed.exists() and not sent.exists():
            with contextlib.suppress(OSError, OutputError):
                write_whole({sent: handed.read_bytes().replace(UNSENT, b"", 1)})
        needless = [draft] if x.state not in _READABLE else []
        needless += [handed] if x.state not in ("unknown", "sending") and (x.state != "sent" or sent.exists()) else []
        needless += [sent] if x.state not in _PERHAPS_SENT else []
        told += [_say_left(file) for file in needless if not _remove(file)]
    return told


def _remove(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _say_left(file: Path) -> str:
    return f"{file.name} is not to be sent, and is open in another program: close it and delete it ({file.parent})."


def keep_sent(folder: Path, name: str, data: bytes) -> list[str]:
    """Keep a message as it was sent. What went wrong, for people: that it was sent stands in the log all the same."""
    try:
        write_whole({name_sent(folder, name): data})
    except OutputError as error:
        return [f"The message could not be kept as it was sent: {error.message}"]
    return []
