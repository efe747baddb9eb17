"""The small project of tests/examples/base with another text in it, for tests of single checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from grants.ledger.totals import add_up
from grants.model import Donor, Narrative, Project, SectionKey
from grants.model.donor import Rules
from grants.readers.pack import read_common_rules, read_donor
from grants.readers.project import read_project
from grants.rules.case import Case, Fault
from grants.rules.registry import FUNCTIONS

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
KEY = SectionKey("context", "en")


@cache
def load_base() -> Project:
    """The project as it stands."""
    project, _, findings = read_project(ROOT / "tests" / "examples" / "base")
    assert project is not None, findings
    return project


@cache
def load_donor() -> Donor:
    """Hellenic Aid's pack."""
    donor, _, findings = read_donor(TEMPLATES / "hellenic-aid")
    assert donor is not None, findings
    return donor


@cache
def load_common() -> Rules:
    """The rules of every donor."""
    rules, _, findings = read_common_rules(TEMPLATES / "_common")
    assert rules is not None, findings
    return rules


def with_text(text: str, key: SectionKey = KEY) -> Project:
    """The project with a text in a section."""
    base = load_base()
    narrative = Narrative(f"narrative/{key.section}.{key.language}.md", text)
    return replace(base, narratives={**base.narratives, key: narrative})


def find_faults(check: str, project: Project, never_print: Sequence[str] = (), **parameters: Any) -> list[Fault]:
    """What a check finds in a project."""
    case = Case(project, add_up(project), load_donor(), {}, never_print)
    return list(FUNCTIONS[check](case, **parameters))
