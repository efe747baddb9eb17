"""Passwords and tokens: from the environment or the system's keyring, never from a file; never shown, never kept."""

from __future__ import annotations

from collections.abc import Mapping

from grants.errors import GrantsError
from grants.model.settings import SmtpServer
from grants.writers.mail.smtp import Credentials

PASSWORD = "GRANTS_SMTP_PASSWORD"  # noqa: S105  # the name of a variable
TOKEN = "GRANTS_SMTP_TOKEN"  # noqa: S105  # the name of a variable
SERVICE = "grants"
"""Under which the keyring keeps it, with the user's name."""


def read_credentials(server: SmtpServer, environment: Mapping[str, str]) -> Credentials | None:
    """User and secret for a server, None where it wants none. Raises GrantsError where there is no secret."""
    if server.login == "none":
        return None
    if not server.user:
        raise GrantsError("Your settings name no user for the mail server.", "Add `user` to `[smtp]`.", code="MAIL-018")
    variable = TOKEN if server.login == "token" else PASSWORD
    secret = environment.get(variable) or _ask_keyring(server.user)
    if not secret:
        remedy = f"Keep it in the keyring (`keyring set {SERVICE} {server.user}`), or set {variable}."
        raise GrantsError(f"There is no {server.login} for {server.user}.", remedy, code="MAIL-019")
    return Credentials(server.user, secret, oauth=server.login == "token")


def _ask_keyring(user: str) -> str | None:
    """The keyring's secret; None where the library is not installed, or there is no keyring on this computer."""
    try:
        import keyring  # noqa: PLC0415  # optional: pip install grants[mail]
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, user)
    except KeyringError:
        return None
