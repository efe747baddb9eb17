"""Months and quarters, as text: 2008-03, 2008-Q1."""

from __future__ import annotations

import datetime


def months_between(start: str, end: str) -> list[str]:
    """All months from one to another, both included; empty where the end comes first."""
    first, last = _count(start), _count(end)
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def quarter_of(month: str) -> str:
    """The quarter a month lies in: 2008-03 -> 2008-Q1."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def month_of(day: datetime.date) -> str:
    """The month a day lies in: 2008-03."""
    return day.isoformat()[:7]


def quarters_between(start: datetime.date, end: datetime.date) -> list[str]:
    """All quarters that a period touches, in order."""
    return list(dict.fromkeys(quarter_of(month) for month in months_between(month_of(start), month_of(end))))


def add_years(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
