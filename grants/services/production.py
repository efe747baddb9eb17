"""The work of a build: read, stop if unusable, view, write, count pages, prove, put on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, GrantsError, OutputError, Place, Severity, UnusableError, UsageError, has_errors
from grants.services.documents import Made, make_documents, prove, with_date
from grants.services.inputs import OUT, list_inputs, list_pack
from grants.services.load import Usable, load_project
from grants.services.manifest import MANIFEST, describe_build, hash_definition, hash_files
from grants.services.options import Options, Outcome
from grants.writers.files import write_whole
from grants.writers.pdf import convert_to_pdf, find_pages, find_soffice, read_version

NOT_COUNTED = "not counted"


@dataclass(slots=True)
class Job:
    """A project on its way to documents."""

    project: Path
    templates: Path
    usable: Usable
    made: Made
    inputs: dict[str, str]
    files: dict[str, bytes]
    findings: list[Finding]
    pages: str = NOT_COUNTED
    """Who counted the pages of its contents tables."""


def produce(projects: Sequence[Path], options: Options) -> list[Outcome]:
    """Build projects in this process; one that fails stops no other."""
    jobs: list[Job] = []
    outcomes: dict[Path, Outcome] = {}
    for project in projects:
        try:
            jobs.append(_prepare(project, options))
        except (GrantsError, OSError) as error:
            failure = _as_failure(error, project)
            outcomes[project] = Outcome(project, findings=failure.findings, failure=failure)
    if options.page_numbers:
        _number_pages(jobs)
    if options.pdf:
        outcomes |= _add_pdfs(jobs)
    for job in jobs:
        if job.project not in outcomes:
            outcomes[job.project] = _finish(job, options)
    return [outcomes[project] for project in projects]


def _prepare(project: Path, options: Options) -> Job:
    """Read, check, make. Raises UnusableError where the definition has errors."""
    loaded = load_project(project)
    usable = loaded.usable
    if usable is None or has_errors(loaded.findings):
        message = f"{project.name}: the definition has errors; nothing was written."
        raise UnusableError(message, "Correct them and build again.", loaded.findings)
    if options.date:
        usable = with_date(usable, options.date)
    inputs = hash_files(list_inputs(project), project)
    languages = _choose_languages(usable, options)
    made = make_documents(usable, loaded.templates, hash_definition(inputs), languages, options.only)
    files = {name: workbook.data for name, workbook in made.workbooks.items()}
    files |= {name: paper.write() for name, paper in made.papers.items()}
    return Job(project, loaded.templates, usable, made, inputs, files, loaded.findings)


def _as_failure(error: GrantsError | OSError, project: Path) -> GrantsError:
    """A file that the system refuses (locked by Excel, a full temporary disk) is told like any other failure."""
    if isinstance(error, GrantsError):
        return error
    file = error.filename or "a temporary file"
    message = f"{project.name}: {file} cannot be used ({error.strerror}); nothing was written."
    return OutputError(message, "Close other programs, free some space, and try again.", code="OUT-004")


def _choose_languages(usable: Usable, options: Options) -> tuple[str, ...]:
    written = usable.project.sheet.languages
    for language in options.languages:
        if language not in written:
            message = f"{usable.project.sheet.code} is not written in `{language}`."
            raise UsageError(message, f"Its languages: {', '.join(written)}.")
    return options.languages or written


def _number_pages(jobs: Iterable[Job]) -> None:
    """Let LibreOffice lay out every Word document, in one call, and write each again with the pages of its headings."""
    waiting = [(job, name) for job in jobs for name in job.made.papers]
    if find_soffice() is None:
        for job in {job.project: job for job, _ in waiting}.values():
            job.findings.append(_not_counted(OutputError("LibreOffice is not installed."), "info"))
        return
    if not waiting:
        return
    try:
        pdfs = _convert([(job, name) for job, name in waiting])
        version = read_version()
    except (GrantsError, OSError) as error:
        for job in {job.project: job for job, _ in waiting}.values():
            job.findings.append(_not_counted(_as_failure(error, job.project)))
        return
    for (job, name), pdf in zip(waiting, pdfs, strict=True):
        job.files[name] = job.made.papers[name].write(find_pages(pdf))
        job.pages = version


def _not_counted(error: GrantsError, severity: Severity = "warning") -> Finding:
    message = f"The contents table has no page numbers: {error.message}"
    remedy = error.remedy or "Update the table in Word (right click, Update field)."
    return Finding("OUT-005", Place(OUT, part="contents table"), message, remedy, severity=severity)


def _add_pdfs(jobs: Iterable[Job]) -> dict[Path, Outcome]:
    """A PDF beside every document, all in one call of LibreOffice; where that fails, no project is written."""
    waiting = [(job, name) for job in jobs for name in job.files]
    try:
        pdfs = _convert(waiting)
    except (GrantsError, OSError) as error:
        return {job.project: Outcome(job.project, failure=_as_failure(error, job.project)) for job, _ in waiting}
    for (job, name), pdf in zip(waiting, pdfs, strict=True):
        job.files[Path(name).with_suffix(".pdf").name] = pdf
    return {}


def _convert(documents: Sequence[tuple[Job, str]]) -> list[bytes]:
    """The PDF of each document, in order."""
    with tempfile.TemporaryDirectory(prefix="grants-") as name:
        folder = Path(name)
        files = []
        for number, (job, document) in enumerate(documents):
            files.append(folder / f"{number:04d}-{document}")
            files[-1].write_bytes(job.files[document])
        return [pdf.read_bytes() for pdf in convert_to_pdf(files, folder / "pdf")]


def _finish(job: Job, options: Options) -> Outcome:
    """Prove and write."""
    papers: Mapping[str, bytes] = {name: job.files[name] for name in job.made.papers}
    folder = options.folder(job.project)
    try:
        prove(job.made, papers, job.usable.never_print)
        files = {folder / name: data for name, data in job.files.items()}
        files[folder / MANIFEST] = _describe(job, folder)
        write_whole(files)
    except (GrantsError, OSError) as error:
        failure = _as_failure(error, job.project)
        return Outcome(job.project, findings=(*job.findings, *failure.findings), failure=failure)
    return Outcome(job.project, tuple(files), tuple(job.findings))


def _describe(job: Job, folder: Path) -> bytes:
    sheet = job.usable.project.sheet
    pack = hash_files(list_pack(job.templates, sheet.donor), job.templates)
    about = {
        "folder": job.project.name,
        "code": sheet.code,
        "version": sheet.version,
        "date": sheet.date.isoformat(),
        "donor": sheet.donor,
    }
    return describe_build(about, job.inputs, pack, job.files, job.pages, folder)
