"""A list of fifty thousand costs that came back: read and reviewed by us, against openpyxl's bare read of its cells.

What is hostile is looked for before, in a row of its own: openpyxl does nothing of the kind.
"""

from __future__ import annotations

import datetime
import io
import shutil
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl

from grants.readers.package_safety import check_package
from grants.services.collecting import collecting_later
from grants.services.form import find_period, make_view, read_form_labels
from grants.services.returns.importing import review_file
from grants.services.returns.making import read_grounds
from grants.services.returns.review import review_data
from grants.views.workbook import Cell, Look, WorkbookView
from grants.writers.excel import write_workbook
from tests.bench.rows import Row, measure
from tests.workbooks import ROOT, STAMP

COSTS = 49_900
"""As many as a period may hold, beside those of the sample."""


def measure_import() -> list[Row]:
    """Read and review against read."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "projects" / "sample"
        for layer in ("base", "running"):
            shutil.copytree(ROOT / "tests" / "examples" / layer, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "templates", Path(place) / "templates")
        file = Path(place) / "form.xlsx"
        file.write_bytes(write_long_form(folder))
        data = file.read_bytes()
        few, many = (write_long_form(folder, number, "about 5") for number in (2_000, 20_000))
        assert review_whole(file, folder) == COSTS
        return [
            measure(
                f"import: {COSTS:,} costs read and reviewed / openpyxl reads the cells",
                lambda: review_long(file, data, folder),
                lambda: read_plainly(data),
                0.25,
                rounds=3,
            ),
            measure(
                f"import: {COSTS:,} costs, and all that `grants check` would say of them / openpyxl reads the cells",
                lambda: review_whole(file, folder),
                lambda: read_plainly(data),
                1.25,
                rounds=1,
            ),
            measure(
                f"import: {COSTS:,} costs looked through for what is hostile / openpyxl reads the cells",
                lambda: check_package(data, file.name),
                lambda: read_plainly(data),
                0.12,
                rounds=3,
            ),
            measure(
                "import: 20,000 amounts that nobody can read / 2,000",
                lambda: review_long(file, many, folder),
                lambda: review_long(file, few, folder),
                12,
                rounds=3,
            ),
        ]


def write_long_form(folder: Path, number: int = COSTS, amount: str | None = None) -> bytes:
    """The form of a period with costs typed below those that it has; all of them with an amount that is none, say."""
    grounds = read_grounds(folder)
    project = grounds.usable.project
    labels = read_form_labels(ROOT / "templates")
    view = make_view(project, grounds.records, find_period(project, "2008-Q2"), labels, "en")
    return write_workbook(type_costs(view, number, amount), STAMP)


def type_costs(view: WorkbookView, number: int, amount: str | None = None) -> WorkbookView:
    """The view as if somebody had typed so many costs into the rows that stand ready, and below them."""
    stamp = view.form
    spare = next(row.row for row in stamp.rows if row.table == "expenditures" and row.id.startswith("spare:"))
    letters = {key: ord(letter) - 65 for (table, key), letter in stamp.columns.items() if table == "expenditures"}
    days = [f"2008-0{month}-{day:02}" for month in (4, 5, 6) for day in range(1, 29)]
    typed = {}
    for at in range(number):
        row = spare - 1 + at
        day = datetime.date.fromisoformat(days[at % len(days)])
        texts = {
            "voucher": f"N{at}",
            "date": day,
            "payee": f"Payee {at % 97}",
            "description": f"Paper and pens {at % 31}",
            "line": ("1.1", "2.1", "5.1")[at % 3],
            "partner": ("SAM", "PAR")[at % 2],
            "amount": amount or Decimal(at % 90_000) / 100 + 1,
            "currency": "EUR",
            "date_paid": day,
            "document": f"F{at // 100}",
        }
        for key, value in texts.items():
            kind = "date" if key.startswith("date") else "rate" if key == "amount" else "text"
            typed[row, letters[key]] = Cell(row, letters[key], value, Look("input", kind))
    name = stamp.sheets["expenditures"]
    (old,) = [sheet for sheet in view.sheets if sheet.name == name]
    kept = tuple(cell for cell in old.cells if (cell.row, cell.column) not in typed)
    new = replace(old, cells=(*kept, *typed.values()))
    return replace(view, sheets=tuple(new if sheet.name == name else sheet for sheet in view.sheets))


def review_long(file: Path, data: bytes, folder: Path) -> None:
    """As the command reads and compares it, before the checks look at what it brings."""
    with collecting_later():
        review_data(data, file, file.name, [folder], None)


def review_whole(file: Path, folder: Path) -> int:
    """As the command does it: what is hostile, what changed, what the checks say. The number of changes."""
    with collecting_later():
        reviewed = review_file(file, [folder], None, None)
    assert reviewed.review
    return len(reviewed.review.changes)


def read_plainly(data: bytes) -> int:
    """openpyxl reads the workbook, and nothing is done with it."""
    return len(openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets)
