"""Amounts and dates as accounting programs write them: read by the format that the mapping names, never guessed."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

_SPACES = re.compile("[\\s\u00a0\u202f']")
_SIGNS = "€$"
_WRITTEN = {
    "comma": re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?"),
    "point": re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"),
}
_DATES = {
    "d/m/y": re.compile(r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})[./-](?P<year>[0-9]{4})\.?"),
    "m/d/y": re.compile(r"(?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})[./-](?P<year>[0-9]{4})"),
    "y-m-d": re.compile(r"(?P<year>[0-9]{4})[./-](?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})"),
}
_TIME = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
Value = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None
"""What a cell holds."""


def say(value: Value) -> str:
    """A value as people would type it: 60 for 60.0, a date as 2008-01-31."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return " ".join(str(value).split())


def read_amount(value: Value, style: str) -> Decimal | None:
    """The amount by its digits; None where it is not written in that style. Below zero: -1, 1-, (1)."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return None
    text = _SPACES.sub("", value).strip(_SIGNS).replace("\u2212", "-")
    below = text.startswith("-") or text.endswith("-") or (text.startswith("(") and text.endswith(")"))
    match = _WRITTEN[style].fullmatch(text.strip("-()") if below else text.removeprefix("+"))
    if match is None or text.count("-") > 1:
        return None
    amount = Decimal(f"{re.sub('[.,]', '', match[1])}.{match[2] or '0'}")
    return -amount if below else amount


def read_day(value: Value, style: str) -> datetime.date | None:
    """The day; None where there is none in the calendar, or it is written in another order."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    match = _DATES[style].fullmatch(_TIME.sub("", value.strip())) if isinstance(value, str) else None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None
