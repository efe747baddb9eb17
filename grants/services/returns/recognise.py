"""Whose workbook is it, and which: by its stamp, else by the document's properties, else by its headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, Place
from grants.forms import OLDER, PERIOD
from grants.forms.columns import Form
from grants.model import Project
from grants.readers.project import read_project
from grants.readers.returned.book import Book
from grants.readers.returned.headers import find_tables
from grants.readers.stamp import read_stamp
from grants.services.returns.making import FORMS, Grounds, make_expected, read_grounds
from grants.services.same_code import find_same_code
from grants.services.workspace import PROJECT_FILE

_LANGUAGES = ("el", "en", "sr")
_TITLE_ROWS = 3
_TELLING = ("form", "form_version", "project", "period", "language")
"""Facts that say where what is filled in belongs."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A workbook of ours."""

    form: Form
    grounds: Grounds
    language: str
    period: str | None
    facts: Mapping[str, str]


def recognise(
    book: Book, name: str, folders: Iterable[Path], period: str | None
) -> tuple[Recognised | None, list[Finding]]:
    """What a workbook is, or why it is none of ours."""
    stamp = book.read_stamp()
    properties = read_stamp(book.data)
    facts = {**properties, **(stamp.facts if stamp else {})}
    form = FORMS.get(facts.get("form", ""))
    if refusal := _refuse(stamp.facts if stamp else {}, properties, name):
        return None, [refusal]
    if form is None or facts.get("language") not in _LANGUAGES:
        return _recognise_by_headers(book, name, folders, period)
    places = list(folders)
    folder = next((x for x in places if _read_code(x) == facts.get("project")), None)
    if folder is None:
        return None, [_say_elsewhere(facts.get("project", ""), [x.name for x in places], name)]
    if same := find_same_code(folder, places):
        return None, [_say_several(facts["project"], [x.name for x in (folder, *same)], name)]
    return _recognise_form(form, folder, facts, period, name)


def _recognise_form(
    form: Form, folder: Path, facts: Mapping[str, str], period: str | None, name: str
) -> tuple[Recognised | None, list[Finding]]:
    """A form of a project, in its version and of its period."""
    version = facts.get("form_version", str(form.version))
    known = form if version == str(form.version) else OLDER.get((form.key, version))
    if known is None:
        message = "The workbook was made by another version of the program: its columns are others."
        return None, [Finding("RET-003", Place(name), message, "Make the form anew and copy the entries into it.")]
    if known.key == PERIOD.key and period and facts.get("period", period) != period:
        return None, [_say_period(facts["period"], period, name)]
    period = facts.get("period", period)
    if known.key == PERIOD.key and period is None:
        return None, [_ask_period(name)]
    return Recognised(known, read_grounds(folder), facts["language"], period, facts), []


def _refuse(stamp: Mapping[str, str], properties: Mapping[str, str], name: str) -> Finding | None:
    """Why a workbook that the program made is not read: it says two things of itself, or it is no form."""
    if found := _find_contrary(stamp, properties):
        message = f"The hidden sheet of the workbook and its document properties contradict each other: {found}."
        remedy = "Fill in one form, as it was sent to you; do not copy sheets from one form into another."
        return Finding("RET-006", Place(name), message, remedy)
    facts = {**properties, **stamp}
    if facts.get("form", "budget") not in FORMS:
        what = f"{facts['form'].replace('-', ' ')} of project {facts.get('project', '?')}"
        message = f"This is the {what}, made by the program to go out; it is no form that is filled in."
        return Finding("RET-007", Place(name), message, "Send the form itself, filled in: `grants form` makes it.")
    return None


def _say_elsewhere(code: str, here: Sequence[str], name: str) -> Finding:
    """The workbook is of none of the projects that were looked through: all of the workspace, or the one named."""
    message = f"The workbook belongs to a project `{code}`, which is not among those looked through: {', '.join(here)}."
    remedy = f"Go to the workspace of {code}; where the command names another project, leave --project out."
    return Finding("RET-002", Place(name), message, remedy)


def _say_several(code: str, folders: Sequence[str], name: str) -> Finding:
    message = f"The workbook is of the project {code}, and several projects have that code: {', '.join(folders)}."
    remedy = f"Say with --project whose it is; then give the copy a code of its own (`code:` in {PROJECT_FILE})."
    return Finding("RET-036", Place(name), message, remedy, code)


def _say_period(stamped: str, said: str, name: str) -> Finding:
    message = f"The workbook is the form of {stamped}, and the command says --period {said}."
    remedy = f"Leave --period out to import it into {stamped}, or import the form of {said}."
    return Finding("RET-005", Place(name), message, remedy)


def _find_contrary(stamp: Mapping[str, str], properties: Mapping[str, str]) -> str:
    """What the two places say otherwise: `period 2008-H1, 2008-H2`; a program may have lost the properties."""
    said = [
        f"{key} {stamp[key]}, {properties[key]}"
        for key in _TELLING
        if key in stamp and properties.get(key, stamp[key]) != stamp[key]
    ]
    return "; ".join(said)


def _read_code(folder: Path) -> str | None:
    project, _, _ = read_project(folder)
    return project.sheet.code if project else None


def _ask_period(name: str, titled: str | None = None) -> Finding:
    message = "The workbook does not say which period it is of."
    remedy = f"Its titles say {titled}: --period {titled}, if that is right." if titled else "Say it with --period."
    return Finding("RET-004", Place(name), message, remedy)


def _say_titled(titled: str, said: str, name: str) -> Finding:
    message = f"The titles of the workbook say {titled}, and the command says --period {said}."
    remedy = f"Say --period {titled}, or import the form of {said}."
    return Finding("RET-005", Place(name), message, remedy)


def _recognise_by_headers(
    book: Book, name: str, folders: Iterable[Path], period: str | None
) -> tuple[Recognised | None, list[Finding]]:
    """The form and language whose tables are all there, or most of them."""
    places = list(folders)
    if len(places) != 1:
        message = "The workbook does not say which project it is of."
        return None, [Finding("RET-001", Place(name), message, "Name the project with --project.")]
    grounds, best, most = read_grounds(places[0]), None, 0.0
    first = next((x.code for x in grounds.usable.project.grant.reporting_periods), None)
    for form in FORMS.values():
        if form is PERIOD and (period or first) is None:
            continue
        for language in _LANGUAGES:
            found = find_tables(book, form, make_expected(grounds, form, language, period or first))
            labels = sum(len(x.columns) - len(x.relabelled) for x in found.values())
            tables = sum(len(sheet.tables) for sheet in form.sheets)
            score = len(found) / tables + labels / 1000
            if len(found) * 2 >= tables and score > most:
                best, most = (form, language), score
    if best is None:
        message = "The file is no workbook that the program has made."
        return None, [Finding("RET-001", Place(name), message, "Send the form itself, filled in, as .xlsx.")]
    titled = _read_period(book, grounds.usable.project) if best[0] is PERIOD else None
    if best[0] is PERIOD and period is None:
        return None, [_ask_period(name, titled)]
    if titled and titled != period:
        return None, [_say_titled(titled, period or "", name)]
    return Recognised(best[0], grounds, best[1], period, {}), []


def _read_period(book: Book, project: Project) -> str | None:
    """The period that stands with its days below the titles of a form; None where its sheets name none, or several."""
    titles = [x for sheet in book.sheets for row in book.rows(sheet)[:_TITLE_ROWS] for x in row if isinstance(x, str)]
    named = {
        period.code
        for period in project.grant.reporting_periods
        if any(re.search(rf"(?<![\w.-]){re.escape(period.code)} \(", words) for words in titles)
    }
    return named.pop() if len(named) == 1 else None
