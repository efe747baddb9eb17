"""Logins at Google by google-auth-oauthlib, their own library: a person signs in once in a browser of this computer."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

from grants.errors import GrantsError
from grants.writers.mail.keeping import keep_secret, lacks, read_secret

SCOPES = ("https://mail.google.com/",)
"""The only right with which Google lets one send by SMTP."""
_SECONDS = 600


def log_in_at_google(user: str, client_file: Path) -> None:
    """Open a browser, let a person sign in, and keep what was given.

    `client_file`: what Google's console gave for this program, as a desktop app. Raises GrantsError.
    """
    try:
        from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError  # noqa: PLC0415  # grants[google]
        from oauthlib.oauth2 import OAuth2Error  # noqa: PLC0415
    except ImportError:
        raise lacks("google-auth-oauthlib", "google") from None
    try:
        flow = InstalledAppFlow.from_client_secrets_file(str(client_file), scopes=list(SCOPES))
        credentials = flow.run_local_server(port=0, timeout_seconds=_SECONDS, login_hint=user, open_browser=True)
    except (OSError, ValueError, OAuth2Error, WSGITimeoutError, webbrowser.Error, Warning) as error:
        remedy = "Compare with docs/outbox.md, and try again."
        raise GrantsError(f"The login at Google failed ({type(error).__name__}).", remedy, code="MAIL-026") from None
    keep_secret(_name(user), credentials.to_json(strip=["token", "expiry"]))


def fetch_google_token(user: str) -> str | None:
    """A token that is good now; None where nobody has signed in, or it must be done again.

    Raises GrantsError where Google cannot be reached.
    """
    kept = read_secret(_name(user))
    if not kept:
        return None
    try:
        from google.auth.exceptions import RefreshError, TransportError  # noqa: PLC0415  # grants[google]
        from google.auth.transport.requests import Request  # noqa: PLC0415
        from google.oauth2.credentials import Credentials  # noqa: PLC0415
    except ImportError:
        raise lacks("google-auth", "google") from None
    try:
        credentials = Credentials.from_authorized_user_info(json.loads(kept), scopes=list(SCOPES))
        credentials.refresh(Request())
    except TransportError:
        raise GrantsError("Google cannot be asked for a login.", "Look at the network.", code="MAIL-026") from None
    except (RefreshError, ValueError):
        return None
    return str(credentials.token)


def _name(user: str) -> str:
    return f"google {user}"
