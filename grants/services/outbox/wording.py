"""Subject and text of a message, filled in; a correction says first which message it replaces."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, UnusableError
from grants.model import Narrative
from grants.model.figure_names import list_report_figure_names
from grants.model.grant import ReportDue
from grants.model.message import Replaced
from grants.model.rich_text import RichText
from grants.readers.mail import CORRECTION, MAIL, name_wording, read_wording
from grants.readers.markdown import read_markdown
from grants.services.inputs import OUT
from grants.services.load import Usable
from grants.services.outbox.levels import Level, Source, find_source, merge_levels
from grants.services.outbox.report_files import ReportFiles, name_command
from grants.services.workspace import find_templates
from grants.views.figures import format_date
from grants.views.message import fill_line, list_unknown, name_words
from grants.views.narrative import fill_figures


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the message, and where it is written."""

    words: str
    source: Source


def word_message(
    folder: Path,
    usable: Usable,
    report: ReportDue,
    levels: Sequence[Level],
    language: str,
    files: ReportFiles,
    replaced: Replaced | None,
) -> tuple[str, RichText, list[Finding]]:
    """Subject and body; findings where they cannot be made. Raises UnusableError for a text of the project's own that
    is not written in the language.
    """
    subject, body, findings = _read_texts(folder, usable, language)
    subject, body = _choose(levels, "subject", language) or subject, _choose(levels, "body", language) or body
    words = name_words(usable.project, usable.donor, report, files.figures, list(files.data), language)
    names = [] if files.has_texts else list_report_figure_names(usable.project.budget)
    unkept = dict.fromkeys(names, name_command(folder / OUT / report.code))
    line, rich, faults = _fill_in(subject, body, words, unkept)
    findings += faults
    if replaced:
        subject, body, faults = _read_texts(folder, usable, language, CORRECTION)
        day = datetime.date.fromisoformat(replaced.on)
        words |= {"subject": line, "replaced_on": format_date(day, language)}
        line, first, more = _fill_in(subject, body, words, unkept)
        rich, findings = first + rich, [*findings, *faults, *more]
    return line, rich, findings


def _read_texts(folder: Path, usable: Usable, language: str, kind: str = MAIL) -> tuple[_Text, _Text, list[Finding]]:
    templates, donor = find_templates(folder), usable.project.sheet.donor
    file, subject, body, findings = read_wording(templates, donor, language, kind)
    source = Source(file, name_wording(file))
    return _Text(subject, source), _Text(body, source), findings


def _choose(levels: Sequence[Level], key: str, language: str) -> _Text | None:
    """The project's or the donor's own text in place of the template's."""
    source, own = find_source(levels, key, language), getattr(merge_levels(levels), key)
    if source is None:
        return None
    if not own.says(language):
        message, remedy = f"A text of the message is not written in `{language}`.", "Write it, or take it out."
        raise UnusableError(message, "", [Finding("MAIL-004", source.place(), message, remedy)])
    return _Text(own.in_language(language), source)


def _fill_in(
    subject: _Text, body: _Text, words: Mapping[str, str], unkept: Mapping[str, str]
) -> tuple[str, RichText, list[Finding]]:
    """`unkept` says of figures that were not kept with the report what makes it again."""
    rich, findings = read_markdown(Narrative(body.source.name, body.words))
    if body.source.path:  # a block of YAML: its lines are not those of the file
        findings = [finding.at(body.source.place()) for finding in findings]
    known = ", ".join(sorted(word for word in words if words[word]))
    unknown = [(name, text.source) for text in (subject, body) for name in list_unknown(text.words, words)]
    for name, source in dict.fromkeys(unknown):
        code, message, remedy = "MAIL-004", f"There is nothing called `{name}` to fill in.", f"Known: {known}."
        if name in unkept:
            code, message = "MAIL-029", f"`{name}` is not kept with this report; an earlier version kept fewer figures."
            remedy = f"Make the report again: {unkept[name]}; or take the figure out of the text."
        findings.append(Finding(code, source.place(name), message, remedy, name))
    return fill_line(subject.words, words), fill_figures(rich, words), findings
