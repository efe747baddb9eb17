"""The words and figures of a definition: texts per language, amounts, codes, dates, months.

A definition is read strictly: a number is a number, never a text that looks like one. Every type here
says to Pydantic what it accepts and to JSON Schema the same, so that an editor and the program agree.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LANGUAGE = re.compile(r"[a-z]{2}")
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,31}$"
LARGEST = 1_000_000_000_000
"""No figure of a definition is larger: 10^12, so that every amount keeps its cents in a spreadsheet."""


class Number(Decimal):
    """A number as it stood in the file: its value, and its text (a code 2.10 is not the code 2.1)."""

    text: str

    def __new__(cls, text: str) -> Number:
        number = super().__new__(cls, text)
        number.text = text
        return number


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or several languages. The key "" holds a text that is the same in all of them."""

    words: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.words.items())))

    def says(self, language: str) -> bool:
        """Whether the text can be printed in that language."""
        return language in self.words or "" in self.words

    def in_language(self, language: str) -> str:
        """The text in that language; KeyError where nobody wrote it (a check reports that first)."""
        return self.words[language] if language in self.words else self.words[""]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        words = {"type": "string", "pattern": r"\S"}
        translations = {
            "type": "object",
            "patternProperties": {"^[a-z]{2}$": words},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [words, translations]}


def _read_text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text({"": _words(value, None)})
    if isinstance(value, dict) and value:
        return Text({_language(key): _words(words, key) for key, words in value.items()})
    raise PydanticCustomError("text_type", "a text, or texts by language", {"found": value})


def _language(key: Any) -> str:
    if isinstance(key, str) and LANGUAGE.fullmatch(key):
        return key
    raise PydanticCustomError("language", "a language of two letters", {"found": key, "key": key})


def _words(value: Any, key: str | None) -> str:
    context = {"found": value} if key is None else {"found": value, "key": key}
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "a text", context)
    if not value.strip():
        raise PydanticCustomError("blank", "a text that is not empty", context)
    return value.strip()


def _reads_number(low: int, high: int) -> Callable[[Any], Decimal]:
    def read(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise PydanticCustomError("number_type", "a number", {"found": value})
        if not low <= value <= high:
            raise PydanticCustomError(
                "out_of_range", "a number in its range", {"found": value, "low": low, "high": high}
            )
        return Decimal(value)

    return read


def _reads_count(low: int, high: int) -> Callable[[Any], int]:
    read_number = _reads_number(low, high)

    def read(value: Any) -> int:
        number = read_number(value)
        if number != number.to_integral_value():
            raise PydanticCustomError("whole_number", "a whole number", {"found": value})
        return int(number)

    return read


def _reads_text(pattern: str, kind: str, example: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def read(value: Any) -> str:
        text = value.text if kind == "code" and isinstance(value, Number) and value <= LARGEST else value
        if isinstance(text, str) and compiled.fullmatch(text):
            return text
        raise PydanticCustomError(kind, "{example}", {"found": text, "example": example})

    return read


def _read_word(value: Any) -> str:
    return _words(value, None)


def _read_date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if not (isinstance(value, str) and re.fullmatch(DATE_PATTERN, value)):
        raise PydanticCustomError("date", "a date such as 2008-01-31", {"found": value})
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_date", "a date of the calendar", {"found": value}) from None


@dataclass(frozen=True, eq=False)
class Reads:
    """How a type is read from plain data, and what JSON Schema says of it: one truth beside the other."""

    read: Callable[[Any], Any]
    shape: dict[str, Any]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.shape)


def number(low: int, high: int) -> Reads:
    """A number of a range."""
    return Reads(_reads_number(low, high), {"type": "number", "minimum": low, "maximum": high})


def whole(low: int, high: int) -> Reads:
    """A whole number of a range."""
    return Reads(_reads_count(low, high), {"type": "integer", "minimum": low, "maximum": high})


def written(pattern: str, kind: str, example: str) -> Reads:
    """A text of a certain form, which a finding describes by an example."""
    return Reads(_reads_text(pattern, kind, example), {"type": "string", "pattern": pattern})


_CODE = written(CODE_PATTERN, "code", "a code of Latin letters, digits, dots and hyphens")
_CODE_SHAPE = {"anyOf": [_CODE.shape, {"type": "number", "minimum": 0, "maximum": LARGEST}]}
_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Word = Annotated[str, Reads(_read_word, {"type": "string", "pattern": r"\S"})]
"""A text that is the same in every language: a name, a number of a register."""
Amount = Annotated[Decimal, number(0, LARGEST)]
"""Money in the currency of the budget, not negative."""
SignedAmount = Annotated[Decimal, number(-LARGEST, LARGEST)]
"""Money that can be below zero: a credit note, a loss by exchange."""
Quantity = Amount
Percent = Annotated[Decimal, number(0, 100)]
"""A share in per cent: 75 is three quarters."""
Count = Annotated[int, whole(0, LARGEST)]
Year = Annotated[int, whole(1900, 2100)]
Code = Annotated[str, Reads(_CODE.read, _CODE_SHAPE)]
"""The name of a part inside its project: A1.1.1, Op2.1, 5.3."""
CodeKey = Annotated[str, _CODE]
"""A code that is the key of a mapping; keys are always texts."""
Date = Annotated[datetime.date, Reads(_read_date, {"type": "string", "format": "date", "pattern": DATE_PATTERN})]
Month = Annotated[str, written(r"^[0-9]{4}-(0[1-9]|1[0-2])$", "month", "a month such as 2008-03")]
Quarter = Annotated[str, written(r"^[0-9]{4}-Q[1-4]$", "quarter", "a quarter such as 2008-Q1")]
Country = Annotated[str, written(r"^[A-Z]{2}$", "country", "a country of two letters such as GR")]
Currency = Annotated[str, written(r"^[A-Z]{3}$", "currency", "a currency of three letters such as EUR")]
CurrencyKey = Currency
"""A currency that is the key of a mapping."""
Language = Annotated[str, written(r"^[a-z]{2}$", "language", "a language of two letters such as el")]
Folder = Annotated[str, written(_NAME, "folder", "a name of small letters, digits and hyphens such as hellenic-aid")]
"""The name of a donor's folder under templates/, or of a section: never a path."""

Part = TypeVar("Part")
Many = Annotated[tuple[Part, ...], Field(strict=False)]
"""A list in the file, a tuple in the model."""
