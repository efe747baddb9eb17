"""A message -> its bytes as RFC 5322 and MIME want them. The same message gives the same bytes."""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import PurePath

from grants.model.message import Message, Person

_POLICY = SMTP.clone(cte_type="7bit")  # every server takes it; letters beyond ASCII are encoded, never sent raw
UNSENT = b"X-Unsent: 1\r\n"
"""The header by which mail programs open a file as a draft."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN = 60
"""Letters of a text that needs no folding."""
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

    Raises ValueError for a header that would hold a line break.
    """
    to, cc, bcc = _name_once(message.to, message.cc, message.bcc if unsent or hidden else ())
    people = {"From": (message.sender,), "To": to, "Cc": cc, "Reply-To": message.reply_to, "Bcc": bcc}
    headers = {name: _write_people(group) for name, group in people.items() if group}
    headers["Subject"] = _write_words(message.subject, "Subject")
    headers["Date"] = format_datetime(date)
    headers["Message-ID"] = name_message_id(message, digest)
    if message.replaces:  # mail programs show it below the one that it replaces
        headers["In-Reply-To"] = headers["References"] = _refuse_control(message.replaces.message_id, "a Message-ID")
    head = "".join(f"{name}: {text}\r\n" for name, text in headers.items()).encode("ascii")
    return head + (UNSENT if unsent else b"") + _build_body(message, files, digest)


def _build_body(message: Message, files: Mapping[str, bytes], digest: str) -> bytes:
    mail = EmailMessage(policy=_POLICY)
    mail.set_content(message.text, cte="base64")
    mail.add_alternative(message.html, subtype="html", cte="base64")
    for file in message.attachments:
        _attach(mail, file.name, files[file.name])
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"grants-{number}-{hashlib.sha256(digest.encode()).hexdigest()[:40]}")
    return mail.as_bytes()


def _name_once(*groups: Iterable[Person]) -> Iterator[tuple[Person, ...]]:
    """The groups with each address once, in the first that names it: some servers deliver a repeated one twice."""
    named: set[str] = set()
    for group in groups:
        fresh: dict[str, Person] = {}
        for person in group:
            fresh.setdefault(person.address.lower(), person)
        yield tuple(person for key, person in fresh.items() if key not in named)
        named |= fresh.keys()


def _write_people(people: Iterable[Person]) -> str:
    return ",\r\n ".join(_write_person(person) for person in people)


def _write_person(person: Person) -> str:
    _refuse_control(person.address, "an address")
    name = _write_words(person.name)
    return f"{name}\r\n <{person.address}>" if name != person.name else formataddr((name, person.address))


def _refuse_control(text: str, where: str) -> str:
    """The text as it is. Raises ValueError where it would end its line, or hides something."""
    if _CONTROL.search(text):
        raise ValueError(f"a line break or another control character in {where}")
    return text


def _write_words(text: str, header: str = "") -> str:
    """A text for a header: as it is where it is short and plain, else wholly in encoded words of RFC 2047.

    Why: the standard library's policies encode only some of the words, and lose a blank between two of them.
    """
    _refuse_control(text, "a header")
    if text.isascii() and len(text) <= _PLAIN and "=?" not in text and text == text.strip():
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _attach(mail: EmailMessage, name: str, data: bytes) -> None:
    kind = _TYPES.get(PurePath(name).suffix.lower()) or mimetypes.types_map.get(PurePath(name).suffix.lower())
    main, _, sub = (kind or "application/octet-stream").partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
