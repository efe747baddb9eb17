"""`grants new`, `grants donors` and `grants schema`."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Any

import click

from grants.cli.days import DAY
from grants.cli.show import shorten
from grants.services.workspace import find_templates, list_donors
from grants.views.commands import quote_word

QUESTIONS = {
    "donor": "Donor",
    "title": "Title of the project",
    "applicant": "Name of the applicant",
    "country": "Its country (two letters)",
    "start": "First day (YYYY-MM-DD)",
    "end": "Last day (YYYY-MM-DD)",
}


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--donor", metavar="CODE", help="Donor: a folder under templates/.")
@click.option("--title", help="Title of the project.")
@click.option("--code", help="Code of the project (default: the folder's name).")
@click.option("--applicant", help="Name of the applicant.")
@click.option("--country", metavar="GR", help="Country of the applicant, two letters.")
@click.option("--start", type=DAY, metavar="YYYY-MM-DD", help="First day.")
@click.option("--end", type=DAY, metavar="YYYY-MM-DD", help="Last day.")
@click.option("--lang", "languages", multiple=True, metavar="el|en", help="Language of the proposal; may be repeated.")
def new(directory: Path, code: str | None, languages: tuple[str, ...], **answers: Any) -> None:
    """Make a complete, commented, valid project in DIRECTORY, to start from.

    Asks at a terminal what no option says; without a terminal it takes defaults.
    """
    from grants.services.new_project import Answers, make_project  # noqa: PLC0415  # reads the donor's pack

    today = datetime.date.today()
    defaults = {
        "donor": "hellenic-aid",
        "title": directory.name.replace("-", " ").capitalize(),
        "applicant": "Example organisation",
        "country": "GR",
        "start": datetime.date(today.year + 1, 1, 1),
        "end": datetime.date(today.year + 1, 12, 31),
    }
    for name, default in defaults.items():
        answers[name] = answers[name] if answers[name] is not None else _ask(name, default)
    start, end = answers.pop("start"), answers.pop("end")
    code = code or re.sub(r"[^A-Za-z0-9.-]+", "-", directory.name).strip("-.")[:32].upper() or "PROJECT"
    made = Answers(code=code, start=start, end=end, date=today, languages=languages, **answers)
    files = make_project(directory, made)
    here = Path.cwd()
    click.secho(f"✓ {len(files)} files in {shorten(directory.absolute(), here)}", fg="green")
    name = quote_word(str(directory))
    click.echo(f"Next: grants check {name}, then replace what begins with “Example”, then grants build {name}")


def _ask(name: str, default: Any) -> Any:
    """The answer at a terminal, asked again until it can be used; without a terminal, the default."""
    if not sys.stdin.isatty():
        return default
    shown = str(default)
    kinds: dict[str, Any] = {"donor": click.Choice(list_donors(find_templates(Path.cwd()))), "start": DAY, "end": DAY}
    return click.prompt(QUESTIONS[name], default=shown, type=kinds.get(name), value_proc=CHECKS.get(name))


def _read_country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text.upper()):
        raise click.UsageError("Write two letters, such as GR or RS.")
    return text.upper()


CHECKS = {"country": _read_country}


@click.command()
@click.argument("code", required=False)
@click.option("--lang", default="en", show_default=True, metavar="el|en", help="Language of the texts.")
@click.option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a first template to begin a pack with: of the proposal, or of another document.",
)
@click.option(
    "--document",
    type=click.Choice(["proposal", "narrative-report", "payment-request", "cover-letter", "modification-request"]),
    default="proposal",
    show_default=True,
    help="Which document the template is for.",
)
def donors(code: str | None, lang: str, template: Path | None, document: str) -> None:
    """List the donors' packs, or show what one donor demands, with source and validity.

    What could not be confirmed is marked "to be checked".
    """
    from grants.services.donors import describe_donor, describe_donors, write_template  # noqa: PLC0415

    if template:
        write_template(template, document, lang, Path.cwd())
        click.echo(f"✓ {template}: open it in Word, and change what you like but the tags.")
        return
    click.echo(describe_donor(code, lang, Path.cwd()) if code else describe_donors(lang, Path.cwd()), nl=False)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Workspace to write to (default: here).")
def schema(out: Path | None) -> None:
    """Write JSON Schemas of the definition's files, for editors that complete and explain fields.

    They go to projects/.schemas and templates/_schemas of a workspace.
    """
    from grants.services.schema import write_schemas  # noqa: PLC0415  # imports every model

    for file in write_schemas(out or Path.cwd()):
        click.echo(shorten(file, Path.cwd()))
