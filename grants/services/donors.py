"""`grants donors`: the packs there are, and what one donor demands."""

from __future__ import annotations

from pathlib import Path

from grants.errors import UnusableError, UsageError
from grants.readers.pack import read_common_rules, read_donor
from grants.services.workspace import find_templates, list_donors
from grants.views.donor_page import view_donor


def describe_donors(language: str, here: Path) -> str:
    """A line for each pack. One that cannot be read is named as such."""
    templates = find_templates(here)
    lines = [f"Packs in {templates}:"]
    for code in list_donors(templates):
        donor, _, _ = read_donor(templates / code)
        lines.append(
            f"  {code:24} {donor.name.in_language(language) if donor else 'cannot be read: grants donors ' + code}"
        )
    return "\n".join([*lines, ""])


def describe_donor(code: str, language: str, here: Path) -> str:
    """A donor's page. Raises UsageError for a donor or language that is not there, UnusableError for a faulty pack."""
    templates = find_templates(here)
    if code not in list_donors(templates):
        raise UsageError(
            f"There is no donor pack `{code}`.", f"Packs in {templates}: {', '.join(list_donors(templates))}."
        )
    donor, _, findings = read_donor(templates / code)
    common, _, faults = read_common_rules(templates / "_common")
    if donor is None or common is None:
        raise UnusableError(f"The pack of {code} has errors.", "Correct them and try again.", [*findings, *faults])
    if language not in donor.languages:
        raise UsageError(
            f"The pack of {code} is not written in `{language}`.", f"Its languages: {', '.join(donor.languages)}."
        )
    return view_donor(donor, common.rules, {**common.sources, **donor.sources}, language)
