"""docs/findings.md: the catalogue of findings with the sources that the donors' packs name."""

from __future__ import annotations

from pathlib import Path

from grants.errors import UnusableError
from grants.errors.catalogue import all_pages
from grants.readers.pack import read_common_rules, read_donor
from grants.services.workspace import list_donors
from grants.views.findings_page import view_findings


def describe_findings(templates: Path) -> str:
    """The page as Markdown. Raises UnusableError where a pack cannot be read."""
    common, _, findings = read_common_rules(templates / "_common")
    donors = []
    for code in list_donors(templates):
        donor, _, faults = read_donor(templates / code)
        findings += faults
        donors += [donor] if donor else []
    if common is None or findings:
        raise UnusableError("A donor's pack has errors.", "Correct them and try again.", findings)
    return view_findings(all_pages(), donors, common)
