"""SMTP: one attempt to hand a message to a server, over TLS whose certificate is checked.

All recipients are named before the message is: where the server refuses one of them, nobody gets anything, so that a
corrected message does not reach the others twice. The steps are those of RFC 5321; before each, `note` records it. Only
the last one, the line with a single dot, makes the message the server's: an answer lost before it means that nothing
was sent, an answer lost after it means that nobody knows.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Sequence

from grants.model.message import Outcome
from grants.model.settings import SmtpServer
from grants.writers.mail.envelope import Credentials, Envelope, Note

_OWN_NAME = "[127.0.0.1]"
"""What the server is told of who calls, as RFC 5321 has it for whoever has no name: not that of the computer, which the
server would write into the message for everybody to read."""
_WORDS = 400
"""Characters of a server's answer that are kept."""


class _StoppedError(Exception):
    """The attempt ends here, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.result)
        self.outcome = outcome


def send_by_smtp(envelope: Envelope, server: SmtpServer, credentials: Credentials | None, note: Note) -> Outcome:
    """Try once. What the server answered is told; nothing is raised for what a server or a network does."""
    note("connecting")
    try:
        with contextlib.closing(_connect(server)) as connection:
            _log_in(connection, credentials)
            return _transact(connection, envelope, server, note)
    except _StoppedError as stop:
        return stop.outcome
    except ssl.SSLCertVerificationError as error:
        return Outcome("deferred", f"The certificate of {server.host} cannot be trusted: {error.verify_message}.")
    except smtplib.SMTPNotSupportedError:
        return Outcome("deferred", f"{server.host} does not offer an encrypted connection or this way to log in.")
    except smtplib.SMTPResponseException as error:
        return _judge(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("deferred", f"No connection with {server.host}: {_say_error(error)}.", again=True)


def _connect(server: SmtpServer) -> smtplib.SMTP:
    """An encrypted connection, or an exception: nothing is ever said in clear."""
    context = ssl.create_default_context(cafile=server.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, _OWN_NAME, timeout=server.seconds, context=context)
    connection = smtplib.SMTP(server.host, server.port, _OWN_NAME, timeout=server.seconds)
    try:
        connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, credentials: Credentials | None) -> None:
    connection.ehlo()
    if credentials is None:
        return
    try:
        if credentials.oauth:
            _log_in_with_token(connection, credentials)
        else:
            connection.login(credentials.user, credentials.secret)
    except smtplib.SMTPAuthenticationError as error:
        words, temporary = _say(error.smtp_code, error.smtp_error), 400 <= error.smtp_code < 500
        raise _StoppedError(Outcome("deferred", f"The login was refused: {words}", again=temporary)) from None
    except UnicodeError:
        words = "The password has letters beyond ASCII, which this way to log in cannot send."
        raise _StoppedError(Outcome("deferred", words)) from None


def _log_in_with_token(connection: smtplib.SMTP, credentials: Credentials) -> None:
    """XOAUTH2. Where the token is refused the server sends why, and waits for an empty line before it says 535."""

    def answer(challenge: bytes | None = None) -> str:
        if challenge is not None:
            return ""
        return f"user={credentials.user}\x01auth=Bearer {credentials.secret}\x01\x01"

    connection.auth("XOAUTH2", answer)


def _transact(connection: smtplib.SMTP, envelope: Envelope, server: SmtpServer, note: Note) -> Outcome:
    _check_size(connection, envelope)
    note("envelope")
    options = [f"SIZE={len(envelope.data)}"] if connection.has_extn("size") else []
    _expect(connection.mail(envelope.sender, options), 250)
    wish = ["NOTIFY=SUCCESS,FAILURE,DELAY"] if server.receipt and connection.has_extn("dsn") else []
    _name_recipients(connection, envelope.recipients, wish)
    note("content")
    _expect(connection.docmd("DATA"), 354)
    connection.send(re.sub(rb"(?m)^\.", b"..", envelope.data))  # a line of the message is never taken for its end
    note("ending")
    try:
        connection.send(b".\r\n" if envelope.data.endswith(b"\r\n") else b"\r\n.\r\n")
        code, words = connection.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("unknown", f"The answer was lost: {_say_error(error)}.")
    if not 200 <= code < 600:
        return Outcome("unknown", f"The answer cannot be understood: {_say(code, words)}")
    if code < 300:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.putcmd("QUIT")  # its answer is not waited for: the message is the server's
        return Outcome("accepted", _say(code, words))
    return _judge(code, words)


def _check_size(connection: smtplib.SMTP, envelope: Envelope) -> None:
    largest = connection.esmtp_features.get("size", "")
    if largest.isdigit() and 0 < int(largest) < len(envelope.data):
        words = f"The message has {len(envelope.data):,} bytes; the server takes {int(largest):,}."
        raise _StoppedError(Outcome("refused", words))


def _name_recipients(connection: smtplib.SMTP, recipients: Sequence[str], options: Sequence[str]) -> None:
    """Name them all, so that every refusal is told at once; stop where there is one."""
    refusals = []
    for recipient in recipients:
        code, words = connection.rcpt(recipient, options)
        if code not in (250, 251):
            refusals.append((code, f"{recipient}: {_say(code, words)}"))
    if not refusals:
        return
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.rset()
    told = "; ".join(words for _, words in refusals)
    if all(400 <= code < 500 for code, _ in refusals):
        raise _StoppedError(Outcome("deferred", told, again=True))
    raise _StoppedError(Outcome("refused", told))


def _expect(reply: tuple[int, bytes], wanted: int) -> None:
    if reply[0] != wanted:
        raise _StoppedError(_judge(*reply))


def _judge(code: int, words: bytes | str) -> Outcome:
    """4xx: try later. -1 is what the library says for a line that is no answer. The rest is final."""
    temporary = 400 <= code < 500 or code == -1
    return Outcome("deferred" if temporary else "refused", _say(code, words), again=temporary)


def _say(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:_WORDS]


def _say_error(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")[:_WORDS]
