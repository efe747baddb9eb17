"""A report goes out once: another message of it is a correction, with a reason, whatever was drafted in between."""

from __future__ import annotations

import datetime
import email
import email.policy
from pathlib import Path

import pytest

from grants.cli.outbox_states import show_standings
from grants.errors import GrantsError, UnusableError, UsageError
from grants.model.settings import Settings
from grants.services.outbox.draft import View, approve_message, cancel_message, view_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.record import find_message, open_record
from grants.services.outbox.resolve import reopen_message, resolve_message
from grants.services.outbox.send import require_sendable, send_message
from tests.outboxes import NOW, PERIOD, draft, make_document


def change(project: Path, text: str) -> None:
    (project / "out" / PERIOD / "cover-letter.el.docx").write_bytes(make_document(text))


def hand_over(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None)


def test_a_correction_that_was_given_up_leaves_the_report_sent(project: Path) -> None:
    hand_over(project)
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    change(project, "Διορθωμένη επιστολή.")
    draft(project, "a word was wrong")
    change(project, "Διορθωμένη επιστολή, πάλι.")
    draft(project)  # drafted anew, it is still that correction
    assert read_whole_log(project).entries[-1].detail["correction"] == "a word was wrong"
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    with pytest.raises(GrantsError, match="was sent on") as caught:
        draft(project)
    assert caught.value.code == "MAIL-012"
    assert draft(project, "a word was wrong").state == "drafted"


def test_a_changed_message_is_not_called_approved_and_nobody_is_asked_to_send_it(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    assert view_message(project, PERIOD, NOW).state == "approved"
    change(project, "Άλλη επιστολή.")
    assert view_message(project, PERIOD, NOW).state == "changed: not drafted, not approved"
    with pytest.raises(UnusableError, match="not the message that was drafted"):
        require_sendable(project, PERIOD, "Ana", NOW)
    assert list_messages(project)[-1].state == "void"


def test_a_reason_or_a_note_says_something(project: Path) -> None:
    with pytest.raises(UsageError, match="--correction"):
        draft(project, "")
    hand_over(project)
    with pytest.raises(UsageError, match="--note"):
        resolve_message(project, PERIOD, "Ana", "  ", NOW, sent=False)
    resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)
    with pytest.raises(UsageError, match="--reason"):
        cancel_message(project, PERIOD, "Ana", " ", NOW)


def send(project: Path) -> str:
    return send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None).result


def correct(project: Path) -> View:
    """A report that was sent by hand on 21 August, and the correction that was drafted of it."""
    hand_over(project)
    later, day = NOW + datetime.timedelta(days=3), datetime.date(2008, 8, 21)
    resolve_message(project, PERIOD, "Ana", "by hand", later, sent=True, on=day)
    change(project, "Διορθωμένη επιστολή.")
    return draft(project, "a word was wrong")


def test_a_correction_says_which_message_it_replaces(project: Path) -> None:
    view = correct(project)
    first = read_whole_log(project).entries[0].detail["message_id"]
    mail = email.message_from_bytes(view.eml.read_bytes(), policy=email.policy.default)
    assert (mail["In-Reply-To"], mail["References"]) == (first, first)
    assert mail["Message-ID"] != first
    assert mail["Subject"] == "Ορθή επανάληψη: KLI-HA-2008-01 – Ενδιάμεση έκθεση, πρώτο εξάμηνο 2008"
    assert view.message.text.startswith("Το παρόν μήνυμα αντικαθιστά εκείνο που σας στείλαμε στις 21 Αυγούστου 2008.")
    approve_message(project, PERIOD, "Ana", view.digest, NOW)
    assert view_message(project, PERIOD, NOW).message.replaces == view.message.replaces
    assert send(project) == "handed over"


def test_there_is_no_correction_of_what_was_not_sent(project: Path) -> None:
    with pytest.raises(UsageError, match="nothing to correct"):
        draft(project, "a word was wrong")


def test_what_was_said_by_mistake_is_taken_back_and_nothing_is_sent_by_it(project: Path) -> None:
    hand_over(project)
    with pytest.raises(GrantsError, match="nothing to take back"):
        reopen_message(project, PERIOD, "Ana", "not this one", NOW)
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    with pytest.raises(UsageError, match="--note"):
        reopen_message(project, PERIOD, "Ana", " ", NOW)
    assert reopen_message(project, PERIOD, "Ana", "it was another one", NOW)[0].state == "unknown"
    for act in (lambda: send(project), lambda: draft(project), lambda: draft(project, "a word")):
        with pytest.raises(GrantsError, match="Nobody knows"):
            act()
    assert resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)[0].state == "approved"
    assert send(project) == "handed over"
    entry = next(x for x in read_whole_log(project).entries if x.event == "reopened")
    assert (entry.who, entry.detail) == ("Ana", {"note": "it was another one"})


def test_the_day_of_a_message_taken_back_is_that_on_which_it_was_handed_over(project: Path) -> None:
    hand_over(project)
    later = NOW + datetime.timedelta(days=6)
    resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)
    reopen_message(project, PERIOD, "Ana", "the officer has it", later)
    with pytest.raises(GrantsError, match=r"\(on 2008-08-20 "):
        send(project)
    done, _ = resolve_message(project, PERIOD, "Ana", "the officer has it", later, sent=True, on=NOW.date())
    assert done.sent_on == "2008-08-20"


def test_what_was_taken_back_bars_the_correction_that_named_it(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", correct(project).digest, NOW)
    reopen_message(project, PERIOD, "Ana", "it was another one", NOW)
    with pytest.raises(GrantsError, match="Nobody knows"):
        send(project)
    resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)
    with pytest.raises(UnusableError, match="not the message that was drafted"):
        send(project)  # it says that it replaces what nobody got
    view = draft(project)
    assert view.message.replaces is None
    assert not view.message.subject.startswith("Ορθή")


def test_a_message_that_was_given_up_after_all_may_turn_out_to_have_been_sent(project: Path) -> None:
    hand_over(project)
    resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    reopen_message(project, PERIOD, "Ana", "the officer has it", NOW)
    assert resolve_message(project, PERIOD, "Ana", "not she, another one", NOW, sent=False)[0].state == "void"
    reopen_message(project, PERIOD, "Ana", "the officer has it", NOW)
    assert resolve_message(project, PERIOD, "Ana", "the officer has it", NOW, sent=True)[0].sent_on == "2008-08-20"


def test_what_a_server_said_is_not_taken_back(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    with open_record(project) as record:
        name = find_message(record, PERIOD).id
        for event in ("sending", "sent"):
            record.journal.write(NOW, event, name, ("Ana", "ana@here"), {})  # type: ignore[arg-type]
    with pytest.raises(GrantsError, match="nothing to take back"):
        reopen_message(project, PERIOD, "Ana", "no", NOW)


@pytest.mark.parametrize("day", ["2008-08-19", "2008-08-21"])
def test_a_message_is_not_sent_before_it_is_handed_over_nor_tomorrow(project: Path, day: str) -> None:
    hand_over(project)
    with pytest.raises(UsageError, match=day):
        resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True, on=datetime.date.fromisoformat(day))


def list_files(project: Path) -> list[str]:
    messages = project / "outbox" / "messages"
    return sorted(file.relative_to(messages).as_posix() for file in messages.rglob("*.eml"))


def test_no_file_of_a_message_lies_about_that_is_not_to_be_sent(project: Path) -> None:
    first = draft(project).id
    change(project, "Άλλη επιστολή.")
    second = draft(project).id
    assert (first != second, list_files(project)) == (True, [f"drafts/{second}.eml"])
    hand_over(project)
    assert list_files(project) == [f"{second}.eml"]
    handed = (project / "outbox" / "messages" / f"{second}.eml").read_bytes()
    resolve_message(project, PERIOD, "Ana", "not in the folder", NOW, sent=False)
    assert list_files(project) == []
    assert send(project) == "handed over"
    assert (project / "outbox" / "messages" / f"{second}.eml").read_bytes() == handed
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    assert list_files(project) == [f"sent/{second}.eml"]
    kept = (project / "outbox" / "messages" / "sent" / f"{second}.eml").read_bytes()
    assert kept == handed.replace(b"X-Unsent: 1\r\n", b"")
    change(project, "Διορθωμένη επιστολή.")
    third = draft(project, "a word was wrong").id
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    assert (third, list_files(project)) == (read_whole_log(project).entries[-1].message, [f"sent/{second}.eml"])


def test_a_file_that_is_open_elsewhere_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draft(project)
    change(project, "Άλλη επιστολή.")
    unlink = Path.unlink

    def refuse(file: Path, missing_ok: bool = False) -> None:
        if file == first.eml:
            raise PermissionError(13, "in use")
        unlink(file, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert any("is not to be sent, and is open" in note for note in draft(project).notes)
    monkeypatch.undo()
    view_message(project, PERIOD, NOW)
    assert not first.eml.exists()


def test_the_list_says_who_waits_for_whom(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def list_() -> str:
        show_standings("shelter", list_messages(project))
        return capsys.readouterr().out

    view = draft(project)
    said = "waits for a second person, who reads and approves it: `grants outbox approve shelter --period 2008-H1`"
    assert said in list_()
    approve_message(project, PERIOD, "Ana", view.digest, NOW)
    assert "waits to be sent: `grants outbox send shelter" in list_()
    send(project)
    assert "waits for Ana, who says what became of it: `grants outbox resolve shelter" in list_()
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    assert "sent on 2008-08-20 09:00 UTC; a corrected report: draft it with --correction" in list_()
    change(project, "Διορθωμένη επιστολή.")
    second = draft(project, "a word was wrong")
    change(project, "Διορθωμένη επιστολή, πάλι.")
    third = draft(project)
    assert f"replaced by {third.id}" in list_()
    assert second.id in list_()
    reopen_message(project, PERIOD, "Ana", "it was another one", NOW)
    assert f"waits for {view.id}: nothing of 2008-H1 goes out before" in list_()
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    assert "was given up; what was sent before it stands" in list_()


def test_what_changes_after_a_report_was_sent_is_no_fault_of_its_message(project: Path) -> None:
    hand_over(project)
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    (project / "budget.yaml").write_text((project / "budget.yaml").read_text("utf-8") + "# later\n", "utf-8")
    view = view_message(project, PERIOD, NOW)
    assert (view.state, view.findings, view.notes[1:]) == ("sent", [], [])
