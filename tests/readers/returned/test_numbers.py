"""Numbers and dates as people write them: the reading, both readings where there are two, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.readers.returned.dates import read_date, read_month, read_serial
from grants.readers.returned.numbers import read_number


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("1.100,50", "1100.5"),
        ("1,100.50", "1100.5"),
        ("1 100,50", "1100.5"),
        ("1\u00a0100,50", "1100.5"),
        ("1'100.50", "1100.5"),
        ("1100.5 €", "1100.5"),
        ("€ 1100,5", "1100.5"),
        ("1.100,50 EUR", "1100.5"),
        ("194.400,00 din.", "194400"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("12 345 678", "12345678"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1100", "1100"),
        ("-12,5", "-12.5"),
        ("−12,5", "-12.5"),
        ("(12,50)", "-12.5"),
        ("12,50-", "-12.5"),
        ("1100EUR", "1100"),
        ("EUR1100", "1100"),
        ("1100ευρώ", "1100"),
        ("1.100,50 дин", "1100.5"),
        ("12.500,00 динара", "12500"),
        ("1.100.200,-", "1100200"),
        ("250,-", "250"),
    ],
)
def test_a_number_has_one_reading(text, reading):
    assert read_number(text) == (reading,)


@pytest.mark.parametrize("text", ["1.100", "1,100", "12.500 €", "-999,999", "001.100", "1.100,-"])
def test_three_digits_behind_the_only_separator_have_two_readings(text):
    assert len(read_number(text)) == 2


def test_both_readings_are_given():
    assert read_number("1.100") == ("1100", "1.1")


@pytest.mark.parametrize("text", ["", "twelve", "1.10.20", "1..5", "12 50", "1,100,50", "12a", "75%", "1.1.1", "€"])
def test_what_is_no_number_has_none(text):
    assert read_number(text) == ()


@pytest.mark.parametrize(
    ("text", "reading"),
    [("75%", "0.75"), ("75 %", "0.75"), ("75", "0.75"), ("0,75%", "0.0075"), ("12,5 %", "0.125"), ("0", "0")],
)
def test_a_share_is_read_with_and_without_its_sign(text, reading):
    assert read_number(text, percent=True) == (reading,)


@pytest.mark.parametrize(("text", "readings"), [("1", ("1", "0.01")), ("0,5", ("0.5", "0.005"))])
def test_a_share_up_to_one_without_a_sign_has_two_readings(text, readings):
    assert read_number(text, percent=True) == readings


@given(st.decimals(0, 10**9, places=2))
def test_whatever_a_greek_writes_with_cents_is_read_back(amount):
    greek = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert [float(reading) for reading in read_number(greek)] == [float(amount)]


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("31/1/2008", "el", ("2008-01-31",)),
        ("31.1.2008.", "sr", ("2008-01-31",)),
        ("31-01-08", "el", ("2008-01-31",)),
        ("2008-01-31", "en", ("2008-01-31",)),
        ("31 Ιανουαρίου 2008", "el", ("2008-01-31",)),
        ("31. januar 2008", "sr", ("2008-01-31",)),
        ("5 Μαΐου 2008", "el", ("2008-05-05",)),
        ("5. maj 2008.", "sr", ("2008-05-05",)),
        ("03/04/2008", "el", ("2008-04-03",)),
        ("03/04/2008", "en", ("2008-04-03", "2008-03-04")),
        ("04/04/2008", "en", ("2008-04-04",)),
        ("13/04/2008", "en", ("2008-04-13",)),
        ("31/12/99", "el", ("1999-12-31",)),
        ("31. јануар 2008", "sr", ("2008-01-31",)),
        ("30/2/2008", "el", ()),
        ("soon", "el", ()),
    ],
)
def test_a_date_is_read_as_the_language_of_the_form_writes_it(text, language, readings):
    assert read_date(text, language) == readings


@pytest.mark.parametrize(
    "text", ["2008-03", "3/2008", "03.2008.", "Μάρτιος 2008", "mart 2008", "Mar 2008", "15/3/2008"]
)
def test_a_month_is_read(text):
    assert read_month(text, "el") == ("2008-03",)


def test_june_and_july_differ_in_greek():
    assert read_month("Ιούνιος 2008", "el") == ("2008-06",)
    assert read_month("Ιουλίου 2008", "el") == ("2008-07",)


def test_a_day_that_lost_its_format_is_known_by_its_number():
    assert read_serial(39478.0) == "2008-01-31"
    assert read_serial(1200.0) is None
    assert read_serial(39478.5) is None
