"""Exports of accounting programs become costs, by import.yaml. Both programs and all names are invented."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.errors import Finding
from grants.errors.catalogue import explain
from grants.model.import_map import ImportMap
from grants.model.records import Expenditure
from grants.readers.export_values import read_amount, read_day, say
from grants.readers.exports import Export, find_line, read_export, read_import_map

MAPS = """\
exports:
  - name: athens-ledger
    kind: csv
    delimiter: ";"
    encoding: windows-1253
    header_row: 4
    columns:
      voucher: Αρ. παραστατικού
      date: Ημ/νία
      payee: Συναλλασσόμενος
      description: Αιτιολογία
      account: Λογαριασμός
      debit: Χρέωση
      credit: Πίστωση
      date_paid: Ημ/νία πληρωμής
      document: Φάκελος
    fixed: {partner: KLI, currency: EUR}
    numbers: comma
    dates: d/m/y
    lines: {"60.00.01": "1.1", "60.00.*": "1.2", "64.05.*": "2.2"}
    skip:
      - {column: Αιτιολογία, values: ["Σύνολο*", "Από μεταφορά"]}
      - {column: Αρ. παραστατικού, empty: true}
  - name: belgrade-journal
    kind: xlsx
    sheet: Dnevnik
    header_row: 3
    columns:
      voucher: Broj naloga
      date: Datum
      payee: Komitent
      description: Opis
      line: Budžetska linija
      amount: Iznos
    fixed: {partner: AST, currency: RSD}
    numbers: comma
    dates: d/m/y
    skip:
      - {column: Opis, values: ["Ukupno*"]}
"""
LEDGER = """\
ΚΛΙΜΑΚΑ;;;;;;;;
Αναλυτικό καθολικό 01/01/2008 - 30/06/2008;;;;;;;;
;;;;;;;;
Αρ. παραστατικού;Ημ/νία;Λογαριασμός;Συναλλασσόμενος;Αιτιολογία;Χρέωση;Πίστωση;Ημ/νία πληρωμής;Φάκελος
;01/01/2008;60.00.00;;Από μεταφορά;0,00;0,00;;
ΜΙΣ-001;31/01/2008;60.00.01;Μισθοδοσία Ιανουαρίου;Συντονιστής του ξενώνα;1.500,00;;31/01/2008;Φ1/1
ΜΙΣ-002;31/01/2008;60.00.07;Μισθοδοσία Ιανουαρίου;"Κοινωνική λειτουργός; μερική απασχόληση";1.200,00;;05/02/2008;Φ1/2
ΤΙΜ-118;14/02/2008;64.05.03;Ταξίδια Αιγαίου ΑΕ;Εισιτήρια Αθήνα-Βελιγράδι;1.234,56;;;Φ2/1
ΠΙΣ-004;20/02/2008;64.05.03;Ταξίδια Αιγαίου ΑΕ;Ακύρωση εισιτηρίου;;234,56;20/02/2008;Φ2/2
;;;;Σύνολο περιόδου;3.934,56;234,56;;
"""
JOURNAL = [
    ["ASTRA, Beograd", None, None, None, None, None],
    [],
    ["Broj naloga", "Datum", "Komitent", "Opis", "Budžetska  linija", "Iznos"],
    ["N-15", "31.01.2008.", "Zarade", "Koordinatorka", "1.7", "48.312,50"],
    ["N-16", datetime.date(2008, 2, 4), "Štamparija Đorđević", "Letci, 5.000 komada", "5.1", 164000.25],
    [17, "15.2.2008", "Povraćaj", "Ispravka naloga", "5.1", "-1.000,00"],
    [None, None, None, "Ukupno za mesec", None, "211.312,75"],
]


def read_maps(tmp_path: Path, text: str = MAPS) -> tuple[ImportMap | None, list[Finding]]:
    (tmp_path / "import.yaml").write_text(text, "utf-8")
    return read_import_map(tmp_path)


@pytest.fixture
def maps(tmp_path):
    import_map, findings = read_maps(tmp_path)
    assert import_map, findings
    return import_map


def make_journal(rows: list[list[object]] = JOURNAL, title: str = "Dnevnik") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_ledger(maps: ImportMap, text: str = LEDGER, encoding: str = "cp1253") -> tuple[Export | None, list[Finding]]:
    export, findings = read_export(text.encode(encoding), "ledger.csv", maps)
    assert all(finding.remedy and explain(finding.code) for finding in findings)
    return export, findings


def tell(findings: list[Finding]) -> list[str]:
    return [f"{finding.place} {finding.code} {finding.found}" for finding in findings]


def test_a_greek_ledger_becomes_costs(maps):
    export, findings = read_ledger(maps)
    assert findings == []
    assert export
    assert (export.mapping, export.skipped) == ("athens-ledger", 2)
    assert [row.expenditure for row in export.rows] == [
        Expenditure(
            voucher="ΜΙΣ-001",
            date=datetime.date(2008, 1, 31),
            payee="Μισθοδοσία Ιανουαρίου",
            description="Συντονιστής του ξενώνα",
            line="1.1",
            partner="KLI",
            amount=Decimal("1500.00"),
            currency="EUR",
            date_paid=datetime.date(2008, 1, 31),
            document="Φ1/1",
        ),
        Expenditure(
            voucher="ΜΙΣ-002",
            date=datetime.date(2008, 1, 31),
            payee="Μισθοδοσία Ιανουαρίου",
            description="Κοινωνική λειτουργός; μερική απασχόληση",
            line="1.2",
            partner="KLI",
            amount=Decimal("1200.00"),
            currency="EUR",
            date_paid=datetime.date(2008, 2, 5),
            document="Φ1/2",
        ),
        Expenditure(
            voucher="ΤΙΜ-118",
            date=datetime.date(2008, 2, 14),
            payee="Ταξίδια Αιγαίου ΑΕ",
            description="Εισιτήρια Αθήνα-Βελιγράδι",
            line="2.2",
            partner="KLI",
            amount=Decimal("1234.56"),
            currency="EUR",
            document="Φ2/1",
        ),
        Expenditure(
            voucher="ΠΙΣ-004",
            date=datetime.date(2008, 2, 20),
            payee="Ταξίδια Αιγαίου ΑΕ",
            description="Ακύρωση εισιτηρίου",
            line="2.2",
            partner="KLI",
            amount=Decimal("-234.56"),
            currency="EUR",
            date_paid=datetime.date(2008, 2, 20),
            document="Φ2/2",
        ),
    ]
    assert [str(row.place) for row in export.rows] == [f"ledger.csv:{line}:1" for line in (6, 7, 8, 9)]


def test_a_serbian_journal_becomes_costs(maps):
    export, findings = read_export(make_journal(), "dnevnik.xlsx", maps)
    assert findings == []
    assert export
    assert (export.mapping, export.skipped) == ("belgrade-journal", 1)
    assert [
        (cost.voucher, cost.date.isoformat(), cost.line, cost.partner, cost.amount, cost.currency)
        for cost in (row.expenditure for row in export.rows)
    ] == [
        ("N-15", "2008-01-31", "1.7", "AST", Decimal("48312.50"), "RSD"),
        ("N-16", "2008-02-04", "5.1", "AST", Decimal("164000.25"), "RSD"),
        ("17", "2008-02-15", "5.1", "AST", Decimal("-1000.00"), "RSD"),
    ]
    assert export.rows[1].expenditure.payee == "Štamparija Đorđević"
    assert [str(row.place) for row in export.rows] == [f"dnevnik.xlsx Dnevnik!A{row}" for row in (4, 5, 6)]


def test_all_faults_of_a_ledger_are_told_with_line_and_column(maps):
    text = (
        LEDGER.replace("1.500,00", "1,500.00")
        .replace("14/02/2008", "30/02/2008")
        .replace("60.00.07", "70.01.00")
        .replace("20/02/2008;64.05.03;Ταξίδια Αιγαίου ΑΕ", "20/02/2008;64.05.03;")
    )
    export, findings = read_ledger(maps, text)
    assert tell(findings) == [
        "ledger.csv:6:74 EXP-005 1,500.00",
        "ledger.csv:7:20 EXP-007 70.01.00",
        "ledger.csv:8:9 EXP-006 30/02/2008",
        "ledger.csv:9:29 EXP-008 None",
    ]
    assert export
    assert export.rows == ()


def test_faults_of_a_journal_are_told_with_their_cells(maps):
    rows = [
        *JOURNAL[:3],
        ["N-15", "2008-01-31", "Zarade", "Plata", "a line!", "12.5.0"],
        ["N-16", 39482, "X", "Y", "1"],
    ]
    _, findings = read_export(make_journal(rows), "dnevnik.xlsx", maps)
    assert tell(findings) == [
        "dnevnik.xlsx Dnevnik!B4 EXP-006 2008-01-31",
        "dnevnik.xlsx Dnevnik!F4 EXP-005 12.5.0",
        "dnevnik.xlsx Dnevnik!B5 EXP-006 39482",
    ]
    rows = [*JOURNAL[:3], ["N-15", "31.01.2008", "Zarade", "Plata", "a line!", "12,50"]]
    _, findings = read_export(make_journal(rows), "dnevnik.xlsx", maps)
    assert tell(findings) == ["dnevnik.xlsx Dnevnik!E4 EXP-008 a line!"]


def test_a_cost_without_an_amount_is_told(maps):
    _, findings = read_ledger(maps, LEDGER.replace("1.500,00", ""))
    assert tell(findings) == ["ledger.csv:6:74 EXP-008 None"]


def test_a_separator_inside_a_text_is_told(maps):
    export, findings = read_ledger(maps, LEDGER.replace('"', ""))
    assert tell(findings) == ["ledger.csv:7:1 EXP-004 None"]
    assert export
    assert len(export.rows) == 3


def test_another_encoding_is_told(maps):
    export, findings = read_ledger(maps, encoding="utf-8")
    assert export is None
    assert tell(findings) == ["ledger.csv EXP-002 utf-8"]
    export, findings = read_ledger(maps, encoding="utf-16")
    assert tell(findings) == ["ledger.csv EXP-002 utf-16"]


def test_a_byte_that_the_encoding_does_not_have_is_told_with_its_place(maps):
    data = LEDGER.encode("cp1253").replace("ΠΙΣ-004".encode("cp1253"), b"\xff\xd2", 1)
    _, findings = read_export(data, "ledger.csv", maps)
    assert tell(findings) == ["ledger.csv:9:1 EXP-002 byte 0xFF"]


def test_quotes_that_do_not_close_are_told(maps):
    _, findings = read_ledger(maps, LEDGER.replace('απασχόληση"', "απασχόληση"))
    assert [finding.code for finding in findings] == ["EXP-002"]


def test_a_column_that_was_renamed_is_told_with_what_is_near(maps):
    export, findings = read_ledger(maps, LEDGER.replace("Συναλλασσόμενος", "Συναλλασσόμενοι"))
    assert export is None
    assert tell(findings) == ["ledger.csv:4:1 EXP-003 Συναλλασσόμενος"]
    assert findings[0].remedy == "Did you mean `Συναλλασσόμενοι`?"


def test_a_column_that_stands_twice_is_told(maps):
    _, findings = read_ledger(maps, LEDGER.replace("Φάκελος", "Χρέωση"))
    assert {finding.code for finding in findings} == {"EXP-003"}
    assert "twice" in findings[0].message


def test_a_sheet_that_is_not_there_is_told(maps):
    _, findings = read_export(make_journal(title="Dnevnik 2008"), "dnevnik.xlsx", maps)
    assert tell(findings) == ["dnevnik.xlsx EXP-002 Dnevnik"]


def test_a_workbook_with_macros_is_not_opened(maps):
    import zipfile  # noqa: PLC0415  # for this test only

    data = io.BytesIO(make_journal())
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    export, findings = read_export(data.getvalue(), "dnevnik.xlsx", maps)
    assert export is None
    assert [finding.code for finding in findings] == ["PKG-006"]


def test_a_mapping_is_named_or_recognised(maps):
    assert read_export(LEDGER.encode("cp1253"), "l.csv", maps, "athens-ledger")[0]
    assert tell(read_export(LEDGER.encode("cp1253"), "l.csv", maps, "athens")[1]) == ["l.csv EXP-001 athens"]
    assert read_export(LEDGER.encode("cp1253"), "l.csv", maps, "athens")[1][0].remedy == "Did you mean `athens-ledger`?"
    assert tell(read_export(LEDGER.encode("cp1253"), "l.csv", ImportMap())[1]) == ["l.csv EXP-001 None"]
    assert [finding.code for finding in read_export(LEDGER.encode("cp1253"), "l.csv", maps, "belgrade-journal")[1]]


def test_the_mapping_with_more_columns_is_taken_and_two_alike_are_told(tmp_path):
    athens = MAPS.partition("  - name: belgrade")[0]
    second = athens.removeprefix("exports:\n").replace("athens-ledger", "athens-copy")
    narrow = second.replace("      document: Φάκελος\n", "")
    import_map, _ = read_maps(tmp_path, athens + narrow)
    assert import_map
    export, _ = read_ledger(import_map)
    assert export
    assert export.mapping == "athens-ledger"
    import_map, _ = read_maps(tmp_path, athens + second)
    assert import_map
    assert [finding.code for finding in read_ledger(import_map)[1]] == ["EXP-001"]


def test_rows_of_other_accounts_are_skipped_where_the_mapping_says_so(tmp_path):
    import_map, _ = read_maps(
        tmp_path, MAPS.replace("    numbers: comma", "    other_accounts: skip\n    numbers: comma", 1)
    )
    assert import_map
    export, findings = read_ledger(import_map, LEDGER.replace("60.00.07", "70.01.00"))
    assert findings == []
    assert export
    assert (len(export.rows), export.skipped) == (3, 3)


def test_a_row_without_an_account_is_told_also_where_other_accounts_are_skipped(tmp_path):
    import_map, _ = read_maps(
        tmp_path, MAPS.replace("    numbers: comma", "    other_accounts: skip\n    numbers: comma", 1)
    )
    assert import_map
    export, (finding,) = read_ledger(import_map, LEDGER.replace("60.00.07", ""))
    assert finding.code == "EXP-007"
    assert finding.message == "The row has no account."
    assert "empty: true}`" in finding.remedy
    assert finding.place.line
    assert export


def test_money_that_left_an_account_is_a_cost(tmp_path):
    import_map, _ = read_maps(tmp_path, MAPS.replace("    sheet: Dnevnik", "    sheet: Dnevnik\n    reversed: true"))
    assert import_map
    export, _ = read_export(make_journal(), "dnevnik.xlsx", import_map)
    assert export
    assert [row.expenditure.amount for row in export.rows] == [
        Decimal("-48312.50"),
        Decimal("-164000.25"),
        Decimal(1000),
    ]


def test_no_file_is_no_mapping(tmp_path):
    assert read_import_map(tmp_path) == (ImportMap(), [])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    fixed: {partner: KLI, currency: EUR}\n", "    fixed: {currency: EUR}\n", "EXP-009"),
        ("      debit: Χρέωση\n      credit: Πίστωση\n", "", "EXP-009"),
        ("      debit: Χρέωση\n", "      debit: Χρέωση\n      amount: Ποσό\n", "EXP-009"),
        ('    lines: {"60.00.01": "1.1", "60.00.*": "1.2", "64.05.*": "2.2"}\n', "", "EXP-009"),
        ("      payee: Συναλλασσόμενος", "      payeee: Συναλλασσόμενος", "DEF-002"),
        ("encoding: windows-1253", "encoding: windows-1254", "DEF-007"),
    ],
)
def test_a_faulty_mapping_is_told_with_its_line(tmp_path, old, new, code):
    assert MAPS.count(old) == 1
    import_map, findings = read_maps(tmp_path, MAPS.replace(old, new))
    assert import_map is None
    assert [finding.code for finding in findings][:1] == [code]
    assert findings[0].place.line


@pytest.mark.parametrize(
    ("text", "style", "amount"),
    [
        ("1.234,56", "comma", "1234.56"),
        ("1.234.567,8", "comma", "1234567.8"),
        ("1234,56", "comma", "1234.56"),
        ("1.234", "comma", "1234"),
        ("1 234,56 €", "comma", "1234.56"),
        ("-1.234,56", "comma", "-1234.56"),
        ("1.234,56-", "comma", "-1234.56"),
        ("(1.234,56)", "comma", "-1234.56"),
        ("−0,5", "comma", "-0.5"),
        ("1,234.56", "point", "1234.56"),
        ("1,234.56", "comma", None),
        ("1.234,56", "point", None),
        ("12.34", "comma", None),
        ("1.23.456", "comma", None),
        ("--1", "comma", None),
        ("1,2,3", "comma", None),
        ("", "comma", None),
        ("twelve", "comma", None),
        ("1e5", "point", None),
        (12.5, "comma", "12.5"),
        (0.1, "comma", "0.1"),
        (True, "comma", None),
        (None, "comma", None),
    ],
)
def test_amounts_are_read_by_their_style(text, style, amount):
    assert read_amount(text, style) == (None if amount is None else Decimal(amount))


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_as_people_write_it_is_read_as_it_was(amount):
    english = f"{amount:,.2f}"
    greek = english.translate(str.maketrans(",.", ".,"))
    assert read_amount(english, "point") == read_amount(greek, "comma") == amount


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("31/01/2008", "d/m/y", "2008-01-31"),
        ("31.1.2008.", "d/m/y", "2008-01-31"),
        ("31-01-2008 14:05", "d/m/y", "2008-01-31"),
        ("01/31/2008", "m/d/y", "2008-01-31"),
        ("2008-01-31", "y-m-d", "2008-01-31"),
        ("2008-01-31T00:00:00", "y-m-d", "2008-01-31"),
        ("31/01/08", "d/m/y", None),
        ("01/31/2008", "d/m/y", None),
        ("30/02/2008", "d/m/y", None),
        ("2008-01-31", "d/m/y", None),
        (39478.0, "d/m/y", None),
        (datetime.datetime(2008, 1, 31, 12), "d/m/y", "2008-01-31"),
    ],
)
def test_days_are_read_by_their_style(text, style, day):
    found = read_day(text, style)
    assert (found and found.isoformat()) == day


def test_the_longest_beginning_of_an_account_decides():
    lines = {"60.*": "1", "60.00.*": "2", "60.00.01": "3"}
    assert [find_line(account, lines) for account in ("60.00.01", "60.00.02", "60.01", "61", "")] == [
        "3",
        "2",
        "1",
        None,
        None,
    ]


def test_values_are_said_as_people_type_them():
    assert [say(value) for value in (None, 60.0, 60.5, " a \n b ", datetime.datetime(2008, 1, 31))] == [
        "",
        "60",
        "60.5",
        "a b",
        "2008-01-31",
    ]
