"""A report goes out once: another message of it is a correction, with a reason, whatever was drafted in between."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grants.errors import GrantsError, UnusableError, UsageError
from grants.model.settings import Settings
from grants.services.outbox.draft import View, approve_message, cancel_message, draft_message, view_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.send import require_sendable, resolve_message, send_message
from tests.outboxes import PERIOD, make_document, make_outbox

NOW = datetime.datetime(2008, 8, 20, 9, tzinfo=datetime.UTC)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_outbox(tmp_path)


def draft(project: Path, correction: str | None = None) -> View:
    return draft_message(project, PERIOD, "Maria", NOW, correction)


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
