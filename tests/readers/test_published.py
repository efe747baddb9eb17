"""Files of exchange rates as the ECB and InforEuro publish them."""

from __future__ import annotations

import calendar
import datetime
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from grants.readers.published import read_published

HEADER = "Date,USD,JPY,BGN,CYP,CZK,CHF,"
WANTED = {(currency, f"2008-{month:02}"): None for currency in ("USD", "CHF", "RSD") for month in range(1, 13)}


def history(*months: int, until: int = 31) -> str:
    """A history with the days of some months, newest first: USD 1.4000 on the 1st, one pip more each day; no CYP."""
    days = [
        datetime.date(2008, month, day)
        for month in months
        for day in range(1, min(until, calendar.monthrange(2008, month)[1]) + 1)
    ]
    rows = [
        f"{day},{Decimal('1.4') + Decimal(day.day).scaleb(-4)},160.1,1.9558,N/A,26.1,1.6,"
        for day in sorted(days, reverse=True)
        if day.weekday() < 5
    ]
    return "\n".join([HEADER, *rows, ""])


def read(tmp_path: Path, text: str | bytes, take="average", month=None, name: str = "a.csv"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    rates, findings = read_published(file, WANTED, take, month)
    return [(x.currency, x.month, str(x.rate), x.source) for x in rates], [f"{x.place} {x.code}" for x in findings]


def test_the_mean_of_a_month_says_of_how_many_days(tmp_path: Path) -> None:
    rates, findings = read(tmp_path, history(1, 2))
    days = [day for day in range(1, 32) if datetime.date(2008, 1, day).weekday() < 5]
    mean = Decimal("1.4") + Decimal(sum(days)).scaleb(-4) / len(days)
    assert findings == []
    assert rates[2] == ("USD", "2008-01", f"{mean:.6f}", f"ECB reference rates, mean of {len(days)} days")
    assert [(currency, month) for currency, month, *_ in rates] == [
        ("CHF", "2008-01"),
        ("CHF", "2008-02"),
        ("USD", "2008-01"),
        ("USD", "2008-02"),
    ]


def test_the_last_day_of_a_month_is_a_choice(tmp_path: Path) -> None:
    rates, _ = read(tmp_path, history(2), "last-day")
    assert rates[1] == ("USD", "2008-02", "1.4029", "ECB reference rate of 2008-02-29")


def test_a_month_that_is_not_over_is_left_out(tmp_path: Path) -> None:
    rates, findings = read(tmp_path, history(1) + history(2, until=12).partition("\n")[2])
    assert {month for _, month, *_ in rates} == {"2008-01"}
    assert findings == ["a.csv RATE-014", "a.csv RATE-014"]
    rates, findings = read(tmp_path, history(2, until=28))
    assert (rates, findings) == ([], ["a.csv RATE-014", "a.csv RATE-014"])


def test_the_history_is_also_read_from_its_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "eurofxref-hist.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("eurofxref-hist.csv", history(1))
    rates, findings = read(tmp_path, (tmp_path / "eurofxref-hist.zip").read_bytes(), name="b.zip")
    assert (len(rates), findings) == (2, [])


def test_all_currencies_of_a_month_want_the_month(tmp_path: Path) -> None:
    given = (("Serbia", "RSD", 81.25), ("Euro area", "EUR", 1), ("Panama", "USD", 1.5), ("USA", "USD", 1.5))
    rows = [
        {"country": country, "currency": "x", "isoA3Code": code, "isoA2Code": "x", "value": value, "comment": None}
        for country, code, value in given
    ]
    answer = json.dumps(rows)
    assert read(tmp_path, answer) == ([], ["a.csv RATE-012"])
    assert read(tmp_path, answer, month="2008-03") == (
        [("RSD", "2008-03", "81.25", "InforEuro"), ("USD", "2008-03", "1.5", "InforEuro")],
        [],
    )


def row(**changes: object) -> dict[str, object]:
    given = {"currencyIso": "RSD", "refCurrencyIso": "EUR", "amount": 81.2345}
    return {**given, "dateStart": "01/03/2008", "dateEnd": "31/03/2008", **changes}


def test_all_months_of_a_currency_say_their_month(tmp_path: Path) -> None:
    earlier = row(dateStart="01/12/2007", dateEnd="31/12/2007")
    answer = json.dumps([row(), row(amount=80, dateStart="01/02/2008", dateEnd="29/02/2008"), earlier])
    assert read(tmp_path, answer) == (
        [("RSD", "2008-03", "81.2345", "InforEuro"), ("RSD", "2008-02", "80", "InforEuro")],
        [],
    )


@pytest.mark.parametrize(
    "text",
    [
        "currency;month\n",
        "",
        '{"code": 5, "message": "No rates published for period"}',
        "[]",
        "[1, 2]",
        "[" * 100_000,
        '[{"isoA3Code": "RSD"}]',
        json.dumps([row(amount="81.2")]),
        json.dumps([row(amount=0)]),
        json.dumps([row(amount=-1)]),
        '[{"currencyIso":"RSD","refCurrencyIso":"EUR","amount":NaN,"dateStart":"01/03/2008","dateEnd":"31/03/2008"}]',
        json.dumps([row(dateStart="2008-03-01")]),
        json.dumps([row(dateEnd="30/04/2008")]),
        json.dumps([row(refCurrencyIso="USD")]),
        f"{HEADER}\n01/02/2008,1,2,3,N/A,4,5,\n",
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    rates, (finding,) = read(tmp_path, text, month="2008-03")
    assert rates == []
    assert finding.split(" ")[1] == "RATE-010"


def test_a_broken_zip_and_a_foreign_encoding_are_no_traceback(tmp_path: Path) -> None:
    assert read(tmp_path, b"PK\x03\x04 broken") == ([], ["a.csv PKG-004"])
    assert read(tmp_path, "Τιμές".encode("cp1253"))[1][0].endswith("FILE-002")


def write_series(folder: Path, *rows: str) -> Path:
    """What the ECB's data portal answers in CSV."""
    header = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS"
    (folder / "data.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return folder / "data.csv"


def test_daily_series_of_the_data_portal_are_read(tmp_path: Path) -> None:
    days = [day for day in range(1, 30) if datetime.date(2008, 2, day).weekday() < 5]
    rows = [f"EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2008-02-{day:02},1.{day:04},A" for day in days]
    holiday = "EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2008-03-03,,M"
    file = write_series(tmp_path, *rows, holiday)
    (last,), findings = read_published(file, {("USD", "2008-02"): None}, "last-day", None)
    assert (last.rate, last.source, findings) == (Decimal("1.0029"), "ECB reference rate of 2008-02-29", [])
    (mean,), _ = read_published(file, {("USD", "2008-02"): None}, "average", None)
    assert mean.rate == Decimal("1.001576")  # 21.0331 / 21


@pytest.mark.parametrize(
    "row",
    [
        "EXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2008-02,1.4748,A",
        "EXR.D.USD.GBP.SP00.A,D,USD,GBP,SP00,A,2008-02-01,1.4748,A",
        "EXR.D.USD.EUR.SP00.A,D,USD",
    ],
)
def test_other_series_are_refused(tmp_path: Path, row: str) -> None:
    published, findings = read_published(write_series(tmp_path, row), {("USD", "2008-02"): None}, "average", None)
    assert (published, [(x.code, x.place.line) for x in findings]) == ([], [("RATE-010", 2)])
