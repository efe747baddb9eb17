"""Microsoft Graph: a message is put among the drafts of a mailbox, and then sent from there, or left to a person.

Two calls (learn.microsoft.com/graph/api: user-post-messages, message-send). `POST /me/messages` with the MIME message
in base64, as text/plain, answers 201 and sends nothing. `POST /me/messages/{id}/send`, without a body, answers 202;
once it was made, an answer that is lost, or that is no clear refusal, means that nobody knows. A message that is too
large for the first call is drafted without its files, which are added one by one (graph_files.py).
"""

from __future__ import annotations

import base64
import contextlib
import functools
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from grants.model.message import Outcome
from grants.model.settings import MicrosoftApp
from grants.writers.mail.envelope import Credentials, Envelope, Note
from grants.writers.mail.graph_files import (
    LARGEST,
    SMALL,
    LargeFile,
    split_file,
    take_out_files,
    write_announcement,
    write_small_file,
)
from grants.writers.mail.keeping import lacks

MOST = 4_000_000
"""Bytes of a call; the documents of Graph name 4 MB, and 413 beyond."""
DRAFTED = "a draft in the folder Drafts of the mailbox"
_LEFT = "A draft may have been left in the folder Drafts: delete it before you try again."
JSON = "application/json"
_SECONDS = 120
_WORDS = 400
_LATER = (408, 429, 503)
"""Answers by which Graph says that it did nothing and wants to be asked again."""


class _NoAnswerError(Exception):
    """Nothing came back. `sure`: nothing can have been done, as no connection was made."""

    def __init__(self, words: str, *, sure: bool, again: bool = False) -> None:
        super().__init__(words)
        self.words, self.sure, self.again = words, sure, again


def send_by_graph(envelope: Envelope, app: MicrosoftApp, token: Credentials, note: Note, *, send: bool) -> Outcome:
    """Try once: put the message among the drafts, and with `send` send it. Nothing is raised for what a network does.

    Without `send`, "accepted" means that the draft stands there.
    """
    body, files = base64.b64encode(envelope.data), list[LargeFile]()
    if len(body) > MOST:
        message, files = take_out_files(envelope.data)
        body = base64.b64encode(message)
    largest = max((len(file.data) for file in files), default=0)
    if largest > LARGEST or len(body) > MOST:
        words = f"A file has {largest:,} bytes; Microsoft Graph takes {LARGEST:,}."
        return Outcome("refused", f"{words} Use SMTP, or send it by hand.")
    folder = f"{app.graph.rstrip('/')}/me/messages"
    with contextlib.closing(_open_session(app, token)) as session:
        note("connecting" if send else "ending")  # whoever sees a draft may send it
        try:
            answer = _post(session, folder, body)
        except _NoAnswerError as error:
            return _judge_lost_draft(error, send=send)
        name = _read(answer).get("id")
        if answer.status_code != 201 or not name:
            return _judge_draft(answer, send=send)
        draft = f"{folder}/{quote(str(name), safe='')}"
        for file in files:
            if fault := _attach(session, draft, file):
                return _give_up(session, draft, fault, send=send)
        return _send(session, draft, note) if send else Outcome("accepted", DRAFTED)


def _attach(session: Any, draft: str, file: LargeFile) -> Outcome | None:
    """Add a file to a draft. None where it stands there whole; what went wrong otherwise: nothing was sent."""
    try:
        if len(file.data) < SMALL:
            answer = _post(session, f"{draft}/attachments", write_small_file(file), JSON)
            return None if answer.status_code == 201 else _judge_file(answer, file)
        answer = _post(session, f"{draft}/attachments/createUploadSession", write_announcement(file), JSON)
        place = str(_read(answer).get("uploadUrl", ""))
        if answer.status_code != 201 or not place.startswith("https://"):
            return _judge_file(answer, file)
        for span, piece, last in split_file(file):
            headers = {"Content-Type": "application/octet-stream", "Content-Range": span}
            answer = _call(session, "PUT", place, piece, headers, auth=_unsigned)
            if answer.status_code != (201 if last else 200):
                return _judge_file(answer, file)
    except _NoAnswerError as error:
        return Outcome("deferred", f"{file.name}: {error.words}", again=True)
    return None


def _unsigned(request: Any) -> Any:
    """The address of an upload session lets whoever knows it in: the token is not for it."""
    return request


def _judge_file(answer: Any, file: LargeFile) -> Outcome:
    if 400 <= answer.status_code < 500 and answer.status_code not in _LATER:
        return replace(_judge(answer), answer=f"{file.name}: {_judge(answer).answer}"[:_WORDS])
    return Outcome("deferred", f"{file.name}: {_say(answer)}"[:_WORDS], again=True)


def _give_up(session: Any, draft: str, fault: Outcome, *, send: bool) -> Outcome:
    """Delete a draft that lacks a file. Where that fails and a person was to send it, nobody knows what they do."""
    try:
        gone = session.request("DELETE", draft).status_code in (204, 404)
    except OSError:
        gone = False
    if gone:
        return fault
    return Outcome("deferred" if send else "unknown", f"{fault.answer} {_LEFT}")


def _judge_lost_draft(error: _NoAnswerError, *, send: bool) -> Outcome:
    if error.sure:
        return Outcome("deferred", error.words, again=error.again)
    return Outcome("deferred" if send else "unknown", f"{error.words} {_LEFT}")


def _judge_draft(answer: Any, *, send: bool) -> Outcome:
    """An answer that is no draft. A gateway's own (500, 502, 504) does not say whether one was made."""
    if answer.status_code in _LATER or 300 <= answer.status_code < 500:
        return _judge(answer)
    return Outcome("deferred" if send else "unknown", f"{_say(answer)}. {_LEFT}")


def _send(session: Any, place: str, note: Note) -> Outcome:
    """Send a draft; one that is not sent is deleted, so that nobody sends it later by hand."""
    note("ending")
    try:
        answer = _post(session, f"{place}/send", b"")
    except _NoAnswerError as error:
        return Outcome("unknown", f"The answer was lost. {error.words}")
    if answer.status_code == 202:
        return Outcome("accepted", "202 Accepted")
    if answer.status_code not in _LATER and not 300 <= answer.status_code < 500:
        return Outcome("unknown", _say(answer))
    with contextlib.suppress(OSError):
        session.request("DELETE", place)
    return _judge(answer)


def _open_session(app: MicrosoftApp, token: Credentials) -> Any:
    try:
        import requests  # noqa: PLC0415  # comes with grants[microsoft]
    except ImportError:
        raise lacks("requests", "microsoft") from None

    def sign(request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {token.secret}"
        return request

    session = requests.Session()
    session.auth = sign  # not a header: that a file .netrc would replace
    session.request = functools.partial(
        session.request, timeout=_SECONDS, allow_redirects=False, verify=app.ca_file or True
    )  # at each call: what a session knows of certificates, a variable of the environment replaces
    return session


def _post(session: Any, place: str, body: bytes, kind: str = "text/plain") -> Any:
    """The answer. A redirection is one too, and no success: the token goes nowhere else. Raises _NoAnswerError."""
    return _call(session, "POST", place, body, {"Content-Type": kind})


def _call(session: Any, method: str, place: str, body: bytes, headers: dict[str, str], auth: Any = None) -> Any:
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415  # comes with requests

    try:
        return session.request(method, place, data=body, headers=headers, auth=auth)
    except OSError as error:  # as every exception of requests is one
        reason = getattr(next(iter(error.args), None), "reason", None)
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise _NoAnswerError("The certificate of the server cannot be trusted.", sure=True) from None
        if isinstance(reason, NewConnectionError):
            raise _NoAnswerError("No connection with the server.", sure=True, again=True) from None
        raise _NoAnswerError(f"No answer ({type(error).__name__}).", sure=False) from None


def _judge(answer: Any) -> Outcome:
    """Something that was certainly not sent: try again, sign in again, or have it changed."""
    if answer.status_code == 401:
        return Outcome("deferred", f"The login was refused: {_say(answer)}. Sign in with `grants outbox login`.")
    again = answer.status_code in _LATER
    return Outcome("deferred" if again else "refused", _say(answer), again=again)


def _say(answer: Any) -> str:
    error = _read(answer).get("error")
    words = f"{error.get('code', '')}: {error.get('message', '')}" if isinstance(error, dict) else answer.reason or ""
    return f"{answer.status_code} {' '.join(words.split())}"[:_WORDS]


def _read(answer: Any) -> dict[str, Any]:
    try:
        data = answer.json()
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
