"""What a project is and what a donor demands: frozen models, no files, no clock."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from grants.model.budget import Budget
from grants.model.donor import Donor
from grants.model.grant import LAST_DAY, Grant
from grants.model.logframe import Logframe
from grants.model.organisation import Organisation
from grants.model.risks import Risks
from grants.model.sheet import ProjectSheet
from grants.model.work_plan import WorkPlan

__all__ = ["Donor", "Narrative", "Project", "ProjectSheet", "SectionKey"]


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

    def end_on(self, day: datetime.date = LAST_DAY) -> datetime.date:
        """The last day of the project, as agreed on a day; as planned, where the contract says nothing of it."""
        contract = self.grant.contract
        return (contract.end_on(day) if contract else None) or self.sheet.end

    def sheet_on(self, day: datetime.date) -> ProjectSheet:
        """The project as it was agreed on a day: with the last day that held then."""
        return self.sheet.model_copy(update={"end": self.end_on(day)})
