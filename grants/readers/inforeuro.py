"""InforEuro's answers in JSON -> a rate for each month.

The Commission's monthly rate is the market rate of the penultimate working day of the month before.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from grants.errors import Finding, Place
from grants.model.calendar import month_of
from grants.readers.published_rate import Published

SOURCE = "InforEuro"


def read_answer(
    text: str, name: str, wanted: Collection[tuple[str, str]], month: str | None
) -> tuple[list[Published], list[Finding]]:
    """The rates of the wanted currencies and months. `month` is that of a list which does not say its own."""
    try:
        data = json.loads(text.lstrip("\ufeff"), parse_float=Decimal, parse_int=Decimal)
        if not isinstance(data, list) or not data:
            raise ValueError("no list")  # a fault of the file like the others
        if all("isoA3Code" in row for row in data):
            if month is None:
                return [], [_say_month(name)]
            rates = [(str(row["isoA3Code"]), month, _read_rate(row["value"])) for row in data]
        else:
            rates = [(str(row["currencyIso"]), _read_month(row), _read_rate(row["amount"])) for row in data]
            if any(row["refCurrencyIso"] != "EUR" for row in data):
                raise ValueError("not for one euro")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = "The file looks like an answer of InforEuro and is none that is known."
        remedy = "Save the answer of its service as it is: all currencies of a month, or all months of a currency."
        return [], [Finding("RATE-010", Place(name), message, remedy)]
    found = dict.fromkeys(rate for rate in rates if rate[:2] in wanted)  # a currency of several countries comes often
    return [Published(currency, when, rate, SOURCE, name) for currency, when, rate in found], []


def _read_rate(value: Any) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
        raise ValueError(value)
    return value


def _read_month(row: dict[str, Any]) -> str:
    """The month of a row, which is valid from its first to its last day, written 01/03/2008."""
    start, end = (datetime.datetime.strptime(row[key], "%d/%m/%Y") for key in ("dateStart", "dateEnd"))
    if start.day != 1 or month_of(start.date()) != month_of(end.date()):
        raise ValueError(row["dateStart"])
    return month_of(start.date())


def _say_month(name: str) -> Finding:
    message = "The file has the rates of a month and does not say of which."
    return Finding("RATE-012", Place(name), message, "Say it with --month, for example --month 2008-03.")
