"""What a project is and what a donor demands: frozen models, no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from grants.model.budget import Budget
from grants.model.donor import Donor
from grants.model.grant import Grant
from grants.model.logframe import Logframe
from grants.model.organisation import Organisation
from grants.model.risks import Risks
from grants.model.sheet import ProjectSheet
from grants.model.work_plan import WorkPlan

__all__ = ["Donor", "Narrative", "Project", "SectionKey"]


class SectionKey(NamedTuple):
    """Which narrative file: narrative/<section>.<language>.md."""

    section: str
    language: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative file: Markdown as it was written."""

    file: str
    """Relative to the project's folder, with forward slashes."""
    markdown: str


@dataclass(frozen=True, slots=True)
class Project:
    """A whole project: the files of one folder, each valid by itself, with references that exist."""

    sheet: ProjectSheet
    logframe: Logframe
    work_plan: WorkPlan
    budget: Budget
    grant: Grant
    risks: Risks
    narratives: dict[SectionKey, Narrative]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The applicant first, then its partners."""
        return (self.sheet.applicant, *self.sheet.partners)
