"""A cell as calamine gives it -> its text as in Stamp.base, or what is odd about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import Any

from grants.forms.columns import Column
from grants.forms.expected import Expected, fold
from grants.forms.period import PERIOD
from grants.forms.returned import Odd, Oddity
from grants.forms.sense import COUNTS
from grants.forms.values import say_float
from grants.model.scalars import LARGEST
from grants.readers.returned.dates import read_date, read_month, read_serial
from grants.readers.returned.numbers import find_codes, read_number
from grants.readers.yaml_file import NOT_XML

Read = str | Odd
Reader = Callable[[Any], Read]
_CURRENCY = re.compile(r"[A-Z]{3}")


def choose_reader(column: Column, expected: Expected) -> Reader:
    """What reads the cells of a column; it remembers what it has read."""
    language = expected.language
    records = expected.stamp.facts["form"] == PERIOD.key
    match column.kind:
        case "money" if records:
            return lambda value: value if value == "" else _hold(_read_number(value, column.signed), 2, "decimals")
        case "number" if records and column.key in COUNTS:
            return lambda value: value if value == "" else _hold(_read_number(value, column.signed), 0, "not whole")
        case "number" | "money":
            return lambda value: value if value == "" else _read_number(value, column.signed)
        case "percent":
            return _read_percent
        case "date":
            return lambda value: _read_day(value, language)
        case "month":
            return lambda value: _read_month(value, language)
        case "choice":
            return cache(_Choice(expected.choices.get(column.choices or "", {}), column.choices == "currencies").read)
    return read_text


def show(value: Any) -> str:
    """A value as people see it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return say_float(value) if isfinite(value) else str(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y %H:%M").removesuffix(" 00:00")
    return value.strftime("%d/%m/%Y") if isinstance(value, datetime.date) else str(value)


def read_text(value: Any) -> Read:
    """A text; a number as its digits. A date is odd: a spreadsheet has made it of something like 1/2 or 1.2."""
    if isinstance(value, str):
        if control := NOT_XML.search(value):
            return Odd("control character", f"U+{ord(control[0]):04X}")
        return value.strip() if "\r" not in value else value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta, bool)) or not isfinite(value):
        return Odd("unreadable", show(value))
    return say_float(float(value))


def _hold(read: Read, decimals: int, kind: Oddity) -> Read:
    """A figure with more decimals than its column takes is odd, where nothing else is odd about it."""
    words = read if isinstance(read, str) else read.readings[0] if len(read.readings) == 1 else ""
    fine = len(words.partition(".")[2]) <= decimals
    return read if fine else Odd(kind, words if isinstance(read, str) else read.shown)


def _read_number(value: Any, signed: bool) -> Read:
    if isinstance(value, float):
        if not isfinite(value) or abs(value) > LARGEST or (value < 0 and not signed):
            return Odd("unreadable", show(value))
        return say_float(value)
    if not isinstance(value, str):
        return Odd("unreadable", show(value))
    words = value.strip()
    readings = read_number(words) if words else ("",)
    if any(x and (abs(Decimal(x)) > LARGEST or (x.startswith("-") and not signed)) for x in readings):
        return Odd("unreadable", words)
    return _judge(words, readings, "number as text")


def _read_percent(value: Any) -> Read:
    if isinstance(value, float):
        if 0 <= value <= 1:
            return say_float(value)
        shown = say_float(value)
        return Odd("number as text", shown, read_number(shown, percent=True)) if 1 < value <= 100 else _no(shown)
    if not isinstance(value, str):
        return _no(show(value))
    words = value.strip()
    readings = read_number(words, percent=True) if words else ("",)
    return _judge(words, tuple(x for x in readings if not x or 0 <= Decimal(x) <= 1), "number as text")


def _read_day(value: Any, language: str) -> Read:
    if isinstance(value, datetime.date):  # a day with an hour is a date, too
        return value.isoformat()[:10]
    if isinstance(value, float):
        day = read_serial(value)
        return Odd("date as text", say_float(value), (day,)) if day else _no(say_float(value))
    if not isinstance(value, str):
        return _no(show(value))
    words = value.strip()
    return _judge(words, read_date(words, language) if words else ("",), "date as text")


def _read_month(value: Any, language: str) -> Read:
    if isinstance(value, str):
        words = value.strip()
        return _judge(words, read_month(words, language) if words else ("",), "date as text")
    day = _read_day(value, language)
    return day[:7] if isinstance(day, str) else day._replace(readings=tuple(x[:7] for x in day.readings))


def _no(shown: str) -> Odd:
    return Odd("unreadable", shown)


def _judge(words: str, readings: tuple[str, ...], kind: Any) -> Read:
    if readings == ("",):
        return ""
    if not readings:
        return Odd("unreadable", words)
    return Odd(kind if len(readings) == 1 else "ambiguous", words, readings)


class _Choice:
    """Values of a list, in whatever case; a code that a spreadsheet has made a number of."""

    def __init__(self, choices: Mapping[str, str], currencies: bool) -> None:
        self.choices, self.currencies, self.codes = choices, currencies, tuple(dict.fromkeys(choices.values()))

    def read(self, value: Any) -> Read:
        if value == "":
            return ""
        if isinstance(value, float) and (same := find_codes(value, self.codes)):
            return same[0] if len(same) == 1 else Odd("ambiguous", show(value), same)
        words = show(value).strip()
        if fold(words) in self.choices or not words:
            return self.choices.get(fold(words), "")
        if self.currencies and _CURRENCY.fullmatch(words):
            return words
        return Odd("not in the list", words, tuple(get_close_matches(words, self.choices.values(), n=1)))
