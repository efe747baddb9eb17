"""Tables: rows with their lines and columns, and every fault of their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.readers import csv_file
from grants.readers.csv_file import read_csv

COLUMNS = ("code", "name", "amount")


def read(tmp_path: Path, content: str | bytes):
    file = tmp_path / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv(file, "a.csv", COLUMNS)


def say(findings) -> list[str]:
    return [f"{finding.place} {finding.code} {finding.found or ''}".strip() for finding in findings]


def test_rows_know_their_lines_and_cells(tmp_path: Path) -> None:
    table, findings = read(tmp_path, 'name,code,amount\r\n\r\n"a, b\r\nc", 1 ,2\r\n,,\r\nd,3,4\r\n')
    assert table is not None
    assert findings == []
    _, rows = table
    assert [(row.line, row.cells) for row in rows] == [(3, ["a, b\r\nc", "1", "2"]), (6, ["d", "3", "4"])]
    assert [str(rows[0].place((name,))) for name in ("name", "code", "amount", "x")] == [
        "a.csv:3:1",
        "a.csv:4:4",
        "a.csv:4:8",
        "a.csv:3:1",
    ]
    assert str(rows[1].place(("amount",))) == "a.csv:6:5"


def test_a_mark_of_utf8_at_the_beginning_is_no_column(tmp_path: Path) -> None:
    table, findings = read(tmp_path, "\ufeffcode,name,amount\n1,2,3\n")
    assert (table is not None, findings) == (True, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code;name;amount\n1;2;3\n", ["a.csv:1:1 REC-001 code;name;amount"]),
        ("code\tname\tamount\n", ["a.csv:1:1 REC-001 code\tname\tamount"]),
        ("code,nam,amount\n", ["a.csv:1:1 REC-002 nam", "a.csv:1:1 REC-004"]),
        ("code,name,name,amount\n", ["a.csv:1:1 REC-003 name"]),
        ("", ["a.csv:1:1 REC-004"] * 3),
        ("code,name,amount\n1,2\n1,2,3,4\n", ["a.csv:2:1 REC-006", "a.csv:3:1 REC-006"]),
        ('code,name,amount\n1,2,3\n1,"2,3\n4,5,6\n', ["a.csv:3:1 REC-005"]),
        ('code,name,amount\n1,"2"x,3\n', ["a.csv:2:1 REC-005"]),
        ("code,name,amount\n1,2,\x003\n", ["a.csv:2:5 REC-007 U+0000"]),
        ("code,name,amount\n1,Δ\n".encode("cp1253"), ["a.csv:2:3 FILE-002 byte 0xC4"]),
    ],
)
def test_faults_of_form_have_a_place(tmp_path: Path, text: str | bytes, expected: list[str]) -> None:
    assert [found.split(", as in")[0] for found in say(read(tmp_path, text)[1])] == expected


def test_faulty_rows_do_not_hide_the_others(tmp_path: Path) -> None:
    table, findings = read(tmp_path, "code,name,amount\n1,2\n4,5,6\n")
    assert table is not None
    assert [row.cells for row in table[1]] == [["4", "5", "6"]]
    assert len(findings) == 1


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MOST_ROWS", 2)
    assert say(read(tmp_path, "code,name,amount\n" + "1,2,3\n" * 3)[1]) == ["a.csv:5:1 REC-010"]
    assert read(tmp_path, "code,name,amount\n" + "1,2,3\n" * 2)[1] == []


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "LARGEST", 10)
    table, findings = read(tmp_path, "code,name,amount\n")
    assert (table, say(findings)) == (None, ["a.csv FILE-003 17 bytes"])
