"""What tests of workbooks share: projects, workbooks made from them, and LibreOffice as a second calculator."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook as OpenedWorkbook

from grants.ledger.totals import Totals, add_up
from grants.model import Donor, Project
from grants.model.budget import Budget
from grants.model.labels import Labels
from grants.readers.pack import read_donor, read_labels
from grants.readers.project import read_project
from grants.views.activities_workbook import view_activities
from grants.views.budget_workbook import view_budget
from grants.views.text_fit import count_lines
from grants.views.workbook import FONT_SIZES, Cell, SheetView, WorkbookView
from grants.writers import pdf
from grants.writers.excel import write_workbook
from grants.writers.excel.values import clean_text
from tests.folders import make_folder

ROOT = Path(__file__).parents[1]
SHELTER = "shelter-greece-prevention-serbia"
POLICE = "police-training-serbia"
FORMS = {"budget": view_budget, "activities": view_activities}
STAMP = {"program": "0.1.0", "definition": "ab" * 32, "date": "2007-10-15"}
_FORMULA_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")


@dataclass(frozen=True, repr=False)
class Sample:
    """A project, and all that a workbook is made from."""

    project: Project
    donor: Donor
    labels: Labels

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What Hypothesis shows of a failing example, in short."""
        lines = [
            f"{line.quantity} x {line.unit_cost} by {line.paid_by or 'all'} in {line.phasing or 'months'}"
            for line in self.project.budget.lines
        ]
        printer.text("\n".join([f"grant {self.project.grant.amount_requested}", *lines]))

    @property
    def totals(self) -> Totals:
        return add_up(self.project)

    def view(self, form: str = "budget", language: str = "en") -> WorkbookView:
        return FORMS[form](self.project, self.totals, self.donor, self.labels, language)

    def write(self, form: str = "budget", language: str = "en") -> bytes:
        return write_workbook(self.view(form, language), STAMP)

    def with_budget(self, **changes: object) -> Sample:
        budget = Budget.model_validate({**dict(self.project.budget), **changes})
        return replace(self, project=replace(self.project, budget=budget))

    def with_grant(self, **changes: object) -> Sample:
        grant = self.project.grant.model_copy(update=changes)
        return replace(self, project=replace(self.project, grant=grant))


@cache
def load_sample(name: str = SHELTER) -> Sample:
    """A sample project of the tree; it must be readable."""
    project, _, findings = read_project(ROOT / "projects" / name)
    donor, _, faults = read_donor(ROOT / "templates" / "hellenic-aid")
    labels, _, errors = read_labels(ROOT / "templates" / "_common" / "labels-workbook.yaml")
    assert project, findings
    assert donor, faults
    assert labels, errors
    return Sample(project, donor, labels)


def find_broken_heads(view: WorkbookView) -> list[str]:
    """Words in the heads of tables that are longer than their column, which Excel would break anywhere."""
    broken = []
    for sheet in view.sheets:
        merged = {area[:2]: area for area in sheet.merges}
        for cell in sheet.cells:
            if cell.look.role == "header" and isinstance(cell.value, str):
                last = merged[cell[:2]].last_column if cell[:2] in merged else cell.column
                width = sum(sheet.widths[cell.column : last + 1])
                words = re.split(r"[\s-]+", cell.value)
                broken += [
                    f"{sheet.name}: {x}" for x in words if count_lines(x, width, FONT_SIZES["header"], bold=True) > 1
                ]
    return broken


def open_workbook(data: bytes, values: bool = False) -> OpenedWorkbook:
    """The workbook as openpyxl sees it: formulas, or the values beside them."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def list_formulas(view: WorkbookView) -> Iterator[tuple[SheetView, Cell]]:
    """Every cell with a formula."""
    return ((sheet, cell) for sheet in view.sheets for cell in sheet.cells if cell.formula)


def fill_in(view: WorkbookView, sheet: str, cells: Mapping[tuple[int, int], object]) -> WorkbookView:
    """The view as if somebody had typed into cells (row and column from 0): a value instead of what stood there, or a
    formula.
    """
    changed = []
    for part in view.sheets:
        if part.name == sheet:
            known = {(cell.row, cell.column) for cell in part.cells}
            assert known >= cells.keys(), cells.keys() - known
            typed = [
                _type_over(cell, cells[cell.row, cell.column]) if (cell.row, cell.column) in cells else cell
                for cell in part.cells
            ]
            changed.append(replace(part, cells=tuple(typed)))
        else:
            changed.append(part)
    return replace(view, sheets=tuple(changed))


def _type_over(cell: Cell, value: Any) -> Cell:
    formula = value if isinstance(value, str) and value.startswith("=") else None
    return cell._replace(value=None if formula else value, formula=formula)


def strip_values(data: bytes) -> bytes:
    """The file without the values beside its formulas: whoever shows some has calculated them."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stripped, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _FORMULA_VALUE.sub(rb"\1", part) if name.startswith("xl/worksheets/") else part)
    return stripped.getvalue()


def convert(files: Sequence[bytes], kind: str = "xlsx") -> list[bytes]:
    """The files through LibreOffice, in one call with a profile that only this process uses."""
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        for number, data in enumerate(files):
            (inside / f"{number}.xlsx").write_bytes(data)
        soffice = pdf.find_soffice()
        assert soffice, "a test that needs LibreOffice is marked `office`"
        command = [
            str(soffice),
            f"-env:UserInstallation={_make_profile().as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            f"{folder}/out",
            *(str(inside / f"{number}.xlsx") for number in range(len(files))),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [(inside / "out" / f"{number}.{kind}").read_bytes() for number in range(len(files))]


@cache
def _make_profile() -> Path:
    """One for all calls: LibreOffice starts sooner where it has started before."""
    return make_folder()


def recalculate(views: Sequence[WorkbookView]) -> list[OpenedWorkbook]:
    """What LibreOffice makes of the formulas, without having seen our values."""
    return [open_workbook(data, values=True) for data in save_recalculated(views)]


def save_recalculated(views: Sequence[WorkbookView]) -> list[bytes]:
    """The same as files."""
    return convert([strip_values(write_workbook(view, STAMP)) for view in views])


def find_differences(view: WorkbookView, calculated: OpenedWorkbook) -> list[str]:
    """Cells where the value beside the formula is not what was calculated: amounts to the cent, shares to 1e-9."""
    different = []
    for sheet, cell in list_formulas(view):
        found = calculated[sheet.name].cell(cell.row + 1, cell.column + 1).value
        if not _is_same(cell.value, found):
            place = f"{sheet.name}!{openpyxl.utils.get_column_letter(cell.column + 1)}{cell.row + 1}"
            different.append(f"{place} {cell.formula}: {cell.value!r} beside it, {found!r} calculated")
    return different


def _is_same(ours: object, found: object) -> bool:
    if found == datetime.time():  # what openpyxl reads where a cell of a date holds zero
        return ours == 0
    if isinstance(ours, (Decimal, int)):
        return isinstance(found, (int, float)) and abs(Decimal(repr(found)) - ours) < Decimal("1e-6")
    if isinstance(ours, datetime.date):
        return isinstance(found, datetime.datetime) and found.date() == ours
    if isinstance(ours, str):
        return clean_text(ours) == (found or "")
    return ours == found
