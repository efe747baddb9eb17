"""The European Central Bank's daily rates -> a rate for each month.

They come as the history (`eurofxref-hist.csv`: a day a row, a currency a column), or as series of its data portal in
CSV (`KEY,FREQ,CURRENCY,...`: an observation a row).
"""

from __future__ import annotations

import calendar
import csv
import datetime
import io
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Literal

from grants.errors import Finding, Place
from grants.model.calendar import month_of
from grants.readers.published_rate import Published

Take = Literal["average", "last-day"]
"""What the daily rates of a month become: their mean, or the last of them."""
FEWEST_DAYS = 17
"""No whole month has fewer days with a rate: February has 20 working days, April may lose two at Easter."""
MEAN_PLACES = Decimal("0.000001")
_RATE = re.compile(r"[0-9]{1,8}(\.[0-9]{1,12})?")

Days = Mapping[datetime.date, Decimal]


def is_history(text: str) -> bool:
    """Whether a text begins as the history does."""
    return text.lstrip("\ufeff").startswith("Date,USD,")


def read_history(
    text: str, name: str, wanted: Collection[tuple[str, str]], take: Take
) -> tuple[list[Published], list[Finding]]:
    """The rates of the wanted currencies and months, with a warning for each month that is not whole."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    columns = {cell.strip(): i for i, cell in enumerate(rows[0]) if cell.strip()}
    days: dict[tuple[str, str], dict[datetime.date, Decimal]] = defaultdict(dict)
    newest = datetime.date.min
    for line, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        try:
            day = datetime.date.fromisoformat(row[0])
        except ValueError:
            return [], [_say_row(name, line, row[0])]
        newest = max(newest, day)
        for currency, month in wanted:
            if month == month_of(day) and currency in columns and len(row) > columns[currency]:
                cell = row[columns[currency]].strip()
                if _RATE.fullmatch(cell):
                    days[currency, month][day] = Decimal(cell)
    return _take_months(days, newest, take, name)


def is_series(text: str) -> bool:
    """Whether a text begins as the data portal's CSV does."""
    return text.lstrip("\ufeff").startswith("KEY,FREQ,CURRENCY,CURRENCY_DENOM,")


def read_series(
    text: str, name: str, wanted: Collection[tuple[str, str]], take: Take
) -> tuple[list[Published], list[Finding]]:
    """As `read_history`, of daily series for one euro; any other series is refused."""
    days: dict[tuple[str, str], dict[datetime.date, Decimal]] = defaultdict(dict)
    newest = datetime.date.min
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    for row in reader:
        try:
            kind = (row["FREQ"], row["CURRENCY_DENOM"])
            day, value = datetime.date.fromisoformat(row["TIME_PERIOD"]), row["OBS_VALUE"]
        except (KeyError, TypeError, ValueError):
            return [], [_say_row(name, reader.line_num, row.get("TIME_PERIOD") or "")]
        if kind != ("D", "EUR"):
            return [], [_say_series(name, reader.line_num, row["KEY"])]
        newest = max(newest, day)
        key = (row["CURRENCY"], month_of(day))
        if key in wanted and value and _RATE.fullmatch(value):
            days[key][day] = Decimal(value)
    return _take_months(days, newest, take, name)


def _take_months(
    days: Mapping[tuple[str, str], Days], newest: datetime.date, take: Take, name: str
) -> tuple[list[Published], list[Finding]]:
    published, findings = [], []
    for (currency, month), found in sorted(days.items()):
        if len(found) < FEWEST_DAYS or newest < _find_last_weekday(month):
            findings.append(_say_incomplete(name, currency, month, len(found)))
        else:
            published.append(_take(currency, month, found, take, name))
    return published, findings


def _take(currency: str, month: str, days: Days, take: Take, name: str) -> Published:
    if take == "last-day":
        last = max(days)
        return Published(currency, month, days[last], f"ECB reference rate of {last}", name)
    mean = sum(days.values(), Decimal(0)) / len(days)
    source = f"ECB reference rates, mean of {len(days)} days"
    return Published(currency, month, mean.quantize(MEAN_PLACES), source, name)


def _find_last_weekday(month: str) -> datetime.date:
    year, number = int(month[:4]), int(month[5:])
    last = datetime.date(year, number, calendar.monthrange(year, number)[1])
    return last - datetime.timedelta(days=max(0, last.weekday() - 4))


def _say_row(name: str, line: int, found: str) -> Finding:
    message, remedy = "This is no day of the history.", "Download the file again; do not save it from a spreadsheet."
    return Finding("RATE-010", Place(name, line, 1), message, remedy, found)


def _say_series(name: str, line: int, found: str) -> Finding:
    message = "This is no series of daily rates for one euro."
    remedy = "Download the daily series (EXR.D.USD.EUR.SP00.A and the like), or eurofxref-hist.zip."
    return Finding("RATE-010", Place(name, line, 1), message, remedy, found)


def _say_incomplete(name: str, currency: str, month: str, count: int) -> Finding:
    message = f"The file does not have the whole of {month} for {currency}; its rate was not taken."
    remedy = "Download the history again once the month is over."
    return Finding("RATE-014", Place(name), message, remedy, f"{count} days", "warning")
