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

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LANGUAGE = re.compile(r"[a-z]{2}")
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
QUARTER_PATTERN = r"^[0-9]{4}-Q[1-4]$"
CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,31}$"
CODE = re.compile(CODE_PATTERN)
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


def _read_number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError("number_type", "a number", {"found": value})
    return Decimal(value)


def _read_count(value: Any) -> int:
    number = _read_number(value)
    if number != number.to_integral_value():
        raise PydanticCustomError("whole_number", "a whole number", {"found": value})
    return int(number)


def _read_code(value: Any) -> str:
    text = value.text if isinstance(value, Number) else value
    if not isinstance(text, str):
        raise PydanticCustomError("code", "a code", {"found": value})
    if not CODE.fullmatch(text):
        raise PydanticCustomError("code", "a code of letters, digits, dots and hyphens", {"found": text})
    return text


def _read_date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if not (isinstance(value, str) and re.fullmatch(DATE_PATTERN, value)):
        raise PydanticCustomError("date", "a date such as 2008-01-31", {"found": value})
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_date", "a date of the calendar", {"found": value}) from None


def _matching(pattern: str, kind: str, example: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def read(value: Any) -> str:
        if isinstance(value, str) and compiled.fullmatch(value):
            return value
        raise PydanticCustomError(kind, example, {"found": value})

    return read


def _words_only(value: Any) -> str:
    return _words(value, None)


def _figure(minimum: int, largest: int = LARGEST) -> dict[str, Any]:
    return {"type": "number", "minimum": minimum, "maximum": largest}


Word = Annotated[str, BeforeValidator(_words_only), WithJsonSchema({"type": "string", "pattern": r"\S"})]
"""A text that is the same in every language: a name, a number of a register."""
Amount = Annotated[Decimal, BeforeValidator(_read_number), Field(ge=0, le=LARGEST), WithJsonSchema(_figure(0))]
"""Money in the currency of the budget, not negative."""
Quantity = Amount
Percent = Annotated[Decimal, BeforeValidator(_read_number), Field(ge=0, le=100), WithJsonSchema(_figure(0, 100))]
"""A share in per cent: 75 is three quarters."""
Count = Annotated[
    int, BeforeValidator(_read_count), Field(ge=0, le=LARGEST), WithJsonSchema({**_figure(0), "type": "integer"})
]
Year = Annotated[
    int,
    BeforeValidator(_read_count),
    Field(ge=1900, le=2100),
    WithJsonSchema({"type": "integer", "minimum": 1900, "maximum": 2100}),
]
Code = Annotated[
    str,
    BeforeValidator(_read_code),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": CODE_PATTERN}, {"type": "number", "minimum": 0, "maximum": LARGEST}]}
    ),
]
"""The name of a part inside its project: A1.1.1, Op2.1, 5.3."""
Date = Annotated[
    datetime.date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DATE_PATTERN}),
]
Month = Annotated[
    str,
    BeforeValidator(_matching(MONTH_PATTERN, "month", "a month such as 2008-03")),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN}),
]
Quarter = Annotated[
    str,
    BeforeValidator(_matching(QUARTER_PATTERN, "quarter", "a quarter such as 2008-Q1")),
    WithJsonSchema({"type": "string", "pattern": QUARTER_PATTERN}),
]
Country = Annotated[
    str,
    BeforeValidator(_matching(r"^[A-Z]{2}$", "country", "a country of two letters such as GR")),
    WithJsonSchema({"type": "string", "pattern": r"^[A-Z]{2}$"}),
]
Language = Annotated[
    str,
    BeforeValidator(_matching(r"^[a-z]{2}$", "language", "a language of two letters such as el")),
    WithJsonSchema({"type": "string", "pattern": r"^[a-z]{2}$"}),
]
Folder = Annotated[
    str,
    BeforeValidator(_matching(r"^[a-z0-9]+(-[a-z0-9]+)*$", "folder", "a folder's name such as hellenic-aid")),
    WithJsonSchema({"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
"""The name of a donor's folder under templates/, or of a section: never a path."""

Part = TypeVar("Part")
Many = Annotated[tuple[Part, ...], Field(strict=False)]
"""A list in the file, a tuple in the model."""
