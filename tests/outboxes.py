"""A workspace with a small report to mail, and a mail server that does what a test asks of it, over TLS."""

from __future__ import annotations

import datetime
import io
import json
import random
import shutil
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import trustme
import xlsxwriter
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from docx import Document

from grants.services.inputs import list_inputs, list_records
from grants.services.manifest import MANIFEST, describe_build, hash_files
from grants.services.outbox.draft import View, approve_message, draft_message
from tests.folders import make_folder

ROOT = Path(__file__).parents[1]
SAMPLE = "shelter-greece-prevention-serbia"
PERIOD = "2008-H1"
NOW = datetime.datetime(2008, 8, 20, 9, tzinfo=datetime.UTC)
"""When the tests' messages are drafted and sent."""


@cache
def make_document(text: str = "Έκθεση προόδου.", author: str = "ΚΛΙΜΑΚΑ", *, bare: bool = False) -> bytes:
    """A Word file with a paragraph; a bare one has no styles, which are fifty thousand elements to look through."""
    document = Document()
    rels = document.part.package.rels
    del rels[next(key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail"))]
    if bare:
        document.part.rels.clear()
    document.core_properties.author = author
    document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@cache
def make_workbook(hidden: str | None = None, comment: str | None = None, row: tuple[Any, ...] = ("Rent", 5)) -> bytes:
    """A workbook with a row."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.set_properties({"author": "ΚΛΙΜΑΚΑ"})
        sheet = workbook.add_worksheet("Table")
        sheet.write_row(0, 0, row)
        if comment:
            sheet.write_comment(0, 0, comment)
        if hidden:
            workbook.add_worksheet(hidden).hide()
    return target.getvalue()


def make_picture(size: int) -> bytes:
    """A PNG of that many bytes that no packing makes smaller; nobody looks at it."""
    pixels = random.Random(4711).randbytes(size)  # noqa: S311  # no secret
    length, kind = len(pixels).to_bytes(4, "big"), b"IDAT"
    return b"\x89PNG\r\n\x1a\n" + length + kind + pixels + zlib.crc32(kind + pixels).to_bytes(4, "big")


def make_outbox(folder: Path) -> Path:
    """A copy of the sample project with an interim report of small files; its folder."""
    shutil.copytree(_prepare(), folder, dirs_exist_ok=True)
    return folder / "projects" / SAMPLE


def make_approved(folder: Path) -> Path:
    """The same with a message that Maria drafted and Ana approved."""
    shutil.copytree(_prepare_approved(), folder, dirs_exist_ok=True)
    return folder / "projects" / SAMPLE


@cache
def _prepare() -> Path:
    """The workspace that tests copy, made once in each process."""
    folder = make_folder()
    shutil.copytree(ROOT / "templates", folder / "templates")
    project = folder / "projects" / SAMPLE
    ignored = shutil.ignore_patterns("out", "outbox", "periods")
    shutil.copytree(ROOT / "projects" / SAMPLE, project, ignore=ignored)
    report = project / "out" / PERIOD
    report.mkdir(parents=True)
    files = {
        "cover-letter.el.docx": make_document("Σας υποβάλλουμε την έκθεση.", bare=True),
        "narrative-report.el.docx": make_document(bare=True),
        "financial-report.el.xlsx": make_workbook(),
        "payment-request.el.docx": make_document("Αίτημα πληρωμής.", bare=True),
    }
    for name, data in files.items():
        (report / name).write_bytes(data)
    (report / "figures.json").write_text(json.dumps({"texts": {"spent_current": "12345.60"}}), "utf-8")
    make_manifest(project)
    return folder


@cache
def _prepare_approved() -> Path:
    folder = make_folder()
    approve_draft(make_outbox(folder))
    return folder


def draft(project: Path, correction: str | None = None) -> View:
    """The message of the report, drafted by Maria."""
    return draft_message(project, PERIOD, "Maria", NOW, correction)


def approve_draft(project: Path) -> None:
    """Draft the message of the report, as it is now, and let Ana approve it."""
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)


def make_manifest(project: Path) -> None:
    """The report's files as they stand are those that were made, from the definition as it stands."""
    report = project / "out" / PERIOD
    inputs = hash_files([*list_inputs(project), *list_records(project, [PERIOD])], project)
    outputs = {file.name: file.read_bytes() for file in report.iterdir() if file.is_file() and file.name != MANIFEST}
    about = {"report": PERIOD, "periods": PERIOD}
    (report / MANIFEST).write_bytes(describe_build(about, inputs, {}, outputs, "", report))


@dataclass
class Mailroom:
    """What a server takes, and how it behaves: each hook may return an answer or do harm."""

    rcpt: Callable[[str], str | None] = lambda address: None
    data: Callable[[int], str | None] = lambda number: None
    """Gets the number of the attempt, from 1, when the whole message has arrived; its answer in place of 250."""
    attempts: int = 0
    logins: list[tuple[str, bytes]] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if answer := self.rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.attempts += 1
        answer = self.data(self.attempts)
        if answer is None or answer.startswith("taken"):
            self.taken.append(envelope)
        return "250 queued as 4711" if answer is None else answer

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """PLAIN with the password of the tests."""
        self.logins.append((mechanism, data.password))
        return AuthResult(success=data.password == b"secret-4711", handled=False)


AUTHORITY = trustme.CA()


def find_port() -> int:
    """A port that is free now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def run_server(
    room: Any,
    names: tuple[str, ...] = ("localhost", "127.0.0.1"),
    size: int = 50_000_000,
    tls: bool = False,
    **options: Any,
) -> Iterator[int]:
    """A server on a free port, STARTTLS, or TLS from the first byte, with a certificate for these names; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*names).configure_cert(context)
    secured = {"ssl_context": context, "auth_require_tls": False} if tls else {"tls_context": context}
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=find_port(),
        require_starttls=not tls,
        authenticator=room.authenticate,
        data_size_limit=size,
        ready_timeout=20,
        **secured,
        **options,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def write_authority(folder: Path) -> Path:
    """The certificate that signs the servers' ones."""
    file = folder / "authority.pem"
    if not file.exists():  # a process that a test starts has another authority, and takes this one
        AUTHORITY.cert_pem.write_to_path(str(file))
    return file
