"""A server that answers as Microsoft Graph does, over TLS, and does what a test asks of it; a keyring in memory."""

from __future__ import annotations

import base64
import http.server
import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from tests.outboxes import AUTHORITY

DRAFT = "AAMkAGI2=/1"
"""As Graph names a message: it must be quoted in an address."""


@dataclass
class Graph:
    """A mailbox. `answers`: for drafting and sending, the status; None for a connection that is cut."""

    drafting: list[int | None] = field(default_factory=list)
    sending: list[int | None] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    unsigned: set[str | None] = field(default_factory=set)
    """What came with the parts of an upload: never the token."""
    drafts: dict[str, bytes] = field(default_factory=dict)
    sent: list[bytes] = field(default_factory=list)
    attaching: list[int | None] = field(default_factory=list)
    """For every call that adds a file, or a part of one."""
    deleting: int = 204
    files: dict[str, bytes] = field(default_factory=dict)
    """Files that were added whole to the draft."""
    begun: dict[str, Any] = field(default_factory=dict)
    address: str = ""

    def attach(self, path: str, body: bytes, span: str | None) -> tuple[int | None, str]:
        """A file in one call; an upload session; a part of an upload, in order."""
        status = self.attaching.pop(0) if self.attaching else 0
        if status != 0:
            return status, FAULT
        if path.endswith("/attachments"):
            said = json.loads(body)
            assert len(body) < 4 * 1024 * 1024
            self.files[said["name"]] = base64.b64decode(said["contentBytes"])
            return 201, "{}"
        if path.endswith("/createUploadSession"):
            self.begun = json.loads(body)["AttachmentItem"] | {"data": b""}
            return 201, json.dumps({"uploadUrl": f"{self.address}/upload?authtoken=4711", "nextExpectedRanges": ["0-"]})
        start, end, size = map(int, re.findall(r"\d+", span or ""))
        assert (start, size, end - start + 1) == (len(self.begun["data"]), self.begun["size"], len(body))
        assert len(body) < 4_000_000
        self.begun["data"] += body
        if len(self.begun["data"]) < size:
            return 200, json.dumps({"nextExpectedRanges": [str(len(self.begun["data"]))]})
        self.files[self.begun["name"]] = self.begun["data"]
        return 201, ""

    def answer(self, method: str, path: str, body: bytes, span: str | None = None) -> tuple[int | None, str]:
        """Status and body, as the documents of Graph say."""
        self.calls.append(f"{method} {path}")
        if "/attachments" in path or "/upload" in path:
            return self.attach(path, body, span)
        if method == "DELETE" and self.deleting != 204:
            return self.deleting, FAULT
        if method == "DELETE":
            return (204, "") if self.drafts.pop(DRAFT, None) else (404, "")
        if path == "/v1.0/me/messages":
            status = self.drafting.pop(0) if self.drafting else 201
            if status in (201, None):
                self.drafts[DRAFT] = base64.b64decode(body, validate=True)
            return status, f'{{"id": "{DRAFT}"}}' if status == 201 else FAULT
        status = self.sending.pop(0) if self.sending else 202
        if status in (202, None):
            self.sent.append(self.drafts.pop(DRAFT))
        return status, "" if status == 202 else FAULT


FAULT = '{"error": {"code": "ErrorFault", "message": "Something is wrong."}}'


@contextmanager
def run_graph(graph: Graph) -> Iterator[str]:
    """The server on a free port; the address of its API."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            (graph.tokens if self.command != "PUT" else graph.unsigned).add(self.headers["Authorization"])
            status, text = graph.answer(self.command, self.path, body, self.headers["Content-Range"])
            if status is None:
                self.connection.close()
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_DELETE = do_PUT = serve  # noqa: N815  # the library's names

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # seconds between looks whether to end
    thread.start()
    try:
        graph.address = f"https://localhost:{server.server_port}"
        yield f"{graph.address}/v1.0"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class MemoryKeyring(KeyringBackend):
    """A keyring that, as that of Windows, takes no more than 1,280 letters under a name."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1_280:
            raise PasswordSetError("The stub received bad data")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")
