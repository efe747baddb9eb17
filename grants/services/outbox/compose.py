"""The message of a report as it would go out now, and every finding about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, Place, UnusableError, UsageError, has_errors
from grants.ledger.outbox import hash_message
from grants.model.grant import ReportDue
from grants.model.mail import DonorMail, Mailbox, Outbox
from grants.model.message import Message, Person, Replaced
from grants.readers.attachments import inspect_file
from grants.readers.mail import DONOR_MAIL, OUTBOX, read_donor_mail, read_outbox
from grants.rules.privacy import inspect_message
from grants.services.inputs import OUT
from grants.services.load import Usable, load_usable
from grants.services.outbox.gate import look_into
from grants.services.outbox.levels import list_levels, merge_levels
from grants.services.outbox.report_files import read_report_files
from grants.services.outbox.wording import word_message
from grants.services.workspace import find_templates
from grants.views.message import fill_line, view_html, view_text

EVERY_FILE = ("*.{language}.*",)
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Composed:
    """A message with the bytes of its files; findings of severity error forbid that it is drafted."""

    message: Message
    files: Mapping[str, bytes]
    digest: str
    findings: list[Finding]
    donor_mail: DonorMail


def compose(folder: Path, period: str, replaced: Replaced | None = None) -> Composed:
    """The message; a correction says which one it replaces.

    Raises UsageError for a report that grant.yaml does not know, UnusableError where the definition or the settings of
    mail cannot be read or there is no report yet.
    """
    usable, report = _load(folder, period)
    donor_mail, outbox = _read_settings(folder, usable)
    donors, levels = list_levels(folder, _find_pack(folder, usable), donor_mail, outbox, report)
    own, settings = merge_levels(levels), merge_levels([donors, *levels])
    language = own.language or _choose_language(donor_mail.message.language, usable.project.sheet.languages)
    files = read_report_files(folder / OUT / period, settings.attachments or EVERY_FILE, language, report.submitted)
    subject, rich, faults = word_message(folder, usable, report, [donors, *levels], language, files, replaced)
    findings = [*files.findings, *faults]
    if not settings.to:
        remedy = f"Name them in {OUTBOX}: `to: [{{name: ..., address: ...}}]`."
        findings.append(Finding("MAIL-001", Place(OUTBOX), "Nobody is named as the recipient of this report.", remedy))
    if settings.sender is None:
        remedy = f"Name your organisation's address in {OUTBOX}: `sender: {{name: ..., address: ...}}`."
        findings.append(Finding("MAIL-001", Place(OUTBOX), "The message has no sender.", remedy))
    inspected = [inspect_file(f"{OUT}/{period}/{name}", data) for name, data in files.data.items()]
    inspected.append(inspect_message(subject, view_text(rich), list(files.data)))
    faults, let_through = look_into(usable, inspected, outbox.allowed)
    findings += faults
    message = Message(
        usable.project.sheet.code,
        period,
        language,
        _person(settings.sender, language) if settings.sender else Person("", ""),
        _people(settings.to, language),
        _people(settings.cc, language),
        _people(settings.bcc, language),
        _people(settings.reply_to, language),
        subject,
        view_text(rich),
        view_html(rich, language),
        files.attached,
        let_through,
        replaced,
    )
    return Composed(message, files.data, hash_message(message), findings, donor_mail)


def _load(folder: Path, period: str) -> tuple[Usable, ReportDue]:
    usable = load_usable(folder)
    reports = {report.code: report for report in usable.project.grant.reports}
    if period not in reports:
        known = ", ".join(reports) or "none"
        raise UsageError(f"There is no report `{period}` in grant.yaml.", f"Reports: {known}.", code="USE-001")
    return usable, reports[period]


def _find_pack(folder: Path, usable: Usable) -> Path:
    return find_templates(folder) / usable.project.sheet.donor


def _read_settings(folder: Path, usable: Usable) -> tuple[DonorMail, Outbox]:
    donor_mail, findings = read_donor_mail(_find_pack(folder, usable))
    outbox, faults = read_outbox(folder)
    if donor_mail is None or outbox is None:
        message = f"{OUTBOX} or the donor's {DONOR_MAIL} has errors."
        raise UnusableError(message, "Correct them and try again.", [*findings, *faults])
    return donor_mail, outbox


def _choose_language(donors: str | None, languages: Sequence[str]) -> str:
    """The donor's, where the project is written in it."""
    return donors if donors and donors in languages else languages[0]


def _person(mailbox: Mailbox, language: str) -> Person:
    words = mailbox.name.words if mailbox.name else {"": ""}
    name = next((words[key] for key in (language, "", "en") if key in words), next(iter(words.values())))
    return Person(fill_line(name, {}), mailbox.address)


def _people(mailboxes: Sequence[Mailbox] | None, language: str) -> tuple[Person, ...]:
    return tuple(_person(mailbox, language) for mailbox in mailboxes or ())


def stop_at_errors(composed: Composed) -> None:
    """Raise UnusableError where a finding forbids that the message goes out."""
    if has_errors(composed.findings):
        raise UnusableError("This message must not go out like this.", "", composed.findings)
