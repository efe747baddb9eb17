"""What a build is asked for, and what became of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Finding, GrantsError
from grants.services.inputs import OUT


@dataclass(frozen=True, slots=True)
class Options:
    """What to build and how."""

    languages: tuple[str, ...] = ()
    """Empty: all of the project's."""
    out: Path | None = None
    """None: the project's own out/."""
    only: str | None = None
    date: datetime.date | None = None
    pdf: bool = False
    page_numbers: bool = True
    """Let LibreOffice, where it is installed, count the pages for the contents table."""
    force: bool = False

    def folder(self, project: Path) -> Path:
        """Where a project's documents go."""
        return self.out / project.name if self.out else project / OUT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a project: files written, or why none were."""

    project: Path
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchanged: bool = False
    failure: GrantsError | None = None
    older: tuple[Path, ...] = ()
    """PDFs that stand beside these documents and were made from earlier ones."""

    @property
    def is_complete(self) -> bool:
        """Whether everything was made as asked: a contents table without page numbers is made again next time."""
        return self.failure is None and not any(x.code == "OUT-005" and x.severity == "warning" for x in self.findings)
