"""Files of exchange rates as they are published -> monthly rates, in units of a currency for one euro.

Two publishers are known, by what their files hold:

- the European Central Bank's history, `eurofxref-hist.csv` or the zip that it is offered in: a day a row, a currency a
  column, N/A where there was no rate; or series of its data portal in CSV. Both are daily, so that the month's rate is
  a choice;
- the European Commission's InforEuro, as its service answers in JSON: all currencies of a month
  (`monthly-rates?year=..&month=..`, which does not say its month), or all months of a currency (`currencies/RSD`).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from grants.errors import Finding, Place
from grants.readers.ecb import Take, is_history, is_series, read_history, read_series
from grants.readers.inforeuro import read_answer
from grants.readers.published_rate import Published
from grants.readers.text_file import decode_text, read_bytes
from grants.readers.zip_parts import PackageFaultError, list_parts, unpack

__all__ = ["Published", "Take", "read_published"]

SOURCES = (
    "Official rates: ECB, https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip (no dinar); InforEuro, "
    "https://ec.europa.eu/budg/inforeuro/api/public/currencies/RSD (every month of a currency, in JSON); National Bank "
    "of Serbia, https://www.nbs.rs."
)
BY_HAND = (
    "rates.csv may be written by hand: the first line is `currency,month,rate,source,date`, then a row for each month, "
    "such as `RSD,2008-03,80.60,InforEuro,2008-03-03`: units for one of the budget's currency, where they were "
    "read, and when."
)
LARGEST = 16 * 1024 * 1024
"""Bytes. The whole history of the European Central Bank has one and a half million."""


def read_published(
    file: Path, wanted: Collection[tuple[str, str]], take: Take, month: str | None
) -> tuple[list[Published], list[Finding]]:
    """The rates of the wanted (currency, month) that a file has, and what is wrong with it.

    `take` says what daily rates of a month become; `month` is that of a list which does not say its own.
    """
    text, findings = _read_text(file)
    if text is None:
        return [], findings
    if is_history(text):
        return read_history(text, file.name, wanted, take)
    if is_series(text):
        return read_series(text, file.name, wanted, take)
    if text.lstrip("\ufeff \r\n\t").startswith(("[", "{")):
        return read_answer(text, file.name, wanted, month)
    message = "This is no file of exchange rates that is known."
    remedy = f"Give eurofxref-hist.csv or its zip, or InforEuro's answer in JSON. {SOURCES} {BY_HAND}"
    return [], [Finding("RATE-010", Place(file.name), message, remedy, text[:40].partition("\n")[0])]


def _read_text(file: Path) -> tuple[str | None, list[Finding]]:
    """The text of a file, or of the only table in a zip."""
    raw, findings = read_bytes(file, file.name, LARGEST)
    if raw is None:
        return None, findings
    if raw.startswith(b"PK"):
        try:
            tables = [part for name, part in list_parts(raw).items() if name.lower().endswith(".csv")]
            if len(tables) == 1:
                raw = b"".join(unpack(tables[0]))
        except PackageFaultError as error:
            message, remedy = "The zip cannot be opened.", "Download it again."
            return None, [Finding(error.code, Place(file.name), message, remedy, error.found)]
    return decode_text(raw, file.name)
