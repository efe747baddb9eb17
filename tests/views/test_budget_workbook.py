"""What the budget workbook says."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from grants.forms import BUDGET
from grants.views.workbook import Area
from tests.budgets import samples
from tests.workbooks import POLICE, SHELTER, fill_in, list_formulas, load_sample


def sheet_of(view, key):
    return next(sheet for sheet in view.sheets if sheet.name == view.form.sheets[key])


def values_of(sheet, column):
    """Row -> value of a column."""
    return {cell.row: cell.value for cell in sheet.cells if cell.column == column}


def column_of(view, table, key):
    letters = view.form.columns[table, key]
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@pytest.mark.parametrize("name", [SHELTER, POLICE])
@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_the_sheets_are_those_of_the_form(name, language):
    view = load_sample(name).view("budget", language)
    assert [sheet.name for sheet in view.sheets] == list(view.form.sheets.values())
    assert list(view.form.sheets) == [sheet.key for sheet in BUDGET.sheets]


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_every_formula_has_a_value_beside_it(form):
    formulas = list(list_formulas(load_sample().view(form)))
    assert len(formulas) > 100
    assert [cell for _, cell in formulas if cell.value is None] == []


@pytest.mark.parametrize("form", ["budget", "activities"])
@pytest.mark.parametrize("name", [SHELTER, POLICE])
def test_no_cell_is_written_twice(form, name):
    for sheet in load_sample(name).view(form).sheets:
        places = [(cell.row, cell.column) for cell in sheet.cells]
        assert len(places) == len(set(places)), sheet.name


def test_a_line_is_in_the_same_row_of_budget_phasing_and_justification():
    view = load_sample().view()
    rows = {
        table: {row.id: row.row for row in view.form.rows if row.table == table}
        for table in ("lines", "phasing", "justification")
    }
    assert rows["lines"] == rows["phasing"] == rows["justification"]
    assert "1.1.7" in rows["lines"]
    assert "spare:6:2" in rows["lines"]


def test_lines_stand_under_their_heading_in_the_order_of_the_definition():
    sample = load_sample()
    view = sample.view()
    codes = values_of(sheet_of(view, "budget"), column_of(view, "lines", "code"))
    lines = [code for code in codes.values() if code in {line.code for line in sample.project.budget.lines}]
    assert lines == [line.line.code for line in sample.totals.lines]


def test_an_amount_is_split_by_the_ledger():
    sample = load_sample()
    view = sample.view()
    row = next(row.row - 1 for row in view.form.rows if row.table == "lines" and row.id == "1.1.6")
    total = next(line for line in sample.totals.lines if line.line.code == "1.1.6")
    for source, amount in total.by_source.items():
        assert values_of(sheet_of(view, "budget"), column_of(view, "lines", f"amount:{source}"))[row] == amount
        share = values_of(sheet_of(view, "budget"), column_of(view, "lines", f"share:{source}"))[row]
        assert share == total.shares[source] / 100


def test_a_share_that_no_line_states_follows_the_overall_share():
    sample = load_sample()
    view = sample.view()
    column = column_of(view, "lines", "share:KLI")
    formulas = {cell.row: cell.formula for cell in sheet_of(view, "budget").cells if cell.column == column}
    rows = {row.id: row.row - 1 for row in view.form.rows if row.table == "lines"}
    assert formulas[rows["1.1.1"]] == "='Sources of funding'!$D$7"
    assert formulas[rows["1.1.6"]] is None  # it says itself who pays


def test_in_kind_is_in_no_other_figure():
    sample = load_sample()
    without = sample.with_budget(in_kind=[])
    assert sample.totals.in_kind == Decimal("960.00")
    assert without.totals.grand == sample.totals.grand
    view = sample.view()
    cells = [cell for cell in sheet_of(view, "summary").cells if cell.value == Decimal("960.00")]
    assert len(cells) == 1


def test_charts_show_every_heading_and_source():
    sample = load_sample()
    view = sample.view()
    by_heading, by_quarter = sheet_of(view, "summary").charts
    assert len(by_heading.series) == 3
    assert by_heading.categories.last_row - by_heading.categories.first_row + 1 == len(sample.totals.headings)
    names = values_of(sheet_of(view, "summary"), by_heading.categories.first_column)
    assert names[by_heading.categories.first_row] == "Human resources"
    assert by_quarter.series[0].values.last_row - by_quarter.series[0].values.first_row + 1 == 4
    assert by_heading.description
    assert by_quarter.description


def test_charts_cover_no_cell():
    summary = sheet_of(load_sample().view(), "summary")
    for chart in summary.charts:
        area = covered(summary, chart)
        under = [
            cell
            for cell in summary.cells
            if area.first_row <= cell.row <= area.last_row and area.first_column <= cell.column <= area.last_column
        ]
        assert under == [], chart.title


def covered(sheet, chart):
    """The area a chart takes, by heights of rows (15 points where none is given) and widths of columns."""
    rows, high = chart.row, 0.0
    while high < chart.height - 1:
        high += sheet.heights.get(rows, 15) * 4 / 3
        rows += 1
    columns, wide = chart.column, 0.0
    while wide < chart.width - 1:
        wide += sheet.widths[columns] * 7 + 5
        columns += 1
    return Area(chart.row, chart.column, rows - 1, columns - 1)


def test_every_list_that_a_cell_takes_has_a_name():
    for form in ("budget", "activities"):
        view = load_sample().view(form)
        sources = {rule.source for sheet in view.sheets for rule in sheet.validations if rule.rule == "list"}
        assert sources
        assert sources <= view.names.keys()


def test_a_project_without_instalments_contingency_or_gifts_still_has_its_sheets():
    sample = (
        load_sample(POLICE).with_budget(contingency=None, indirect_costs=None, in_kind=[]).with_grant(instalments=())
    )
    view = sample.view()
    assert len(view.sheets) == len(BUDGET.sheets)
    ok = [cell.value for cell in sheet_of(view, "summary").cells if cell.look.role == "check"]
    assert ok == ["OK"] * 6


def test_a_grant_that_is_not_what_is_asked_is_said():
    sample = load_sample().with_grant(amount_requested=Decimal("100000.00"))
    checks = [cell.value for cell in sheet_of(sample.view(), "summary").cells if cell.look.role == "check"]
    assert checks == ["OK", "OK", "OK", "OK", "Differs", "OK"]


def test_a_text_that_is_not_written_in_the_language_is_read_in_english():
    view = load_sample().view("budget", "sr")
    assert "Shelter co-ordinator" in values_of(sheet_of(view, "budget"), 1).values()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(samples())
def test_parts_add_up_in_any_budget(sample):
    view = sample.view()
    sheet = sheet_of(view, "budget")
    totals = values_of(sheet, column_of(view, "lines", "total"))
    parts = [values_of(sheet, column_of(view, "lines", f"amount:{code}")) for code in ("S1", "S2", "S3")]
    for row in view.form.rows:
        if row.table == "lines":
            assert sum(part[row.row - 1] for part in parts) == totals[row.row - 1]
    wrong = [cell for cell in sheet.cells if cell.look.role == "check" and cell.value == "Differs"]
    assert wrong == []


def test_filling_in_a_cell_that_is_not_there_is_a_mistake_of_the_test():
    with pytest.raises(AssertionError):
        fill_in(load_sample().view(), "Budget", {(9999, 0): "x"})
