"""Faults are said in the language of the form, at the cell, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.errors import Finding, Place
from grants.model.labels import Labels
from grants.readers.pack import read_labels
from grants.services.returns.faults import Fault, list_faults, say_fault, say_reading, say_shown
from tests.returned import make_workspace, review_of, save
from tests.workbooks import ROOT


def read() -> Labels:
    labels, _, findings = read_labels(ROOT / "templates" / "_common" / "labels-returned.yaml")
    assert labels, findings
    return labels


@pytest.mark.parametrize("language", ["el", "en", "sr"])
def test_every_fault_has_its_words(language: str) -> None:
    labels = read()
    keys = {key.split(".")[1] for key in labels.labels if key.startswith("returned.")}
    messages = set()
    for key in keys:
        message, remedy = say_fault(Fault("Costs", "F12", key, "1.100", ("1100", "1.1")), labels, language)
        assert "{" not in message + remedy
        assert Fault("Costs", "F12", key).code.startswith("RET-0")
        assert remedy
        messages.add(message)
    assert len(messages) == len(keys)


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("R29", "el", "ήδη καταχωρισμένο"),
        ("REC-022", "el", "ποια δαπάνη δεν γίνεται δεκτή"),
        ("R29", "en", "Booked twice."),
        ("LINE-007", "el", "στα αγγλικά: Booked twice."),
    ],
)
def test_what_the_checks_say_is_said_in_the_language_where_there_are_words(
    code: str, language: str, words: str
) -> None:
    finding = Finding(code, Place("form.xlsx", cell="Costs!A4"), "Booked twice.", "Take one out.")
    message, remedy = say_fault(Fault("Costs", "A4", "refused", finding=finding), read(), language)
    assert words in message
    assert remedy


@pytest.mark.parametrize(
    ("reading", "language", "words"),
    [
        ("1100.5", "el", "1100,5"),
        ("1100.5", "en", "1100.5"),
        ("2008-04-03", "en", "03/04/2008"),
        ("2008-04-03", "sr", "03.04.2008."),
        ("1100", "sr", "1100"),
    ],
)
def test_a_reading_is_written_as_its_readers_write_it(reading: str, language: str, words: str) -> None:
    assert say_reading(reading, language) == words


@pytest.mark.parametrize(
    ("key", "shown", "words"),
    [
        ("decimals", "12.345", "12,345"),
        ("broken_person", "11.5", "11,5"),
        ("overwritten", "999.99", "999,99"),
        ("overwritten", "-0.5", "-0,5"),
        ("refused", "2008-08-02", "02/08/2008"),
        ("refused", "9.9", "9.9"),
        ("refused", "1,234.50 EUR, 2026-10-09", "1.234,50 EUR, 09/10/2026"),
        ("refused", "V-1.10, 100.00", "V-1.10, 100.00"),
        ("no_voucher", "17.8", "17.8"),
    ],
)
def test_what_stands_in_a_cell_is_told_as_it_looks_there_and_a_code_is_no_figure(
    key: str, shown: str, words: str
) -> None:
    finding = Finding("R07-COST", Place("form.xlsx"), "Too late.", "") if key == "refused" else None
    assert say_shown(Fault("Costs", "A4", key, shown, finding=finding), "el") == words


def test_a_serbian_date_at_the_end_of_a_sentence_has_one_point() -> None:
    fault = Fault("Troškovi", "A4", "ambiguous", "1.2.2008", ("2008-02-01", "2008-01-02"))
    words = "„1.2.2008“ se može pročitati na dva načina: 01.02.2008. / 02.01.2008."
    assert say_fault(fault, read(), "sr")[0] == words


def test_a_cell_that_is_empty_and_a_row_that_stands_there_twice_are_told_as_people_write(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    form = workspace.write("period", "el")
    book = form.open()
    sheet, cell = form.place("expenditures", "SAM/V7", "payee")
    row, spare = int(cell[1:]), int(form.place("expenditures", "spare::1", "payee")[1][1:])
    for column in range(1, 13):
        book[sheet].cell(spare, column).value = book[sheet].cell(row, column).value
    sheet, cell = form.place("expenditures", "SAM/V6", "payee")
    book[sheet][cell] = None
    faults = {x.key: x for x in list_faults(review_of(workspace.review(save(book))))}
    assert say_fault(faults["missing"], read(), "el")[0] == "Λείπει: Δικαιούχος."
    assert "12/05/2008, Airline, Four flights, 2.1, SAM" in faults["duplicated"].shown
