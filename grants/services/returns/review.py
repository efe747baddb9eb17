"""What a workbook that came back would change: everything is said, nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grants.errors import Finding, Place
from grants.forms import BUDGET, OLDER, PERIOD
from grants.forms.changes import Change
from grants.forms.expected import FIGURES, LOOSE, Expected
from grants.forms.merge import Cells, Sides, judge_cell, merge_table
from grants.forms.returned import Note, TheirBook, TheirTable
from grants.forms.sense import SEVERE, Bounds, Doubt, find_doubts
from grants.forms.stamp import Stamp
from grants.model.records import PeriodRecords
from grants.readers.counts import name_wanted
from grants.readers.package_safety import read_package
from grants.readers.returned.book import open_book
from grants.readers.returned.workbook import read_returned
from grants.services.form import find_period
from grants.services.form_record import digest_stamp
from grants.services.manifest import hash_bytes
from grants.services.returns.checked import Checked
from grants.services.returns.journal import Made, read_journal, take_up
from grants.services.returns.line_codes import settle_lines
from grants.services.returns.making import make_expected, say_costs
from grants.services.returns.missing_rates import find_missing_rates
from grants.services.returns.recognise import Recognised, recognise
from grants.services.returns.texts import keep_languages

_BY_PLACE = (
    *("in_kind", "received", "own_contributions", "interest", "returned", "transfers", "balances", "pending"),
    *("ineligible", "expenditures"),
)
"""Tables whose rows have no code of their own."""


@dataclass(frozen=True, slots=True)
class Review:
    """A workbook that came back, compared."""

    file: Path
    data: bytes
    recognised: Recognised
    expected: Expected
    stamped: bool
    """Whether it still says what stood in it when it was made."""
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    kept: int
    """Cells that were changed in the definition since, and not in the workbook: they stand."""
    findings: tuple[Finding, ...] = ()
    """What is found of the whole; an error among them stands against everything."""
    doubts: tuple[Doubt, ...] = ()
    """What makes no sense beside the rest of its row."""
    tables: Mapping[str, TheirTable] = field(default_factory=dict)
    """As they were read; none of an export."""
    checked: Checked | None = None
    """What the checks say of the project as it would be with this file."""
    ahead: tuple[Finding, ...] = ()
    """The same, each at the cell that it comes from where there is one."""
    form: Stamp | None = None
    """The stamp of the form; None of an export, or where it is gone."""
    drafted: Mapping[Path, bytes] = field(default_factory=dict)
    """What other files of the same command would have written before; it is compared with the project as it would be
    then."""

    @property
    def sha256(self) -> str:
        """Of the file."""
        return hash_bytes(self.data)

    @property
    def open(self) -> list[Change]:
        """What has to be decided or corrected."""
        return [change for change in self.changes if change.open]

    @property
    def settles(self) -> bool:
        """Whether it brings nothing, of a period of which nothing has come back: accepted, it says that there was
        nothing."""
        records = _find_records(self.recognised) if self.expected.headers else None
        return records is not None and not records.has_come_back and all(x.verdict == "say" for x in self.changes)

    @property
    def senseless(self) -> list[Doubt]:
        """What nobody can take over as it stands, and no change is held back for."""
        held = {(x.sheet, find_row(x.cell)) for x in self.open}
        return [x for x in self.doubts if x.kind in SEVERE and (x.sheet, find_row(x.cell)) not in held]

    @property
    def blocked(self) -> list[Note]:
        """What is gone, or cannot be taken over because a row has no code."""
        return [note for note in self.notes if note.kind in ("sheet gone", "table gone", "column gone", "no code")]


def review_workbook(
    file: Path, name: str, folders: Iterable[Path], period: str | None
) -> tuple[Review | None, list[Finding]]:
    """The review of a workbook, or None with the reasons why there is none."""
    data, findings = read_package(file, name)
    if data is None:
        return None, findings
    review, faults = review_data(data, file, name, folders, period)
    return review, findings + faults


def review_data(
    data: bytes, file: Path, name: str, folders: Iterable[Path], period: str | None
) -> tuple[Review | None, list[Finding]]:
    """The review of a file that was found harmless."""
    book = open_book(data)
    if book is None:
        return None, [Finding("PKG-004", Place(name), "The workbook is damaged.", "Save it anew in Excel.")]
    recognised, findings = recognise(book, name, folders, period)
    if recognised is None:
        return None, findings
    expected = make_expected(recognised.grounds, recognised.form, recognised.language, recognised.period)
    theirs = read_returned(book, recognised.form, expected)
    form = theirs.stamp if theirs.stamped else None
    made = _take_up(recognised, expected, theirs, hash_bytes(data))
    theirs = replace(theirs, stamp=made.stamp)
    changes = [
        change
        for sheet in recognised.form.sheets
        for table in sheet.tables
        if table.key in theirs.tables
        for change in merge_table(
            theirs.tables[table.key], _take_sides(recognised, expected, theirs, table.key), table.key not in _BY_PLACE
        )
    ]
    changes += _compare_loose(theirs, expected)
    changes = [made.ask(change) for change in changes]
    changes, said = settle_lines(changes, recognised.grounds.records, name)
    changes = [_complete(change, theirs) if recognised.form is BUDGET else change for change in changes]
    project, language = recognised.grounds.usable.project, recognised.language
    changes = list(keep_languages(changes, language, project, _find_records(recognised)))
    kept = _count_kept(expected.stamp, theirs.stamp) if theirs.stamped else 0
    doubts = tuple(find_doubts(theirs.tables, _find_bounds(recognised))) if recognised.form.key == PERIOD.key else ()
    notes = tuple(x for x in theirs.notes if x.kind != "label" or recognised.form not in OLDER.values())
    doubts += tuple(_find_emptied(changes))
    changes = _hold_back(changes, doubts)
    waiting = (*_find_missing_rates(recognised, theirs, name), *said)
    stamped, taken = theirs.stamped, tuple(changes)
    return Review(
        file, data, recognised, expected, stamped, taken, notes, kept, waiting, doubts, theirs.tables, form=form
    ), findings


def _take_up(recognised: Recognised, expected: Expected, theirs: TheirBook, sha256: str) -> Made:
    """The form as its last copy was accepted; as it was made where this file itself was accepted before."""
    told = read_journal(recognised.grounds.folder, recognised.period)
    if not theirs.stamped or not any("stamp" in x for x in told) or sha256 in {x["sha256"] for x in told}:
        return Made(theirs.stamp)
    return take_up(theirs, told, digest_stamp(theirs.stamp), lambda table: _list_ours(recognised, expected, table))


def _find_records(recognised: Recognised) -> PeriodRecords | None:
    """Those of the form's period; None of a form that has none."""
    grounds = recognised.grounds
    of_period = recognised.form.key == PERIOD.key
    return grounds.records.of(find_period(grounds.usable.project, recognised.period or "")) if of_period else None


def _find_missing_rates(recognised: Recognised, theirs: TheirBook, name: str) -> tuple[Finding, ...]:
    if recognised.form.key != PERIOD.key:
        return ()
    grounds = recognised.grounds
    project, period = grounds.usable.project, find_period(grounds.usable.project, recognised.period or "")
    return tuple(find_missing_rates(theirs.tables, project, grounds.records, period, name))


def find_row(cell: str) -> str:
    """F12 -> 12."""
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _find_emptied(changes: Iterable[Change]) -> Iterable[Doubt]:
    """A status taken away from an activity that nothing else is said of: what is recorded has one."""
    for x in changes:
        if (x.table, x.column, x.theirs, x.odd) == ("activity_progress", "status", "", None):
            yield Doubt("missing", x.sheet, x.cell, "", (x.table, x.column))


def _hold_back(changes: list[Change], doubts: Iterable[Doubt]) -> list[Change]:
    """What would be taken of a row that makes no sense has to be corrected first."""
    severe = {(x.sheet, find_row(x.cell)) for x in doubts if x.kind in SEVERE}
    if not severe:
        return changes
    return [
        x._replace(verdict="fault")
        if x.verdict in ("take", "conflict") and x.kind != "row deleted" and (x.sheet, find_row(x.cell)) in severe
        else x
        for x in changes
    ]


def _find_bounds(recognised: Recognised) -> Bounds:
    """The days of the period, and what is known of its indicators and of other periods' vouchers."""
    project, records = recognised.grounds.usable.project, recognised.grounds.records
    period = find_period(project, recognised.period or "")
    indicators = project.logframe.indicators
    return Bounds(
        period.start,
        period.end,
        {x.code: frozenset(name_wanted(x)) for x in indicators},
        {x.code for x in indicators if x.protected},
        {
            (cost.partner, cost.voucher)
            for code, other in records.periods.items()
            if code != period.code
            for cost in other.expenditures
        },
        project.budget.currency,
    )


def _compare_loose(theirs: TheirBook, expected: Expected) -> list[Change]:
    """Changes of input cells that stand in no table."""
    changes = []
    for label, sheet, cell, text, odd in theirs.loose:
        before = theirs.stamp.base.get((LOOSE, label, "value"))
        ours = expected.stamp.base.get((LOOSE, label, "value"), "")
        if odd is None and text in (before, ours):
            continue
        verdict = judge_cell(before, ours, text, odd)
        change = Change("cell", verdict, LOOSE, label, sheet, cell, "value", before, ours, text, odd)
        changes.append(change._replace(origin=label))
    return changes


def _complete(change: Change, theirs: TheirBook) -> Change:
    """A new line with its weights and its justification, which stand on sheets of their own."""
    if change.table != "lines" or not change.texts or change.kind == "row deleted":
        return change
    texts = dict(change.texts)
    for key in ("phasing", "justification"):
        table = theirs.tables.get(key)
        row = next((x for x in table.rows if x.id == change.row), None) if table else None
        if table and row:
            texts |= {x: words for x, words in zip(table.columns, row.texts, strict=True) if x != "note"}
    return change._replace(texts=texts)


def _take_sides(recognised: Recognised, expected: Expected, theirs: TheirBook, table: str) -> Sides:
    base = _list_cells(theirs.stamp, table) if theirs.stamped else None
    places = {row.id: row.row for row in theirs.stamp.rows if row.table == table}
    following = frozenset((row, column) for part, row, column in expected.following if part == table)
    return Sides(base, _list_ours(recognised, expected, table), places, following)


def _list_ours(recognised: Recognised, expected: Expected, table: str) -> Cells:
    """What stands here."""
    records = _find_records(recognised) if table == "expenditures" else None
    return say_costs(records) if records else _list_cells(expected.stamp, table)


def _list_cells(stamp: Stamp, table: str) -> dict[str, Mapping[str, str]]:
    """Row -> what stands in it, for the rows that stand for something."""
    cells: dict[str, dict[str, str]] = {
        row.id: {}
        for row in stamp.rows
        if row.table == table and table not in _BY_PLACE and not row.id.startswith(("spare:", "heading:"))
    }
    for (part, row, column), words in stamp.base.items():
        if part == table:
            cells.setdefault(row, {})[column] = words
    return dict(cells)


def _count_kept(now: Stamp, then: Stamp) -> int:
    keys = {key for key in now.base.keys() | then.base.keys() if key[0] not in ("expenditures", FIGURES)}
    return sum(now.base.get(key) != then.base.get(key) for key in keys)
