"""A workbook of ours read back: its figures are the ledger's, its stamp is what was written."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from grants.ledger.figures import list_figures, list_indicator_figures
from grants.readers.stamp import read_stamp
from grants.readers.workbook import read_figures, read_form_stamp
from grants.writers.excel import write_workbook
from tests.budgets import samples
from tests.workbooks import POLICE, SHELTER, STAMP, load_sample, open_workbook


@pytest.mark.parametrize("name", [SHELTER, POLICE])
@pytest.mark.parametrize("language", ["el", "en"])
def test_the_figures_are_those_of_the_ledger(name, language):
    sample = load_sample(name)
    assert read_figures(sample.write("budget", language)) == list_figures(sample.totals)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(samples())
def test_the_figures_of_any_budget_are_those_of_the_ledger(sample):
    figures = read_figures(sample.write())
    assert figures == list_figures(sample.totals)
    assert all(amount.as_tuple().exponent == -2 for amount in figures.values())


@pytest.mark.parametrize("form", ["budget", "activities"])
@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_the_stamp_is_what_was_written(form, language):
    view = load_sample().view(form, language)
    data = write_workbook(view, STAMP)
    assert read_form_stamp(data) == view.form.with_facts(STAMP)


def test_the_properties_say_the_same_facts():
    view = load_sample().view()
    assert read_stamp(write_workbook(view, STAMP)) == view.form.with_facts(STAMP).facts


def test_the_stamp_says_where_each_line_and_column_stands():
    sample = load_sample()
    data = sample.write()
    stamp = read_form_stamp(data)
    assert stamp
    sheet = open_workbook(data)[stamp.tables["lines"].sheet]
    for row in stamp.rows:
        if row.table == "lines" and not row.id.startswith("spare:"):
            assert sheet[f"{stamp.columns['lines', 'code']}{row.row}"].value == row.id
    header = stamp.tables["lines"].header
    assert sheet[f"{stamp.columns['lines', 'share:HA']}{header}"].value == "Hellenic Aid"


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_has_no_figures(data):
    assert read_figures(data) == {}
    assert read_form_stamp(data) is None


def test_a_workbook_of_somebody_else_has_no_figures():
    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    assert read_figures(data.getvalue()) == {}


def test_a_figure_that_is_no_number_is_left_out():
    sample = load_sample()
    view = sample.view()
    references = {**view.form.figures, "nowhere": "'Gone'!A1", "beyond": "'Summary'!ZZ9999", "text": "'Summary'!A1"}
    changed = replace(view, form=replace(view.form, figures=references))
    assert read_figures(write_workbook(changed, STAMP)) == list_figures(sample.totals)


def test_a_figure_is_read_by_its_digits():
    """0.285 is less than that in binary, and 1.005 too: amounts are rounded by the digits they are written with."""
    data = load_sample().write()
    patched = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(patched, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert part.count(b"<v>53807.63</v>") == 1
                part = part.replace(b"<v>53807.63</v>", b"<v>1.005</v>")
                part = part.replace(b"<v>143487.00</v>", b"<v>0.285</v>", 1)
            target.writestr(name, part)
    assert read_figures(patched.getvalue())["grand_total"] == Decimal("0.29")


@pytest.mark.parametrize("name", [SHELTER, POLICE])
def test_indicators_are_those_of_the_logframe(name):
    sample = load_sample(name)
    figures = read_figures(sample.write("activities", "el"))
    assert figures == list_indicator_figures(sample.project.logframe)
    assert figures


@pytest.mark.parametrize(
    "row", [("table", "lines", "Budget", "x", 2, 3), ("row", "lines", "third", "1.1"), ("figure", "grant", "nowhere!")]
)
def test_a_stamp_that_somebody_wrote_into_is_none_or_names_no_figure(row):
    book = open_workbook(load_sample().write())
    book["_grants"].append(row)
    data = io.BytesIO()
    book.save(data)
    assert read_figures(data.getvalue()).get("grant") is None
