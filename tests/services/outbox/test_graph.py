"""Microsoft Graph as a way out: once, whatever it answers; against a server that answers as its documents say."""

from __future__ import annotations

import email
import email.policy
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grants.errors import GrantsError
from grants.ledger.outbox import Entry
from grants.model.message import Step
from grants.model.settings import MicrosoftApp, Settings, Way
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.send import Sent, send_message, send_test
from grants.writers.mail.journal import Journal
from tests.graphs import Graph, run_graph
from tests.outboxes import NOW, PERIOD, approve_draft, make_approved, make_picture, write_authority

TOKEN = {"GRANTS_GRAPH_TOKEN": "token-4711"}
DRAFTING, SENDING = "POST /v1.0/me/messages", "POST /v1.0/me/messages/AAMkAGI2%3D%2F1/send"
DELETING = "DELETE /v1.0/me/messages/AAMkAGI2%3D%2F1"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample project with an approved message."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    return make_approved(tmp_path)


def make_settings(project: Path, address: str, way: Way = "graph", ca_file: str | None = None) -> Settings:
    authority = ca_file or str(write_authority(project.parents[1]))
    return Settings(way=way, microsoft=MicrosoftApp(client="4711", graph=address, ca_file=authority))


def send(project: Path, settings: Settings, pauses: list[float] | None = None) -> Sent:
    sleep = (pauses if pauses is not None else []).append
    return send_message(project, PERIOD, "Ana", settings, TOKEN, lambda: NOW, sleep)


def run(project: Path, graph: Graph, way: Way = "graph") -> tuple[Sent, list[float]]:
    pauses: list[float] = []
    with run_graph(graph) as address:
        return send(project, make_settings(project, address, way), pauses), pauses


def state(project: Path) -> str:
    return list_messages(project)[-1].state


def test_a_message_is_drafted_and_sent_byte_for_byte(project: Path) -> None:
    graph = Graph()
    sent, pauses = run(project, graph)
    assert (sent.result, sent.answer, pauses, state(project)) == ("sent", "202 Accepted", [], "sent")
    assert (graph.calls, graph.tokens, graph.drafts) == ([DRAFTING, SENDING], {"Bearer token-4711"}, {})
    mail = email.message_from_bytes(graph.sent[0], policy=email.policy.default)
    report = project / "out" / PERIOD
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached == {f.name: f.read_bytes() for f in report.iterdir() if f.suffix in (".docx", ".xlsx")}
    assert mail["Bcc"].addresses[0].addr_spec == "archive@klimaka.example.org"  # no envelope names it
    assert mail["X-Unsent"] is None
    with pytest.raises(GrantsError, match="was sent on"):
        run(project, graph)
    assert len(graph.sent) == 1
    written = b"".join(file.read_bytes() for file in (project / "outbox").rglob("*") if file.is_file())
    assert b"token-4711" not in written


def test_a_draft_in_the_mailbox_is_left_to_a_person(project: Path) -> None:
    graph = Graph()
    sent, _ = run(project, graph, "graph-draft")
    assert (sent.result, sent.answer) == ("handed over", "a draft in the folder Drafts of the mailbox")
    assert (graph.calls, graph.sent, len(graph.drafts), state(project)) == ([DRAFTING], [], 1, "unknown")
    with pytest.raises(GrantsError, match="Nobody knows"):
        run(project, graph, "graph-draft")


@pytest.mark.parametrize("status", [429, 503])
def test_graph_that_asks_to_try_later_is_tried_with_growing_pauses(project: Path, status: int) -> None:
    graph = Graph(drafting=[status], sending=[status])
    sent, pauses = run(project, graph)
    assert (sent.result, pauses, len(graph.sent)) == ("sent", [5, 10], 1)
    assert graph.calls == [DRAFTING, DRAFTING, SENDING, DELETING, DRAFTING, SENDING]


@pytest.mark.parametrize(
    ("graph", "result", "calls", "left"),
    [
        (Graph(drafting=[400]), "failed", [DRAFTING], "failed"),
        (Graph(drafting=[401]), "deferred", [DRAFTING], "approved"),
        (Graph(drafting=[307]), "failed", [DRAFTING], "failed"),
        (Graph(drafting=[502]), "deferred", [DRAFTING], "approved"),
        (Graph(drafting=[None]), "deferred", [DRAFTING], "approved"),
        (Graph(sending=[403]), "failed", [DRAFTING, SENDING, DELETING], "failed"),
        (Graph(sending=[504]), "unknown", [DRAFTING, SENDING], "unknown"),
        (Graph(sending=[200]), "unknown", [DRAFTING, SENDING], "unknown"),
        (Graph(sending=[None]), "unknown", [DRAFTING, SENDING], "unknown"),
    ],
)
def test_every_fault_leaves_the_right_state(
    project: Path, graph: Graph, result: str, calls: list[str], left: str
) -> None:
    sent, pauses = run(project, graph)
    assert (sent.result, graph.calls, state(project), pauses) == (result, calls, left, [])
    if left == "unknown":
        with pytest.raises(GrantsError, match="Nobody knows"):
            run(project, Graph())
    else:
        assert run(project, fresh := Graph())[0].result == "sent"
        assert len(fresh.sent) == 1
    assert read_whole_log(project).findings == []


@pytest.mark.parametrize("status", [None, 502])
def test_a_draft_that_may_have_been_left_is_no_reason_to_make_another(project: Path, status: int | None) -> None:
    sent, _ = run(project, Graph(drafting=[status]), "graph-draft")
    assert (sent.result, state(project)) == ("unknown", "unknown")
    assert "delete it" in sent.answer


def test_a_certificate_of_nobody_known_gets_no_token(project: Path) -> None:
    graph = Graph()
    with run_graph(graph) as address:
        import certifi  # noqa: PLC0415  # comes with requests

        sent = send(project, make_settings(project, address, ca_file=certifi.where()))
    assert (sent.result, sent.answer) == ("deferred", "The certificate of the server cannot be trusted.")
    assert (graph.calls, state(project)) == ([], "approved")


def test_nobody_at_home_is_tried_again_later(project: Path) -> None:
    with run_graph(Graph()) as address:
        pass
    pauses: list[float] = []
    sent = send(project, make_settings(project, address), pauses)
    assert (sent.result, sent.answer, len(pauses)) == ("deferred", "No connection with the server.", 3)


def put_picture(project: Path, name: str, size: int) -> None:
    """A large picture in a file of the report."""
    with zipfile.ZipFile(project / "out" / PERIOD / name, "a") as package:
        package.writestr("word/media/picture.png", make_picture(size), zipfile.ZIP_STORED)


@pytest.fixture
def large(project: Path) -> Path:
    """The project with an approved message of 7 MB: a file of 4 MB, one of 1 MB, two small ones."""
    put_picture(project, "cover-letter.el.docx", 4_000_000)
    put_picture(project, "narrative-report.el.docx", 1_000_000)
    approve_draft(project)
    return project


def test_a_large_message_is_drafted_first_and_gets_its_files_one_by_one(large: Path) -> None:
    graph = Graph()
    sent, _ = run(large, graph)
    assert (sent.result, state(large), len(graph.sent)) == ("sent", "sent", 1)
    place = f"{DRAFTING}/AAMkAGI2%3D%2F1/attachments"
    upload = [f"{place}/createUploadSession", *["PUT /upload?authtoken=4711"] * 2]
    assert graph.calls == [DRAFTING, *upload, place, place, place, SENDING]
    report = large / "out" / PERIOD
    assert graph.files == {f.name: f.read_bytes() for f in report.iterdir() if f.suffix in (".docx", ".xlsx")}
    assert (graph.tokens, graph.unsigned) == ({"Bearer token-4711"}, {None})
    mail = email.message_from_bytes(graph.sent[0], policy=email.policy.default)
    assert list(mail.iter_attachments()) == []
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert "αξιότιμοι κύριοι" in plain.get_content()
    assert "αξιότιμοι κύριοι" in page.get_content()
    drafted = read_whole_log(large).entries
    assert mail["Message-ID"] in [entry.detail.get("message_id") for entry in drafted]


@pytest.mark.parametrize(
    ("statuses", "result", "left"),
    [
        ([403], "failed", "failed"),  # the session is refused
        ([0, 413], "failed", "failed"),  # a part is refused
        ([0, 0, 0, 413], "failed", "failed"),  # a small file is refused
    ],
)
def test_a_file_that_is_refused_leaves_no_draft(large: Path, statuses: list[int], result: str, left: str) -> None:
    graph = Graph(attaching=list(statuses))
    sent, pauses = run(large, graph)
    assert (sent.result, state(large), graph.calls[-1], graph.drafts, pauses) == (result, left, DELETING, {}, [])
    assert "cover-letter" in sent.answer or "narrative-report" in sent.answer


@pytest.mark.parametrize("status", [503, 500, None])
def test_an_upload_that_is_interrupted_is_begun_anew(large: Path, status: int | None) -> None:
    graph = Graph(attaching=[0, 0, status])
    sent, pauses = run(large, graph)
    assert (sent.result, pauses, len(graph.sent), graph.drafts) == ("sent", [5], 1, {})
    assert graph.calls.count(DELETING) == 1
    assert len(graph.files) == 4


def test_a_draft_without_its_files_that_cannot_be_deleted_is_told(large: Path) -> None:
    sent, _ = run(large, Graph(attaching=[403], deleting=500), "graph-draft")
    assert (sent.result, state(large)) == ("unknown", "unknown")
    assert "delete it" in sent.answer


def test_a_file_too_large_for_graph_is_not_begun(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grants.writers.mail.graph.LARGEST", 3_500_000)
    put_picture(project, "cover-letter.el.docx", 4_000_000)
    approve_draft(project)
    graph = Graph()
    sent, _ = run(project, graph)
    assert (sent.result, graph.calls) == ("failed", [])
    assert "takes 3,500,000" in sent.answer


def test_a_test_goes_to_one_address_and_changes_nothing(project: Path) -> None:
    graph = Graph()
    with run_graph(graph) as address:
        settings = make_settings(project, address)
        sent = send_test(project, PERIOD, "Ana", "me@klimaka.example.org", settings, TOKEN, lambda: NOW)
    assert (sent.result, state(project)) == ("accepted", "approved")
    assert b"hellenic-aid.example.org" not in graph.sent[0]
    assert email.message_from_bytes(graph.sent[0])["To"] == "me@klimaka.example.org"


def test_without_a_registration_or_a_login_nothing_is_sent(project: Path) -> None:
    for settings, code in (
        (Settings(way="graph"), "MAIL-018"),
        (Settings(way="graph", microsoft=MicrosoftApp(client="4711")), "MAIL-019"),
    ):
        with pytest.raises(GrantsError) as caught:
            send_message(project, PERIOD, "Ana", settings, {}, lambda: NOW, lambda _: None)
        assert caught.value.code == code
    assert state(project) == "approved"


@pytest.mark.parametrize(
    ("way", "step", "expected"),
    [("graph", "connecting", "sent"), ("graph", "ending", "unknown"), ("graph-draft", "ending", "unknown")],
)
def test_stopped_before_a_call_the_record_knows_how_far_it_came(
    project: Path, monkeypatch: pytest.MonkeyPatch, way: Way, step: str, expected: str
) -> None:
    note = Journal.note_step

    def stop(journal: Journal, entry: Entry, name: Step, *rest: Any) -> None:
        note(journal, entry, name, *rest)
        if name == step:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "note_step", stop)
        with pytest.raises(SystemExit):
            run(project, Graph(), way)
    assert state(project) == ("approved" if expected == "sent" else "unknown")
    graph = Graph()
    if expected == "sent":
        assert run(project, graph, way)[0].result == "sent"
    else:
        with pytest.raises(GrantsError, match="Nobody knows"):
            run(project, graph, way)
    assert (len(graph.sent), state(project)) == (int(expected == "sent"), expected)
