"""What tests of `grants import` share: a workspace, forms made from it, and what people do to them."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from grants.forms.changes import Change
from grants.forms.stamp import Stamp
from grants.model.refusals import name_periods
from grants.readers.workbook import read_form_stamp
from grants.services.form import find_period, make_view
from grants.services.returns.importing import Reviewed, review_file
from grants.services.returns.making import read_grounds
from grants.services.returns.review import Review, review_workbook
from grants.views.activities_workbook import view_activities
from grants.views.budget_workbook import view_budget
from grants.writers.excel import write_workbook
from tests.workbooks import ROOT, STAMP

PERIOD = "2008-Q2"
_WRITTEN: dict[tuple[str, str, str], bytes] = {}


@dataclass
class Workspace:
    """A workspace with the running project."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "projects" / "sample"

    def write(self, form: str, language: str = "en") -> Form:
        """A form of the project as it is now; what was written of the same project before is the same."""
        key = (self._hash(), form, language)
        if key not in _WRITTEN:
            _WRITTEN[key] = self._make(form, language)
        return Form(self, _WRITTEN[key])

    def _hash(self) -> str:
        """Of everything that a form is made of."""
        files = [file for name in ("projects", "templates") for file in (self.root / name).rglob("*") if file.is_file()]
        parts = (str(file.relative_to(self.root)).encode() + file.read_bytes() for file in sorted(files))
        return sha256(b"".join(parts)).hexdigest()

    def _make(self, form: str, language: str) -> bytes:
        grounds = read_grounds(self.folder)
        usable = grounds.usable
        if form == "period":
            period = find_period(usable.project, PERIOD)
            view = make_view(
                usable.project, name_periods(grounds.records, period.code), period, grounds.labels, language
            )
        else:
            make = {"budget": view_budget, "activities": view_activities}[form]
            view = make(usable.project, usable.totals, usable.donor, grounds.labels, language)
        return write_workbook(view, STAMP)

    def save(self, data: bytes, name: str = "returned.xlsx") -> Path:
        file = self.root / name
        file.write_bytes(data)
        return file

    def review(self, data: bytes, period: str | None = None) -> Reviewed:
        return review_file(self.save(data), [self.folder], period, None)

    def compare(self, data: bytes) -> Review:
        """The review without what the checks would say of it, which takes its time."""
        file = self.save(data)
        review, findings = review_workbook(file, file.name, [self.folder], None)
        assert review, findings
        return review

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
        (self.folder / name).write_text(text.replace(old, new), "utf-8")


def make_workspace(root: Path) -> Workspace:
    """The running project in a workspace of its own."""
    for layer in ("base", "running"):
        shutil.copytree(ROOT / "tests" / "examples" / layer, root / "projects" / "sample", dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns("*.docx"))
    return Workspace(root)


@dataclass
class Form:
    """A form that somebody has got."""

    workspace: Workspace
    data: bytes

    @cached_property
    def stamp(self) -> Stamp:
        stamp = read_form_stamp(self.data)
        assert stamp
        return stamp

    def place(self, table: str, row: str, column: str) -> tuple[str, str]:
        """Sheet and cell."""
        stamp = self.stamp
        number = next(x.row for x in stamp.rows if x.table == table and x.id == row)
        return stamp.tables[table].sheet, f"{stamp.columns[table, column]}{number}"

    def typed(self, cells: Mapping[tuple[str, str, str], object]) -> bytes:
        """The file after somebody typed into cells: (table, row, column) -> value."""
        book = self.open()
        for at, value in cells.items():
            sheet, cell = self.place(*at)
            book[sheet][cell] = value
        return save(book)

    def open(self) -> Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.data))


def save(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changes_of(reviewed: Reviewed) -> list[Change]:
    """The changes that matter, without those that are only said."""
    return [change for change in review_of(reviewed).changes if change.verdict != "say"]


def review_of(reviewed: Reviewed) -> Review:
    assert reviewed.review, reviewed.findings
    return reviewed.review


def brief(change: Change) -> tuple[str, str, str, str, str]:
    """Kind, verdict, row, column and what it says now."""
    return change.kind, change.verdict, change.row, change.column, change.theirs
