"""`grants`: the commands, and what every failure looks like."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import click

import grants
from grants.cli.build import build
from grants.cli.check import check, explain
from grants.cli.form import form
from grants.cli.import_ import import_
from grants.cli.outbox import outbox
from grants.cli.packs import donors, new, schema
from grants.cli.rates import rates, sign
from grants.cli.report import report
from grants.cli.show import show_failure
from grants.cli.status import status
from grants.cli.verify import verify
from grants.errors import GrantsError, UsageError


class _Commands(click.Group):
    """Turns what stops a command into sentences and an exit code: 1 findings, 2 wrong usage."""

    def invoke(self, context: click.Context) -> object:
        import signal  # noqa: PLC0415  # no help text needs it

        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes 20 ms, and none is wanted
        with contextlib.suppress(ValueError):  # a test that runs in another thread
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end: as by Ctrl+C
        try:
            return super().invoke(context)
        except GrantsError as error:
            show_failure(error, Path.cwd())
            context.exit(2 if isinstance(error, UsageError) else 1)
        except BrokenPipeError:
            raise  # whoever reads has seen enough: click ends without a word
        except LookupError as error:
            from grants.model.labels import LabelError  # noqa: PLC0415  # heavy, and rare

            if not isinstance(error, LabelError):
                raise
            what = f"No labels file of templates/_common has words for `{error.args[0]}`: it is older than the program."
            show_failure(GrantsError(what, "Copy the program's own templates/_common over it."), Path.cwd())
            context.exit(1)
        except OSError as error:
            what = error.filename or "A file"
            failure = GrantsError(f"{what} cannot be used: {error.strerror}.", "Check the name and the place.")
            show_failure(failure, Path.cwd())
            context.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped; nothing was left half written.", err=True)
            context.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(grants.__version__, prog_name="grants")
@click.option("--no-color", is_flag=True, help="Print without colours (as with NO_COLOR set).")
@click.pass_context
def main(context: click.Context, no_color: bool) -> None:
    """Turn one validated definition of a project into what its donor wants.

    A project is a folder of text files. `grants check` finds what is wrong with it, `grants build` makes the
    proposal in Word and the budget and activity workbooks in Excel.
    """
    if no_color or os.environ.get("NO_COLOR"):  # https://no-color.org: whatever its value, unless it is empty
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console or pipe may not be UTF-8 by itself
            stream.reconfigure(encoding="utf-8", errors="replace")


for command in (new, check, build, report, verify, donors, explain, schema, status, sign, rates, form, outbox, import_):
    main.add_command(command)
