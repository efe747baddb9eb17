"""The approved message goes out once, by a real server over TLS, whatever it does and whenever we are killed."""

from __future__ import annotations

import base64
import email
import email.policy
import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from grants.errors import GrantsError
from grants.model.settings import Settings, SmtpServer
from grants.services.outbox.draft import approve_message, draft_message
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.record import find_message, open_record
from grants.services.outbox.resolve import resolve_message
from grants.services.outbox.send import Sent, send_message, send_test
from tests.graphs import MemoryKeyring
from tests.outboxes import NOW, PERIOD, Mailroom, make_approved, make_picture, run_server, write_authority

ROOT = Path(__file__).parents[3]
SECRET = {"GRANTS_SMTP_PASSWORD": "secret-4711"}
EVERYBODY = ["ngo@hellenic-aid.example.org", "project@astra.example.org", "archive@klimaka.example.org"]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with an approved message."""
    write_authority(tmp_path)
    return make_approved(tmp_path)


def make_settings(folder: Path, port: int, seconds: int = 5) -> Settings:
    authority = str(write_authority(folder))
    server = SmtpServer(host="localhost", port=port, user="reports", ca_file=authority, seconds=seconds)
    return Settings(way="smtp", smtp=server)


def send(project: Path, settings: Settings, pauses: list[float] | None = None) -> Sent:
    sleep = (pauses if pauses is not None else []).append
    return send_message(project, PERIOD, "Ana", settings, SECRET, lambda: NOW, sleep)


def state(project: Path) -> str:
    return list_messages(project)[-1].state


def run_faulty(
    project: Path, tmp_path: Path, room: Mailroom, seconds: int = 5, **options: Any
) -> tuple[Sent, list[float]]:
    pauses: list[float] = []
    with run_server(room, **options) as port:
        return send(project, make_settings(tmp_path, port, seconds), pauses), pauses


def test_the_sample_report_arrives_byte_for_byte(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    sent, pauses = run_faulty(project, tmp_path, room)
    assert (sent.result, sent.answer, pauses, state(project)) == ("sent", "250 queued as 4711", [], "sent")
    (envelope,) = room.taken
    assert envelope.rcpt_tos == EVERYBODY
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    report = project / "out" / PERIOD
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached == {f.name: f.read_bytes() for f in report.iterdir() if f.suffix in (".docx", ".xlsx")}
    assert mail["Subject"] == "KLI-HA-2008-01 – Ενδιάμεση έκθεση, πρώτο εξάμηνο 2008"
    assert mail["To"].addresses[0].display_name == "ΥΔΑΣ, Τμήμα ΜΚΟ"
    assert mail["Bcc"] is None
    assert "archive@" not in envelope.content.decode("ascii")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "αξιότιμοι κύριοι" in body.get_content()
    assert room.logins == [("PLAIN", b"secret-4711")] or room.logins[0][1] == b"secret-4711"


def change_server(settings: Settings, **changes: Any) -> Settings:
    """The settings with something else said of the server."""
    assert settings.smtp is not None
    return settings.model_copy(update={"smtp": settings.smtp.model_copy(update=changes)})


def test_tls_from_the_first_byte_is_a_way_too(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    with run_server(room, tls=True) as port:
        sent = send(project, change_server(make_settings(tmp_path, port), security="tls"))
    assert (sent.result, len(room.taken), state(project)) == ("sent", 1, "sent")
    assert room.logins[0][1] == b"secret-4711"


def test_a_certificate_of_another_name_stops_tls_from_the_first_byte(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    with run_server(room, names=("elsewhere.example.org",), tls=True) as port:
        sent = send(project, change_server(make_settings(tmp_path, port), security="tls"))
    assert (sent.result, room.logins, room.taken) == ("deferred", [], [])
    assert "certificate of localhost cannot be trusted" in sent.answer


def test_the_password_comes_from_the_keyring(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = MemoryKeyring()
    ring.set_password("grants", "reports", "secret-4711")
    monkeypatch.setattr("keyring.get_password", ring.get_password)
    with run_server(room := Mailroom()) as port:
        settings = make_settings(tmp_path, port)
        sent = send_message(project, PERIOD, "Ana", settings, {}, lambda: NOW, lambda _: None)
    assert (sent.result, room.logins[0][1]) == ("sent", b"secret-4711")
    written = b"".join(file.read_bytes() for file in (project / "outbox").rglob("*") if file.is_file())
    assert b"secret-4711" not in written


@pytest.mark.parametrize("wanted", [True, False])
def test_a_receipt_is_asked_for_where_the_server_can_give_one(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    class Reporting(Mailroom):
        """A server that reports delivery."""

        async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, name: str, answers: list[str]) -> Any:  # noqa: N802
            session.host_name = name
            return [*answers[:-1], "250-DSN", answers[-1]]

    asked: list[Any] = []
    rcpt = smtplib.SMTP.rcpt

    def note(connection: smtplib.SMTP, address: str, options: Any = ()) -> Any:  # aiosmtpd itself takes no such wish
        asked.append(list(options))
        return rcpt(connection, address)

    monkeypatch.setattr(smtplib.SMTP, "rcpt", note)
    with run_server(Reporting()) as port:
        sent = send(project, change_server(make_settings(tmp_path, port), receipt=wanted))
    assert (sent.result, asked) == ("sent", [["NOTIFY=SUCCESS,FAILURE,DELAY"] if wanted else []] * 3)


def test_what_the_server_said_is_on_record_whatever_was_logged_meanwhile(project: Path, tmp_path: Path) -> None:
    def log_a_test(_: int) -> None:
        with open_record(project) as record:
            record.journal.write(NOW, "tested", find_message(record, PERIOD).id, ("Zoe", "zoe"), {})

    with run_server(room := Mailroom(data=log_a_test)) as port:
        sent = send(project, make_settings(tmp_path, port))
    assert (sent.result, len(room.taken), state(project)) == ("sent", 1, "sent")


def test_a_message_that_was_sent_is_not_sent_again(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        send(project, settings)
        with pytest.raises(GrantsError, match=r"was sent on 2008-08-20 .* to ngo@"):
            send(project, settings)
        for file in (project / "outbox").glob("*.sqlite*"):  # a lost journal forgets nothing: the log tells
            file.unlink()
        with pytest.raises(GrantsError, match="was sent"):
            send(project, settings)
        (project / "outbox" / "log.jsonl").unlink()  # a lost log is written again from the journal
        with pytest.raises(GrantsError, match="was sent"):
            send(project, settings)
        with pytest.raises(GrantsError, match="was sent"):
            draft_message(project, PERIOD, "Maria", NOW)
    assert len(room.taken) == 1
    assert len(read_whole_log(project).entries) == 4


def test_one_refused_recipient_keeps_the_message_from_all(project: Path, tmp_path: Path) -> None:
    room = Mailroom(rcpt=lambda address: "550 no such user" if address.startswith("project@") else None)
    sent, _ = run_faulty(project, tmp_path, room)
    assert (sent.result, room.taken, state(project)) == ("failed", [], "failed")
    assert sent.answer == "project@astra.example.org: 550 no such user"


def test_a_server_that_asks_to_try_later_is_tried_with_growing_pauses(project: Path, tmp_path: Path) -> None:
    room = Mailroom(data=lambda number: "451 greylisted" if number < 3 else None)
    sent, pauses = run_faulty(project, tmp_path, room)
    assert (sent.result, len(room.taken), pauses) == ("sent", 1, [5, 10])


def test_after_the_last_attempt_the_approval_stands(project: Path, tmp_path: Path) -> None:
    room = Mailroom(data=lambda number: "451 greylisted")
    sent, pauses = run_faulty(project, tmp_path, room)
    assert (sent.result, room.attempts, len(pauses), state(project)) == ("deferred", 4, 3, "approved")
    assert run_faulty(project, tmp_path, Mailroom())[0].result == "sent"


def test_a_final_refusal_is_told(project: Path, tmp_path: Path) -> None:
    room = Mailroom(data=lambda number: "554 content refused")
    sent, _ = run_faulty(project, tmp_path, room)
    assert (sent.result, sent.answer, room.attempts) == ("failed", "554 content refused", 1)


def test_a_message_that_is_too_large_for_the_server_is_not_begun(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    sent, _ = run_faulty(project, tmp_path, room, size=20_000)
    assert sent.result == "failed"
    assert "the server takes 20,000" in sent.answer
    assert room.attempts == 0


def test_a_certificate_of_another_name_stops_before_anything_is_said(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    sent, pauses = run_faulty(project, tmp_path, room, names=("elsewhere.example.org",))
    assert (sent.result, room.logins, room.taken, pauses) == ("deferred", [], [], [])
    assert "certificate of localhost cannot be trusted" in sent.answer


def test_a_certificate_of_nobody_known_stops_too(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        assert settings.smtp is not None
        unknown = settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"ca_file": None})})
        assert send(project, unknown).result == "deferred"
    assert room.logins == []


def test_a_wrong_password_is_told_and_not_written(project: Path, tmp_path: Path) -> None:
    with run_server(Mailroom()) as port:
        settings = make_settings(tmp_path, port)
        wrong = {"GRANTS_SMTP_PASSWORD": "hidden-word"}
        sent = send_message(project, PERIOD, "Ana", settings, wrong, lambda: NOW, lambda _: None)
    assert sent.result == "deferred"
    assert "login was refused" in sent.answer
    written = b"".join(file.read_bytes() for file in (project / "outbox").rglob("*") if file.is_file())
    assert b"hidden-word" not in written


def test_nobody_at_home_is_tried_again_later(project: Path, tmp_path: Path) -> None:
    with run_server(Mailroom()) as port:
        pass
    pauses: list[float] = []
    sent = send(project, make_settings(tmp_path, port), pauses)
    assert (sent.result, len(pauses), state(project)) == ("deferred", 3, "approved")


class Harm(Mailroom):
    """A server that closes the connection at a moment of the dialogue."""

    when = "DATA"

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.when == "MAIL":
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.attempts += 1
        if self.when == "taken":
            self.taken.append(envelope)
        if self.when in ("taken", "lost"):
            server.transport.abort()
        return "250 never read"


def put_large_letter(project: Path) -> None:
    """A cover letter of five megabytes, drafted and approved: more than a socket swallows at once."""
    file = project / "out" / PERIOD / "cover-letter.el.docx"
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/media/picture.png", make_picture(5_000_000))
    view = draft_message(project, PERIOD, "Maria", NOW)
    approve_message(project, PERIOD, "Ana", view.digest, NOW)


def make_harm(when: str) -> Harm:
    room = Harm()
    room.when = when
    return room


def test_a_connection_lost_before_the_message_is_begun_is_tried_again(project: Path, tmp_path: Path) -> None:
    sent, pauses = run_faulty(project, tmp_path, make_harm("MAIL"))
    assert (sent.result, len(pauses), state(project)) == ("deferred", 3, "approved")


def test_a_connection_lost_amid_the_message_leaves_nothing_and_is_tried_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_large_letter(project)
    receive, got = SMTP.data_received, dict[Any, int]()

    def cut(server: Any, data: bytes) -> None:
        receive(server, data)
        got[server] = got.get(server, 0) + len(data)
        if got[server] > 100_000:
            server.transport.abort()

    monkeypatch.setattr(SMTP, "data_received", cut)
    room = Mailroom()
    sent, pauses = run_faulty(project, tmp_path, room)
    assert (sent.result, room.taken, len(pauses), state(project)) == ("deferred", [], 3, "approved")
    assert len(got) == 4
    monkeypatch.undo()
    assert run_faulty(project, tmp_path, room)[0].result == "sent"
    assert len(room.taken) == 1


@pytest.mark.parametrize("when", ["taken", "lost"])
def test_an_answer_that_is_lost_leaves_it_to_a_person(project: Path, tmp_path: Path, when: str) -> None:
    room = make_harm(when)
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        assert send(project, settings).result == "unknown"
        with pytest.raises(GrantsError, match="Nobody knows whether"):
            send(project, settings)
        with pytest.raises(GrantsError, match="Nobody knows whether"):
            draft_message(project, PERIOD, "Maria", NOW)
    assert room.attempts == 1
    resolve_message(project, PERIOD, "Ana", "the officer said so", NOW, sent=when == "taken")
    assert state(project) == ("sent" if when == "taken" else "approved")
    if when == "lost":
        assert run_faulty(project, tmp_path, Mailroom())[0].result == "sent"


def test_a_slow_answer_counts_as_lost(project: Path, tmp_path: Path) -> None:
    class Slow(Mailroom):
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
            import asyncio  # noqa: PLC0415

            self.taken.append(envelope)
            await asyncio.sleep(2)
            return "250 at last"

    room = Slow()
    sent, _ = run_faulty(project, tmp_path, room, seconds=1)
    assert (sent.result, len(room.taken), state(project)) == ("unknown", 1, "unknown")


class Greeted(Mailroom):
    """Keeps how the client calls itself."""

    names: list[str]

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.names.append(name)
        return answers


@pytest.mark.parametrize("tls", [False, True])
def test_no_server_is_told_the_name_of_the_computer(project: Path, tmp_path: Path, tls: bool) -> None:
    room = Greeted()
    room.names = []
    with run_server(room, tls=tls) as port:
        send(project, change_server(make_settings(tmp_path, port), security="tls" if tls else "starttls"))
    assert (set(room.names), len(room.taken)) == ({"[127.0.0.1]"}, 1)


def test_a_test_goes_to_one_address_and_changes_nothing(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        send_test(project, PERIOD, "Ana", "me@klimaka.example.org", settings, SECRET, lambda: NOW)
    assert room.taken[0].rcpt_tos == ["me@klimaka.example.org"]
    assert b"hellenic-aid.example.org" not in room.taken[0].content
    assert state(project) == "approved"


@pytest.mark.parametrize(
    "address",
    [
        "ngo@hellenic-aid.example.org",
        "nonsense",
        "me@klimaka.example.org\nBcc: thief@klimaka.example.org",
        "me@klimaka.example.org, ana@klimaka.example.org",
        "Με <me@klimaka.example.org>",
        "me@klimaka.example.org.thief.example.org",
    ],
)
def test_a_test_stays_in_the_house(project: Path, tmp_path: Path, address: str) -> None:
    room = Mailroom()
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        with pytest.raises(GrantsError, match=r"no address at klimaka\.example\.org"):
            send_test(project, PERIOD, "Ana", address, settings, SECRET, lambda: NOW)
    assert room.taken == []
    assert [entry.event for entry in read_whole_log(project).entries] == ["drafted", "approved"]


def test_the_way_without_a_server_leaves_it_to_a_person(project: Path) -> None:
    sent = send(project, Settings())
    assert sent.result == "handed over"
    mail = email.message_from_bytes((project / sent.answer).read_bytes(), policy=email.policy.default)
    assert (mail["X-Unsent"], mail["Bcc"].addresses[0].addr_spec) == ("1", "archive@klimaka.example.org")
    assert state(project) == "unknown"
    assert str(project) not in (project / "outbox" / "log.jsonl").read_text("utf-8")


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.services.outbox.test_send import make_settings, send
from grants.writers.mail import journal, smtp
step, project, folder, port = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
note, write, putcmd, getreply = (
    journal.Journal.note_step, journal.Journal.write, smtp.smtplib.SMTP.putcmd, smtp.smtplib.SMTP.getreply
)
def noting(self, entry, name, *rest):
    if step == "before " + name: kill()
    note(self, entry, name, *rest)
    if step == "after " + name: kill()
def writing(self, now, event, *rest, **more):
    if step == "before " + event: kill()
    entry = write(self, now, event, *rest, **more)
    if step == "after " + event: kill()
    return entry
def appending(self, text):
    if step == "between journal and log" and '"event":"sending"' in text: kill()
    append(self, text)
append = journal.Journal._append
journal.Journal.note_step, journal.Journal.write, journal.Journal._append = noting, writing, appending
print(send(project, make_settings(folder, port)).result)
"""
STEPS = {
    "before sending": "approved",
    "between journal and log": "approved",
    "after sending": "unknown",  # no step is known: nobody can say how far it came
    "before connecting": "unknown",
    "after connecting": "approved",
    "before envelope": "approved",
    "after envelope": "approved",
    "before content": "approved",
    "after content": "approved",
    "before ending": "approved",
    "after ending": "unknown",
    "before sent": "unknown",
    "after sent": "sent",
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("step", "expected"), STEPS.items())
def test_killed_at_any_step_there_is_never_a_second_mail(
    project: Path, tmp_path: Path, step: str, expected: str
) -> None:
    room = Mailroom()
    with run_server(room) as port:
        arguments = [sys.executable, "-W", "ignore", "-c", KILLED, step, str(project), str(tmp_path), str(port)]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        time.sleep(0.2)  # what was under way at the server
        taken = len(room.taken)
        assert taken == (step in ("before sent", "after sent"))
        settings = make_settings(tmp_path, port)
        if expected == "approved":
            assert send(project, settings).result == "sent"
        else:
            with pytest.raises(GrantsError, match="Nobody knows" if expected == "unknown" else "was sent"):
                send(project, settings)
        assert len(room.taken) == (1 if expected == "approved" else taken)
    assert state(project) == ("sent" if expected == "approved" else expected)
    assert read_whole_log(project).findings == []


def test_two_processes_at_once_send_one_message(project: Path, tmp_path: Path) -> None:
    room = Mailroom()
    program = "\n".join([*KILLED.splitlines()[:6], KILLED.splitlines()[-1]])
    with run_server(room) as port:
        arguments = [sys.executable, "-W", "ignore", "-c", program, "none", str(project), str(tmp_path), str(port)]
        running = [subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "abc"]
        ends = [process.communicate() for process in running]
    assert len(room.taken) == 1
    assert sorted(process.returncode for process in running) == [0, 1, 1], ends
    assert state(project) == "sent"


def test_an_attempt_of_another_computer_is_not_judged_here(project: Path, tmp_path: Path) -> None:
    with run_server(Mailroom()) as port:
        arguments = [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            KILLED,
            "after content",
            str(project),
            str(tmp_path),
            str(port),
        ]
        subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
        with sqlite3.connect(project / "outbox" / "journal.sqlite") as connection:
            connection.execute("UPDATE step SET machine = 'another'")
        connection.close()
        with pytest.raises(GrantsError, match="Nobody knows"):
            send(project, make_settings(tmp_path, port))


class TokenRoom(Mailroom):
    """A server that wants OAuth2, as those of Microsoft and Google do."""

    async def auth_XOAUTH2(self, _server: Any, arguments: list[str]) -> AuthResult:  # noqa: N802
        said = base64.b64decode(arguments[1])
        self.logins.append(("XOAUTH2", said))
        return AuthResult(success=said == b"user=reports\x01auth=Bearer token-4711\x01\x01", handled=False)


@pytest.mark.parametrize(("token", "expected"), [("token-4711", "sent"), ("expired", "deferred")])
def test_a_server_that_wants_a_token_gets_one(project: Path, tmp_path: Path, token: str, expected: str) -> None:
    room = TokenRoom()
    with run_server(room) as port:
        settings = make_settings(tmp_path, port)
        assert settings.smtp is not None
        wanting = settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"login": "token"})})
        given = {"GRANTS_SMTP_TOKEN": token}
        sent = send_message(project, PERIOD, "Ana", wanting, given, lambda: NOW, lambda _: None)
    assert (sent.result, len(room.taken)) == (expected, int(expected == "sent"))
    assert room.logins[0][0] == "XOAUTH2"
