"""A project's folder -> Project, the files it came from, and every finding in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from grants.errors import Finding, Path, Place, has_errors
from grants.model import Narrative, Project, SectionKey
from grants.model.base import Model
from grants.model.budget import Budget
from grants.model.grant import Grant
from grants.model.logframe import Logframe
from grants.model.risks import Risks
from grants.model.sheet import ProjectSheet
from grants.model.work_plan import WorkPlan
from grants.readers.integrity import find_broken_parts
from grants.readers.shape import read_shape
from grants.readers.text_file import read_text
from grants.readers.yaml_file import YamlFile, read_yaml

FILES: dict[str, tuple[str, type[Model]]] = {
    "sheet": ("project.yaml", ProjectSheet),
    "logframe": ("logframe.yaml", Logframe),
    "work_plan": ("work-plan.yaml", WorkPlan),
    "budget": ("budget.yaml", Budget),
    "grant": ("grant.yaml", Grant),
    "risks": ("risks.yaml", Risks),
}
"""Part of a Project -> its file and model."""
NARRATIVE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2})\.md")


@dataclass(slots=True)
class ProjectFiles:
    """The files of a definition as read: they know where everything stands."""

    yaml: dict[str, YamlFile] = field(default_factory=dict)

    def locate(self, finding: Finding) -> Finding:
        """The finding with file, line and column instead of a path in the definition."""
        path: Path = finding.place.path
        if finding.place.file or not path:
            return finding
        part = str(path[0])
        if part in self.yaml:
            return finding.at(self.yaml[part].place(path[1:]))
        return finding.at(Place(FILES[part][0] if part in FILES else part, path=path))


def read_project(folder: FilePath) -> tuple[Project | None, ProjectFiles, list[Finding]]:
    """The project of a folder, or None where it is not one yet; with all findings, in the order of the files."""
    files, parts, findings = ProjectFiles(), dict[str, Any](), list[Finding]()
    for part, (name, model) in FILES.items():
        yaml_file, faults = read_yaml(folder / name, name)
        findings += faults
        if yaml_file is not None:
            files.yaml[part] = yaml_file
            if not faults:
                parts[part], faults = read_shape(yaml_file, model, part)
                findings += faults
    findings += map(files.locate, find_broken_parts(**{part: parts.get(part) for part in FILES}))
    narratives, faults = read_narratives(folder, "narrative")
    findings += faults
    if has_errors(findings):
        return None, files, findings
    return Project(narratives=narratives, **parts), files, findings


def read_narratives(folder: FilePath, within: str) -> tuple[dict[SectionKey, Narrative], list[Finding]]:
    """The texts of a folder inside a project's, section by section and language by language; hidden files left out."""
    narratives: dict[SectionKey, Narrative] = {}
    findings: list[Finding] = []
    for file in sorted((folder / within).glob("*")):
        name = f"{within}/{file.name}"
        match = NARRATIVE.fullmatch(file.name)
        if match is None:
            message, remedy = (
                "A narrative file's name does not say section and language.",
                "Name it like context.el.md.",
            )
            if not file.name.startswith("."):
                findings.append(Finding("FILE-005", Place(name), message, remedy, file.name, "warning"))
            continue
        text, faults = read_text(file, name)
        findings += faults
        if text is not None:
            narratives[SectionKey(match[1], match[2])] = Narrative(name, text)
    return narratives, findings
