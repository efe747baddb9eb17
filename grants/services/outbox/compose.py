"""The message of a report as it would go out now, and every finding about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from grants.errors import Finding, Place, UnusableError, UsageError, has_errors
from grants.ledger.outbox import hash_message
from grants.model import Narrative
from grants.model.grant import ReportDue
from grants.model.mail import DonorMail, Mailbox, MessageSettings, Outbox
from grants.model.message import AttachedFile, Message, Person
from grants.model.rich_text import RichText
from grants.readers.attachments import inspect_file
from grants.readers.mail import DONOR_MAIL, OUTBOX, read_donor_mail, read_outbox, read_wording
from grants.readers.markdown import read_markdown
from grants.rules.limits import read_limits
from grants.rules.privacy import check_privacy, inspect_message
from grants.services.inputs import OUT
from grants.services.load import Usable, load_usable
from grants.services.manifest import MANIFEST, hash_bytes, read_manifest
from grants.services.outbox.clean import read_clean_copy
from grants.services.workspace import find_templates
from grants.views.message import fill_line, list_unknown, name_words, view_html, view_text
from grants.views.narrative import fill_figures, name_figures

FIGURES = "figures.json"
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


def compose(folder: Path, period: str) -> Composed:
    """The message. Raises UsageError for a report that grant.yaml does not know, UnusableError where the definition
    or the settings of mail cannot be read or there is no report yet.
    """
    usable, report = _load(folder, period)
    donor_mail, outbox = _read_settings(folder, usable)
    settings = _merge(donor_mail.message, outbox, outbox.kinds.get(report.kind), outbox.periods.get(period))
    language = settings.language or usable.project.sheet.languages[0]
    files, attached, findings = _read_files(folder / OUT / period, settings.attachments or EVERY_FILE, language)
    subject, rich, faults = _word(folder, usable, report, settings, language, list(files))
    findings += faults
    if not settings.to:
        remedy = f"Name them in {OUTBOX}: `to: [{{name: ..., address: ...}}]`."
        findings.append(Finding("MAIL-001", Place(OUTBOX), "Nobody is named as the recipient of this report.", remedy))
    if settings.sender is None:
        remedy = f"Name your organisation's address in {OUTBOX}: `sender: {{name: ..., address: ...}}`."
        findings.append(Finding("MAIL-001", Place(OUTBOX), "The message has no sender.", remedy))
    inspected = [inspect_file(f"{OUT}/{period}/{name}", data) for name, data in files.items()]
    inspected.append(inspect_message(subject, view_text(rich), list(files)))
    least = read_limits(usable.project, usable.donor, usable.common).smallest_count
    findings += check_privacy(usable.project, usable.donor, usable.never_print, inspected, outbox.allowed, least)
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
        attached,
    )
    return Composed(message, files, hash_message(message), findings, donor_mail)


def _load(folder: Path, period: str) -> tuple[Usable, ReportDue]:
    usable = load_usable(folder)
    reports = {report.code: report for report in usable.project.grant.reports}
    if period not in reports:
        known = ", ".join(reports) or "none"
        raise UsageError(f"There is no report `{period}` in grant.yaml.", f"Reports: {known}.", code="USE-001")
    return usable, reports[period]


def _read_settings(folder: Path, usable: Usable) -> tuple[DonorMail, Outbox]:
    donor_mail, findings = read_donor_mail(find_templates(folder) / usable.project.sheet.donor)
    outbox, faults = read_outbox(folder)
    if donor_mail is None or outbox is None:
        message = f"{OUTBOX} or the donor's {DONOR_MAIL} has errors."
        raise UnusableError(message, "Correct them and try again.", [*findings, *faults])
    return donor_mail, outbox


def _merge(*levels: MessageSettings | None) -> MessageSettings:
    """The donor's, then the project's, then those for the kind of report, then for this report: the last one counts."""
    names = MessageSettings.model_fields
    said = [{name: getattr(level, name) for name in names} for level in levels if level is not None]
    values = {name: value for level in said for name, value in level.items() if value is not None}
    return MessageSettings.model_construct(**values)


def _person(mailbox: Mailbox, language: str) -> Person:
    words = mailbox.name.words if mailbox.name else {"": ""}
    name = next((words[key] for key in (language, "", "en") if key in words), next(iter(words.values())))
    return Person(fill_line(name, {}), mailbox.address)


def _people(mailboxes: Sequence[Mailbox] | None, language: str) -> tuple[Person, ...]:
    return tuple(_person(mailbox, language) for mailbox in mailboxes or ())


def _read_files(
    folder: Path, patterns: Sequence[str], language: str
) -> tuple[dict[str, bytes], tuple[AttachedFile, ...], list[Finding]]:
    """The files that patterns name, each once, as they go out: cleaned where a clean copy stands."""
    here = sorted(f for f in folder.glob("[!.~]*") if f.is_file() and f.resolve().parent == folder.resolve())
    needless = _list_needless(folder / FIGURES)
    names = [x.name for x in here if x.name not in (MANIFEST, FIGURES) and _stem(x.name) not in needless]
    if not names:
        remedy = f"Make it first: `grants report {folder.parents[1].name} --period {folder.name}`."
        raise UnusableError(f"There is no report in {OUT}/{folder.name}.", remedy, code="MAIL-002")
    chosen, findings = _choose_files(names, patterns, language, needless)
    outputs = (read_manifest(folder) or {}).get("outputs", {})
    made = {name: entry for name, entry in outputs.items() if _stem(name) not in needless}
    files: dict[str, bytes] = {}
    attached: list[AttachedFile] = []
    for name in chosen:
        original = (folder / name).read_bytes()
        if made.get(name, {}).get("sha256") != hash_bytes(original):
            message, remedy = "This file is not as the report was made.", "Look whether the change is meant to go out."
            findings.append(Finding("MAIL-006", Place(f"{OUT}/{folder.name}/{name}"), message, remedy, None, "warning"))
        copy = read_clean_copy(folder, name, hash_bytes(original))
        files[name] = original if copy is None else copy
        source = None if copy is None else hash_bytes(original)
        attached.append(AttachedFile(name, len(files[name]), hash_bytes(files[name]), source))
    findings += _find_left_out(made, list(files), language)
    return files, tuple(attached), findings


def _choose_files(
    names: Sequence[str], patterns: Sequence[str], language: str, needless: Sequence[str]
) -> tuple[list[str], list[Finding]]:
    """Those of the report's files that patterns name, each once. A document that this report does not need, such as a
    payment request where nothing is asked for, is not missed; nor does one of an earlier making go out.
    """
    chosen: list[str] = []
    findings: list[Finding] = []
    for pattern in patterns:
        wanted = pattern.replace("{language}", language)
        found = [name for name in names if fnmatchcase(name, wanted)]
        if not found and _stem(wanted) in needless:
            message, remedy = f"This report needs no `{wanted}`, so it does not go with it.", "Nothing has to be done."
            findings.append(Finding("MAIL-003", Place(OUTBOX), message, remedy, pattern, "info"))
        elif not found:
            message, known = f"No file of the report is called `{wanted}`.", ", ".join(names)
            findings.append(Finding("MAIL-003", Place(OUTBOX), message, f"Files: {known}.", pattern))
        chosen += found
    return list(dict.fromkeys(chosen)), findings


def _stem(name: str) -> str:
    """Which document a file is, in whatever language."""
    return name.split(".", maxsplit=1)[0]


def _find_left_out(made: Iterable[str], attached: Sequence[str], language: str) -> Iterator[Finding]:
    """Documents of the report that the cover letter lists as enclosed, and that do not go with it."""
    stems = {name.rpartition(".")[0] for name in attached}
    if f"cover-letter.{language}" not in stems:
        return
    for name in made:
        stem, _, ending = name.rpartition(".")
        if ending in ("docx", "xlsx") and stem.endswith(f".{language}") and stem not in stems:
            message = "The cover letter lists this document as enclosed, but it is not attached."
            yield Finding("MAIL-028", Place(OUTBOX), message, "Add it to `attachments`.", name, "warning")


def _word(
    folder: Path, usable: Usable, report: ReportDue, settings: MessageSettings, language: str, files: list[str]
) -> tuple[str, RichText, list[Finding]]:
    """Subject and body, filled in."""
    name, subject, body, findings = read_wording(find_templates(folder), usable.project.sheet.donor, language)
    for own in (settings.subject, settings.body):
        if own is not None and not own.says(language):
            message, remedy = f"A text of the message is not written in `{language}`.", "Write it, or take it out."
            raise UnusableError(message, "", [Finding("MAIL-004", Place(OUTBOX), message, remedy)])
    subject = settings.subject.in_language(language) if settings.subject else subject
    body = settings.body.in_language(language) if settings.body else body
    name = OUTBOX if settings.body else name
    rich, faults = read_markdown(Narrative(name, body))
    figures = _read_figures(folder / OUT / report.code / FIGURES)
    words = name_figures(usable.project, usable.totals, language)
    words |= name_words(usable.project, usable.donor, report, figures, files, language)
    for unknown in dict.fromkeys(list_unknown(f"{subject}\n{body}", words)):
        message, known = (
            f"There is nothing called `{unknown}` to fill in.",
            ", ".join(sorted(k for k in words if words[k])),
        )
        findings.append(Finding("MAIL-004", Place(name), message, f"Known: {known}.", unknown))
    return fill_line(subject, words), fill_figures(rich, words), [*findings, *faults]


def _read_figures(file: Path) -> dict[str, str]:
    """Name -> figure or word. Without the file, a reference to one has nothing to fill in, which is a finding."""
    return {name: value for name, value in _read_data(file).items() if isinstance(value, str)}


def _list_needless(file: Path) -> list[str]:
    """The documents that the report did not need when it was made, by the first part of their names."""
    needless = _read_data(file).get("needless")
    return [str(name) for name in needless] if isinstance(needless, list) else []


def _read_data(file: Path) -> dict[str, object]:
    """What the ledger said when the report was made; nothing where the file is gone or damaged."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def stop_at_errors(composed: Composed) -> None:
    """Raise UnusableError where a finding forbids that the message goes out."""
    if has_errors(composed.findings):
        raise UnusableError("This message must not go out like this.", "", composed.findings)
