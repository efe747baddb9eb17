"""What a person sees: findings grouped by file, failures in a sentence, places that can be clicked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from grants.errors import Finding, GrantsError

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What a terminal obeys, or shows in another order, or not at all."""
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def escape(text: str) -> str:
    """A text from a file as it may be printed: what cannot be seen is shown as its number, `\\u202e`."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def show_findings(findings: Iterable[Finding], folder: Path, here: Path) -> None:
    """Print findings, grouped by file; each with what was found, what to do, and the donor's source."""
    import shutil  # noqa: PLC0415  # 2 ms that no help text needs

    width = min(shutil.get_terminal_size().columns, 110)
    for file, group in groupby(findings, lambda finding: finding.place.file):
        click.secho(shorten(_find(folder, file), here), bold=True, underline=True)
        for finding in group:
            _show_finding(finding, width)
    click.echo()


def _find(folder: Path, file: str) -> Path:
    """A file of a project, or of the pack that stands beside it or above."""
    bases = [folder, *folder.parents]
    return next((base / file for base in bases if (base / file).exists()), folder / file)


def _show_finding(finding: Finding, width: int) -> None:
    severity = click.style(f"{finding.severity:7}", fg=COLOURS[finding.severity], bold=True)
    found = f" (found: {finding.found})" if finding.found else ""
    click.echo(f"  {escape(str(finding.place)):24} {click.style(f'{finding.code:9}', bold=True)} {severity}")
    _show_text(f"{finding.message}{found} {finding.remedy}", width)
    if finding.source:
        click.secho(textwrap.indent(f"Source: {finding.source}", "      "), dim=True)


def _show_text(text: str, width: int) -> None:
    indent = "      "
    click.echo(
        textwrap.fill(escape(text), width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    )


def show_older(older: Iterable[Path], here: Path) -> None:
    """Say which PDFs do not go with the documents beside them."""
    for pdf in older:
        click.secho(f"  {shorten(pdf, here)} is of an earlier build; `--pdf` makes it anew.", fg="yellow")


def show_json(data: object) -> None:
    """Print for machines."""
    import json  # noqa: PLC0415  # only where it is asked for

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def count(findings: Iterable[Finding]) -> str:
    """ "1 error, 2 warnings", or "no findings"."""
    numbers = {severity: sum(f.severity == severity for f in findings) for severity in COLOURS}
    words = [f"{n} {name if n == 1 or name == 'info' else name + 's'}" for name, n in numbers.items() if n]
    return ", ".join(words) or "no findings"


def shorten(file: Path, here: Path) -> str:
    """A path as the user would type it from here."""
    try:
        return str(file.relative_to(here))
    except ValueError:
        return str(file)


def show_failure(error: GrantsError, here: Path, *, findings: bool = True) -> None:
    """Print what stopped the command, with its findings unless they were shown already."""
    if error.findings and findings:
        show_findings(error.findings, Path(), here)
    code = f" {error.code}" if error.code else ""
    click.secho(f"Error{code}: {error.message}", fg="red", bold=True, err=True)
    if error.remedy:
        click.echo(error.remedy, err=True)


def as_data(finding: Finding) -> Mapping[str, Any]:
    """A finding for machines: one flat mapping, without what is empty."""
    data = asdict(finding)
    place = data.pop("place")
    place["path"] = ".".join(map(str, place["path"]))
    return {key: value for key, value in {**data, **place}.items() if value not in (None, "")}
