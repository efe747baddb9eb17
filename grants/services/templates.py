"""Donors' templates and the fixed words of documents, read once for each process, which makes many documents."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from grants.errors import GrantsError, TemplateError
from grants.model.donor import Document, ReportDocument
from grants.model.labels import Labels
from grants.readers.pack import read_labels
from grants.writers.word import CompiledTemplate, compile_template


def find_template(pack: Path, document: Document | ReportDocument, language: str, context: type) -> CompiledTemplate:
    """The template of a document in a language. Raises GrantsError where the pack names none, TemplateError where it
    cannot be used."""
    if document.template is None:
        raise GrantsError(
            f"The pack {pack.name} names no template for the {document.key.replace('-', ' ')}.",
            "Add `template:` to its donor.yaml.",
        )
    return _compile(pack / document.template.replace("{language}", language), context)


@cache
def _compile(file: Path, context: type) -> CompiledTemplate:
    name = "/".join(file.parts[-3:])  # as a pack's other files are named
    try:
        return compile_template(file, context)
    except TemplateError as error:
        findings = [finding.at(replace(finding.place, file=name)) for finding in error.findings]
        raise TemplateError(error.message, error.remedy, findings) from error


@cache
def find_labels(templates: Path, *kinds: str) -> Labels:
    """The fixed words of several kinds of documents as one. Raises TemplateError where they cannot be read."""
    found: dict[str, Labels] = {}
    for kind in kinds:
        labels, _, findings = read_labels(templates / "_common" / f"labels-{kind}.yaml")
        if labels is None:
            raise TemplateError("The fixed words of the documents cannot be read.", "", findings)
        found[kind] = labels
    return Labels(labels={key: text for labels in found.values() for key, text in labels.labels.items()})
