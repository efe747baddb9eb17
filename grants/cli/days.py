"""Days as options take them: 2008-09-15."""

from __future__ import annotations

import datetime
import re

import click

_WRITTEN = re.compile(r"\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\s*")


class Day(click.ParamType[datetime.date]):
    """Year-month-day, never guessed: 3/4/2008 is April in Athens and March elsewhere. What is meant is proposed."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day; a wrong one is an error of usage that says how to write it."""
        if isinstance(value, datetime.date):
            return value
        text = str(value).strip()
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            self.fail(f"`{text}` is not read as a day. {_propose(text)}", param, ctx)
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.fail(f"`{text}` is no day of the calendar.", param, ctx)


def _propose(text: str) -> str:
    """How to write it: the same day with the day first, as people write it in Athens and Belgrade, where it is one."""
    match = _WRITTEN.fullmatch(text)
    try:
        day = datetime.date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        day = None
    if day is None:
        return "Write year-month-day, such as 2008-09-15."
    return f"Write year-month-day: {day} for {day.day} {day:%B} {day.year}."


DAY = Day()
