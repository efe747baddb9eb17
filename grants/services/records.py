"""What came back of a project, with everything that is known about it: its accounts, its texts, and all findings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, has_errors
from grants.ledger.accounts import Accounts, draw_up_all
from grants.ledger.books import find_scope, list_folders
from grants.model import Narrative, Project, SectionKey
from grants.model.grant import ReportDue
from grants.model.limits import Limits
from grants.model.records import Records
from grants.model.rich_text import RichText
from grants.readers.markdown import read_markdown
from grants.readers.records import RecordFiles, read_records, read_report_narratives
from grants.rules import Making, check_records, read_limits
from grants.services.handed_in import read_handed_in
from grants.services.load import Loaded, Usable, load_project, sort_findings

ReportTexts = Mapping[str, Mapping[SectionKey, Narrative]]
"""Report -> its texts."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Everything that a report is made of, besides the project itself."""

    records: Records
    limits: Limits
    accounts: Mapping[str, Accounts]
    """Report -> its figures, for every interim and final report that has records."""
    rich: Mapping[str, Mapping[SectionKey, RichText]]
    """Report -> its texts."""


@dataclass(frozen=True, slots=True)
class LoadedRecords:
    """What the folders of records hold; `returned` is None where no report can be made of them yet."""

    returned: Returned | None
    findings: list[Finding]
    readable: bool = True
    """Whether the tables and lists themselves can be read; where not, no rule was applied."""


def check_everything(folder: Path, today: datetime.date) -> list[Finding]:
    """All findings about a project and about what came back of it, in the order of the files."""
    loaded = load_project(folder)
    return sort_findings([*loaded.findings, *load_records(loaded, today).findings])


def load_records(loaded: Loaded, today: datetime.date, making: Making | None = None) -> LoadedRecords:
    """Read what came back of a project, draw up its accounts, and check: everything, once.

    The findings are those of the records only. `making` is the report that is to be made of them: then nothing is
    read that came after its end. Where the definition has errors, the records are read all the same.
    """
    if loaded.project is None:
        return LoadedRecords(None, [])
    reports = [report.code for report in loaded.project.grant.reports]
    only = next(
        (
            list_folders(loaded.project.grant, x)
            for x in loaded.project.grant.reports
            if making and x.code == making.report
        ),
        None,
    )
    records, files, findings = read_records(loaded.folder, loaded.project, only)
    texts, faults = read_report_narratives(loaded.folder, [x for x in reports if only is None or x in only])
    rich, more = _read_texts(texts)
    findings += faults + more
    if records is None or loaded.usable is None:
        return LoadedRecords(None, sort_findings(findings), records is not None)
    limits = read_limits(loaded.project, loaded.usable.donor, loaded.usable.common)
    reported = list_reports(loaded.project, records)
    handed_in = read_handed_in(loaded.folder, loaded.project.grant)
    accounts = draw_up_all(loaded.project, records, reported, limits, handed_in)
    found = _check(loaded.usable, records, accounts, texts, today, making)
    findings += [_locate(finding, loaded, files) for finding in found]
    returned = None if has_errors(faults + more) else Returned(records, limits, accounts, rich)
    return LoadedRecords(returned, sort_findings(findings))


def list_reports(project: Project, records: Records) -> list[ReportDue]:
    """The interim and final reports of which a period, or a text of their own, has come back."""
    found = []
    for report in project.grant.reports:
        current = [period.code for period in find_scope(project.grant, report).current]
        if report.kind in ("interim", "final") and not records.periods.keys().isdisjoint([report.code, *current]):
            found.append(report)
    return found


def _check(
    usable: Usable,
    records: Records,
    accounts: Mapping[str, Accounts],
    texts: ReportTexts,
    today: datetime.date,
    making: Making | None,
) -> list[Finding]:
    return check_records(
        usable.project,
        usable.totals,
        usable.donor,
        usable.common,
        records,
        accounts,
        texts,
        today,
        usable.never_print,
        making,
    )


def _read_texts(texts: ReportTexts) -> tuple[dict[str, dict[SectionKey, RichText]], list[Finding]]:
    rich: dict[str, dict[SectionKey, RichText]] = {}
    findings: list[Finding] = []
    for report, narratives in texts.items():
        rich[report] = {}
        for key, narrative in narratives.items():
            rich[report][key], faults = read_markdown(narrative)
            findings += faults
    return rich, findings


def _locate(finding: Finding, loaded: Loaded, files: RecordFiles) -> Finding:
    """A finding is about the records, or about what the definition plans."""
    path = finding.place.path
    own = bool(path) and path[0] in ("periods", "rates", "signed")
    return files.locate(finding) if own else loaded.files.locate(finding)
