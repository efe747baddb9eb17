"""Whatever passes the review can be taken over: what the records would refuse is found at its cell."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from grants.forms import PERIOD
from grants.services.returns.importing import accept, correct, decide_review
from grants.services.returns.review import Review
from tests.returned import Workspace, changes_of, make_workspace, review_of

WHEN = datetime.datetime(2008, 7, 20, tzinfo=datetime.UTC)
INPUTS = [(table.key, x.key) for sheet in PERIOD.sheets for table in sheet.tables for x in table.columns if x.input]
VALUES = st.one_of(
    st.none(),
    st.sampled_from(
        [12.345, 0.1 + 0.2, -5, 0, 1e11, 1e12, 1e15, 3.0, 0.004, "1.234,56", "12,345", "=1/3", "€ 5", "5%"]
    ),
    st.sampled_from(
        ["", " ", "=2+2", "+30 210", "-", "#x", "a: b", "'x", '"', "- x", "null", "yes", "2008-01-01", "1e5"]
    ),
    st.sampled_from(
        ["first\nsecond", "x\x85y", "x\u2028y", "x\u202ey", "x\ufeffy", "Ω" * 40_000, "{a}", "a,b;c", "{{ x }}"]
    ),
    st.sampled_from(["EUR", "RSD", "USD", "eur", "SAM", "PAR", "1.1", "2.1", "9.9", "V7", "started", "done"]),
    st.dates(datetime.date(1901, 1, 1), datetime.date(2199, 12, 31)),
    st.text(max_size=12).filter(lambda x: not ILLEGAL_CHARACTERS_RE.search(x)),
    st.integers(-3, 400),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("workspace"))
    workspace.replace("periods/2008-Q1/expenditures.csv", "800.00,EUR,2008-03-31,", "800.00,EUR,,")
    return workspace


def is_fine(review: Review) -> bool:
    return not (review.open or review.blocked or review.senseless)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_whatever_passes_the_review_is_taken_over(workspace: Workspace, data: st.DataObject) -> None:
    """Also what is left where all that is open is decided for ours."""
    form = workspace.write("period", "en")
    rows = {table: [x.id for x in form.stamp.rows if x.table == table][:6] for table, _ in INPUTS}
    cells = {}
    for table, column in data.draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=6)):
        cells[table, data.draw(st.sampled_from(rows[table])), column] = data.draw(VALUES)
    reviewed = workspace.review(form.typed(cells))
    review = review_of(reviewed)
    before = {file: file.read_bytes() for file in workspace.folder.rglob("*") if file.is_file()}
    try:
        if is_fine(review):
            accept(review, decide_review(review, None, None), "Anna", WHEN)
        elif not review.blocked:
            accept(review, decide_review(review, "ours", None), "Anna", WHEN)
            assert any(x.severity == "error" for x in reviewed.findings) or any(
                x.verdict in ("ask", "conflict") for x in review.open
            ), review.open
    finally:
        for file in [x for x in workspace.folder.rglob("*") if x.is_file()]:
            if file in before:
                file.write_bytes(before[file])
            else:
                file.unlink()


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (("expenditures", "SAM/V7", "amount"), 12.345, "RET-028"),
        (("expenditures", "SAM/V7", "payee"), None, "RET-021"),
        (("expenditures", "SAM/V7", "amount"), 1e15, "RET-011"),
        (("indicator_actuals", "Op1.1-1", "women"), 11.5, "RET-029"),
        (("indicator_actuals", "Op1.1-1", "value"), 30, "RET-030"),
        (("groups_reached", "TG1", "total"), 9999, "RET-032"),
        (("activity_progress", "A1.1.2", "status"), None, "RET-021"),
    ],
)
def test_what_the_records_refuse_is_found_and_marked_at_its_cell(
    workspace: Workspace, at: tuple[str, str, str], value: object, code: str
) -> None:
    form = workspace.write("period", "en")
    reviewed = workspace.review(form.typed({at: value}))
    review = review_of(reviewed)
    sheet, cell = form.place(*at)
    assert (code, f"{sheet}!{cell}") in [(x.code, x.place.cell) for x in reviewed.findings]
    assert not is_fine(review)
    assert decide_review(review, "ours", None).taken == ()
    assert form.place(*at)[1].encode() in correct(review).file.read_bytes() or correct(review).file.exists()


@pytest.mark.parametrize(
    ("table", "written", "fine"),
    [
        ("expenditures", "1.100,50 RSD", "1.100,50 €"),
        ("expenditures", "1.100,50din.", "EUR 1.100,50"),
        ("own_contributions", "5000 δρχ.", "5000 ευρώ"),
    ],
)
def test_an_amount_in_another_currency_than_its_row_is_not_taken(
    workspace: Workspace, table: str, written: str, fine: str
) -> None:
    form = workspace.write("period", "el")
    row = next(x.id for x in form.stamp.rows if x.table == table)
    at = (table, row, "amount")
    reviewed = workspace.review(form.typed({at: written}))
    sheet, cell = form.place(*at)
    assert ("RET-035", f"{sheet}!{cell}") in [(x.code, x.place.cell) for x in reviewed.findings]
    assert [x.verdict for x in changes_of(reviewed) if x.cell == cell] == ["fault"]
    assert "RET-035" not in [x.code for x in workspace.review(form.typed({at: fine})).findings]


def test_a_voucher_that_nobody_has_cannot_be_refused(workspace: Workspace) -> None:
    form = workspace.write("period", "en")
    row = next(x.id for x in form.stamp.rows if x.table == "ineligible")
    typed = {("ineligible", row, "partner"): "SAM", ("ineligible", row, "voucher"): "V999"}
    reviewed = workspace.review(form.typed({**typed, ("ineligible", row, "reason"): "Not in the budget"}))
    assert [x.code for x in reviewed.findings] == ["RET-033"]
    reviewed = workspace.review(
        form.typed({**typed, ("ineligible", row, "voucher"): "V7", ("ineligible", row, "reason"): "x"})
    )
    assert reviewed.findings == ()


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({}, None),
        ({"period": "2008-Q1"}, None),
        ({"period": "2008-Q1", "line": "1.1", "amount": 300}, None),
        ({"period": "2008-Q2"}, "period"),
        ({"line": "2.1"}, "line"),
        ({"period": "2008-Q1", "amount": 900}, "amount"),
    ],
)
def test_a_cost_of_an_earlier_period_can_be_refused_in_whole_or_in_part(
    tmp_path: Path, typed: dict[str, object], faulty: str | None
) -> None:
    """V2 stands in the first quarter; the form is of the second."""
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "en")
    row = next(x.id for x in form.stamp.rows if x.table == "ineligible")
    cells = {"partner": "SAM", "voucher": "V2", **typed, "reason": "Not in the budget"}
    reviewed = workspace.review(form.typed({("ineligible", row, key): value for key, value in cells.items()}))
    found = [(x.code, x.place.cell) for x in reviewed.findings]
    if faulty:
        assert found == [("REC-022", "!".join(form.place("ineligible", row, faulty)))]
        return
    assert found == []
    review = review_of(reviewed)
    accept(review, decide_review(review, None, None), "Eleni", WHEN)
    again = workspace.write("period", "en")
    sheet, cell = again.place("ineligible", "1", "check")
    assert openpyxl.load_workbook(io.BytesIO(again.data), data_only=True)[sheet][cell].value == "Of another period"
    assert review_of(workspace.review(again.data)).changes == ()
