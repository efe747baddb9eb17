"""Is the hidden sheet of a workbook our stamp, and nothing else? Its name says nothing: anybody can give it.

A stamp says codes, names of sheets and cells, and what the sheets show. Whatever else stands in one is told, as of any
hidden sheet.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from grants.forms.stamp import is_fact

_KEY = re.compile(r"[a-z][a-z_ ]{0,40}")
_CODE = re.compile(r"[\w.:#/+\-]{1,64}")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_CELL = re.compile(r"'((?:[^']|'')+)'!\$?[A-Z]{1,3}\$?[0-9]{1,7}")


def find_strange(rows: Iterable[Sequence[Any]], sheets: Collection[str], shown: Iterable[Any]) -> Iterator[str]:
    """What a sheet called as our stamp holds beside a stamp; `shown` are the cells of all other sheets."""
    seen = {words for cell in shown for words in (_say(cell), _say_month(cell))}
    for row in rows:
        cells = [cell for cell in row if cell != ""]
        if cells and not _is_of_stamp(cells, sheets, seen):
            yield " ".join(map(str, cells))


def _is_of_stamp(cells: Sequence[Any], sheets: Collection[str], seen: Collection[str]) -> bool:
    match cells:
        case ["fact", str(key), str(value)]:
            return is_fact(key, value)
        case ["sheet", str(key), str(name)]:
            return _is(_KEY, key) and name in sheets
        case ["table", str(key), str(sheet), float(), float(), float()]:
            return _is(_KEY, key) and sheet in sheets
        case ["column", str(table), str(key), str(letter)]:
            return _is(_KEY, table) and _is(_CODE, key) and _is(_LETTERS, letter)
        case ["choice", str(name), str(key), str(words)]:
            return _is(_KEY, name) and _is_known(key, seen) and _say(words) in seen
        case ["row", str(table), float(), str(name)]:
            return _is(_KEY, table) and _is_known(name, seen)
        case ["figure", str(key), str(cell)]:
            place = _CELL.fullmatch(cell)
            return _is(_CODE, key) and place is not None and place[1].replace("''", "'") in sheets
        case ["base", str(table), str(name), *values]:
            pairs = list(zip(values[::2], values[1::2], strict=False))
            known = all(_is(_CODE, str(key)) and _say(value) in seen for key, value in pairs)
            return _is(_KEY, table) and _is_known(name, seen) and len(values) % 2 == 0 and known
    return False


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.fullmatch(text))


def _is_known(text: str, seen: Collection[str]) -> bool:
    return _is(_CODE, text) or _say(text) in seen


def _say(value: Any) -> str:
    """A value as text, the same for a number in a cell and the number that the stamp says of it."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = " ".join(str(value).split())
    try:
        number = Decimal(text).normalize()
    except ArithmeticError:  # no number, or one larger than any
        return text
    return f"{number:.12g}" if number.is_finite() else text


def _say_month(value: Any) -> str:
    return value.isoformat()[:7] if isinstance(value, datetime.date) else ""
