"""Logins at Microsoft by msal, their own library: a person signs in once in a browser, then tokens come by themselves.

The device code flow: the program shows a code, which the person enters at a page of Microsoft, at this or another
computer. What is kept, in the keyring, is the library's own cache, with a token that gets new ones.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grants.errors import GrantsError
from grants.model.settings import MicrosoftApp
from grants.writers.mail.keeping import keep_secret, lacks, read_secret

SMTP_SCOPES = ("https://outlook.office.com/SMTP.Send",)
GRAPH_SCOPES = ("https://graph.microsoft.com/Mail.ReadWrite", "https://graph.microsoft.com/Mail.Send")
"""The first to put a message among the drafts, the second to send it."""
_SECONDS = 60


def log_in_at_microsoft(
    app: MicrosoftApp, scopes: Sequence[str], show: Callable[[str], None], http_client: Any = None
) -> str:
    """Let a person sign in, and keep what was given. `show` gets what to do. The account's name.

    Raises GrantsError where it was refused, or not done in time (15 minutes).
    """
    with _reaching(app):
        client, cache = _make_client(app, "", http_client)
        flow = client.initiate_device_flow(scopes=list(scopes))
        if "user_code" not in flow:
            raise _refused(flow)
        show(flow["message"])
        result = client.acquire_token_by_device_flow(flow)
    if "access_token" not in result:
        raise _refused(result)
    keep_secret(_name(app), cache.serialize())
    return next((str(account["username"]) for account in client.get_accounts()), "")


def fetch_microsoft_token(app: MicrosoftApp, scopes: Sequence[str], http_client: Any = None) -> str | None:
    """A token that is good now; None where nobody has signed in, or it must be done again.

    Raises GrantsError where Microsoft cannot be reached.
    """
    kept = read_secret(_name(app))
    if not kept:
        return None
    with _reaching(app):
        client, cache = _make_client(app, kept, http_client)
        account = next(iter(client.get_accounts()), None)
        result = client.acquire_token_silent(list(scopes), account=account) if account else None
    if cache.has_state_changed:
        keep_secret(_name(app), cache.serialize())
    return str(result["access_token"]) if result and "access_token" in result else None


def _make_client(app: MicrosoftApp, kept: str, http_client: Any) -> tuple[Any, Any]:
    """The library's client, and its cache as it was kept."""
    try:
        import msal  # noqa: PLC0415  # optional: pip install "grants[microsoft]"
    except ImportError:
        raise lacks("msal", "microsoft") from None
    cache = msal.SerializableTokenCache()
    cache.deserialize(kept)
    options = {"http_client": http_client} if http_client else {"verify": app.ca_file or True, "timeout": _SECONDS}
    place = f"{app.authority.rstrip('/')}/{app.tenant}"
    return msal.PublicClientApplication(app.client, authority=place, token_cache=cache, **options), cache


@contextlib.contextmanager
def _reaching(app: MicrosoftApp) -> Iterator[None]:
    """What the library raises where there is no network, or no such tenant, as a sentence; it may quote no token."""
    try:
        yield
    except (OSError, ValueError) as error:
        message = f"{app.authority} cannot be asked for a login ({type(error).__name__})."
        remedy = "Look at the network, and at `[microsoft]` of your settings; then `grants outbox login`."
        raise GrantsError(message, remedy, code="MAIL-026") from None


def _name(app: MicrosoftApp) -> str:
    return f"microsoft {app.client}"


def _refused(answer: Any) -> GrantsError:
    words = " ".join(str(answer.get("error_description") or answer.get("error") or "no reason given").split())[:400]
    remedy = "Try again; if it is refused again, show this to your administrator."
    return GrantsError(f"The login at Microsoft was refused: {words}", remedy, code="MAIL-026")
