"""What stands in a message's way beside its files and its server: no report, bad settings, a damaged journal."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grants.errors import GrantsError, UnusableError
from grants.ledger.outbox import Entry, Event
from grants.model.settings import Settings, SmtpServer
from grants.services.outbox.draft import approve_message, cancel_message, draft_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.record import open_record
from grants.services.outbox.send import send_message
from grants.services.outbox.ways import load_settings
from grants.writers.mail.journal import Journal
from tests.outboxes import NOW, PERIOD, make_document


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(GrantsError) as caught:
        act()
    return caught.value.code or ",".join(finding.code for finding in caught.value.findings)


def write_settings(folder: Path, text: str) -> dict[str, str]:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    return {"GRANTS_SETTINGS": str(file)}


def test_without_a_report_nothing_is_drafted(project: Path) -> None:
    for file in (project / "out" / PERIOD).iterdir():
        file.unlink()
    assert code_of(lambda: draft_message(project, PERIOD, "Maria", NOW)) == "MAIL-002"
    assert not (project / "outbox").exists()


def test_a_file_changed_by_hand_is_told_and_may_go_out(project: Path) -> None:
    assert draft_message(project, PERIOD, "Maria", NOW).findings == []
    (project / "out" / PERIOD / "cover-letter.el.docx").write_bytes(make_document("Διορθώθηκε με το χέρι."))
    (finding,) = draft_message(project, PERIOD, "Maria", NOW).findings
    assert (finding.code, finding.severity, finding.place.file) == (
        "MAIL-006",
        "warning",
        f"out/{PERIOD}/cover-letter.el.docx",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("projects/{project}/outbox.yaml", "sender:", 'subject: "{{ nosuch }}"\nsender:', "outbox.yaml:6:11"),
        (
            "projects/{project}/outbox.yaml",
            "sender:",
            "subject: '{{ nosuch }}'\nperiods: {2008-H1: {body: {en: x, el: 'Α. {{ nosuch }}'}, subject: X}}\nsender:",
            "outbox.yaml:7:43",
        ),
        ("projects/{project}/outbox.yaml", "sender:", "body: |\n  Α\n\n  Β {{ nosuch }}\nsender:", "outbox.yaml:9:5"),
        ("templates/_common/mail.el.md", "{{ applicant }}\n", "{{ nosuch }}\n", "templates/_common/mail.el.md:14:1"),
        ("templates/_common/mail.el.md", "Subject: ", "Subject: {{ nosuch }} ", "templates/_common/mail.el.md:1:10"),
        ("templates/hellenic-aid/mail.yaml", "message:", "message:\n  subject: '{{ nosuch }}'", ":{line}:13"),
    ],
)
def test_what_nobody_knows_is_told_with_its_line(project: Path, file: str, old: str, new: str, place: str) -> None:
    target = project.parents[1] / file.format(project=project.name)
    text = target.read_text("utf-8")
    at = text.rindex(old)
    target.write_text(f"{text[:at]}{new}{text[at + len(old) :]}", "utf-8")
    with pytest.raises(UnusableError) as caught:
        draft_message(project, PERIOD, "Maria", NOW)
    (finding,) = caught.value.findings
    assert (finding.code, finding.found) == ("MAIL-004", "nosuch")
    line = text[:at].count("\n") + 2
    assert str(finding.place).endswith(place.format(line=line))


def test_a_fault_of_the_markdown_is_told_with_its_line(project: Path) -> None:
    target = project.parents[1] / "templates" / "_common" / "mail.el.md"
    target.write_text(target.read_text("utf-8") + "\n<b>fett</b>\n", "utf-8")
    with pytest.raises(UnusableError) as caught:
        draft_message(project, PERIOD, "Maria", NOW)
    lines = {str(finding.place) for finding in caught.value.findings}
    assert lines == {"templates/_common/mail.el.md:16"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("way = smtp", "MAIL-007"),
        ('way = "smtp"', "MAIL-018"),
        ('way = "pigeon"', "DEF-007"),
        ('way = "smtp"\npassword = "secret"', "DEF-002"),
    ],
)
def test_settings_that_cannot_be_used_are_told(tmp_path: Path, text: str, code: str) -> None:
    assert code_of(lambda: load_settings(write_settings(tmp_path, text))) == code


def test_settings_that_can_be_used_are_read(tmp_path: Path) -> None:
    assert load_settings(write_settings(tmp_path, 'name = "Maria"\n')) == Settings(name="Maria")
    (file := tmp_path / "empty.toml").write_text("", "utf-8")
    assert load_settings({"GRANTS_SETTINGS": str(file)}) == Settings()
    with pytest.raises(UnusableError, match="which is not there"):  # no silent fall back to another way out
        load_settings({"GRANTS_SETTINGS": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(("user", "code"), [(None, "MAIL-018"), ("nobody@klimaka.example.org", "MAIL-019")])
def test_a_server_without_user_or_secret_is_not_called(project: Path, user: str | None, code: str) -> None:
    approve_message(project, PERIOD, "Ana", draft_message(project, PERIOD, "Maria", NOW).digest, NOW)
    settings = Settings(way="smtp", smtp=SmtpServer(host="localhost", user=user))
    assert code_of(lambda: send_message(project, PERIOD, "Ana", settings, {}, lambda: NOW, lambda _: None)) == code
    assert list_messages(project)[-1].state == "approved"


def test_what_another_command_did_meanwhile_is_not_overwritten(project: Path) -> None:
    view = draft_message(project, PERIOD, "Maria", NOW)
    with open_record(project) as seen:
        cancel_message(project, PERIOD, "Ana", "wait", NOW)
        assert (
            code_of(lambda: seen.journal.write(NOW, "approved", view.id, ("Ana", ""), {}, after=seen.last))
            == "MAIL-021"
        )
    assert [entry.event for entry in read_whole_log(project).entries] == ["drafted", "cancelled"]


def test_a_draft_does_not_overtake_a_message_that_is_being_sent(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = draft_message(project, PERIOD, "Maria", NOW)
    approve_message(project, PERIOD, "Ana", view.digest, NOW)
    (project / "out" / PERIOD / "cover-letter.el.docx").write_bytes(make_document("Διορθώθηκε με το χέρι."))
    write = Journal.write

    def send_first(journal: Journal, now: datetime.datetime, event: Event, *rest: Any, **more: Any) -> Entry:
        if event == "void":  # between the reading and the writing of the one who drafts
            write(journal, now, "sending", view.id, ("Ana", ""), {})
        return write(journal, now, event, *rest, **more)

    monkeypatch.setattr(Journal, "write", send_first)
    assert code_of(lambda: draft_message(project, PERIOD, "Maria", NOW)) == "MAIL-021"
    assert list_messages(project)[-1].state == "sending"


def test_a_damaged_journal_stops_and_is_made_again_from_the_log(project: Path) -> None:
    draft_message(project, PERIOD, "Maria", NOW)
    journal = project / "outbox" / "journal.sqlite"
    journal.write_bytes(b"no data base at all" * 100)
    assert code_of(lambda: draft_message(project, PERIOD, "Maria", NOW)) == "MAIL-023"
    journal.unlink()
    assert draft_message(project, PERIOD, "Maria", NOW).state == "drafted"
    with sqlite3.connect(journal) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    connection.close()


def test_a_log_that_cannot_be_read_stops_everything(project: Path) -> None:
    draft_message(project, PERIOD, "Maria", NOW)
    (project / "outbox" / "log.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GrantsError, match="cannot be read"):
        draft_message(project, PERIOD, "Maria", NOW)


def test_an_unusable_definition_is_no_message(project: Path) -> None:
    (project / "budget.yaml").write_text("lines: [", "utf-8")
    with pytest.raises(UnusableError, match="definition has errors"):
        draft_message(project, PERIOD, "Maria", NOW)
