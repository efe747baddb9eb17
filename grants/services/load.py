"""A project with everything that is known about it: its donor, its totals, its texts, and all findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grants.errors import Finding, Place, UnusableError, has_errors
from grants.ledger.totals import Totals, add_up
from grants.model import Donor, Project, SectionKey
from grants.model.donor import Rules
from grants.model.rich_text import RichText
from grants.readers.markdown import read_markdown
from grants.readers.never_print import read_never_print
from grants.readers.pack import read_common_rules, read_donor
from grants.readers.project import ProjectFiles, read_project
from grants.rules import check_rules
from grants.services.workspace import find_templates, list_donors


@dataclass(frozen=True, slots=True)
class Usable:
    """A project of which documents can be made, as far as its definition goes."""

    project: Project
    donor: Donor
    totals: Totals
    rich: Mapping[SectionKey, RichText]
    never_print: Sequence[str]
    """Phrases that no document may contain, wherever they come from."""
    common: Rules
    """The rules of every donor."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds; `usable` is None where it is not a project yet."""

    folder: Path
    templates: Path
    usable: Usable | None
    findings: list[Finding]
    project: Project | None = None
    """Also where documents cannot be made of it."""
    files: ProjectFiles = field(default_factory=ProjectFiles)


def load_project(folder: Path) -> Loaded:
    """Read a project and its donor's pack, add up, and check: everything, once."""
    templates = find_templates(folder)
    project, files, findings = read_project(folder)
    if project is None:
        return Loaded(folder, templates, None, sort_findings(findings), None, files)
    donor, faults = _read_donor(templates, project, files)
    findings += faults
    common, _, faults = read_common_rules(templates / "_common")
    findings += faults
    never_print, faults = read_never_print(folder)
    findings += faults
    rich: dict[SectionKey, RichText] = {}
    for key, narrative in project.narratives.items():
        rich[key], faults = read_markdown(narrative)
        findings += faults
    if donor is None or common is None or has_errors(findings):
        return Loaded(folder, templates, None, sort_findings(findings), project, files)
    totals = add_up(project)
    findings += map(files.locate, check_rules(project, totals, donor, common, rich, never_print))
    usable = Usable(project, donor, totals, rich, never_print, common)
    return Loaded(folder, templates, usable, sort_findings(findings), project, files)


def load_usable(folder: Path) -> Usable:
    """What documents can be made of. Raises UnusableError with everything that is wrong where there is nothing."""
    loaded = load_project(folder)
    if loaded.usable is None:
        raise UnusableError("The definition has errors.", "Correct them first.", loaded.findings)
    return loaded.usable


def _read_donor(templates: Path, project: Project, files: ProjectFiles) -> tuple[Donor | None, list[Finding]]:
    code = project.sheet.donor
    if code not in list_donors(templates):
        known = ", ".join(list_donors(templates)) or "none"
        place = Place(path=("sheet", "donor"))
        message, remedy = f"There is no donor pack `{code}`.", f"Packs that are there: {known}."
        return None, [files.locate(Finding("DON-001", place, message, remedy, code))]
    donor, _, findings = read_donor(templates / code)
    return donor, findings


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the files, and inside each from its beginning."""
    return sorted(findings, key=lambda f: (f.place.file, f.place.line or 0, f.place.column or 0, f.code))
