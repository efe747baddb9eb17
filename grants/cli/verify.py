"""`grants verify`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grants.services.verify import Origin


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(context: click.Context, file: Path) -> None:
    """Say from what a document was made, and whether it was changed since.

    The exit code is 1 where the file is not, byte for byte, what the program made; so it is for a form that was filled
    in.
    """
    from grants.services.verify import verify_file  # noqa: PLC0415  # hashes files

    origin = verify_file(file, Path.cwd())
    _say_what_it_is(file, origin)
    for name, value in origin.stamp.items():
        click.echo(f"  {name + ':':14} {value}")
    if origin.manifest:
        click.echo(f"  {'made by:':14} {origin.manifest['program']}, as {origin.output or 'an earlier or later build'}")
    if origin.earlier:
        click.secho("  It was made from an earlier definition than the other documents of its folder.", fg="yellow")
    elif origin.changed_inputs:
        click.secho("  The definition has changed since that build:", fg="yellow")
        for name in origin.changed_inputs:
            click.echo(f"    {name}")
    elif origin.manifest and origin.unchanged:
        click.echo("  The definition is the one it was made from.")
    context.exit(0 if origin.unchanged else 1)


def _say_what_it_is(file: Path, origin: Origin) -> None:
    if origin.form:
        what = f"{file} is the form of {origin.form.period} that was made on {origin.form.made}"
        click.secho(
            f"✓ {what}; it is unchanged." if origin.unchanged else f"• {what}, filled in or saved anew since.",
            fg="green" if origin.unchanged else "yellow",
        )
    elif origin.cleaned:
        what = f"{file} is the copy of {origin.output} that `grants outbox clean` made"
        click.secho(f"✓ {what}; it is unchanged.", fg="green")
    elif origin.unchanged:
        click.secho(f"✓ {file} is unchanged since it was made.", fg="green")
    elif origin.is_form:
        record = "its build" if origin.manifest else "the form that left"
        said = f"it was filled in or saved anew after it was made, or {record} is not on record here"
        click.secho(f"• {file} says that it is {_name_form(origin.stamp)}; {said}.", fg="yellow")
    elif origin.stamp and origin.manifest:
        click.secho(f"✗ {file} was changed after it was made, or its build is no longer on record.", fg="red")
    elif origin.stamp:
        click.secho(
            f"✗ {file} carries a stamp, but no manifest knows it: it cannot be told whether it is whole.", fg="red"
        )
    else:
        click.secho(f"✗ {file} was not made by this program, or its stamp was removed.", fg="red")
    if origin.is_form and not origin.unchanged:
        click.echo("  `grants import` reviews what it says, and writes nothing unasked.")


def _name_form(stamp: Mapping[str, str]) -> str:
    form = stamp["form"] if stamp["form"] != "period" else f"form of {stamp.get('period', 'a period')}"
    return f"the {form} of {stamp.get('project', 'a project')}"
