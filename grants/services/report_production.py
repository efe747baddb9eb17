"""The work of `grants report`: read, stop if unusable, view, write, count pages, prove, put on disk."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator
from pathlib import Path

from grants.errors import Finding, GrantsError, Place, UnusableError, UsageError, has_errors
from grants.ledger.books import list_folders
from grants.ledger.figures import list_report_figures
from grants.model import Project
from grants.model.grant import ReportDue
from grants.rules import Making
from grants.services.documents import with_date
from grants.services.finishing import Job, add_pdfs, as_failure, finish, number_pages
from grants.services.inputs import FIGURES, list_inputs, list_records
from grants.services.load import Usable, load_project
from grants.services.manifest import hash_definition, hash_files, read_manifest
from grants.services.options import Options, Outcome
from grants.services.production import choose_languages
from grants.services.records import load_records
from grants.services.report_documents import list_needless, make_report_documents
from grants.views.letters import list_enclosed
from grants.views.report import ReportSource
from grants.views.report.figures import list_text_values


def produce_report(project: Path, code: str, options: Options, today: datetime.date) -> Outcome:
    """The documents of a report. Raises UsageError for a code that is no report."""
    try:
        job = _prepare(project, code, options, today)
        if options.page_numbers:
            number_pages([job])
        if options.pdf and (failed := add_pdfs([job])):
            return failed[project]
        return finish(job)
    except UsageError:
        raise
    except (GrantsError, OSError) as error:
        failure = as_failure(error, project)
        return Outcome(project, findings=failure.findings, failure=failure)


def _prepare(project: Path, code: str, options: Options, today: datetime.date) -> Job:
    """Read, check, make. Raises UsageError for a wrong code or language, UnusableError where there are errors."""
    loaded = load_project(project)
    if loaded.usable is None:
        raise UnusableError(_say_errors(project), "Correct them and try again.", loaded.findings)
    report = find_report(loaded.usable, code)
    day = options.date or report.submitted or today
    languages = choose_languages(loaded.usable, options)
    found = load_records(loaded, day, Making(code, languages, options.only))  # judged on the day that documents bear
    findings = [*loaded.findings, *found.findings, *_say_day(loaded.usable.project, report, options, day)]
    if found.returned is None or has_errors(findings):
        raise UnusableError(_say_errors(project), "Correct them and try again.", findings)
    if code not in found.returned.accounts:
        raise UnusableError(f"{project.name}: nothing has come back for the report {code} yet.", _say_missing(code))
    usable = with_date(loaded.usable, day)
    source = ReportSource(
        project=usable.project,
        donor=usable.donor,
        records=found.returned.records,
        accounts=found.returned.accounts[code],
        limits=found.returned.limits,
        rich=found.returned.rich.get(code, {}),
        day=day,
    )
    folders = list_folders(usable.project.grant, report)
    inputs = hash_files([*list_inputs(project), *list_records(project, folders)], project, report.end)
    made = make_report_documents(source, usable, loaded.templates, hash_definition(inputs), languages, options.only)
    files = {name: workbook.data for name, workbook in made.workbooks.items()}
    files |= {name: paper.write() for name, paper in made.papers.items()}
    folder = options.folder(project) / code
    needless = {document.file_name for document in list_needless(source)}
    findings += _find_older(folder, files, needless, hash_definition(inputs))
    return Job(
        project,
        folder,
        loaded.templates,
        usable,
        made,
        inputs,
        files,
        findings,
        about={"report": code, "periods": " ".join(folders), "end": report.end.isoformat()},
        data={FIGURES: describe_figures(source)},
    )


def _say_day(project: Project, report: ReportDue, options: Options, day: datetime.date) -> Iterator[Finding]:
    """Where nobody said which day the documents bear, it is today's: made again tomorrow, they are others. And only a
    draft is dated before the contract, or before the report's period is over.
    """
    if not options.date and not report.submitted:
        message = f"Report {report.code} is not handed in yet, so its documents are dated today, {day}."
        remedy = "Give --date; or enter the day under `submitted` in grant.yaml once it is handed in."
        yield Finding("OUT-008", Place("grant.yaml"), message, remedy, severity="info")
    contract, what = project.grant.contract, ""
    if contract is not None and day < contract.signed:
        what = f"before the contract was signed ({contract.signed})"
    elif day <= report.end:
        what = f"before its period is over ({report.end})"
    if what:
        message = f"The documents of report {report.code} are dated {what}."
        remedy = "That will do for a draft; what is sent bears a later day: give it with --date, or as `submitted`."
        yield Finding("OUT-011", Place("grant.yaml"), message, remedy, str(day), "warning")


def _find_older(folder: Path, files: Collection[str], needless: Collection[str], definition: str) -> Iterator[Finding]:
    """Documents of an earlier making that stay beside these ones, and were made of something else; those that the
    report has no need of any more apart, for they are not made again.
    """
    outputs = (read_manifest(folder) or {}).get("outputs", {})
    made = {Path(name).stem for name in files}
    older = [
        name
        for name in sorted(outputs)
        if Path(name).suffix in (".docx", ".xlsx", ".pdf")
        and Path(name).stem not in made
        and (folder / Path(name).name).is_file()
    ]
    over = [name for name in older if name.partition(".")[0] in needless]
    others = [name for name in older if name not in over and outputs[name].get("definition") != definition]
    place = Place(f"{folder.parent.name}/{folder.name}")
    if over:
        message = "Documents of an earlier making stand beside these, and are no part of this report any more."
        yield Finding("OUT-009", place, message, "Delete them.", ", ".join(over), "warning")
    if others:
        message = "Documents of an earlier making stand beside these, and may say something else."
        remedy = "Make them again too (without --lang and --only, a PDF with --pdf), or take them away."
        yield Finding("OUT-009", place, message, remedy, ", ".join(others), "warning")


def _say_errors(project: Path) -> str:
    return f"{project.name}: the definition or what came back has errors; nothing was written."


def _say_missing(code: str) -> str:
    return f"Put its costs and progress under periods/, and its texts into periods/{code}/narrative/."


def find_report(usable: Usable, code: str) -> ReportDue:
    """The report of that code. Raises UsageError where it is none for which the donor's pack has documents."""
    kinds = {kind for document in usable.donor.report_documents for kind in document.kinds}
    reports = [report for report in usable.project.grant.reports if report.kind in kinds]
    for report in reports:
        if report.code == code:
            return report
    known = ", ".join(f"{report.code} ({report.kind})" for report in reports) or "none"
    grant, sheet, donor = usable.project.grant, usable.project.sheet, usable.donor
    if any(report.code == code for report in grant.reports):
        what = f"The pack of {donor.code} has no documents for the report `{code}`"
        known += f". What is made for a kind of report stands under `report_documents` in {donor.code}/donor.yaml"
    elif any(period.code == code for period in grant.reporting_periods):
        what = f"`{code}` is a period of {sheet.code}, not a report"
    else:
        what = f"{sheet.code} has no report `{code}`"
    raise UsageError(f"{what}.", f"Reports: {known}.")


def describe_figures(source: ReportSource) -> bytes:
    """Every figure of the ledger as JSON, amounts as texts with two decimals; those that a text may name; whose they
    are, and what goes with them."""
    report, books = source.report, source.accounts.books
    data = {
        "project": source.project.sheet.code,
        "report": report.code,
        "kind": report.kind,
        "start": report.start.isoformat(),
        "end": report.end.isoformat(),
        "due": report.due.isoformat(),
        "date": source.day.isoformat(),
        "currency": books.budget.currency,
        "requested": f"{source.accounts.next_payment.amount:.2f}",
        "instalment": source.accounts.next_payment.instalment,
        "needless": [document.file_name for document in list_needless(source)],
        "enclosed": list_enclosed(source),
        "texts": {name: str(value) for name, value in list_text_values(source).items()},
        "figures": {name: f"{amount:.2f}" for name, amount in list_report_figures(source.accounts).items()},
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
