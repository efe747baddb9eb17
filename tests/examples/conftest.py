"""The base project with a broken definition laid over it, and what the program says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grants.errors import Finding
from grants.services.load import load_project

EXAMPLES = Path(__file__).parent
ROOT = EXAMPLES.parents[1]
REMOVED, EXPECTED = "removed.txt", "expected.txt"


@pytest.fixture
def lay_over(tmp_path: Path) -> Callable[[Path | None], Path]:
    """A function: case -> a project's folder that holds the base, less the files removed, and the case's files."""

    def lay(case: Path | None) -> Path:
        project = tmp_path / "projects" / "sample"
        shutil.copytree(EXAMPLES / "base", project)
        if case is not None:
            removed = case / REMOVED
            for name in removed.read_text("utf-8").split() if removed.exists() else ():
                (project / name).unlink()
            shutil.copytree(case, project, dirs_exist_ok=True, ignore=shutil.ignore_patterns(REMOVED, EXPECTED))
        return project

    return lay


@pytest.fixture
def say_findings() -> Callable[[Path], list[str]]:
    """A function: project's folder -> its findings, one a line, free of what differs between machines."""
    return lambda project: [say_finding(finding) for finding in load_project(project).findings]


def say_finding(finding: Finding) -> str:
    """A finding in a line, free of what differs between machines."""
    found = f" (found: {finding.found})" if finding.found else ""
    text = f"{finding.place} {finding.code} {finding.severity} {finding.message}{found} {finding.remedy}"
    return text.replace(str(ROOT), "").replace("\n", "\\n")
