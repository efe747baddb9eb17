"""The log is compared with the journal of this computer: what was cut off shows, what came from elsewhere may stand."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from grants.ledger.outbox import read_entry, write_entry
from grants.model.settings import Settings
from grants.services.outbox.clean import clean_report
from grants.services.outbox.draft import approve_message, cancel_message, draft_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.resolve import reopen_message, resolve_message
from grants.services.outbox.send import send_message
from grants.services.verify import verify_file
from tests.commands import run
from tests.outboxes import NOW, PERIOD, SAMPLE, make_approved, make_document, make_manifest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with a log of three entries."""
    folder = make_approved(tmp_path)
    cancel_message(folder, PERIOD, "Ana", "wait", NOW)
    return folder


def read_lines(project: Path) -> list[str]:
    return (project / "outbox" / "log.jsonl").read_text("utf-8").splitlines(keepends=True)


def cut_off(project: Path, left: int) -> None:
    (project / "outbox" / "log.jsonl").write_text("".join(read_lines(project)[:left]), "utf-8")


def test_a_whole_log_has_no_fault(project: Path) -> None:
    view = read_whole_log(project)
    assert (view.findings, view.missing, view.compared, len(view.entries)) == ([], [], 3, 3)


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_log_that_was_cut_off_shows_what_is_missing(project: Path, left: int) -> None:
    cut_off(project, left)
    (finding,) = read_whole_log(project).findings
    assert finding.code == "MAIL-020"
    assert f"The journal of this computer has 3 entries, the log {left}. Missing: " in finding.message
    assert "3 cancelled" in finding.message
    assert ("1 drafted" in finding.message) == (left == 0)
    assert list_messages(project)[-1].state == "cancelled"  # what is missing is known all the same


def test_a_log_that_was_deleted_shows_at_the_command_line_and_is_not_made_again_by_looking(project: Path) -> None:
    (project / "outbox" / "log.jsonl").unlink()
    for arguments in (("log", SAMPLE, "--verify"), ("log", SAMPLE), ("list",)):
        done = run(project.parents[1], "outbox", *arguments)
        assert (done.returncode, "The log is not as it was written" in done.stdout) == (1, True)
    assert "cancelled" in run(project.parents[1], "outbox", "list", SAMPLE).stdout
    assert not (project / "outbox" / "log.jsonl").exists()
    draft_message(project, PERIOD, "Maria", NOW)  # what writes, writes the missing ones again
    assert [entry.event for entry in read_whole_log(project).entries] == ["drafted", "approved", "cancelled", "drafted"]


def test_whoever_drafts_is_told_that_entries_were_missing(project: Path) -> None:
    cut_off(project, 1)
    assert draft_message(project, PERIOD, "Maria", NOW).notes == [
        "2 entries were missing in log.jsonl; they were written again."
    ]


def test_a_log_longer_than_the_journal_came_from_elsewhere_and_holds(project: Path) -> None:
    last = read_entry(read_lines(project)[-1].rstrip("\n"))
    further = write_entry(last, NOW, "drafted", last.message, ("Ana", "ana@other"), {"period": PERIOD, "digest": "d"})
    with (project / "outbox" / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(f"{further.text}\n")
    view = read_whole_log(project)
    assert (view.findings, view.compared, len(view.entries)) == ([], 3, 4)
    said = run(project.parents[1], "outbox", "log", SAMPLE, "--verify")
    assert (said.returncode, "the first 3" in said.stdout) == (0, True)


def test_a_log_that_was_wholly_rewritten_is_not_the_one_of_this_computer(project: Path) -> None:
    entries = [read_entry(line.rstrip("\n")) for line in read_lines(project)]
    made = entries[:1]
    for entry in entries[1:]:
        actor = ("Somebody", entry.user)
        made.append(write_entry(made[-1], NOW, entry.event, entry.message, actor, entry.detail))
    (project / "outbox" / "log.jsonl").write_text("".join(f"{entry.text}\n" for entry in made), "utf-8")
    (finding,) = read_whole_log(project).findings
    assert (finding.place.line, finding.message) == (2, "This entry is not the one that this computer wrote.")
    (project / "outbox" / "journal.sqlite").unlink()
    assert read_whole_log(project).findings == []  # the chain holds: only a hash noted elsewhere tells
    noted = run(project.parents[1], "outbox", "log", SAMPLE, "--verify", "--noted", entries[2].hash)
    assert (noted.returncode, "No entry has the noted hash" in noted.stdout) == (1, True)
    noted = run(project.parents[1], "outbox", "log", SAMPLE, "--verify", "--noted", entries[0].hash)
    assert (noted.returncode, "that of entry 1" in noted.stdout) == (0, True)


def test_a_journal_that_cannot_be_read_proves_nothing_and_is_told(project: Path) -> None:
    (project / "outbox" / "journal.sqlite").write_bytes(b"no data base at all" * 100)
    (finding,) = read_whole_log(project).findings
    assert (finding.code, finding.place.file) == ("MAIL-023", "outbox/journal.sqlite")


def test_on_another_computer_there_is_no_journal(project: Path) -> None:
    shutil.rmtree(project / "outbox" / "messages")
    (project / "outbox" / "journal.sqlite").unlink()
    view = read_whole_log(project)
    assert (view.findings, view.compared) == ([], None)
    assert not (project / "outbox" / "journal.sqlite").exists()
    said = run(project.parents[1], "outbox", "log", SAMPLE, "--verify")
    assert (said.returncode, "only a noted hash" in " ".join(said.stdout.split())) == (0, True)


def test_a_clock_that_went_back_is_told_and_breaks_nothing(project: Path) -> None:
    earlier = NOW - datetime.timedelta(days=1)
    (told,) = draft_message(project, PERIOD, "Maria", earlier).notes
    assert told.startswith("The clock of this computer says 2008-08-19 09:00 UTC, but the last entry")
    (finding,) = read_whole_log(project).findings
    assert (finding.code, finding.severity, finding.place.line) == ("MAIL-031", "warning", 4)
    said = run(project.parents[1], "outbox", "log", SAMPLE, "--verify")
    assert (said.returncode, "MAIL-031" in said.stdout, "unbroken" in said.stdout) == (0, True, True)
    assert draft_message(project, PERIOD, "Maria", earlier + datetime.timedelta(seconds=30)).notes == []


def test_a_clock_that_went_back_is_told_by_whoever_says_what_became_of_a_message(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft_message(project, PERIOD, "Maria", NOW).digest, NOW)
    send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None)
    earlier = NOW - datetime.timedelta(days=1)
    (told,) = resolve_message(project, PERIOD, "Ana", "by hand", earlier, sent=True)[1]
    assert told.startswith("The clock of this computer says 2008-08-19 09:00 UTC")
    much_earlier = earlier - datetime.timedelta(days=1)
    (told,) = reopen_message(project, PERIOD, "Ana", "it was another one", much_earlier)[1]
    assert told.startswith("The clock of this computer says 2008-08-18 09:00 UTC")


def test_a_clean_copy_is_known_as_such(project: Path) -> None:
    letter = project / "out" / PERIOD / "cover-letter.el.docx"
    letter.write_bytes(make_document(author="Maria Examplou"))
    make_manifest(project)
    (copy,) = clean_report(project, PERIOD)
    origin = verify_file(copy.file, project.parents[1])
    assert (origin.unchanged, origin.cleaned, origin.output) == (True, True, letter.name)
    said = run(project.parents[1], "verify", str(copy.file))
    assert (said.returncode, "that `grants outbox clean` made; it is unchanged" in said.stdout) == (0, True)
    copy.file.write_bytes(make_document("Άλλο."))
    assert not verify_file(copy.file, project.parents[1]).unchanged
