"""What may only be read is read all the same; where nothing may be written, nothing is, and it is said."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.cli.main import main
from grants.services.returns.accept import LOCK
from grants.services.returns.checked import lay_out
from grants.services.returns.making import read_grounds
from grants.writers import files
from tests.returned import Workspace, make_workspace

JOURNAL = "accepted.jsonl"
COSTS = "periods/2008-Q2/expenditures.csv"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """With a form in which a figure was changed; all of it may only be read."""
    monkeypatch.chdir(tmp_path)
    made = make_workspace(tmp_path)
    made.save(made.write("period").typed({("expenditures", "SAM/V7", "amount"): 960}))
    locked = [tmp_path / "returned.xlsx", *made.folder.rglob("*")]
    for path in locked:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield made
    for path in made.root.rglob("*"):
        path.chmod(0o755)


def read_all(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Every file; not what keeps two imports apart."""
    files_ = (x for x in folder.rglob("*") if x.is_file() and x.name != LOCK)
    return {x: (x.stat().st_mode, x.read_bytes()) for x in files_}


def test_a_file_and_a_project_that_may_only_be_read_are_reviewed_and_left_untouched(workspace: Workspace) -> None:
    before = read_all(workspace.root)
    result = CliRunner().invoke(main, ["import", "returned.xlsx"])
    assert (result.exit_code, "SAM/V7 amount: 950 → 960" in result.output) == (0, True), result.output
    assert read_all(workspace.root) == before


def test_the_draft_of_a_project_that_may_only_be_read_can_be_written(workspace: Workspace) -> None:
    """For the superuser everything can: the modes say it."""
    with lay_out(read_grounds(workspace.folder), {}) as folder:
        assert (folder / COSTS).is_file()
        assert all(x.stat().st_mode & 0o200 for x in folder.rglob("*"))


@pytest.mark.parametrize("refused", ["expenditures.csv", JOURNAL])
def test_where_nothing_may_be_written_it_is_said_and_nothing_is_half_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """The first file, or the last one, when the others are ready."""
    write = files._write

    def write_or_fail(file: Path, data: bytes) -> None:
        if file.name.endswith(refused):
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        write(file, data)

    for path in (".", "periods/2008-Q2", COSTS):  # else nobody but the superuser comes as far as the last file
        (workspace.folder / path).chmod(0o755)
    before = read_all(workspace.root)
    monkeypatch.setattr(files, "_write", write_or_fail)
    result = CliRunner().invoke(main, ["import", "returned.xlsx", "--accept", "--as", "Eleni"])
    said = " ".join(result.output.split())
    assert result.exit_code == 1
    replaced, stands = ("written", "") if refused == JOURNAL else ("replaced", " and the old file stands")
    assert f"{refused} cannot be {replaced}" in said
    assert f"you may not write there; nothing was written{stands}." in said
    assert "heck the folder's permissions" in said
    assert read_all(workspace.root) == before


def test_a_protected_file_in_a_folder_that_may_be_written_is_not_replaced(workspace: Workspace) -> None:
    for path in (workspace.folder, *(workspace.folder / "periods").rglob("*")):
        if path != workspace.folder / COSTS:
            path.chmod(0o755)
    before = read_all(workspace.root)
    result = CliRunner().invoke(main, ["import", "returned.xlsx", "--accept", "--as", "Eleni"])
    said = " ".join(result.output.split())
    assert result.exit_code == 1
    assert "expenditures.csv is protected: it may only be read; nothing was written and the old file stands." in said
    assert read_all(workspace.root) == before
