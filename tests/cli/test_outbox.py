"""`grants outbox` as a user meets it: draft, approve, hand over, resolve, and the log that says so."""

from __future__ import annotations

from pathlib import Path

from tests.commands import run, run_process
from tests.outboxes import PERIOD, SAMPLE, make_outbox, make_workbook


def make_settings(folder: Path) -> str:
    """The settings of somebody who has said nothing yet."""
    (file := folder / "settings.toml").write_text("", "utf-8")
    return str(file)


def test_from_draft_to_record_without_a_server(tmp_path: Path) -> None:
    project = make_outbox(tmp_path)
    settings = {"GRANTS_SETTINGS": make_settings(tmp_path)}

    def outbox(command: str, *more: str, who: str = "Maria") -> tuple[int, str]:
        done = run(tmp_path, "outbox", command, SAMPLE, "--period", PERIOD, *more, "--as", who, **settings)
        return done.returncode, done.stdout + done.stderr

    code, said = outbox("draft")
    assert code == 0, said
    assert "ngo@hellenic-aid.example.org" in said
    assert "SHA-256" in said
    assert f"approves it: `grants outbox approve {SAMPLE} --period {PERIOD}`." in said
    assert outbox("send", "--yes")[0] == 1  # not approved
    assert outbox("approve", "--yes")[0] == 1  # the drafter
    assert outbox("approve", "--yes", who="Ana")[0] == 0
    said = run(tmp_path, "outbox", "show", SAMPLE, "--period", PERIOD, **settings).stdout
    assert "Drafted:     by Maria" in said
    assert "Approved:    by Ana" in said
    code, said = outbox("send", "--yes")
    assert (code, f"say so: `grants outbox resolve {SAMPLE} --period {PERIOD}` with --sent" in said) == (0, True)
    name = next(line for line in said.splitlines() if line.startswith("projects") and line.endswith(".eml"))
    assert (tmp_path / name).is_file()  # as it can be opened from here
    code, said = outbox("send", "--yes")
    assert (code, "MAIL-013" in said) == (1, True)
    assert outbox("resolve", "--sent", "--note", "by hand")[0] == 0
    assert outbox("resolve", "--mistake", "--note", "another one")[0] == 0
    assert outbox("resolve", "--not-sent", "--on", "2008-08-20", "--note", "no")[0] == 2
    assert outbox("resolve", "--sent", "--note", "by hand")[0] == 0
    code, said = outbox("send")
    assert (code, "MAIL-012" in said, "Send it" in said) == (1, True, False)  # told before anybody is asked
    assert run(tmp_path, "outbox", "log", SAMPLE, "--verify").returncode == 0
    assert " sent " in run(tmp_path, "outbox", "list", SAMPLE).stdout
    log = project / "outbox" / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace("by hand", "by post"), "utf-8")
    assert run(tmp_path, "outbox", "log", SAMPLE, "--verify").returncode == 1


def test_nobody_is_asked_who_may_not_approve_or_cannot_answer(tmp_path: Path) -> None:
    make_outbox(tmp_path)

    def draft() -> str:
        who = ("--as", "Maria")
        settings = make_settings(tmp_path)
        return run(tmp_path, "outbox", "draft", SAMPLE, "--period", PERIOD, *who, GRANTS_SETTINGS=settings).stdout

    def approve(who: str, typed: str) -> tuple[int, str]:
        done = run(
            tmp_path,
            "outbox",
            "approve",
            SAMPLE,
            "--period",
            PERIOD,
            "--as",
            who,
            typed=typed,
            GRANTS_SETTINGS=make_settings(tmp_path),
        )
        return done.returncode, done.stdout + done.stderr

    draft()
    code, said = approve("Maria", "y\n")
    assert (code, "MAIL-017" in said, "Approve this" in said) == (1, True, False)
    code, said = approve("Ana", "")
    assert (code, "--yes" in said, "Aborted" in said) == (2, True, False)
    code, said = approve("Ana", "n\n")
    assert (code, "Nothing was done" in said) == (1, True)
    code, said = approve("Ana", "y\n")
    assert (code, "is approved by Ana" in said) == (0, True)
    said = draft()
    assert "the approval by Ana stands" in said
    assert "a second person" not in said


def test_without_a_name_nothing_is_drafted(tmp_path: Path) -> None:
    make_outbox(tmp_path)
    settings = {"GRANTS_SETTINGS": make_settings(tmp_path)}
    done = run(tmp_path, "outbox", "draft", SAMPLE, "--period", PERIOD, **settings)
    assert (done.returncode, "MAIL-011" in done.stderr) == (2, True)


def test_settings_that_are_named_and_not_there_are_told(tmp_path: Path) -> None:
    make_outbox(tmp_path)
    done = run(tmp_path, "outbox", "draft", SAMPLE, "--period", PERIOD, "--as", "Maria", GRANTS_SETTINGS="none")
    assert done.returncode == 0  # a name that is given needs no settings
    done = run(tmp_path, "outbox", "send", SAMPLE, "--period", PERIOD, "--as", "Maria", GRANTS_SETTINGS="none")
    assert (done.returncode, "MAIL-007" in done.stderr, "none, which is not there" in done.stderr) == (1, True, True)


def test_what_cleaning_leaves_is_told(tmp_path: Path) -> None:
    project = make_outbox(tmp_path)
    assert "Nothing to clean" in run(tmp_path, "outbox", "clean", SAMPLE, "--period", PERIOD).stdout
    report = project / "out" / PERIOD
    (report / "financial-report.el.xlsx").write_bytes(make_workbook(hidden="Payroll", comment="Is this true?"))
    original = (report / "financial-report.el.xlsx").read_bytes()
    done = run(tmp_path, "outbox", "clean", SAMPLE, "--period", PERIOD)
    assert "still holds, for you to decide: hidden sheet (xl/workbook.xml: Payroll)" in " ".join(done.stdout.split())
    assert "1 clean copies" not in done.stdout
    assert (report / "financial-report.el.xlsx").read_bytes() == original


def test_signing_in_without_a_way_that_needs_it_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "outbox", "login", GRANTS_SETTINGS=make_settings(tmp_path))
    assert (done.returncode, "MAIL-018" in done.stderr) == (1, True)


def test_a_missing_password_is_told_before_anybody_is_asked_whether_to_send(tmp_path: Path) -> None:
    make_outbox(tmp_path)
    settings = tmp_path / "settings.toml"
    settings.write_text('way = "smtp"\n[smtp]\nhost = "localhost"\nuser = "nobody@klimaka.example.org"\n', "utf-8")
    environment = {"GRANTS_SETTINGS": str(settings), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}

    def outbox(command: str, who: str, *more: str, typed: str = "") -> tuple[int, str]:
        arguments = ("outbox", command, SAMPLE, "--period", PERIOD, *more, "--as", who)
        done = run_process(tmp_path, *arguments, typed=typed, **environment)
        return done.returncode, done.stdout + done.stderr

    outbox("draft", "Maria")
    assert outbox("approve", "Ana", "--yes")[0] == 0
    for more in ((), ("--to-test", "ana@klimaka.example.org")):
        code, said = outbox("send", "Ana", *more, typed="y\n")
        assert (code, "MAIL-019" in said, "Send it" in said) == (1, True, False), said
