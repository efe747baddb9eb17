"""The work of a build: read, stop if unusable, view, write, count pages, prove, put on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grants.errors import GrantsError, UnusableError, UsageError, has_errors
from grants.services.documents import make_documents, with_date
from grants.services.finishing import Job, add_pdfs, as_failure, finish, number_pages
from grants.services.inputs import list_inputs
from grants.services.load import Usable, load_project
from grants.services.manifest import hash_definition, hash_files
from grants.services.options import Options, Outcome


def produce(projects: Sequence[Path], options: Options) -> list[Outcome]:
    """Build projects in this process; one that fails stops no other."""
    jobs: list[Job] = []
    outcomes: dict[Path, Outcome] = {}
    for project in projects:
        try:
            jobs.append(_prepare(project, options))
        except (GrantsError, OSError) as error:
            failure = as_failure(error, project)
            outcomes[project] = Outcome(project, findings=failure.findings, failure=failure)
    if options.page_numbers:
        number_pages(jobs)
    if options.pdf:
        outcomes |= add_pdfs(jobs)
    for job in jobs:
        if job.project not in outcomes:
            outcomes[job.project] = finish(job)
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
    languages = choose_languages(usable, options)
    made = make_documents(usable, loaded.templates, hash_definition(inputs), languages, options.only)
    files = {name: workbook.data for name, workbook in made.workbooks.items()}
    files |= {name: paper.write() for name, paper in made.papers.items()}
    return Job(project, options.folder(project), loaded.templates, usable, made, inputs, files, loaded.findings)


def choose_languages(usable: Usable, options: Options) -> tuple[str, ...]:
    """The languages asked for, or all of the project's. Raises UsageError for one that it is not written in."""
    written = usable.project.sheet.languages
    for language in options.languages:
        if language not in written:
            message = f"{usable.project.sheet.code} is not written in `{language}`."
            raise UsageError(message, f"Its languages: {', '.join(written)}.")
    return options.languages or written
