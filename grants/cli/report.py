"""`grants report`."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from grants.cli.days import DAY
from grants.cli.show import count, shorten, show_failure, show_findings, show_older
from grants.services.options import Options, Outcome
from grants.services.workspace import find_projects

DOCUMENTS = ["narrative-report", "financial-report", "payment-request", "cover-letter", "modification-request"]

ALWAYS_SHOWN = ("OUT-005", "OUT-008", "OUT-009", "OUT-010", "OUT-011")


@click.command()
@click.argument("project")
@click.option("--period", required=True, metavar="CODE", help="The report: its code in grant.yaml.")
@click.option("--lang", default="all", metavar="el|en|all", show_default=True, help="Language of the documents.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to (default: the project's out/)."
)
@click.option("--only", type=click.Choice(DOCUMENTS), help="Make this document alone.")
@click.option("--pdf", is_flag=True, help="Make a PDF beside each document (needs LibreOffice).")
@click.option("--date", type=DAY, metavar="YYYY-MM-DD", help="Date of the documents (default: submitted, or today).")
@click.option(
    "--page-numbers/--no-page-numbers", default=True, help="Contents table with pages counted by LibreOffice."
)
@click.option("--force", is_flag=True, help="Make it even where nothing has changed.")
@click.pass_context
def report(
    context: click.Context,
    project: str,
    period: str,
    lang: str,
    out: Path | None,
    only: str | None,
    pdf: bool,
    date: datetime.date | None,
    page_numbers: bool,
    force: bool,
) -> None:
    """Make a report of PROJECT to its donor: narrative, workbook, payment request and cover letter.

    Every figure is the ledger's, and proven equal in all documents; counts of few persons are withheld. Files are
    written whole or not at all.
    """
    from grants.services.report import build_report  # noqa: PLC0415  # what reads and writes comes with it

    here = Path.cwd()
    (folder,) = find_projects([project], here)
    languages = () if lang == "all" else tuple(lang.split(","))
    options = Options(languages, out.resolve() if out else None, only, date, pdf, page_numbers, force)
    outcome = build_report(folder, period, options)
    _show(outcome, options.folder(folder) / period, here)
    context.exit(int(outcome.failure is not None))


def _show(outcome: Outcome, folder: Path, here: Path) -> None:
    if outcome.failure:
        show_findings([x for x in outcome.findings if x.severity == "error"], outcome.project, here)
        show_failure(outcome.failure, here, findings=False)
    elif outcome.unchanged:
        click.echo(f"✓ {outcome.project.name}: nothing has changed since the last report, in {shorten(folder, here)}")
    else:
        told = [finding for finding in outcome.findings if finding.code in ALWAYS_SHOWN]
        if told:
            show_findings(told, outcome.project, here)
        others = [finding for finding in outcome.findings if finding.code not in ALWAYS_SHOWN]
        about = f" ({count(others)}: `grants check` shows them)" if others else ""
        click.secho(f"✓ {outcome.project.name}{about}", fg="green")
        for file in outcome.files:
            click.echo(f"  {shorten(file, here)}")
        show_older(outcome.older, here)
