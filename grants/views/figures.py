"""Figures as a language writes them: 107.615,25 € in Greek, EUR 107,615.25 in English.

Babel knows how (Unicode CLDR); the patterns chosen here are the usual ones of grant papers.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date as _format_date
from babel.dates import format_interval
from babel.numbers import format_currency, format_decimal, get_territory_currencies

from grants.model.money import round_to_cent

LOCALES = {"el": "el_GR", "en": "en_GB", "sr": "sr_Latn_RS", "fr": "fr_FR"}
_MONEY = {"en": "¤¤\u00a0#,##0.00"}


def format_amount(amount: Decimal, language: str) -> str:
    """An amount without its currency, two decimals: 107.615,25."""
    return format_decimal(amount, "#,##0.00", locale=LOCALES[language])


def format_money(amount: Decimal, currency: str, language: str) -> str:
    """An amount with its currency: 107.615,25 €. No line ends between the two."""
    pattern = _MONEY.get(language, "#,##0.00\u00a0¤")
    return format_currency(amount, currency, pattern, locale=LOCALES[language], currency_digits=False)


def format_number(number: Decimal | int, language: str) -> str:
    """A count or quantity, as many decimals as it has, at most four: 5.000, 0,4."""
    return format_decimal(number, "#,##0.####", locale=LOCALES[language])


def format_percent(percent: Decimal, language: str, decimals: int | None = None) -> str:
    """A share given in per cent, at most two decimals, half up as in a workbook: 75 % in English papers of the EU, 7,5%
    in Greek.

    With `decimals`, just so many: the figures of a column stand below each other, as 47,00% and 43,94% do.
    """
    places = "##" if decimals is None else "0" * decimals
    number = format_decimal(round_to_cent(percent), f"#,##0.{places}", locale=LOCALES[language])
    return number + ("%" if language == "el" else "\u00a0%")


def format_date(day: datetime.date, language: str) -> str:
    """A date in words: 15 Οκτωβρίου 2007; in Serbian 15. oktobar 2007., where the year is an ordinal too."""
    return _format_date(day, "d. MMMM y." if language == "sr" else "d MMMM y", locale=LOCALES[language])


def format_short_date(day: datetime.date, language: str) -> str:
    """A date in figures, for tables: 15/10/2007; in Serbian 15.10.2007., with its last point."""
    return _format_date(day, "dd.MM.y." if language == "sr" else "dd/MM/y", locale=LOCALES[language])


def format_month(month: str, language: str) -> str:
    """A month in words: Μάρτιος 2008; in Serbian mart 2008., as in a date."""
    day = datetime.date(int(month[:4]), int(month[5:7]), 1)
    return _format_date(day, "LLLL y." if language == "sr" else "LLLL y", locale=LOCALES[language])


def format_period(start: datetime.date, end: datetime.date, language: str) -> str:
    """A stretch of time, as short as it can be: Ιανουάριος–Ιούνιος 2008; with its days where it is not whole months."""
    if start.day != 1 or (end + datetime.timedelta(days=1)).day != 1:
        return f"{format_date(start, language)} – {format_date(end, language)}"
    return format_interval(start, end, "yMMMM", locale=LOCALES[language]).replace("\u2009", " ")


def list_currencies(country: str, start: datetime.date, end: datetime.date) -> list[str]:
    """The currencies that are legal tender in a country in those days: RSD in RS."""
    return get_territory_currencies(country, start, end)


def name_country(code: str, language: str) -> str:
    """The country of a code of two letters: Σερβία. The code itself where nobody knows it."""
    return str(Locale.parse(LOCALES[language]).territories.get(code, code))
