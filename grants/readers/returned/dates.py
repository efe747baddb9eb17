"""Dates and months as people write them: 31/1/2008, 31.1.2008., 31 Ιανουαρίου 2008, jan 2008. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
import unicodedata

_MONTHS = (
    ("ιαν", "jan", "јан"),
    ("φεβ", "feb", "феб"),
    ("μαρ", "mar", "мар"),
    ("απρ", "apr", "апр"),
    ("μαι", "may", "maj", "мај"),
    ("ιουν", "jun", "јун"),
    ("ιουλ", "jul", "јул"),
    ("αυγ", "aug", "avg", "авг"),
    ("σεπ", "sep", "сеп"),
    ("οκτ", "oct", "okt", "окт"),
    ("νοε", "nov", "нов"),
    ("δεκ", "dec", "дец"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\.?")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([^\W\d]+)\.?\s+(\d{4})\.?")
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})\.?")
_NUMBER_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})\.?")
_WORD_MONTH = re.compile(r"([^\W\d]+)\.?\s+(\d{4})\.?")
_FIRST_SERIAL, _LAST_SERIAL = 29_221, 73_050
"""1980 to 2099, as a spreadsheet counts days."""


def read_date(text: str, language: str) -> tuple[str, ...]:
    """What a text may mean, as 2008-01-31: none for no date; two where an English form leaves the month open."""
    words = text.strip()
    if match := _ISO.fullmatch(words):
        return _make((int(match[1]), int(match[2]), int(match[3])))
    if match := _NUMBERS.fullmatch(words):
        first, second, year = int(match[1]), int(match[3]), _full(match[4])
        dates = _make((year, second, first))
        if language == "en" and match[2] == "/":
            dates = tuple(dict.fromkeys((*dates, *_make((year, first, second)))))
        return dates
    if (match := _WORDS.fullmatch(words)) and (month := _find_month(match[2])):
        return _make((int(match[3]), month, int(match[1])))
    return ()


def read_month(text: str, language: str) -> tuple[str, ...]:
    """What a text may mean, as 2008-01: a month, or any day of it."""
    words = text.strip()
    if match := _ISO_MONTH.fullmatch(words):
        return _make_month(int(match[1]), int(match[2]))
    if match := _NUMBER_MONTH.fullmatch(words):
        return _make_month(int(match[2]), int(match[1]))
    if (match := _WORD_MONTH.fullmatch(words)) and (month := _find_month(match[1])):
        return _make_month(int(match[2]), month)
    return tuple(dict.fromkeys(date[:7] for date in read_date(words, language)))


def read_serial(number: float) -> str | None:
    """The day that a spreadsheet counts so, as 2008-01-31, where its cell lost its format; None for another number."""
    if not (_FIRST_SERIAL <= number <= _LAST_SERIAL and number == int(number)):
        return None
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))).isoformat()


def _full(year: str) -> int:
    """99 is 1999, 08 is 2008."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)


def _make(*candidates: tuple[int, int, int]) -> tuple[str, ...]:
    dates = []
    for candidate in candidates:
        try:
            dates.append(datetime.date(*candidate).isoformat())
        except ValueError:
            continue
    return tuple(dates)


def _make_month(year: int, month: int) -> tuple[str, ...]:
    return tuple(date[:7] for date in _make((year, month, 1)))


def _find_month(word: str) -> int | None:
    plain = "".join(x for x in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(x))
    return next((n for n, names in enumerate(_MONTHS, 1) if plain.startswith(names)), None)
