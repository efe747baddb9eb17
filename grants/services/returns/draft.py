"""Files of a project as they would be: texts that are changed in memory until all of it is sound."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as FilePath

from grants.errors import Path
from grants.model import Project
from grants.model.scalars import CODE_PATTERN, Text
from grants.readers.yaml_edit import Plain, insert_item, remove, set_value

_CODE = re.compile(CODE_PATTERN)


@dataclass(slots=True)
class Draft:
    """The texts of a project's files; what changes the number of a list's items waits until the rest is done."""

    folder: FilePath
    project: Project
    language: str
    """Of the form: the only one in which a text is replaced."""
    texts: dict[str, str] = field(default_factory=dict)
    whole: dict[str, bytes] = field(default_factory=dict)
    """Files that are written anew, such as a table."""
    removals: list[tuple[str, Path]] = field(default_factory=list)
    insertions: list[tuple[str, Path, object, int | None]] = field(default_factory=list)
    drafted: Mapping[FilePath, bytes] = field(default_factory=dict)
    """Files as other files of the same command would leave them."""

    def text(self, name: str) -> str:
        """A file as it would be; empty where there is none."""
        if name not in self.texts:
            text = (self._read(name) or b"").decode("utf-8-sig")
            self.texts[name] = text.replace("\r\n", "\n")
        return self.texts[name]

    def set(self, name: str, path: Path, value: object) -> None:
        """A value; None removes it."""
        text = self.text(name)
        self.texts[name] = remove(text, path) if value is None else set_value(text, path, value)

    def set_text(self, name: str, path: Path, before: Text | None, words: str) -> None:
        """A text in the language of the form, beside those in others; one that is the same in all is replaced whole."""
        known = before.words if before else {}
        if "" in known or not (words or known.keys() - {self.language}):
            self.set(name, path, words or None)
        elif words or self.language in known:
            self.set(name, (*path, self.language), words or None)

    def remove_item(self, name: str, path: Path) -> None:
        """Take an item out of a list, later."""
        self.removals.append((name, path))

    def insert(self, name: str, path: Path, value: object, after: int | None = None) -> None:
        """Put an item into a list, later; behind the item `after` as it is counted now."""
        self.insertions.append((name, path, value, after))

    def finish(self) -> dict[FilePath, bytes]:
        """The files that are another than before. Lists are changed from their ends, so that no number is wrong."""
        for name, path, value, after in sorted(self.insertions, key=lambda x: -1 if x[3] is None else -x[3] - 2):
            if after is not None:
                self.texts[name] = insert_item(self.text(name), path, value, after)
        for name, path in sorted(self.removals, key=lambda x: str(x[1][:-1]) + f"{x[1][-1]:09}", reverse=True):
            self.texts[name] = remove(self.text(name), self._count_on(name, path))
        for name, path, value, after in self.insertions:
            if after is None:
                self.texts[name] = insert_item(self.text(name), path, value)
        texts = self.texts | {name: data.decode() for name, data in self.whole.items()}
        before = {name: self._read(name) for name in texts}
        changed = {name: _encode(text, before[name] or b"") for name, text in texts.items()}
        return {self.folder / name: data for name, data in changed.items() if data != before[name]}

    def _read(self, name: str) -> bytes | None:
        """A file as it is, or as it was drafted; None where there is none."""
        file = self.folder / name
        return self.drafted[file] if file in self.drafted else file.read_bytes() if file.exists() else None

    def _count_on(self, name: str, path: Path) -> Path:
        """An item's path after others were put in before it."""
        at = int(path[-1])
        before = [x for x in self.insertions if x[0] == name and x[1] == path[:-1] and x[3] is not None and x[3] < at]
        return (*path[:-1], at + len(before))


def _encode(text: str, before: bytes) -> bytes:
    """The text with the line ends, and the byte-order mark, that the file has now."""
    text = text.replace("\r\n", "\n")
    data = text.replace("\n", "\r\n").encode() if b"\r\n" in before else text.encode()
    return codecs.BOM_UTF8 + data if before.startswith(codecs.BOM_UTF8) else data


def amount(words: str) -> Decimal | None:
    """Money as it is written in a file, with two decimals or more; None for nothing."""
    if not words:
        return None
    number = Decimal(words)
    exponent = number.as_tuple().exponent
    return number.quantize(Decimal("0.01")) if isinstance(exponent, int) and exponent > -2 else number


def number(words: str) -> Decimal | None:
    """A figure; None for nothing."""
    return Decimal(words) if words else None


def percent(words: str) -> Decimal | None:
    """0.75 of a cell is 75 in a file."""
    return Decimal(f"{(Decimal(words) * 100).normalize():f}") if words else None


def code(words: str) -> str | None:
    """A code, a date or a month; None for nothing. What is no code is a text like any other: the checks refuse it."""
    return (Plain(words) if _CODE.fullmatch(words) else words) if words else None


def leave_out_empty(fields: Mapping[str, object]) -> dict[str, object]:
    """Only what has a value."""
    return {key: value for key, value in fields.items() if value is not None and value not in ("", {}, [])}
