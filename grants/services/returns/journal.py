"""`accepted.jsonl`: who accepted which file, and what was taken of it. A later copy of the same workbook is compared
with that: what was typed into it before, the stamp of the form does not know.

Of a cell it keeps a hash and no words: what is later taken out of the records, a name say, then stands nowhere else.
The words are known again as long as they stand here or in the file, and only then are they wanted.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grants.forms.changes import ADDED, Change
from grants.forms.expected import LOOSE
from grants.forms.match import Texts
from grants.forms.merge import Cells
from grants.forms.returned import TheirBook, TheirTable
from grants.forms.row_names import RowNames
from grants.forms.stamp import Stamp, StampedRow
from grants.readers.accepted import ACCEPTED, read_accepted
from grants.readers.records import PERIODS

_NEW = "new:"
_LENGTH = 8
_UNKNOWN = "\0"
"""For words that stand neither here nor in the file any more; in no cell can that be."""

Line = Mapping[str, Any]
Key = tuple[str, str, str]
"""Table, row, column."""


def find_journal(folder: Path, period: str | None) -> Path:
    """Beside what was accepted: of a period, or of the definition."""
    return (folder / PERIODS / period if period else folder) / ACCEPTED


def read_journal(folder: Path, period: str | None) -> list[dict[str, Any]]:
    """What was accepted before, the last at the end."""
    return read_accepted(find_journal(folder, period).parent)


def hash_words(*words: str) -> str:
    """Eight signs that tell words from others, and do not say them."""
    digest = hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest)[:_LENGTH].decode()


def describe_rows(taken: Iterable[Change], sha256: str) -> list[dict[str, Any]]:
    """What was taken of a file, row by row, as hashes: `at` is where a new one stood; of another only what changed, and
    `columns` names that.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    places: dict[tuple[str, str], int] = {}
    for x in taken:
        is_new = x.kind in ADDED
        if not (is_new or (x.kind == "cell" and x.origin)):
            continue
        number = x.row.removeprefix(_NEW)
        at = x.table, x.origin or (f"{sha256[:8]}:{number}" if x.row.startswith(_NEW) else x.row)
        rows.setdefault(at, {}).update(x.texts if is_new else {x.column: x.theirs})
        if is_new:
            places[at] = int("".join(filter(str.isdigit, x.cell)))
    return [
        {"table": at[0], "row": at[1], "cells": "".join(hash_words(sha256, *cell) for cell in texts.items())}
        | ({"at": places[at]} if at in places else {"columns": list(texts)})
        for at, texts in rows.items()
    ]


@dataclass(frozen=True, slots=True)
class Made:
    """A form as it was when its last copy was accepted."""

    stamp: Stamp
    added: set[tuple[str, str]] = field(default_factory=set)
    """(table, row) of what was accepted as a new row."""
    before: dict[Key, set[str]] = field(default_factory=dict)
    """What stood in a cell before something was accepted from it."""

    def ask(self, change: Change) -> Change:
        """The change, to be decided where it would take back what was accepted: the file may be an older copy."""
        change = change._replace(base=None) if change.base == _UNKNOWN else change
        at = change.table, change.origin
        back = change.kind == "row deleted" and at in self.added
        back |= change.kind == "cell" and change.theirs in self.before.get((*at, change.column), ())
        return change._replace(verdict="conflict") if back and change.verdict == "take" else change


def take_up(book: TheirBook, told: Iterable[Line], digest: str, list_ours: Callable[[str], Cells]) -> Made:
    """The form with what was accepted of earlier copies of this very file; a form of that stamp that another person
    filled in has nothing of it.

    `digest` is that of the form's stamp, `list_ours` says what stands here in a table now.
    """
    form = _Form(book, list_ours)
    for line in told:
        rows = form.read(line) if line.get("stamp") == digest else []
        if rows and form.has_any(rows):
            form.take(rows)
    stamp = replace(book.stamp, base=form.base, rows=tuple(form.rows))
    return Made(stamp, form.added, form.before)


def _list_rows(line: Line, book: TheirBook) -> list[Line]:
    """The rows of a line that tables of the file may have; none that somebody wrote into it otherwise."""
    rows = line.get("rows")
    known = [x for x in rows if isinstance(x, dict)] if isinstance(rows, list) else []
    return [
        x
        for x in known
        if isinstance(x.get("table"), str)
        and (x["table"] == LOOSE or x["table"] in book.tables)
        and isinstance(x.get("row"), str)
        and isinstance(x.get("at", 0), int)
        and isinstance(x.get("cells"), str)
        and isinstance(x.get("columns", []), list)
        and all(isinstance(column, str) for column in x.get("columns", []))
    ]


class _Form:
    """A form whose base grows by what was accepted of it."""

    def __init__(self, book: TheirBook, list_ours: Callable[[str], Cells]) -> None:
        self.book, self.list_ours = book, list_ours
        self.base, self.rows = dict(book.stamp.base), list(book.stamp.rows)
        self.places = {(x.table, x.id): x.row for x in self.rows}
        self.added: set[tuple[str, str]] = set()
        self.before: dict[Key, set[str]] = {}
        self.known: dict[tuple[str, str], _Rows] = {}
        self.words: dict[str, set[tuple[str, str]]] = {}

    def read(self, line: Line) -> list[Line]:
        """The rows of a line, with `texts`: column -> the words that were accepted, as far as they still stand."""
        said: dict[str, dict[str, tuple[str, str]]] = {}
        rows: list[Line] = []
        for x in _list_rows(line, self.book):
            key, cells = x["table"], x["cells"]
            if key not in said:
                said[key] = {hash_words(line["sha256"], *cell): cell for cell in self._list_words(key)}
            hashes = [cells[at : at + _LENGTH] for at in range(0, len(cells), _LENGTH)]
            found = dict(said[key][x] for x in hashes if x in said[key])
            columns = x.get("columns", self.book.tables[key].columns if key != LOOSE else ())
            rows.append({**x, "texts": {column: found.get(column, _UNKNOWN) for column in columns}})
        return rows

    def _list_words(self, key: str) -> set[tuple[str, str]]:
        """(column, words) of the cells of a table: here, in the file, and in the form as it was made."""
        if key not in self.words:
            words = {(column, text) for (part, _, column), text in self.book.stamp.base.items() if part == key}
            words |= {cell for texts in self.list_ours(key).values() for cell in texts.items()}
            if key == LOOSE:
                words |= {("value", x.text) for x in self.book.loose}
            else:
                columns = self.book.tables[key].columns
                words |= {cell for x in self.book.tables[key].rows for cell in zip(columns, x.texts, strict=True)}
            self.words[key] = words | {(column, "") for column, _ in words}
        return self.words[key]

    def has_any(self, rows: Sequence[Line]) -> bool:
        """Whether the file is a later copy of one that had these rows: it has one of them, or most of the cells that
        were filled in. Rows tell more: two people write the same status, and not the same voucher.
        """
        if new := [x for x in rows if "at" in x]:
            return any(self._find("theirs", x["table"]).have(x) for x in new)
        if any((x["table"], x["row"]) in self.added for x in rows):
            return True
        cells = [(x, column) for x in rows for column in x["texts"]]
        return 2 * sum(self._stands(x, column) for x, column in cells) > len(cells)

    def take(self, rows: Iterable[Line]) -> None:
        """Take rows up that are still here, and cells."""
        for x in rows:
            at: tuple[str, str] = (x["table"], x["row"])
            if "at" not in x:
                for column, words in x["texts"].items() if at in self.places or x["table"] == LOOSE else ():
                    self.before.setdefault((*at, column), set()).add(self.base.get((*at, column), ""))
                    self.base[*at, column] = words
            elif self._find("ours", x["table"]).have(x):
                columns = self.book.tables[x["table"]].columns
                self.rows.append(StampedRow(x["table"], x["at"], x["row"]))
                self.places[at] = x["at"]
                self.added.add(at)
                self.base |= {(*at, column): x["texts"][column] for column in columns if x["texts"].get(column)}

    def _stands(self, row: Line, column: str) -> bool:
        """Whether a cell says what was accepted."""
        if row["table"] == LOOSE:
            return (row["row"], row["texts"][column]) in {(x.label, x.text) for x in self.book.loose}
        table, place = self.book.tables[row["table"]], self.places.get((row["table"], row["row"]))
        there = next((x for x in table.rows if x.id == row["row"] or (not x.id and x.number == place)), None)
        if there is None or column not in table.columns:
            return False
        return bool(there.texts[table.columns.index(column)] == row["texts"][column])

    def _find(self, side: str, key: str) -> _Rows:
        if (side, key) not in self.known:
            table = self.book.tables[key]
            theirs = [(x.id, x.texts) for x in table.rows]
            self.known[side, key] = _Rows(table, theirs if side == "theirs" else self._list_ours(table))
        return self.known[side, key]

    def _list_ours(self, table: TheirTable) -> list[tuple[str, Texts]]:
        return [(name, _align(texts, table)) for name, texts in self.list_ours(table.key).items()]


class _Rows:
    """The rows of a table on one side, known by their codes or by what names them."""

    def __init__(self, table: TheirTable, rows: Sequence[tuple[str, Texts]]) -> None:
        self.table, self.names = table, RowNames(table.key, table.columns)
        self.codes = {code for code, _ in rows if code}
        self.said = {texts for _, texts in rows}
        self.named = {name for _, texts in rows for name in self.names.list(texts)}

    def have(self, row: Line) -> bool:
        """Whether a row that was accepted is among them, as it was or changed."""
        texts = _align(row["texts"], self.table)
        return row["row"] in self.codes or texts in self.said or not self.named.isdisjoint(self.names.list(texts))


def _align(texts: Mapping[str, str], table: TheirTable) -> Texts:
    return tuple(texts.get(column, "") for column in table.columns)
