"""`grants import --accept` at a terminal: every open change is understood by whoever has to decide it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grants.cli.main import main
from tests.returned import Workspace, make_workspace

COSTS = "periods/2008-Q2/expenditures.csv"
AMOUNT = ("expenditures", "SAM/V7", "amount")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("grants.cli.import_.is_terminal", lambda: True)
    return make_workspace(tmp_path)


def save_conflict(workspace: Workspace) -> Path:
    """950 when the form was made, 955 here meanwhile, 960 in the file."""
    data = workspace.write("period").typed({AMOUNT: 960})
    workspace.replace(COSTS, "950.00", "955.00")
    return workspace.save(data)


def run(file: Path, answers: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["import", file.name, *(options or ("--accept",))], input=answers)


def test_a_conflict_says_what_stood_what_stands_and_what_came(workspace: Workspace) -> None:
    result = run(save_conflict(workspace), "t\n")
    assert result.exit_code == 0, result.output
    for line in (
        "1 of 1: Costs!H9, row SAM/V7, amount",
        "in the form when it was made 950\n",
        "here now                     955\n",
        "in the file                  960\n",
        "t = take the file's: 960",
        "o = leave ours: 955",
        "l = later; nothing is written this time",
        "Ctrl-C stops and leaves everything as it is",
    ):
        assert line in result.output, result.output
    assert "960.00" in workspace.read(COSTS)


def test_ours_leaves_what_is_here(workspace: Workspace) -> None:
    result = run(save_conflict(workspace), "o\n")
    assert result.exit_code == 0, result.output
    assert "Nothing to write: what is here stays." in result.output
    assert "955.00" in workspace.read(COSTS)


@pytest.mark.parametrize("answers", ["", "q\n"])
def test_who_stops_leaves_everything_as_it_was(workspace: Workspace, answers: str) -> None:
    file = save_conflict(workspace)
    before = {x: x.read_bytes() for x in workspace.folder.rglob("*") if x.is_file()}
    result = run(file, answers)
    assert result.exit_code == 1
    assert "Stopped: nothing was written, everything is as it was." in result.output
    assert {x: x.read_bytes() for x in workspace.folder.rglob("*") if x.is_file()} == before


def test_a_row_that_is_gone_and_was_changed_here(workspace: Workspace) -> None:
    form = workspace.write("period")
    book_cells: dict[tuple[str, str, str], object] = {
        ("expenditures", "SAM/V7", x): None
        for x in ("voucher", "date", "payee", "description", "line", "partner", "amount", "currency", "date_paid",
                  "document", "source", "note")
    }  # fmt: skip
    data = form.typed(book_cells)
    workspace.replace(COSTS, "950.00", "955.00")
    result = run(workspace.save(data), "o\n")
    assert "a row that is gone from the file" in result.output
    assert "t = take the file's: delete the row here too" in result.output
    assert "o = leave ours: keep the row" in result.output
    assert "955.00" in workspace.read(COSTS)


def test_what_theirs_does_not_settle_is_asked(workspace: Workspace) -> None:
    file = workspace.save(workspace.write("period", "el").typed({AMOUNT: "1.960"}))
    result = run(file, "2\n", "--accept-theirs")
    assert result.exit_code == 0, result.output
    assert "1 = take it as 1960" in result.output
    assert ",1.96,EUR" in workspace.read(COSTS)


def test_where_nobody_can_be_asked_it_says_which_option_to_use(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grants.cli.import_.is_terminal", lambda: False)
    result = run(save_conflict(workspace), "t\n")
    assert result.exit_code == 1
    assert "Nothing was written: 1 to be decided." in result.output
    assert "Nobody can be asked here: it is no terminal." in result.output
    assert "--accept-theirs (the file is right) or --accept-ours" in result.output


def test_what_no_decision_settles_is_said_before_anything_is_asked(workspace: Workspace) -> None:
    data = workspace.write("period", "el").typed({AMOUNT: "1.960", ("expenditures", "SAM/V7", "payee"): None})
    workspace.replace(COSTS, "950.00", "955.00")
    result = run(workspace.save(data), "", "--accept-theirs")
    assert result.exit_code == 1
    assert "to be corrected" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(("typed", "code", "amount"), [(b"x\rt\r", 0, "960.00"), (b"\x03", 1, "955.00")])
def test_at_a_real_terminal(tmp_path: Path, typed: bytes, code: int, amount: str) -> None:
    import pty  # noqa: PLC0415  # not on Windows

    workspace = make_workspace(tmp_path)
    file = save_conflict(workspace)
    ours, theirs = pty.openpty()
    program = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell may ignore it
    program += "os.setsid(); import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    program += "from grants.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "import", file.name, "--accept"],
        cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b"Your choice" not in said:
        said += os.read(ours, 1000)
    os.write(ours, typed)
    for _ in range(600):
        if select.select([ours], [], [], 1)[0]:
            try:
                chunk = os.read(ours, 1000)
            except OSError:  # Linux's way of saying that the other end is closed
                break
            said += chunk
            if not chunk:
                break
        else:  # a key that came before anybody waited for it: pressed again, as people do
            os.write(ours, typed[-1:])
    assert process.wait(30) == code, said.decode()
    assert amount in workspace.read(COSTS)
    assert (b"Stopped: nothing was written" in said) == bool(code)
