"""never-print.txt: phrases, and findings that do not repeat them."""

from __future__ import annotations

from pathlib import Path

from grants.readers.never_print import read_never_print


def test_without_a_file_there_are_no_phrases(tmp_path: Path) -> None:
    assert read_never_print(tmp_path) == ((), [])


def test_a_phrase_a_line_without_blanks_and_remarks(tmp_path: Path) -> None:
    (tmp_path / "never-print.txt").write_text("# the house\n\n  Nova Street \r\nΆνω Λόφος\n", "utf-8")
    assert read_never_print(tmp_path) == (("Nova Street", "Άνω Λόφος"), [])


def test_a_short_phrase_is_told_by_its_line_only(tmp_path: Path) -> None:
    (tmp_path / "never-print.txt").write_text("Nova Street\n x-1 \n", "utf-8")
    phrases, (finding,) = read_never_print(tmp_path)
    assert phrases == ("Nova Street",)
    assert (finding.code, finding.severity, finding.place.line, finding.found) == ("FILE-006", "error", 2, None)
    assert "x-1" not in finding.message + finding.remedy


def test_a_file_in_another_encoding_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "never-print.txt").write_bytes("Άνω Λόφος\n".encode("cp1253"))
    phrases, (finding,) = read_never_print(tmp_path)
    assert phrases == ()
    assert finding.code == "FILE-002"
