"""`grants verify`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(context: click.Context, file: Path) -> None:
    """Say from what a document was made, and whether it was changed since.

    The exit code is 1 where the file is not, byte for byte, what the program made.
    """
    from grants.services.verify import verify_file  # noqa: PLC0415  # hashes files

    origin = verify_file(file, Path.cwd())
    if origin.unchanged:
        click.secho(f"✓ {file} is unchanged since it was made.", fg="green")
    elif origin.stamp and origin.manifest:
        click.secho(f"✗ {file} was changed after it was made, or its build is no longer on record.", fg="red")
    elif origin.stamp:
        click.secho(
            f"✗ {file} carries a stamp, but no manifest knows it: it cannot be told whether it is whole.", fg="red"
        )
    else:
        click.secho(f"✗ {file} was not made by this program, or its stamp was removed.", fg="red")
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
