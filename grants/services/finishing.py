"""The end of every build: pages counted, PDFs added, every document read back and proven, all written whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grants.errors import Finding, GrantsError, OutputError, Place, Severity
from grants.services.documents import Made, prove
from grants.services.inputs import OUT, list_pack
from grants.services.load import Usable
from grants.services.manifest import MANIFEST, describe_build, hash_definition, hash_files, read_manifest
from grants.services.options import Outcome
from grants.services.products import write_products
from grants.writers.pdf import convert_to_pdf, find_pages, find_soffice, read_version

NOT_COUNTED = "not counted"


@dataclass(slots=True)
class Job:
    """Documents on their way to a folder."""

    project: Path
    folder: Path
    """Where they go."""
    templates: Path
    usable: Usable
    made: Made
    inputs: dict[str, str]
    files: dict[str, bytes]
    findings: list[Finding]
    pages: str = NOT_COUNTED
    """Who counted the pages of its contents tables."""
    about: dict[str, str] = field(default_factory=dict)
    """What its manifest says besides of the project."""
    data: dict[str, bytes] = field(default_factory=dict)
    """Files for programs, of which no PDF is made."""


def as_failure(error: GrantsError | OSError, project: Path) -> GrantsError:
    """A file that the system refuses (locked by Excel, a full temporary disk) is told like any other failure."""
    if isinstance(error, GrantsError):
        return error
    file = error.filename or "a temporary file"
    message = f"{project.name}: {file} cannot be used ({error.strerror}); nothing was written."
    return OutputError(message, "Close other programs, free some space, and try again.", code="OUT-004")


def number_pages(jobs: Iterable[Job]) -> None:
    """Let LibreOffice lay out every Word document, in one call, and write each again with the pages of its headings."""
    waiting = [
        (job, name) for job in jobs for name, paper in job.made.papers.items() if paper.template.prints("contents")
    ]
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
            job.findings.append(_not_counted(as_failure(error, job.project)))
        return
    for (job, name), pdf in zip(waiting, pdfs, strict=True):
        job.files[name] = job.made.papers[name].write(find_pages(pdf))
        job.pages = version


def _not_counted(error: GrantsError, severity: Severity = "warning") -> Finding:
    message = f"The contents table has no page numbers: {error.message}"
    remedy = error.remedy or "Update the table in Word (right click, Update field)."
    return Finding("OUT-005", Place(OUT, part="contents table"), message, remedy, severity=severity)


def add_pdfs(jobs: Iterable[Job]) -> dict[Path, Outcome]:
    """A PDF beside every document, all in one call of LibreOffice; where that fails, no project is written."""
    waiting = [(job, name) for job in jobs for name in job.files]
    try:
        pdfs = _convert(waiting)
    except (GrantsError, OSError) as error:
        return {job.project: Outcome(job.project, failure=as_failure(error, job.project)) for job, _ in waiting}
    for (job, name), pdf in zip(waiting, pdfs, strict=True):
        job.files[_name_pdf(name)] = pdf
    return {}


def _name_pdf(document: str) -> str:
    return Path(document).with_suffix(".pdf").name


def _print(job: Job, document: str) -> bytes:
    """What LibreOffice prints: the document, or a workbook's copy for print."""
    book = job.made.workbooks.get(document)
    return book.write_for_print(_name_pdf(document)) if book else job.files[document]


def _convert(documents: Sequence[tuple[Job, str]]) -> list[bytes]:
    """The PDF of each document, in order."""
    with tempfile.TemporaryDirectory(prefix="grants-") as name:
        folder = Path(name)
        files = []
        for number, (job, document) in enumerate(documents):
            files.append(folder / f"{number:04d}-{document}")
            files[-1].write_bytes(_print(job, document))
        return [pdf.read_bytes() for pdf in convert_to_pdf(files, folder / "pdf")]


def finish(job: Job) -> Outcome:
    """Prove and write."""
    papers = {name: job.files[name] for name in job.made.papers}
    try:
        prove(job.made, papers, job.usable.never_print)
        files = {job.folder / name: data for name, data in [*job.files.items(), *job.data.items()]}
        manifest = {job.folder / MANIFEST: _describe(job)}
        older, made = _list_older(job), (read_manifest(job.folder) or {}).get("outputs", {})
        known = {entry["sha256"] for entry in made.values() if "sha256" in entry}
        job.findings += write_products(job.project, files, manifest, known)
    except (GrantsError, OSError) as error:
        failure = as_failure(error, job.project)
        return Outcome(job.project, findings=(*job.findings, *failure.findings), failure=failure)
    return Outcome(job.project, (*files, *manifest), tuple(job.findings), older=older)


def _list_older(job: Job) -> tuple[Path, ...]:
    """PDFs that an earlier build has left beside documents that are others now."""
    known, definition = (read_manifest(job.folder) or {}).get("outputs", {}), hash_definition(job.inputs)
    older = []
    for name, data in job.files.items():
        document, pdf = job.folder / name, job.folder / _name_pdf(name)
        if pdf.name not in job.files and pdf.is_file():
            same = document.is_file() and document.read_bytes() == data
            if not (same and known.get(pdf.name, {}).get("definition") == definition):
                older.append(pdf)
    return tuple(older)


def _describe(job: Job) -> bytes:
    sheet = job.usable.project.sheet
    pack = hash_files(list_pack(job.templates, sheet.donor), job.templates)
    about = {
        "folder": job.project.name,
        "code": sheet.code,
        "version": sheet.version,
        "date": sheet.date.isoformat(),
        "donor": sheet.donor,
        **job.about,
    }
    return describe_build(about, job.inputs, pack, {**job.files, **job.data}, job.pages, job.folder)
