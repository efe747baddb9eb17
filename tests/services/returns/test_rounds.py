"""A finance officer repairs what was found in the form itself, in rounds; the records then hold what was meant."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from grants.cli.main import main
from tests.returned import Form, Workspace, make_workspace, save

DAY = datetime.date
REFUSED = "ineligible", "spare::1"
At = tuple[str, str, str]


def cost(number: int, column: str) -> At:
    return "expenditures", f"spare::{number}", column


def fill_costs() -> dict[At, object]:
    """Ten costs, as they are meant."""
    cells: dict[At, object] = {}
    for number in range(1, 11):
        day = DAY(2008, 6, number)
        cells |= {cost(number, "voucher"): f"N{number}", cost(number, "date"): day, cost(number, "date_paid"): day}
        cells |= {cost(number, "payee"): f"Shop {number}", cost(number, "description"): "Paper"}
        cells |= {cost(number, "line"): "5.1", cost(number, "partner"): "SAM", cost(number, "amount"): number + 0.5}
        cells |= {cost(number, "currency"): "EUR", cost(number, "document"): f"F{number}"}
    return cells


FAULTS: dict[At, tuple[object, object, str]] = {
    cost(2, "date"): (DAY(2008, 8, 2), DAY(2008, 6, 2), "R07-COST"),
    cost(3, "amount"): (12.345, 12.34, "RET-028"),
    cost(4, "amount"): ("1.100", 11, "RET-010"),
    cost(5, "payee"): (None, "Shop 5", "RET-021"),
    cost(6, "line"): ("9.9", "5.1", "RET-012"),
    cost(7, "partner"): ("Nobody", "PAR", "RET-012"),
    cost(8, "amount"): ("about 20", 20, "RET-011"),
    cost(9, "date"): ("31/02/2008", DAY(2008, 6, 9), "RET-011"),
    cost(10, "amount"): ("900 RSD", 9, "RET-035"),
    cost(1, "voucher"): ("V7", "N1", "RET-016"),
    ("received", "1", "amount"): ("#REF!", 4173, "RET-013"),
    ("activity_progress", "A1.1.2", "status"): ("nearly", "ολοκληρωμένη", "RET-012"),
    ("indicator_actuals", "Op1.1-1", "women"): (21.5, 22, "RET-029"),
    ("groups_reached", "TG1", "total"): (9999, None, "RET-032"),
    (*REFUSED, "voucher"): ("V99", "V2", "RET-033"),
}
"""Cell -> what is typed, what was meant, what is found."""
TWICE = {cost(1, "date"): DAY(2008, 5, 12), cost(1, "amount"): 950, cost(1, "line"): "2.1"}
"""The first cost is V7 of the form once more: all that has to be corrected is its number."""
PAYEE = cost(1, "payee")
"""It is marked too: V7 would have two payees."""
REFUSAL = {(*REFUSED, "partner"): "SAM", (*REFUSED, "period"): "2008-Q1", (*REFUSED, "reason"): "Εκτός προϋπολογισμού"}
COSTS = """\
F2,
N1,2008-05-12,Shop 1,Paper,2.1,SAM,,950.00,EUR,2008-06-01,F1,
N2,2008-06-02,Shop 2,Paper,5.1,SAM,,2.50,EUR,2008-06-02,F2,
N3,2008-06-03,Shop 3,Paper,5.1,SAM,,12.34,EUR,2008-06-03,F3,
N4,2008-06-04,Shop 4,Paper,5.1,SAM,,11.00,EUR,2008-06-04,F4,
N5,2008-06-05,Shop 5,Paper,5.1,SAM,,5.50,EUR,2008-06-05,F5,
N6,2008-06-06,Shop 6,Paper,5.1,SAM,,6.50,EUR,2008-06-06,F6,
N7,2008-06-07,Shop 7,Paper,5.1,PAR,,7.50,EUR,2008-06-07,F7,
N8,2008-06-08,Shop 8,Paper,5.1,SAM,,20.00,EUR,2008-06-08,F8,
N9,2008-06-09,Shop 9,Paper,5.1,SAM,,9.50,EUR,2008-06-09,F9,
N10,2008-06-10,Shop 10,Paper,5.1,SAM,,9.00,EUR,2008-06-10,F10,
"""
INELIGIBLE = """\
ineligible:
  - partner: SAM
    voucher: V2
    period: 2008-Q1
    reason: {el: Εκτός προϋπολογισμού}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return make_workspace(tmp_path)


def run(file: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["import", file, *options])


def retype(form: Form, file: Path, cells: dict[At, object]) -> None:
    """Type into a copy that was sent back, and save it with another program."""
    book = openpyxl.load_workbook(file)
    for at, value in cells.items():
        sheet, cell = form.place(*at)
        book[sheet][cell] = value
    file.write_bytes(save(book))


def list_marks(form: Form, file: Path) -> list[tuple[str, str]]:
    """Sheet and cell of every row of the first sheet, each with its link and its comment at the cell."""
    book = openpyxl.load_workbook(file)
    page, places = book.worksheets[0], []
    for row in page.iter_rows(min_row=6):
        if row[0].value:
            sheet, _, cell = row[1].hyperlink.location.rpartition("!")
            places.append((sheet.strip("'"), cell))
            assert book[places[-1][0]][cell].comment, places[-1]
            assert book[places[-1][0]][cell].fill.fgColor.rgb in ("FFFF9C9C", "FFFFE082")
    return sorted(places)


def find_places(form: Form, cells: Iterable[At]) -> list[tuple[str, str]]:
    return sorted(form.place(*at) for at in cells)


def test_fifteen_faults_are_repaired_in_the_copy_and_the_records_hold_what_was_meant(workspace: Workspace) -> None:
    form = workspace.write("period", "el")
    finance, progress = (workspace.read(f"periods/2008-Q2/{x}.yaml") for x in ("finance", "progress"))
    typed = {**fill_costs(), **{at: wrong for at, (wrong, _, _) in FAULTS.items()}, **TWICE, **REFUSAL}
    file = workspace.save(form.typed(typed), "form.xlsx")
    copy = file.with_name("form.please-correct.xlsx")
    result = run(file.name, "--correct")
    assert result.exit_code == 1
    assert all(code in result.output for _, _, code in FAULTS.values())
    assert list_marks(form, copy) == find_places(form, [*FAULTS, PAYEE])

    rest = dict(list(FAULTS.items())[:3])
    retype(form, copy, {at: meant for at, (_, meant, _) in FAULTS.items() if at not in rest})
    repaired = copy.read_bytes()
    for name in (copy.name, file.name):  # a second round; and the first file once more
        result = run(name, "--correct")
        assert result.exit_code == 1
        assert "form.please-correct.xlsx says something else" in result.output
        assert copy.read_bytes() == repaired
    copy = file.with_name("form.please-correct-2.xlsx")
    assert list_marks(form, copy) == find_places(form, rest)
    assert list_marks(form, file.with_name("form.please-correct-3.xlsx")) == find_places(form, [*FAULTS, PAYEE])
    assert "please-correct-3.xlsx: send" in run(file.name, "--correct").output  # no fourth that says the same

    retype(form, copy, {at: meant for at, (_, meant, _) in rest.items()})
    result = run(copy.name, "--accept")
    assert result.exit_code == 0, result.output
    assert workspace.read("periods/2008-Q2/expenditures.csv").endswith(COSTS)
    assert workspace.read("periods/2008-Q2/finance.yaml") == finance + INELIGIBLE
    assert workspace.read("periods/2008-Q2/progress.yaml") == progress.replace(
        "{women: 21, men: 37}", "{women: 22, men: 37}", 1
    )
    assert "note      " not in result.output
    result = run(copy.name, "--correct")
    assert "It brings nothing that is not here already." in result.output
    assert "Nothing has to be corrected: no copy is needed." in result.output
