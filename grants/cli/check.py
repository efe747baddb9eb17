"""`grants check` and `grants explain`."""

from __future__ import annotations

from pathlib import Path

import click

from grants.cli.show import as_data, count, shorten, show_findings, show_json
from grants.errors import UsageError, has_errors
from grants.services.workspace import PROJECT_FILE, find_projects, list_unseen


@click.command()
@click.argument("projects", nargs=-1, metavar="[PROJECT]...")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for machines.")
@click.pass_context
def check(context: click.Context, projects: tuple[str, ...], as_json: bool) -> None:
    """Find everything that is wrong with projects (all of them when none is named).

    Is it a project, and would its donor accept it? The exit code is 1 where a finding is an error.
    """
    from grants.services.check import check_project  # noqa: PLC0415  # reads what was kept

    here = Path.cwd()
    results = {folder: check_project(folder) for folder in find_projects(projects, here)}
    if as_json:
        data = [{"project": shorten(f, here), "findings": [as_data(x) for x in found]} for f, found in results.items()]
        show_json(data)
    else:
        for folder, findings in results.items():
            if findings:
                show_findings(findings, folder, here)
            mark, colour = ("✗", "red") if has_errors(findings) else ("✓", "green")
            click.secho(f"{mark} {folder.name}: {count(findings)}", fg=colour)
        if not projects:
            _say_unseen(here)
        _hint(results.values())
    context.exit(int(any(has_errors(findings) for findings in results.values())))


def _say_unseen(here: Path) -> None:
    for folder in list_unseen(here):
        click.secho(
            f"• {shorten(folder, here)} has no {PROJECT_FILE}: it is no project, and was not checked.", fg="yellow"
        )


def _hint(results: object) -> None:
    codes = [finding.code for findings in results for finding in findings]  # type: ignore[attr-defined]
    if codes:
        click.secho(f"`grants explain {codes[0]}` says what a code means and shows it mended.", dim=True)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Show what a finding's code means, why it matters, and an example, wrong and mended."""
    from grants.services.explain import explain_code  # noqa: PLC0415  # reads the catalogue

    page, close = explain_code(code)
    if page is None:
        raise UsageError(
            f"There is no code `{code}`.", f"Did you mean: {', '.join(close)}?" if close else "See docs/findings.md."
        )
    click.echo(page)
