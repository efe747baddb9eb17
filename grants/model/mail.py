"""`outbox.yaml` of a project, `mail.yaml` of a donor's pack: to whom a report goes, in which words, which files."""

from __future__ import annotations

from typing import Annotated

from grants.model.base import Model
from grants.model.donor import Confidence
from grants.model.grant import ReportKind
from grants.model.scalars import CodeKey, Count, Language, Many, Text, Word, written

ADDRESS_PATTERN = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}$"
FILE_PATTERN = r"^[^/\\:\u0000-\u001f.~$][^/\\:\u0000-\u001f]{0,119}$"

Address = Annotated[str, written(ADDRESS_PATTERN, "address", "an e-mail address such as reports@example.org")]
FilePattern = Annotated[
    str, written(FILE_PATTERN, "file pattern", "a file's name, or a pattern such as narrative-report.{language}.*")
]
"""A name inside out/<period>/, never a path; `*` stands for anything, {language} for the message's language."""


class Mailbox(Model):
    """A person or office, and its address."""

    name: Text | None = None
    address: Address


class MessageSettings(Model):
    """What is said of a message at one level; what is left out is taken from the level above."""

    language: Language | None = None
    sender: Mailbox | None = None
    """The organisation's own address, that answers go to unless `reply_to` names another."""
    to: Many[Mailbox] | None = None
    cc: Many[Mailbox] | None = None
    bcc: Many[Mailbox] | None = None
    reply_to: Many[Mailbox] | None = None
    attachments: Many[FilePattern] | None = None
    subject: Text | None = None
    """In place of the template's. References such as {{ period_title }} are filled in."""
    body: Text | None = None
    """In place of the template's, as Markdown."""


class Allowed(Model):
    """Something that the privacy check would stop, and may go out."""

    text: Word
    """What stands in the file, or its name for what cannot be quoted: `hidden sheet Lists`."""
    reason: Word


class Outbox(MessageSettings):
    """`outbox.yaml`."""

    kinds: dict[ReportKind, MessageSettings] = {}
    """What is different for a kind of report."""
    periods: dict[CodeKey, MessageSettings] = {}
    """What is different for one report, by its code in grant.yaml."""
    allowed: Many[Allowed] = ()


class SizeLimit(Model):
    """The largest message that the donor's server takes, after encoding (a third more than the files)."""

    most_megabytes: Count
    source: Text
    confidence: Confidence


class DonorMail(Model):
    """`templates/<donor>/mail.yaml`."""

    limit: SizeLimit | None = None
    approver_is_not_drafter: bool = False
    """Whether a second person must approve."""
    message: MessageSettings = MessageSettings()
    """Recipients that the donor has published, and its usual language."""
