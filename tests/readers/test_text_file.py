"""Bytes become text, or a finding says what they look like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grants.readers.text_file import read_text


def read(tmp_path: Path, raw: bytes) -> tuple[str | None, list[tuple[str, int | None, int | None, str | None]]]:
    (tmp_path / "a.md").write_bytes(raw)
    text, findings = read_text(tmp_path / "a.md", "a.md")
    return text, [(x.code, x.place.line, x.place.column, x.found) for x in findings]


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffΑθήνα".encode()) == ("Αθήνα", [])


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("one\nΟι αστυνομικοί σπάνια αναγνωρίζουν", "cp1253", "as in Windows-1253 (Greek)"),
        ("one\nПолицајци ретко препознају жртве", "cp1251", "as in Windows-1251 (Cyrillic)"),
        ("one\nŠta će žrtve, čega su žrtve", "cp1250", "as in Windows-1250 (Central European)"),
    ],
)
def test_the_encoding_is_guessed(tmp_path: Path, text: str, encoding: str, guess: str) -> None:
    whole, ((code, line, column, found),) = read(tmp_path, text.encode(encoding))
    assert whole is None
    assert (code, line, column) == ("FILE-002", 2, 1)
    assert found is not None
    assert found.endswith(guess)


def test_utf_16_is_recognised_by_its_mark(tmp_path: Path) -> None:
    _, ((code, _, _, found),) = read(tmp_path, "Αθήνα".encode("utf-16"))
    assert (code, found) == ("FILE-002", "byte 0xFF, as in UTF-16")


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 11)
    text, (finding,) = read_text(tmp_path / "a.md", "a.md", largest=10)
    assert text is None
    assert (finding.code, finding.found) == ("FILE-003", "11 bytes")


def test_a_folder_in_the_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    text, (finding,) = read_text(tmp_path / "a.md", "a.md")
    assert text is None
    assert finding.code == "FILE-004"


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    text, (finding,) = read_text(tmp_path / "a.md", "a.md")
    assert text is None
    assert finding.code == "FILE-001"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "context.el.md")
    text, (finding,) = read_text(tmp_path / "context.el.md", "context.el.md")
    assert (text, finding.code, finding.found) == (None, "FILE-004", "no ordinary file")
