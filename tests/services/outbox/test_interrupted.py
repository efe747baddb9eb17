"""An attempt that was interrupted blocks nothing: the next command decides what became of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grants.errors import GrantsError
from grants.model.message import Outcome
from grants.model.settings import Settings
from grants.services.outbox import send as sending
from grants.services.outbox.draft import cancel_message, draft_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.record import find_message, machine, open_record
from grants.services.outbox.send import Sent, require_sendable, send_message
from grants.services.outbox.ways import WayOut
from grants.writers.mail.envelope import Envelope, Note
from tests.outboxes import NOW, PERIOD, make_approved


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with an approved message."""
    return make_approved(tmp_path)


def send(project: Path, sleep: Callable[[float], None] = lambda _: None) -> Sent:
    return send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, sleep)


def stop_at(project: Path, step: str | None) -> None:
    """Leave the journal as a process that was killed leaves it."""
    with open_record(project) as record:
        entry = record.journal.write(NOW, "sending", find_message(record, PERIOD).id, ("Ana", "ana@here"), {})
        if step:
            record.journal.note_step(entry, step, NOW, machine())  # type: ignore[arg-type]


def state(project: Path) -> str:
    return list_messages(project)[-1].state


def test_after_a_stop_that_sent_nothing_whoever_sends_is_asked_again(project: Path) -> None:
    stop_at(project, "content")
    (told,) = require_sendable(project, PERIOD, "Ana", NOW)
    assert told.endswith("an attempt was interrupted; nothing was sent.")
    assert send(project).result == "handed over"


@pytest.mark.parametrize("step", ["ending", None])
def test_after_a_stop_of_which_nobody_knows_a_person_decides(project: Path, step: str | None) -> None:
    stop_at(project, step)
    with pytest.raises(GrantsError, match="Nobody knows whether"):
        require_sendable(project, PERIOD, "Ana", NOW)
    assert state(project) == "unknown"


@pytest.mark.parametrize(
    "do",
    [
        lambda project: cancel_message(project, PERIOD, "Ana", "wait", NOW),
        lambda project: draft_message(project, PERIOD, "Maria", NOW),
    ],
)
def test_other_commands_decide_about_it_too(project: Path, do: Callable[[Path], object]) -> None:
    stop_at(project, "content")
    do(project)
    assert state(project) in ("cancelled", "approved")


def test_what_another_process_is_sending_is_left_to_it(project: Path) -> None:
    stop_at(project, "content")
    with open_record(project) as record, record.journal.sending(), pytest.raises(GrantsError) as caught:
        require_sendable(project, PERIOD, "Ana", NOW)
    assert caught.value.code == "MAIL-022"
    assert state(project) == "sending"


def fake_way(monkeypatch: pytest.MonkeyPatch, attempt: Callable[[Envelope, Note], Outcome]) -> None:
    monkeypatch.setattr(sending, "choose_way", lambda *_: WayOut("smtp", "localhost", attempt))


@pytest.mark.parametrize(("step", "expected"), [("content", "approved"), ("ending", "unknown")])
def test_an_attempt_that_raises_is_recorded(
    project: Path, monkeypatch: pytest.MonkeyPatch, step: str, expected: str
) -> None:
    def attempt(_envelope: Envelope, note: Note) -> Outcome:
        note(step)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    fake_way(monkeypatch, attempt)
    with pytest.raises(KeyboardInterrupt):
        send(project)
    assert state(project) == expected


def test_a_stop_in_the_pause_between_two_attempts_sent_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def attempt(_envelope: Envelope, note: Note) -> Outcome:
        note("ending")
        return Outcome("deferred", "451 greylisted", again=True)

    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    fake_way(monkeypatch, attempt)
    with pytest.raises(KeyboardInterrupt):
        send(project, stop)
    assert state(project) == "approved"


def test_a_draft_file_that_cannot_be_written_was_not_handed_over(project: Path) -> None:
    messages = project / "outbox" / "messages"
    shutil.rmtree(messages)
    messages.write_text("a file where a folder belongs", "utf-8")
    sent = send(project)
    assert (sent.result, state(project)) == ("deferred", "approved")
    assert str(project) not in sent.answer
    assert read_whole_log(project).entries[-1].event == "deferred"
