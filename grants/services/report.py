"""`grants report`: the documents of one report, written whole or not at all, only where something has changed."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from grants.services.freshness import is_current, keep_state
from grants.services.inputs import describe_records_state, describe_state
from grants.services.options import Options, Outcome
from grants.services.workspace import find_templates


def build_report(project: Path, code: str, options: Options) -> Outcome:
    """Make the documents of a report of the project's calendar, in out/<code>/.

    Raises UsageError for a code that is no report; what else goes wrong is the outcome's failure.
    """
    folder = options.folder(project) / code
    today = datetime.date.today()  # what the documents bear where nothing else is said
    state = f"{today}\n{_describe(project, options)}"
    if not options.force and is_current(folder, state):
        return Outcome(project, unchanged=True)
    from grants.services.report_production import produce_report  # noqa: PLC0415  # heavy: all that makes documents

    outcome = produce_report(project, code, options, today)
    if outcome.is_complete:
        keep_state(folder, state, outcome.files)
    return outcome


def _describe(project: Path, options: Options) -> str:
    office = bool(shutil.which("soffice")) and options.page_numbers
    asked = (office, options.languages, options.only, options.date, options.pdf, options.page_numbers)
    return f"{asked}\n{describe_state(project, find_templates(project))}{describe_records_state(project)}"
