"""A message -> its bytes as RFC 5322 and MIME want them. The same message gives the same bytes."""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import PurePath

from grants.model.message import Message, Person

_POLICY = SMTP.clone(cte_type="7bit")  # every server takes it; letters beyond ASCII are encoded, never sent raw
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES: Mapping[str, str] = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
"""Not asked of the system, whose list differs from one computer to the next."""


def name_message_id(message: Message, digest: str) -> str:
    """The same for the same message, on every computer: a server that gets it twice can tell."""
    period = re.sub("[^a-z0-9]+", "-", message.period.lower())
    return f"<grants.{period}.{digest[:24]}@{message.sender.address.rpartition('@')[2]}>"


def build_message(
    message: Message,
    files: Mapping[str, bytes],
    digest: str,
    date: datetime.datetime,
    *,
    unsent: bool = False,
    hidden: bool = False,
) -> bytes:
    """The message as bytes. `unsent`: as a draft that Outlook and Thunderbird open. `hidden`: with its hidden
    recipients, for whoever sends it and takes them out; else those stand in the envelope alone.

    Raises ValueError for a header that would hold a line break; the standard library checks every one.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _addresses([message.sender])
    mail["To"] = _addresses(message.to)
    for name, people in (
        ("Cc", message.cc),
        ("Reply-To", message.reply_to),
        ("Bcc", message.bcc if unsent or hidden else ()),
    ):
        if people:
            mail[name] = _addresses(people)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = name_message_id(message, digest)
    if unsent:
        mail["X-Unsent"] = "1"
    mail.set_content(message.text, cte="base64")
    mail.add_alternative(message.html, subtype="html", cte="base64")
    for file in message.attachments:
        _attach(mail, file.name, files[file.name])
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"grants-{number}-{hashlib.sha256(digest.encode()).hexdigest()[:40]}")
    return mail.as_bytes()


def _addresses(people: Iterable[Person]) -> list[Address]:
    return [Address(person.name, addr_spec=person.address) for person in people]


def _attach(mail: EmailMessage, name: str, data: bytes) -> None:
    kind = _TYPES.get(PurePath(name).suffix.lower()) or mimetypes.types_map.get(PurePath(name).suffix.lower())
    main, _, sub = (kind or "application/octet-stream").partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
