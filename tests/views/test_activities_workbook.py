"""What the activities workbook says."""

import datetime

import pytest

from grants.forms import ACTIVITIES
from grants.model.calendar import months_between
from grants.views.activity_layout import list_periods
from tests.views.test_budget_workbook import column_of, sheet_of, values_of
from tests.workbooks import POLICE, SHELTER, find_broken_heads, load_sample


def rows_of(view, table):
    return {row.id: row.row - 1 for row in view.form.rows if row.table == table}


@pytest.mark.parametrize("name", [SHELTER, POLICE])
@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_the_sheets_are_those_of_the_form(name, language):
    view = load_sample(name).view("activities", language)
    assert [sheet.name for sheet in view.sheets] == list(view.form.sheets.values())
    assert list(view.form.sheets) == [sheet.key for sheet in ACTIVITIES.sheets]


@pytest.mark.parametrize("name", [SHELTER, POLICE])
def test_every_activity_stands_under_its_output_with_a_spare_row(name):
    sample = load_sample(name)
    rows = rows_of(sample.view("activities"), "plan")
    codes = [code for code in rows if not code.startswith("spare:")]
    assert sorted(codes) == sorted(activity.code for activity in sample.project.work_plan.activities)
    assert len(rows) - len(codes) == len(sample.project.logframe.outputs) + 1


def test_start_and_end_are_dates_and_the_status_a_word():
    view = load_sample().view("activities", "el")
    row = rows_of(view, "plan")["A2.1.2"]
    plan = sheet_of(view, "plan")
    assert values_of(plan, column_of(view, "plan", "start"))[row] == datetime.date(2008, 1, 1)
    assert values_of(plan, column_of(view, "plan", "end"))[row] == datetime.date(2008, 3, 1)
    assert values_of(plan, column_of(view, "plan", "status"))[row] == "προγραμματισμένη"


def test_a_milestone_stands_in_its_month_beside_its_activity():
    sample = load_sample()
    view = sample.view("activities")
    rows = rows_of(view, "plan")
    plan = sheet_of(view, "plan")
    for activity in sample.project.work_plan.activities:
        due = {milestone.month for milestone in activity.milestones}
        for month in months_between("2008-01", "2008-12"):
            mark = values_of(plan, column_of(view, "plan", f"month:{month}"))[rows[activity.code]]
            assert mark == ("◆" if month in due else "")


def test_milestones_come_month_by_month():
    view = load_sample().view("activities")
    months = [
        value for value in values_of(sheet_of(view, "milestones"), 3).values() if isinstance(value, datetime.date)
    ]
    assert months
    assert months == sorted(months)


def test_persons_are_followed_by_sex():
    sample = load_sample()
    rows = rows_of(sample.view("activities"), "indicators")
    for indicator in sample.project.logframe.indicators:
        assert (f"{indicator.code}:women" in rows) == indicator.persons
        only_women = indicator.men is None and indicator.target and indicator.women == indicator.target.value
        assert (f"{indicator.code}:men" in rows) == (indicator.persons and not only_women)


def test_the_logframe_has_every_result_once_over_the_rows_of_its_indicators():
    sample = load_sample()
    view = sample.view("activities")
    logframe = sheet_of(view, "logframe")
    text = "\n".join(value for value in values_of(logframe, 0).values() if value)
    for outcome in sample.project.logframe.outcomes:
        assert text.count(outcome.statement.in_language("en")) == 1
    outputs = {output.code: len(output.indicators) for output in sample.project.logframe.outputs}
    tall = [area for area in logframe.merges if area.first_column == area.last_column == 0 and area.first_row > 2]
    assert sorted(area.last_row - area.first_row + 1 for area in tall) == sorted(n for n in outputs.values() if n > 1)


def test_a_short_project_is_followed_by_quarters_and_a_long_one_by_half_years():
    assert list_periods(months_between("2008-01", "2008-12")) == ["2008-Q1", "2008-Q2", "2008-Q3", "2008-Q4"]
    assert list_periods(months_between("2008-05", "2010-12")) == [
        "2008-H1",
        "2008-H2",
        "2009-H1",
        "2009-H2",
        "2010-H1",
        "2010-H2",
    ]


def test_a_percentage_is_followed_by_its_latest_value_and_a_count_by_its_sum():
    view = load_sample().view("activities")
    methods = values_of(sheet_of(view, "indicators"), column_of(view, "indicators", "method"))
    rows = rows_of(view, "indicators")
    assert methods[rows["Oc1-1"]] == "latest"
    assert methods[rows["Op1.1-2"]] == "sum"


@pytest.mark.parametrize("form", ["budget", "activities"])
@pytest.mark.parametrize("name", [SHELTER, POLICE])
@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_no_word_of_a_head_is_broken(name, language, form):
    assert find_broken_heads(load_sample(name).view(form, language)) == []
