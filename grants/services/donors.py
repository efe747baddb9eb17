"""`grants donors`: the packs there are, and what one donor demands."""

from __future__ import annotations

from pathlib import Path

from grants.errors import UnusableError, UsageError
from grants.readers.pack import read_common_rules, read_donor
from grants.services.workspace import find_pack, find_templates, list_donors
from grants.views.donor_page import view_donor
from grants.writers.files import write_whole


def describe_donors(language: str, here: Path) -> str:
    """A line for each pack. One that cannot be read is named as such."""
    templates = find_templates(here)
    lines = [f"Packs in {templates}:"]
    for code in list_donors(templates):
        donor, _, _ = read_donor(templates / code)
        if donor and not donor.name.says(language):
            raise UsageError(f"The packs are not written in `{language}`.", f"Languages: {', '.join(donor.languages)}.")
        lines.append(
            f"  {code:24} {donor.name.in_language(language) if donor else 'cannot be read: grants donors ' + code}"
        )
    return "\n".join([*lines, ""])


def write_template(file: Path, document: str, language: str, here: Path) -> None:
    """Write a first template of a document, to begin a pack with. Raises UsageError where it stands already."""
    from grants.services.templates import find_labels  # noqa: PLC0415  # the same door as for documents
    from grants.writers.word.starters import STARTERS  # noqa: PLC0415  # makes Word files

    if file.exists():
        raise UsageError(f"{file} is there already.", "Name another file; a template is changed in Word.")
    kinds = ("proposal",) if document == "proposal" else ("proposal", "report")
    labels = find_labels(find_templates(here), *kinds)
    if not all(text.says(language) for text in labels.labels.values()):
        raise UsageError(
            f"The fixed words are not written in `{language}`.",
            f"Write them in {' and '.join(f'labels-{kind}.yaml' for kind in kinds)}.",
        )
    write_whole({file: STARTERS[document](labels, language)})


def describe_donor(code: str, language: str, here: Path) -> str:
    """A donor's page. Raises UsageError for a donor or language that is not there, UnusableError for a faulty pack."""
    templates = find_templates(here)
    donor, _, findings = read_donor(find_pack(templates, code))
    common, _, faults = read_common_rules(templates / "_common")
    if donor is None or common is None:
        raise UnusableError(f"The pack of {code} has errors.", "Correct them and try again.", [*findings, *faults])
    if language not in donor.languages:
        raise UsageError(
            f"The pack of {code} is not written in `{language}`.", f"Its languages: {', '.join(donor.languages)}."
        )
    return view_donor(donor, common, {**common.sources, **donor.sources}, language)
