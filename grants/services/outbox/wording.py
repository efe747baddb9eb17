"""Subject and text of a message, filled in; a correction says first which message it replaces."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from grants.errors import Finding, Place, UnusableError
from grants.model import Narrative
from grants.model.grant import ReportDue
from grants.model.mail import MessageSettings
from grants.model.message import Replaced
from grants.model.rich_text import RichText
from grants.readers.mail import CORRECTION, OUTBOX, read_wording
from grants.readers.markdown import read_markdown
from grants.services.load import Usable
from grants.services.outbox.report_files import ReportFiles
from grants.services.workspace import find_templates
from grants.views.figures import format_date
from grants.views.message import fill_line, list_unknown, name_words
from grants.views.narrative import fill_figures


def word_message(
    folder: Path,
    usable: Usable,
    report: ReportDue,
    settings: MessageSettings,
    language: str,
    files: ReportFiles,
    replaced: Replaced | None,
) -> tuple[str, RichText, list[Finding]]:
    """Subject and body; findings where they cannot be made. Raises UnusableError for a text of the project's own that
    is not written in the language.
    """
    templates, donor = find_templates(folder), usable.project.sheet.donor
    name, subject, body, findings = read_wording(templates, donor, language)
    for own in (settings.subject, settings.body):
        if own is not None and not own.says(language):
            message, remedy = f"A text of the message is not written in `{language}`.", "Write it, or take it out."
            raise UnusableError(message, "", [Finding("MAIL-004", Place(OUTBOX), message, remedy)])
    subject = settings.subject.in_language(language) if settings.subject else subject
    body = settings.body.in_language(language) if settings.body else body
    words = name_words(usable.project, usable.donor, report, files.figures, list(files.data), language)
    subject, rich, faults = _fill_in(OUTBOX if settings.body else name, subject, body, words)
    findings += faults
    if replaced:
        name, line, notice, faults = read_wording(templates, donor, language, CORRECTION)
        day = datetime.date.fromisoformat(replaced.on)
        words |= {"subject": subject, "replaced_on": format_date(day, language)}
        subject, first, more = _fill_in(name, line, notice, words)
        rich, findings = first + rich, [*findings, *faults, *more]
    return subject, rich, findings


def _fill_in(name: str, subject: str, body: str, words: Mapping[str, str]) -> tuple[str, RichText, list[Finding]]:
    rich, findings = read_markdown(Narrative(name, body))
    known = ", ".join(sorted(word for word in words if words[word]))
    for unknown in dict.fromkeys(list_unknown(f"{subject}\n{body}", words)):
        message = f"There is nothing called `{unknown}` to fill in."
        findings.append(Finding("MAIL-004", Place(name), message, f"Known: {known}.", unknown))
    return fill_line(subject, words), fill_figures(rich, words), findings
