"""A finding: code, severity, place, what is wrong, what was found, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "info"]
Path = tuple[str | int, ...]
"""Where in a definition, by keys: ("budget", "lines", 3, "unit_cost"). The first key names the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: a line of a file, a cell of a sheet, a part of a template.

    `path` says where in the definition, for a check that knows the model and no files; whoever read the files
    turns it into file, line and column.
    """

    file: str = ""
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    part: str | None = None
    path: Path = ()

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file} {self.cell}" if self.file else self.cell
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        place = ":".join([self.file, *numbers])
        return f"{place} ({self.part})" if self.part else place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at. Only severity error stops the work."""

    code: str
    place: Place
    message: str
    remedy: str
    found: str | None = None
    severity: Severity = "error"
    source: str | None = None
    """For a donor's rule: where it is written, so that a finance officer can argue."""

    def at(self, place: Place) -> Finding:
        """The same finding at another place."""
        return replace(self, place=place)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the work."""
    return any(finding.severity == "error" for finding in findings)
