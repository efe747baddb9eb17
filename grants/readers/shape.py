"""Plain data -> a model, every fault a finding at its line: wrong types, unknown and missing keys."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from grants.errors import Finding, Path, Place
from grants.model.base import Model
from grants.model.scalars import Number
from grants.readers.yaml_file import YamlFile

Shape = TypeVar("Shape", bound=Model)

WRITTEN_AMOUNT = re.compile(r"[-+]?[0-9][0-9.,' \u00a0\u202f]*(?:\s?[€%])?")
PYDANTIC_MARK = re.compile(r"\[key\]|function-.*|tuple\[.*\]|decimal|bool|str")
"""Steps of a location that no user wrote: a faulty key, the branches of a union."""
DAY_FIRST = re.compile(r"(0?[1-9]|[12][0-9]|3[01])[./-](0?[1-9]|1[0-2])[./-]([0-9]{4})")
_PLAIN_TYPES = {
    "model_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "tuple_type": "a list (lines that begin with a hyphen)",
    "bool_type": "true or false",
    "string_type": "a text",
}
_EXAMPLES = {
    "date": "2008-01-31",
    "month": "2008-03",
    "quarter": "2008-Q1",
    "country": "GR",
    "language": "el",
    "code": "A1.1.1",
}


class Placed(Protocol):
    """A file, or a row of one, that knows where its parts stand."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at a path (or its key) stands."""


def read_shape(yaml_file: YamlFile, model: type[Shape], root: str | Path) -> tuple[Shape | None, list[Finding]]:
    """The model that a file holds, or None with findings. `root` is the beginning of their paths, or its only key."""
    if not isinstance(yaml_file.data, dict):
        what = "is empty" if yaml_file.data is None else "does not begin with a key and a colon"
        message, remedy = f"The file {what}.", "Start from the example of `grants new`."
        return None, [Finding("DEF-001", yaml_file.place(()), message, remedy)]
    try:
        return model.model_validate(yaml_file.data), []
    except ValidationError as error:
        return None, describe_faults(error, yaml_file, model, (root,) if isinstance(root, str) else root)


def describe_faults(error: ValidationError, placed: Placed, model: type[Model], root: Path) -> list[Finding]:
    """What Pydantic found, in sentences, each at its place and with a path that begins with `root`."""
    details = _without_echoes(error.errors(include_url=False), model)
    return [_describe(detail, placed, model, root) for detail in details]


def _without_echoes(details: Sequence[ErrorDetails], model: type[Model]) -> list[ErrorDetails]:
    """One finding a fault.

    A value of several permitted types fails once for each of them. A list all of whose entries are faulty is also "too
    short". A key that is mistyped is unknown, and the right one is missing.
    """
    mistyped = {
        (*detail["loc"][:-1], close[0])
        for detail in details
        if detail["type"] == "extra_forbidden"
        and (close := _find_close(str(detail["loc"][-1]), _keys_at(model, detail["loc"][:-1])))
    }
    first: dict[tuple[int | str, ...], ErrorDetails] = {}
    for detail in details:
        echo = detail["input"] if detail["type"] == "too_short" else detail["loc"] in mistyped
        if detail["type"] not in ("too_short", "missing") or not echo:
            first.setdefault(_steps(detail), detail)
    return list(first.values())


def _steps(detail: ErrorDetails) -> tuple[int | str, ...]:
    """Where a fault is, without Pydantic's own marks and with the language of a text."""
    loc = detail["loc"]
    if detail["type"] == "extra_forbidden":  # the last step is the user's own word, whatever it looks like
        return (*_without_marks(loc[:-1]), loc[-1])
    language = detail.get("ctx", {}).get("key")
    return (*_without_marks(loc), *([] if language is None else [str(language)]))


def _without_marks(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return tuple(step for step in loc if isinstance(step, int) or not PYDANTIC_MARK.fullmatch(step))


def _is_about_key(detail: ErrorDetails) -> bool:
    if detail["type"] == "language":
        return "key" in detail["ctx"]
    return detail["type"] == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)


def _describe(detail: ErrorDetails, placed: Placed, model: type[Model], root: Path) -> Finding:
    context: dict[str, Any] = detail.get("ctx", {})
    steps, about_key = _steps(detail), _is_about_key(detail)
    place = placed.place(steps, key=about_key)
    value = context.get("found", detail["input"])
    code, message, remedy = _explain(detail, context, value, model)
    found = None if detail["type"] == "missing" else str(steps[-1]) if about_key and steps else _show(value)
    return Finding(code, replace(place, path=(*root, *steps)), message, remedy, found)


def _name(detail: ErrorDetails) -> str:
    """The key that a fault is about."""
    if "key" in detail.get("ctx", {}):
        return str(detail["ctx"]["key"])
    return str((_steps(detail) or ("file",))[-1])


def _explain(detail: ErrorDetails, context: dict[str, Any], value: Any, model: type[Model]) -> tuple[str, str, str]:
    kind, name = detail["type"], _name(detail)
    if kind == "extra_forbidden":
        keys = _keys_at(model, detail["loc"][:-1])
        return (
            "DEF-002",
            f"The key `{name}` is not known here.",
            _did_you_mean(name, keys) or f"Known keys: {', '.join(keys)}.",
        )
    if kind == "missing":
        return "DEF-003", f"The key `{name}` is missing.", f"Add a line `{name}: ...` at this level."
    if kind in _PLAIN_TYPES:
        return "DEF-004", f"`{name}` is {_kind(value)}, not {_PLAIN_TYPES[kind]}.", f"Write {_PLAIN_TYPES[kind]}."
    if kind in ("number_type", "whole_number"):
        return _explain_number(name, value, kind)
    if kind in ("no_such_date", "date", "month", "quarter"):
        wanted = "a day that the calendar does not have" if kind == "no_such_date" else f"not a {kind}"
        return "DEF-006", f"`{name}` is {wanted}.", _suggest_date(str(value), kind)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return (
            "DEF-007",
            f"`{name}` is not one of its permitted words.",
            _did_you_mean(str(value), choices) or f"Write one of: {', '.join(choices)}.",
        )
    if kind == "out_of_range":
        return (
            "DEF-008",
            f"`{name}` is out of range.",
            f"Write a number from {context['low']:,} to {context['high']:,}.",
        )
    if kind in ("text_type", "blank"):
        wrong = "an empty text" if kind == "blank" else f"{_kind(value)}, not a text"
        return "DEF-009", f"`{name}` is {wrong}.", "Write a text, or texts by language: {el: ..., en: ...}."
    if kind == "too_short":
        return "DEF-009", f"The list `{name}` is empty.", "Give it at least one entry."
    wanted = detail["msg"]
    return (
        "DEF-010",
        f"`{name}` is not well formed: wanted is {wanted[0].lower() + wanted[1:]}.",
        f"Correct it{_example(kind)}.",
    )


def _example(kind: str) -> str:
    return f", for example {_EXAMPLES[kind]}" if kind in _EXAMPLES else ""


def _suggest_date(text: str, kind: str) -> str:
    """A day written as in Greek letters, 15/10/2007, turned round; else an example."""
    day = DAY_FIRST.fullmatch(text.strip()) if kind == "date" else None
    return f"Write it as {f'{day[3]}-{day[2]:0>2}-{day[1]:0>2}' if day else _EXAMPLES.get(kind, '2008-01-31')}."


def _explain_number(name: str, value: Any, kind: str) -> tuple[str, str, str]:
    if kind == "whole_number":
        return "DEF-005", f"`{name}` is not a whole number.", "Write it without decimals."
    if isinstance(value, str) and WRITTEN_AMOUNT.fullmatch(value.strip()):
        return "DEF-005", f"`{name}` is a number written for people; it would be guessed at.", _suggest_number(value)
    return (
        "DEF-004",
        f"`{name}` is {_kind(value)}, not a number.",
        "Write digits with a point for the cents, such as 1500.00.",
    )


def _suggest_number(text: str) -> str:
    digits = re.sub(r"[^0-9.,+-]", "", text).lstrip("+")
    separator = max(digits.rfind(","), digits.rfind("."))
    whole, cents = (digits[:separator], digits[separator + 1 :]) if separator >= 0 else (digits, "")
    whole = re.sub(r"[.,]|(?<![0-9.,])0+(?=[0-9])", "", whole)
    if len(cents) == 3:  # 1.500: fifteen hundred, or one and a half
        return (
            f"Write {whole}{cents} or {whole}.{cents}, whichever is meant, without quotes or separators of thousands."
        )
    return f"Write {whole}{'.' + cents if cents else ''}, without quotes or separators of thousands."


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a text" if value.strip() else "an empty text"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a number"


def _show(value: Any) -> str:
    text = _write(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _write(value: Any) -> str:
    """A value as YAML would write it in one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_write, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_write(part)}' for key, part in value.items())}}}"
    return value.text if isinstance(value, Number) else str(value)


def _did_you_mean(word: str, known: Iterable[str]) -> str | None:
    close = _find_close(word, known)
    return f"Did you mean `{close[0]}`?" if close else None


def _find_close(word: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)


def _keys_at(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the model knows at a location."""
    here: Any = model
    steps = iter(loc)
    for step in steps:
        if isinstance(step, str) and isinstance(here, type) and issubclass(here, Model):
            annotation = here.model_fields[step].annotation
            here = _part_of(annotation)
            if typing.get_origin(annotation) is dict:
                next(steps, None)  # the user's own word
    return list(here.model_fields) if isinstance(here, type) and issubclass(here, Model) else []


def _part_of(annotation: Any) -> Any:
    """The model inside list, dict or optional of it."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    parts = [_part_of(argument) for argument in reversed(typing.get_args(annotation)) if argument is not type(None)]
    return next((part for part in parts if part is not None), None)
