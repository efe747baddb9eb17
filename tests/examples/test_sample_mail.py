"""The sample's interim report, from its definition to the donor's server: made, drafted, approved, sent, read back."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from grants.readers.mail import read_outbox
from tests.commands import run
from tests.outboxes import PERIOD, ROOT, SAMPLE, Mailroom, run_server, write_authority

SETTINGS = """
name = "Maria Example"
way = "smtp"

[smtp]
host = "localhost"
port = {port}
user = "reports@klimaka.example.org"
ca_file = '{authority}'
"""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")


def test_the_interim_report_reaches_the_donor_byte_for_byte(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    project = tmp_path / "projects" / SAMPLE
    shutil.copytree(ROOT / "projects" / SAMPLE, project, ignore=shutil.ignore_patterns("out", "outbox"))
    settings, room = tmp_path / "settings.toml", Mailroom()

    def grants(*arguments: str) -> str:
        given = {"GRANTS_SETTINGS": str(settings), "GRANTS_SMTP_PASSWORD": "secret-4711"}
        done = run(tmp_path, *arguments, "--period", PERIOD, **given)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    with run_server(room) as port:
        settings.write_text(SETTINGS.format(port=port, authority=write_authority(tmp_path)), "utf-8")
        grants("report", SAMPLE)
        grants("outbox", "draft", SAMPLE)
        grants("outbox", "approve", SAMPLE, "--as", "Ana Example", "--yes")
        said = grants("outbox", "send", SAMPLE, "--yes")

    assert "✓ Sent to ngo@hellenic-aid.example.org" in said
    (envelope,) = room.taken
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    outbox, _ = read_outbox(project)
    assert outbox is not None
    wanted = [name.replace("{language}", "el") for name in outbox.attachments or ()]
    report = project / "out" / PERIOD
    arrived = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert arrived == {name: (report / name).read_bytes() for name in wanted}
    made = json.loads((report / "manifest.json").read_text("utf-8"))["outputs"]
    assert {name: sha256(data).hexdigest() for name, data in arrived.items()} == {n: made[n]["sha256"] for n in wanted}
    assert envelope.rcpt_tos == [
        person.address for group in (outbox.to, outbox.cc, outbox.bcc) for person in group or ()
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Ενδιάμεση έκθεση, πρώτο εξάμηνο 2008" in " ".join(body.get_content().split())
    log = [json.loads(line) for line in (project / "outbox" / "log.jsonl").read_text("utf-8").splitlines()]
    assert [entry["event"] for entry in log] == ["drafted", "approved", "sending", "sent"]
    assert mail["Message-ID"] == log[0]["detail"]["message_id"]
    assert log[-1]["detail"]["answer"] == "250 queued as 4711"


@pytest.mark.office
@pytest.mark.parametrize("period", [PERIOD, "2008-final"])
def test_the_pdfs_of_a_report_may_go_out(tmp_path: Path, period: str) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    project = tmp_path / "projects" / SAMPLE
    shutil.copytree(ROOT / "projects" / SAMPLE, project, ignore=shutil.ignore_patterns("out", "outbox"))
    assert run(tmp_path, "report", SAMPLE, "--period", period, "--pdf").returncode == 0
    outbox = project / "outbox.yaml"
    words = outbox.read_text("utf-8").replace(".docx\n", ".pdf\n").replace(".xlsx\n", ".pdf\n")
    for language in ("el", "en"):
        outbox.write_text(f"{words}language: {language}\n", "utf-8")
        done = run(tmp_path, "outbox", "draft", SAMPLE, "--period", period, "--as", "Maria", GRANTS_SETTINGS="none")
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"financial-report.{language}.pdf" in done.stdout
