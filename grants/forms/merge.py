"""Three ways: what stood in a workbook, what the definition says now, what came back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from grants.forms.changes import Change, Kind, Verdict
from grants.forms.match import Texts, find_moved, match_rows
from grants.forms.returned import FAULTS, Odd, TheirRow, TheirTable
from grants.forms.row_names import Name, RowNames

NOTES_KEPT = ("expenditures", "pending")
"""Tables whose notes are part of the records; elsewhere a note is only read by people."""
SHOWN_ONLY = {"indicators": ("actual", "method"), "milestones": ("activity", "reached")}
"""Columns that the definition has no place for."""
KEYS = {"expenditures": ("partner", "voucher"), "ineligible": ("partner", "voucher", "period", "line")}
"""What names a row that has no code. Of one voucher, a part may be refused on one line and a part on another."""
FIXED = ("phasing", "justification", "sources", "indicators", "logframe", "activity_progress", "indicator_actuals")
FIXED_ROWS = frozenset((*FIXED, "groups_reached", "milestones_reached", "earlier", "forecast", "exchange_difference"))
"""Tables that have the rows of the definition: one that is missing is no deletion, one that is new is another's."""

Cells = Mapping[str, Mapping[str, str]]
"""Row -> column -> text."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What a table is compared with."""

    base: Cells | None
    """What stood there when the workbook was made; None where nobody knows."""
    ours: Cells
    places: Mapping[str, int]
    """Row -> its row number when the workbook was made."""
    following: frozenset[tuple[str, str]] = frozenset()
    """(row, column) of cells that follow another by a formula."""


def merge_table(table: TheirTable, sides: Sides, has_codes: bool) -> list[Change]:
    """All changes of a table, in the order of its rows; then the rows that are gone."""
    return list(_Merge(table, sides, has_codes).run())


class _Merge:
    def __init__(self, table: TheirTable, sides: Sides, has_codes: bool) -> None:
        self.table, self.sides, self.has_codes = table, sides, has_codes
        self.known = sides.base is not None
        self.base = self._align(sides.base if sides.base is not None else sides.ours)
        self.key = [table.columns.index(x) for x in KEYS.get(table.key, ()) if x in table.columns]
        self.ours_of = self._match_ours()
        self.ours = self._align(sides.ours)
        self.odd_rows: dict[int, list[tuple[str, Odd]]] = {}
        """Row number -> its columns in which something is odd."""
        for (number, column), odd in table.odd.items():
            self.odd_rows.setdefault(number, []).append((column, odd))
        taken = set(self.ours_of.values())
        self.added_here = {name: x for name, x in self.ours.items() if name not in taken} if self.known else {}
        self.known_texts = set(self.added_here.values())
        self.names = RowNames(table.key, table.columns)
        self.pairs: dict[int, str] = {}
        """Row number -> the row that was added here since and that it says anew."""

    def _align(self, cells: Cells) -> dict[str, Texts]:
        columns = self.table.columns
        return {name: tuple(map(texts.get, columns, [""] * len(columns))) for name, texts in cells.items()}

    def _match_ours(self) -> dict[str, str]:
        """Row of the base -> row of the definition now."""
        ours = self._align(self.sides.ours)
        if self.has_codes or not self.known or ours == self.base:
            return {name: name for name in self.base if name in ours}
        names = list(ours)
        rows = [(number, ours[name]) for number, name in enumerate(names)]
        found = match_rows(rows, self.base, {name: number for number, name in enumerate(self.base)}, self.key)
        return {name: names[number] for number, name in found.items()}

    def run(self) -> Iterator[Change]:
        rows = self.table.rows
        if self.has_codes:
            found: dict[int, str] = {}
            for row in rows:
                if row.id in self.base and row.id not in found.values():
                    found[row.number] = row.id
        else:
            found = match_rows([(x.number, x.texts) for x in rows], self.base, self.sides.places, self.key)
        copies = {x.texts for x in rows if x.number in found} if len(found) < len(rows) else set()
        self.pairs = self._pair([x for x in rows if x.number not in found and not x.id])
        codes = set(found.values())
        for row in rows:
            if row.number in found:
                yield from self._compare(row, found[row.number])
            else:
                yield from self._add(row, copies, codes)
                copies.add(row.texts)
                codes.add(row.id)
        yield from self._list_moved([found[x.number] for x in rows if x.number in found], found)
        yield from self._list_deleted(set(found.values()))

    def _pair(self, rows: Sequence[TheirRow]) -> dict[int, str]:
        """Rows that are new in the file and were added here meanwhile, with other words: a corrected copy, say, or two
        people's copies. One that says the same is no news.
        """
        said = {x.texts for x in rows}
        free = {name: set(self.names.list(x)) for name, x in self.added_here.items() if x not in said}
        found: dict[int, str] = {}
        for row in rows if free else ():
            if row.texts not in self.known_texts:
                keys = self.names.list(row.texts)
                name = next((x for key in keys for x, of_mine in free.items() if key in of_mine), None)
                if name is not None:
                    found[row.number] = name
                    del free[name]
        return found

    def _compare(self, row: TheirRow, name: str) -> Iterator[Change]:
        base, mine = self.base[name], self.ours_of.get(name)
        ours = self.ours.get(mine) if mine is not None else None
        if row.texts == base and row.number not in self.odd_rows:
            return  # whatever the definition says now, stands
        if ours is None:  # deleted here, edited there
            yield self._whole(row, "row added", "conflict", name)._replace(origin=name)
            return
        for at, column in enumerate(self.table.columns):
            odd = self.table.odd.get((row.number, column))
            theirs = row.texts[at]
            if odd is None and theirs == base[at]:
                continue
            if (row.number, column) in self.table.follows and (name, column) in self.sides.following:
                continue
            verdict = self._judge(column, base[at], ours[at], theirs, odd)
            if verdict:
                before = base[at] if self.known else None
                now = ours[at]
                cell = self._cell(row, mine or name, column, verdict, before, now, theirs, odd)
                yield cell._replace(origin=name)
        yield from self._list_results(row, mine or name)

    def _judge(self, column: str, base: str, ours: str, theirs: str, odd: Odd | None) -> Verdict | None:
        if self._is_shown_only(column):
            return "say" if theirs or odd else None
        if theirs in (base, ours) and not (odd and (odd.kind in FAULTS or odd.kind == "ambiguous")):
            return "say" if odd else None
        return judge_cell(base if self.known else None, ours, theirs, odd)

    def _is_shown_only(self, column: str) -> bool:
        if column == "note":
            return self.table.key not in NOTES_KEPT
        return column.partition(":")[0] in SHOWN_ONLY.get(self.table.key, ())

    def _cell(
        self,
        row: TheirRow,
        name: str,
        column: str,
        verdict: Verdict,
        base: str | None,
        ours: str,
        theirs: str,
        odd: Odd | None,
    ) -> Change:
        cell = self.table.cell(row.number, column)
        return Change("cell", verdict, self.table.key, name, self.table.sheet, cell, column, base, ours, theirs, odd)

    def _list_results(self, row: TheirRow, name: str) -> Iterator[Change]:
        """Result cells that somebody typed over, or that show an error."""
        for column, odd in self.odd_rows.get(row.number, ()):
            if column not in self.table.columns:
                yield self._cell(row, name, column, "fault", None, "", "", odd)

    def _add(self, row: TheirRow, copies: set[Texts], codes: set[str]) -> Iterator[Change]:
        if self.table.key in FIXED_ROWS and row.id not in self.sides.ours:
            return  # the row of a new line: it goes with the line
        name = row.id or f"new:{row.number}"
        if row.number in self.pairs or (row.id and row.id in self.ours and row.id not in codes):
            yield from self._compare_with_ours(row, self.pairs.get(row.number, row.id))
            return
        if not row.id and row.texts in self.known_texts:
            yield from self._list_results(row, name)
            return
        duplicate = row.texts in copies or (bool(row.id) and row.id in codes) or self._is_like_another(row)
        for column, odd in self.odd_rows.get(row.number, ()):
            faulty = odd.kind in FAULTS or column not in self.table.columns
            verdict: Verdict = "fault" if faulty else "ask" if odd.kind == "ambiguous" else "say"
            theirs = row.texts[self.table.columns.index(column)] if column in self.table.columns else ""
            yield self._cell(row, name, column, verdict, "", "", theirs, odd)
        kind: Kind = "row duplicated" if duplicate else "row added"
        yield self._whole(row, kind, "conflict" if duplicate or not self.known else "take", name)

    def _is_like_another(self, row: TheirRow) -> bool:
        """Whether a row that is here already has its voucher, line and payee, say: it may be the same one twice."""
        if row.id or self.names.pick_common(row.texts) not in self.here_common:
            return False
        return not self.here.isdisjoint(self.names.list(row.texts))

    @cached_property
    def here_common(self) -> set[Texts]:
        """What the rows that are here say in the columns that every name has: soon asked of fifty thousand rows."""
        return {self.names.pick_common(texts) for texts in self.ours.values()}

    @cached_property
    def here(self) -> set[Name]:
        """What names the rows that are here."""
        return {key for texts in self.ours.values() for key in self.names.list(texts)}

    def _whole(self, row: TheirRow, kind: Kind, verdict: Verdict, name: str) -> Change:
        texts = dict(zip(self.table.columns, row.texts, strict=True))
        first = self.table.columns[0]
        if not row.texts[0]:
            first = next(filter(texts.__getitem__, self.table.columns), first)
        cell = self.table.cell(row.number, first)
        base = "" if self.known else None
        return Change(
            kind, verdict, self.table.key, name, self.table.sheet, cell, base=base, texts=texts, group=row.group
        )

    def _compare_with_ours(self, row: TheirRow, name: str) -> Iterator[Change]:
        """A row that was added on both sides."""
        for at, column in enumerate(self.table.columns):
            odd, mine = self.table.odd.get((row.number, column)), self.ours[name][at]
            verdict = self._judge(column, "", mine, row.texts[at], odd)
            if (row.texts[at] != mine or odd) and verdict:
                verdict = "conflict" if verdict == "take" else verdict
                yield self._cell(row, name, column, verdict, "" if self.known else None, mine, row.texts[at], odd)

    def _list_moved(self, order: list[str], found: Mapping[int, str]) -> Iterator[Change]:
        if self.table.key in FIXED_ROWS:
            return
        places = {name: at for at, name in enumerate(self.base)}
        moved = set(find_moved(order, places)) if order != sorted(order, key=places.__getitem__) else set()
        for number, name in sorted(found.items(), key=itemgetter(0)) if moved else ():
            if name in moved:
                cell = self.table.cell(number, self.table.columns[0])
                yield Change("row moved", "say", self.table.key, name, self.table.sheet, cell)

    def _list_deleted(self, there: set[str]) -> Iterator[Change]:
        for name, base in self.base.items() if self.table.key not in FIXED_ROWS else ():
            mine = self.ours_of.get(name)
            if name in there or mine is None:
                continue
            same = self.known and self.ours[mine] == base
            texts = dict(zip(self.table.columns, self.ours[mine], strict=True))
            number = self.sides.places.get(name, 1)
            cell = self.table.cell(number, self.table.columns[0])
            yield Change(
                "row deleted",
                "take" if same else "conflict",
                self.table.key,
                mine,
                self.table.sheet,
                cell,
                texts=texts,
                base=None if not self.known else "",
                origin=name,
            )


def judge_cell(base: str | None, ours: str, theirs: str, odd: Odd | None) -> Verdict:
    """What becomes of a cell that changed; `base` is None where nobody knows what stood there."""
    if odd and odd.kind in FAULTS:
        return "fault"
    if odd and odd.kind == "ambiguous":
        return "ask"
    if theirs in (base, ours):
        return "say"
    return "take" if base is not None and ours == base else "conflict"
