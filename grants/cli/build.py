"""`grants build`."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from grants.cli.days import DAY
from grants.cli.show import count, shorten, show_failure, show_findings, show_older
from grants.errors import UsageError
from grants.services.build import build_projects
from grants.services.options import Options, Outcome
from grants.services.workspace import find_projects

ALWAYS_SHOWN = {"OUT-005", "OUT-010"}
"""Findings that only a build makes; the others are those of `grants check`."""
_BRIEFLY = {"OUT-010"}
"""Those of them that are shown however many projects are built."""


@click.command()
@click.argument("projects", nargs=-1, metavar="[PROJECT]...")
@click.option("--lang", default="all", metavar="el|en|all", show_default=True, help="Language of the documents.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to (default: the project's out/)."
)
@click.option("--only", type=click.Choice(["proposal", "budget", "activities"]), help="Make this document alone.")
@click.option("--pdf", is_flag=True, help="Make a PDF beside each document (needs LibreOffice).")
@click.option("--date", type=DAY, metavar="YYYY-MM-DD", help="Date of the documents (default: the definition's).")
@click.option(
    "--page-numbers/--no-page-numbers", default=True, help="Contents table with pages counted by LibreOffice."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that work at the same time (default: one a core).")
@click.option("--force", is_flag=True, help="Build even where nothing has changed.")
@click.pass_context
def build(
    context: click.Context,
    projects: tuple[str, ...],
    lang: str,
    out: Path | None,
    only: str | None,
    pdf: bool,
    date: datetime.date | None,
    page_numbers: bool,
    jobs: int | None,
    force: bool,
) -> None:
    """Make the proposal and the workbooks of projects (all of them when none is named).

    Only what has changed is built again. Files are written whole or not at all: where something is wrong, the
    last good documents stand.
    """
    here = Path.cwd()
    folders = find_projects(projects, here)
    languages = () if lang == "all" else tuple(lang.split(","))
    options = Options(languages, out.resolve() if out else None, only, date, pdf, page_numbers, force)
    if out and len({folder.name for folder in folders}) < len(folders):
        raise UsageError("Two of these projects have the same folder name and would overwrite each other in --out.", "")
    outcomes = _build_with_progress(folders, options, jobs or os.cpu_count() or 1)
    for outcome in outcomes:
        _show(outcome, options.folder(outcome.project), here, brief=len(outcomes) > 5)
    failed = [outcome for outcome in outcomes if outcome.failure]
    if len(outcomes) > 1:
        unchanged = sum(outcome.unchanged for outcome in outcomes)
        click.echo(f"{len(outcomes) - unchanged - len(failed)} built, {unchanged} unchanged, {len(failed)} failed.")
    wrong_usage = any(isinstance(outcome.failure, UsageError) for outcome in failed)
    context.exit(2 if wrong_usage else int(bool(failed)))


def _build_with_progress(folders: list[Path], options: Options, jobs: int) -> list[Outcome]:
    if len(folders) == 1:
        return build_projects(folders, options, jobs, lambda _: None)
    with click.progressbar(length=len(folders), label="Building", item_show_func=_name) as bar:
        return build_projects(folders, options, jobs, lambda outcome: bar.update(1, outcome))


def _name(outcome: Outcome | None) -> str | None:
    return outcome.project.name if outcome else None


def _show(outcome: Outcome, folder: Path, here: Path, *, brief: bool) -> None:
    told = _BRIEFLY if brief else ALWAYS_SHOWN
    serious = [f for f in outcome.findings if f.severity == "error" or f.code in told]
    if serious:
        show_findings(serious, outcome.project, here)
    if outcome.failure:
        show_failure(outcome.failure, here, findings=False)
    elif brief:
        return
    elif outcome.unchanged:
        where = shorten(folder, here)
        click.echo(f"✓ {outcome.project.name}: nothing has changed since the last build, in {where}")
    else:
        others = [f for f in outcome.findings if f.code not in ALWAYS_SHOWN]
        about = f" ({count(others)}: `grants check` shows them)" if others else ""
        click.secho(f"✓ {outcome.project.name}{about}", fg="green")
        for file in outcome.files:
            click.echo(f"  {shorten(file, here)}")
        show_older(outcome.older, here)
