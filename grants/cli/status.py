"""`grants status`."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from grants.cli.days import DAY
from grants.cli.show import show_json
from grants.services.workspace import find_projects

_COLOURS = {"late": "red", "soon": "yellow", "waiting": "cyan", "plain": None}
_STATES = {"proposed": "blue", "running": "green", "over": "red", "closed": None}


@click.command()
@click.argument("projects", nargs=-1, metavar="[PROJECT]...")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, for machines.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the list as one page for a browser, too."
)
@click.option("--date", type=DAY, metavar="YYYY-MM-DD", help="The day to look from; today if left out.")
def status(projects: tuple[str, ...], as_json: bool, html: Path | None, date: datetime.date | None) -> None:
    """List projects: budget, spent, the next deadline, what is late, what waits for whom."""
    from grants.services.status import find_status, write_status_page  # noqa: PLC0415  # heavy

    today = date or datetime.date.today()
    statuses = [find_status(folder, today) for folder in find_projects(projects, Path.cwd())]
    if html:
        write_status_page(html, statuses, today)
    if as_json:
        show_json([_as_data(status) for status in statuses])
        return
    for status in statuses:
        _show(status, today)
    if html:
        click.echo(f"The page is {html}; it opens in a browser, without network.")


def _show(status: Any, today: datetime.date) -> None:
    from grants.views.commands import quote_word  # noqa: PLC0415  # only where something is wrong
    from grants.views.status import Broken, say_lines  # noqa: PLC0415  # heavy

    if isinstance(status, Broken):
        many = f"{status.errors} error{'' if status.errors == 1 else 's'}"
        click.secho(f"✗ {status.name}: cannot be read ({many}: grants check {quote_word(status.name)})", fg="red")
        click.echo()
        return
    click.echo(f"{click.style(status.name, bold=True)}  {click.style(status.state, fg=_STATES[status.state])}")
    click.echo(f"  {status.title} ({status.code}, {status.donor})")
    for grave, line in say_lines(status, today):
        click.secho(f"  {line}", fg=_COLOURS[grave])
    click.echo()


def _as_data(status: object) -> dict[str, Any]:
    """A status for machines: amounts as texts, days as 2008-08-29."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(part) for part in value]
        return value if isinstance(value, (int, str)) or value is None else str(value)

    return dict(plain(asdict(status)))  # type: ignore[call-overload]
