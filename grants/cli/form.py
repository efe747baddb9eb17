"""`grants form`."""

from __future__ import annotations

from pathlib import Path

import click

from grants.cli.show import shorten, show_findings
from grants.services.workspace import find_projects


@click.command()
@click.argument("project")
@click.option("--period", required=True, help="Code of the period, such as 2008-H1.")
@click.option("--lang", help="Language of the form: el, en or sr; the project's first if left out.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another folder than the project's out/.")
def form(project: str, period: str, lang: str | None, out: Path | None) -> None:
    """Write the workbook of a period, for finance and programme staff to fill in.

    It holds what is known of the period already. What comes back is read by `grants import`.
    """
    from grants.services.form import write_form  # noqa: PLC0415  # heavy

    here = Path.cwd()
    (folder,) = find_projects([project], here)
    outcome = write_form(folder, period, lang, out)
    if outcome.findings:
        show_findings(outcome.findings, folder, here)
    for file in outcome.files:
        click.echo(shorten(file, here))
