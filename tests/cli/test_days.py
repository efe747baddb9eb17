"""Days and colours of the command line: a day is never guessed, and colours can be switched off."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from grants.cli.main import main


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("15/9/2008", "Write year-month-day: 2008-09-15 for 15 September 2008."),
        ("3.4.2008", "Write year-month-day: 2008-04-03 for 3 April 2008."),
        ("31-02-2008", "Write year-month-day, such as 2008-09-15."),
        ("2008-02-31", "`2008-02-31` is no day of the calendar."),
        ("20080915", "Write year-month-day, such as 2008-09-15."),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ["status", "--date"],
        ["build", "--date"],
        ["report", "x", "--period", "R1", "--date"],
        ["new", "x", "--start"],
        ["new", "x", "--end"],
    ],
    ids=" ".join,
)
def test_a_day_that_is_written_otherwise_is_told_in_the_form_it_needs(command: list[str], day: str, told: str) -> None:
    result = CliRunner().invoke(main, [*command, day])
    assert (result.exit_code, told in result.output) == (2, True), result.output


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        (["--no-color"], {}, False),
    ],
)
def test_colours_are_left_out_where_nobody_wants_them(
    arguments: list[str], environment: dict[str, str], coloured: bool
) -> None:
    """`explain` of a code that is none ends in red."""
    result = CliRunner().invoke(
        main, [*arguments, "explain", "NO-SUCH"], env={"NO_COLOR": None, **environment}, color=True
    )
    assert result.exit_code == 2
    assert ("\x1b[" in result.output) == coloured
