"""Passwords and tokens: from the environment, the keyring or a login, never from a file; never shown, never kept."""

from __future__ import annotations

from collections.abc import Mapping

from grants.errors import GrantsError
from grants.model.settings import MicrosoftApp, Settings, SmtpServer
from grants.writers.mail.envelope import Credentials
from grants.writers.mail.google import fetch_google_token
from grants.writers.mail.keeping import SERVICE, read_secret
from grants.writers.mail.microsoft import GRAPH_SCOPES, SMTP_SCOPES, fetch_microsoft_token

PASSWORD = "GRANTS_SMTP_PASSWORD"  # noqa: S105  # the name of a variable
TOKEN = "GRANTS_SMTP_TOKEN"  # noqa: S105  # the name of a variable
GRAPH_TOKEN = "GRANTS_GRAPH_TOKEN"  # noqa: S105  # the name of a variable


def read_credentials(settings: Settings, environment: Mapping[str, str]) -> Credentials | None:
    """User and secret for the mail server, None where it wants none. Raises GrantsError where there is no secret."""
    server = settings.smtp
    if server is None or server.login == "none":
        return None
    user = require_user(server)
    if server.login == "password":
        secret = environment.get(PASSWORD) or read_secret(user)
        remedy = f"Keep it in the keyring (`keyring set {SERVICE} {user}`), or set {PASSWORD}."
    else:
        secret = environment.get(TOKEN) or _fetch_token(settings, server.login, user)
        remedy = f"Sign in with `grants outbox login`, or set {TOKEN}."
    if not secret:
        what = "password" if server.login == "password" else "login"
        raise GrantsError(f"There is no {what} for {user}.", remedy, code="MAIL-019")
    return Credentials(user, secret, oauth=server.login != "password")


def _fetch_token(settings: Settings, login: str, user: str) -> str | None:
    if login == "microsoft":
        return fetch_microsoft_token(require_app(settings), SMTP_SCOPES)
    return fetch_google_token(user) if login == "google" else read_secret(user)


def read_graph_token(settings: Settings, environment: Mapping[str, str]) -> Credentials:
    """The token for Microsoft Graph. Raises GrantsError where there is none."""
    app = require_app(settings)
    secret = environment.get(GRAPH_TOKEN) or fetch_microsoft_token(app, GRAPH_SCOPES)
    if not secret:
        remedy = f"Sign in with `grants outbox login`, or set {GRAPH_TOKEN}."
        raise GrantsError("Nobody is signed in at Microsoft.", remedy, code="MAIL-019")
    return Credentials("", secret, oauth=True)


def require_user(server: SmtpServer) -> str:
    """The user of the mail server. Raises GrantsError."""
    if not server.user:
        raise GrantsError("Your settings name no user for the mail server.", "Add `user` to `[smtp]`.", code="MAIL-018")
    return server.user


def require_app(settings: Settings) -> MicrosoftApp:
    """The program as registered at Microsoft. Raises GrantsError."""
    if settings.microsoft is None:
        message = "Your settings do not say how this program is registered at Microsoft."
        raise GrantsError(message, "Add a part `[microsoft]` with `client` (docs/outbox.md).", code="MAIL-018")
    return settings.microsoft
