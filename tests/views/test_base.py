"""The stamp of a workbook says what stood in each input cell when it was made."""

from __future__ import annotations

import pytest

from grants.forms.stamp import from_rows, to_rows
from grants.readers.workbook import read_form_stamp
from tests.workbooks import load_sample


@pytest.mark.parametrize(
    ("form", "at", "words"),
    [
        ("budget", ("lines", "1.1.1", "quantity"), "12"),
        ("budget", ("lines", "1.1.1", "unit_cost"), "1500"),
        ("budget", ("lines", "1.1.1", "share:HA"), "0.75"),
        ("budget", ("lines", "1.1.1", "activities"), "A1.1.1, A3.1.1, A3.1.2, A0.1"),
        ("budget", ("sources", "HA", "share"), "0.75"),
        ("activities", ("plan", "A1.1.1", "partner"), "KLI"),
        ("activities", ("plan", "A1.1.1", "start"), "2008-01"),
    ],
)
def test_an_input_cell_is_kept_as_people_see_it(form, at, words):
    assert load_sample().view(form).form.base[at] == words


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_only_what_people_fill_in_is_kept_and_nothing_of_spare_rows(form):
    base = load_sample().view(form).form.base
    assert base
    assert not [key for key in base if key[1].startswith("spare") or key[2] in ("total", "amount", "check")]


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_a_written_workbook_carries_it(form):
    sample = load_sample()
    stamp = read_form_stamp(sample.write(form))
    assert stamp
    assert stamp.base == sample.view(form).form.base
    assert from_rows(to_rows(stamp)) == stamp
