"""Forms: columns are placed once for writer and reader, and every word they need exists and fits."""

import re
from itertools import chain

import pytest

from grants.forms import ACTIVITIES, BUDGET, PERIOD, Column, Form, Table, place_columns
from grants.services.form import read_form_labels
from tests.workbooks import ROOT

LANGUAGES = ("el", "en", "sr")
FORMS = (BUDGET, ACTIVITIES, PERIOD)
TABLES = [table for form in FORMS for sheet in form.sheets for table in sheet.tables]
LABELS = read_form_labels(ROOT / "templates")


def test_a_column_that_repeats_stands_once_for_each_code_side_by_side():
    table = Table(
        "t",
        (
            Column("a", "column.code", "text", 5),
            Column("share", "column.share", "percent", 5, per="source"),
            Column("note", "column.note", "note", 5),
        ),
    )
    placed = place_columns(table, {"source": ["HA", "KLI"]})
    assert [(column.key, column.index) for column in placed] == [
        ("a", 0),
        ("share:HA", 1),
        ("share:KLI", 2),
        ("note", 3),
    ]
    assert [column.repeat for column in placed] == [None, "HA", "KLI", None]


def test_a_column_that_repeats_for_nothing_is_left_out():
    table = Table("t", (Column("share", "column.share", "percent", 5, per="source"),))
    assert place_columns(table, {"source": []}) == ()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_keys_of_columns_differ_and_only_notes_are_never_read(table):
    keys = [column.key for column in table.columns]
    assert len(keys) == len(set(keys))
    notes = ["note"] if any(column.input for column in table.columns) else []  # elsewhere nobody writes
    assert [column.key for column in table.columns if column.kind == "note"] == notes


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_table_and_a_sheet_are_found_by_key(form: Form):
    for sheet in form.sheets:
        assert form.sheet(sheet.key) is sheet
        for table in sheet.tables:
            assert form.table(table.key) is table
    with pytest.raises(KeyError):
        form.table("nowhere")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_there_in_every_language(language):
    for key, text in LABELS.labels.items():
        assert text.says(language), f"{key} says nothing in {language}"
    for column in chain.from_iterable(table.columns for table in TABLES):
        LABELS.say(column.label, language)
        if column.hint:
            LABELS.say(column.hint, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_fit_into_what_excel_shows(language):
    for column in chain.from_iterable(table.columns for table in TABLES):
        if column.input:
            assert len(LABELS.say(column.label, language)) <= 32, column
        if column.hint:
            assert len(LABELS.say(column.hint, language)) <= 255, column.hint
    for key in LABELS.labels:
        if key.startswith("error."):
            assert len(LABELS.say(key, language)) <= 255, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_names_of_sheets_are_names_that_excel_takes(form, language):
    names = [LABELS.say(sheet.label, language) for sheet in form.sheets]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert len(name) <= 31, name
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", ["status", "method", "instalment", "sex", "level", "source"])
def test_words_of_a_list_differ(prefix, language):
    words = [LABELS.say(key, language) for key in LABELS.labels if re.fullmatch(rf"{prefix}\.[\w-]+", key)]
    assert len(words) > 1
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_of_checks_differ(language):
    assert LABELS.say("check.ok", language) != LABELS.say("check.wrong", language)
