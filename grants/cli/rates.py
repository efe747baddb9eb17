"""`grants rates import` and `grants sign`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

import click

from grants.cli.show import shorten, show_findings
from grants.errors import UsageError
from grants.services.workspace import find_projects


@click.group()
def rates() -> None:
    """Exchange rates of a project's costs."""


@rates.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", metavar="PROJECT", help="Whose rates.csv (default: the only project).")
@click.option("--currency", "currencies", multiple=True, metavar="RSD", help="Only this one; may be repeated.")
@click.option(
    "--ecb",
    "take",
    type=click.Choice(["average", "last-day"]),
    default="average",
    show_default=True,
    help="What the ECB's daily rates of a month become.",
)
@click.option("--month", metavar="2008-03", help="The month of an InforEuro list that does not say its own.")
def import_(
    files: tuple[Path, ...],
    project: str | None,
    currencies: tuple[str, ...],
    take: Literal["average", "last-day"],
    month: str | None,
) -> None:
    """Add published rates to a project's rates.csv.

    FILES are the ECB's eurofxref-hist.csv or its zip, daily series of its data portal in CSV, and what InforEuro's
    service answers in JSON. Rates that are there stay; another value for the same month is refused, and then
    nothing is written.
    """
    from grants.services.rates import import_rates  # noqa: PLC0415  # reads the project

    here = Path.cwd()
    folder = _find_project(project, here)
    done = import_rates(files, folder, datetime.date.today(), _check_currencies(currencies), take, _check_month(month))
    if done.findings:
        show_findings(done.findings, folder, here)
    for rate in done.added:
        click.echo(f"  {rate.currency} {rate.month} {rate.rate:f}  {rate.source}")
    click.secho(f"✓ {shorten(done.file, here)}: {len(done.added)} added, {done.already} there already.", fg="green")


@click.command()
@click.argument("project")
@click.option("--amendment", metavar="NUMBER", help="The amendment that brought it; else it is the contract's.")
def sign(project: str, amendment: str | None) -> None:
    """Keep the budget as it was signed with the contract or an amendment.

    Reports measure costs against this copy. It is never overwritten.
    """
    from grants.services.sign import sign_budget  # noqa: PLC0415  # reads the project

    here = Path.cwd()
    done = sign_budget(_find_project(project, here), amendment)
    click.secho(f"✓ {shorten(done.file, here)} keeps the budget of {done.what}.", fg="green")
    click.echo(f"  The donor's part is {done.grant}.")


def _find_project(name: str | None, here: Path) -> Path:
    folders = find_projects([name] if name else [], here)
    if len(folders) > 1:
        names = ", ".join(folder.name for folder in folders)
        raise UsageError("There are several projects.", f"Say which with --project: {names}.")
    return folders[0]


def _check_currencies(currencies: tuple[str, ...]) -> tuple[str, ...]:
    for currency in currencies:
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
            raise UsageError(f"`{currency}` is no currency.", "Write three capital letters such as RSD.")
    return currencies


def _check_month(month: str | None) -> str | None:
    try:
        if month is not None:
            datetime.date.fromisoformat(f"{month}-01")
    except ValueError:
        raise UsageError(f"`{month}` is no month.", "Write it as 2008-03.") from None
    return month
