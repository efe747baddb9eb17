"""`accepted.jsonl`: who accepted which file, and what was taken of it. A later copy of the same workbook is compared
with that: what was typed into it before, the stamp of the form does not know.
"""

from __future__ import annotations

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

Line = Mapping[str, Any]
Key = tuple[str, str, str]
"""Table, row, column."""


def find_journal(folder: Path, period: str | None) -> Path:
    """Beside what was accepted: of a period, or of the definition."""
    return (folder / PERIODS / period if period else folder) / ACCEPTED


def read_journal(folder: Path, period: str | None) -> list[dict[str, Any]]:
    """What was accepted before, the last at the end."""
    return read_accepted(find_journal(folder, period).parent)


def describe_rows(taken: Iterable[Change], sha256: str) -> list[dict[str, Any]]:
    """What was taken of a file, row by row: `at` is where a new one stood; of another only what changed."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for x in taken:
        is_new = x.kind in ADDED
        if not (is_new or (x.kind == "cell" and x.origin)):
            continue
        number = x.row.removeprefix(_NEW)
        name = x.origin or (f"{sha256[:8]}:{number}" if x.row.startswith(_NEW) else x.row)
        row = rows.setdefault((x.table, name), {"table": x.table, "row": name, "texts": {}})
        row["texts"] |= {key: words for key, words in x.texts.items() if words} if is_new else {x.column: x.theirs}
        if is_new:
            row["at"] = int("".join(filter(str.isdigit, x.cell)))
    return list(rows.values())


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
        rows = _list_rows(line, book) if line.get("stamp") == digest else []
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
        and isinstance(x.get("texts"), dict)
        and all(isinstance(words, str) for words in x["texts"].values())
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
                self.base |= {(*at, column): words for column, words in x["texts"].items() if column in columns}

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
