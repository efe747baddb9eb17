"""A list of costs as it was at the end of a report: the day on which a debt is paid comes later, beside its cost."""

from __future__ import annotations

import datetime
import re

COSTS = "expenditures.csv"
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
"""Between two cells: not one inside quotation marks."""
_DAY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*")


def take_out_payments(data: bytes, day: datetime.date) -> bytes:
    """The same list without the days of payments after that one; every other byte stays."""
    first, *rows = data.decode("utf-8", "surrogateescape").split("\n")
    columns = [name.strip("\ufeff \r") for name in first.split(",")]
    if "date_paid" not in columns:
        return data
    at = columns.index("date_paid")
    lines = [first, *(_take_out(row, at, day) for row in rows)]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _take_out(row: str, at: int, day: datetime.date) -> str:
    cells = _COMMA.split(row) if '"' in row else row.split(",")
    paid = _DAY.fullmatch(cells[at]) if at < len(cells) else None
    if paid is None or paid[1] <= day.isoformat():
        return row
    return ",".join([*cells[:at], cells[at].replace(paid[1], ""), *cells[at + 1 :]])
