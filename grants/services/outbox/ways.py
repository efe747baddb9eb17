"""The ways out, as a user's settings choose them: a file, a mail server, Microsoft Graph; and signing in there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grants.errors import GrantsError, OutputError, UnusableError
from grants.model.message import Outcome
from grants.model.settings import Settings, Way
from grants.readers.mail import find_settings, read_settings
from grants.writers.files import write_whole
from grants.writers.mail.envelope import Envelope, Note
from grants.writers.mail.google import log_in_at_google
from grants.writers.mail.graph import send_by_graph
from grants.writers.mail.microsoft import GRAPH_SCOPES, SMTP_SCOPES, log_in_at_microsoft
from grants.writers.mail.secrets import read_credentials, read_graph_token, require_app, require_user
from grants.writers.mail.smtp import send_by_smtp


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out, ready to be used."""

    name: Way
    server: str
    """Who is asked; empty for a file."""
    attempt: Callable[[Envelope, Note], Outcome]
    unsent: bool = False
    """Whether the message is written as a draft."""
    hidden: bool = False
    """Whether hidden recipients stand in it, as there is no envelope."""
    by_hand: bool = False
    """Whether a person sends it in the end."""


def load_settings(environment: Mapping[str, str]) -> Settings:
    """A user's settings. Raises UnusableError where they have faults."""
    file = find_settings(environment)
    if environment.get("GRANTS_SETTINGS") and not file.exists():  # else mail would leave by another way, unnoticed
        message, remedy = f"GRANTS_SETTINGS names {file}, which is not there.", "Correct the name, or unset it."
        raise UnusableError(message, remedy, code="MAIL-007")
    settings, findings = read_settings(file)
    if settings is None:
        raise UnusableError("Your settings have errors; nothing was sent.", "See docs/outbox.md.", findings)
    if settings.way == "smtp" and settings.smtp is None:
        message = "Your settings choose SMTP and name no server."
        raise GrantsError(message, "Add a part `[smtp]` with `host` (docs/outbox.md).", code="MAIL-018")
    if settings.way in ("graph", "graph-draft"):
        require_app(settings)
    return settings


def choose_way(settings: Settings, environment: Mapping[str, str], file: Path) -> WayOut:
    """The way out of the settings; `file` is what is written where a person sends it. Raises GrantsError."""
    if settings.way == "smtp" and (server := settings.smtp):
        credentials = read_credentials(settings, environment)
        return WayOut("smtp", server.host, lambda envelope, note: send_by_smtp(envelope, server, credentials, note))
    if settings.way in ("graph", "graph-draft"):
        app, token, send = require_app(settings), read_graph_token(settings, environment), settings.way == "graph"

        def post(envelope: Envelope, note: Note) -> Outcome:
            return send_by_graph(envelope, app, token, note, send=send)

        return WayOut(settings.way, app.graph, post, hidden=True, by_hand=not send)

    def write(envelope: Envelope, note: Note) -> Outcome:
        note("ending")  # whoever sees the file may send it
        try:
            write_whole({file: envelope.data})
        except OutputError as error:  # no half a file is left: nothing was handed over
            reason = error.__cause__.strerror if isinstance(error.__cause__, OSError) else "open elsewhere"
            return Outcome("deferred", f"outbox/messages/{file.name} cannot be written ({reason}).")
        return Outcome("accepted", f"outbox/messages/{file.name}")  # a whole path would tell names, in the log

    return WayOut("eml", "", write, unsent=True, by_hand=True)


def require_way(settings: Settings, environment: Mapping[str, str]) -> None:
    """Before anybody is asked whether to send: raises GrantsError where there is no password or no login."""
    choose_way(settings, environment, Path())


def describe_way(settings: Settings) -> str:
    """In words, for whoever is asked whether to send."""
    if settings.way == "smtp" and settings.smtp:
        return f"by {settings.smtp.host}"
    words = {"graph": "by Microsoft Graph", "graph-draft": "as a draft in the mailbox, to be sent by hand"}
    return words.get(settings.way, "as a file, to be sent by hand")


def log_in(settings: Settings, client_file: Path | None, show: Callable[[str], None]) -> str:
    """Let a person sign in where the settings send mail. The account. Raises GrantsError."""
    if settings.way in ("graph", "graph-draft"):
        return log_in_at_microsoft(require_app(settings), GRAPH_SCOPES, show)
    server = settings.smtp
    if settings.way == "smtp" and server and server.login == "microsoft":
        return log_in_at_microsoft(require_app(settings), SMTP_SCOPES, show)
    if settings.way == "smtp" and server and server.login == "google":
        if client_file is None:
            remedy = "Say which one: `--client-file FILE` (docs/outbox.md)."
            raise GrantsError("Signing in at Google needs the file that its console gave.", remedy, code="MAIL-018")
        log_in_at_google(require_user(server), client_file)
        return require_user(server)
    remedy = 'Set `login = "microsoft"` or `"google"` in `[smtp]`, or `way = "graph"` (docs/outbox.md).'
    raise GrantsError("Your settings send mail without signing in.", remedy, code="MAIL-018")
