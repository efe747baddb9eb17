"""Files are written whole or not at all; where one fails, all old ones stand."""

import errno
import os
from pathlib import Path

import pytest

from grants.errors import OutputError
from grants.writers.files import write_whole


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    (tmp_path / "a.docx").write_bytes(b"old a")
    (tmp_path / "b.xlsx").write_bytes(b"old b")
    return tmp_path


def test_new_files_replace_old_ones_and_nothing_else_stays(old: Path) -> None:
    write_whole({old / "a.docx": b"new a", old / "b.xlsx": b"new b", old / "deeper" / "c.json": b"c"})
    assert (old / "a.docx").read_bytes() == b"new a"
    assert names(old) == ["a.docx", "b.xlsx", "deeper"]


@pytest.mark.parametrize(
    ("lock", "program"),
    [("~$a.docx", "Word or Excel"), ("~$docx", "Word or Excel"), (".~lock.a.docx#", "LibreOffice")],
)
def test_an_open_file_is_a_clear_sentence_and_nothing_changes(old: Path, lock: str, program: str) -> None:
    (old / lock).touch()
    with pytest.raises(OutputError, match=f"is open in {program}; nothing was written") as caught:
        write_whole({old / "b.xlsx": b"new b", old / "a.docx": b"new a"})
    assert "Close it" in caught.value.remedy
    assert (old / "b.xlsx").read_bytes() == b"old b"
    assert names(old) == sorted([lock, "a.docx", "b.xlsx"])


def test_a_full_disk_is_a_clear_sentence_and_nothing_changes(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="The disk is full"):
        write_whole({old / "a.docx": b"new a"})
    assert (old / "a.docx").read_bytes() == b"old a"
    assert names(old) == ["a.docx", "b.xlsx"]


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_where_one_cannot_be_replaced_all_old_ones_come_back(
    old: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    replace, calls = Path.replace, []

    def replace_or_fail(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise PermissionError(errno.EACCES, "in use", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_or_fail)
    with pytest.raises(OutputError, match="cannot be replaced: it is open in another program") as caught:
        write_whole({old / "a.docx": b"new a", old / "b.xlsx": b"new b"})
    assert ("a.docx" if failing < 3 else "b.xlsx") in str(caught.value)
    assert (old / "a.docx").read_bytes() == b"old a"
    assert (old / "b.xlsx").read_bytes() == b"old b"
    assert names(old) == ["a.docx", "b.xlsx"]


def test_a_folder_in_the_way_is_a_sentence(old: Path) -> None:
    (old / "a.docx").unlink()
    (old / "a.docx").mkdir()
    (old / "a.docx" / "kept").touch()
    (old / "file").touch()
    with pytest.raises(OutputError, match="could not be written"):
        write_whole({old / "file" / "below.docx": b"x"})
