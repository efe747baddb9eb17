"""Signing in at Microsoft and Google: what is kept stands in the keyring alone, and nothing of it is shown."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from grants.errors import GrantsError
from grants.model.settings import MicrosoftApp, Settings, SmtpServer
from grants.services.outbox.ways import log_in
from grants.writers.mail.envelope import Credentials
from grants.writers.mail.google import fetch_google_token, log_in_at_google
from grants.writers.mail.keeping import keep_secret, read_secret
from grants.writers.mail.microsoft import GRAPH_SCOPES, SMTP_SCOPES, fetch_microsoft_token, log_in_at_microsoft
from grants.writers.mail.secrets import read_credentials
from tests.graphs import MemoryKeyring

APP = MicrosoftApp(client="4711", tenant="klimaka.example.org")
LONG = "refresh-" + "x" * 2_000
PLACE = "https://login.microsoftonline.com/klimaka.example.org"


@pytest.fixture
def kept() -> Iterator[MemoryKeyring]:
    """A keyring for the time of a test."""
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """A computer without one."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@dataclass
class Microsoft:
    """A transport that answers as the identity platform of Microsoft does (RFC 8628 and OpenID Connect)."""

    refuse: str | None = None
    refused_refresh: bool = False
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def get(self, url: str, **_: Any) -> Any:
        if url.endswith("/discovery/instance"):
            names = ["login.microsoftonline.com", "login.windows.net"]
            network = {"preferred_network": names[0], "preferred_cache": names[1], "aliases": names}
            return answer({"metadata": [network]})
        assert url == f"{PLACE}/v2.0/.well-known/openid-configuration"
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "issuer": "v2.0"}
        places["device_authorization_endpoint"] = "devicecode"
        return answer({key: f"{PLACE}/{place}" for key, place in places.items()})

    def post(self, url: str, data: Any = None, **_: Any) -> Any:
        asked = {key: [str(value)] for key, value in data.items()} if isinstance(data, dict) else parse_qs(data)
        self.asked.append(asked)
        if url.endswith("devicecode"):
            words = {"user_code": "ABCD", "device_code": "d", "expires_in": 900, "interval": 0}
            return answer(words | {"message": "Open the page and enter ABCD."})
        refreshing = asked["grant_type"] == ["refresh_token"]
        if self.refuse or (refreshing and self.refused_refresh):
            fault = {"error": self.refuse or "invalid_grant", "error_description": "It was declined."}
            return answer(fault, 400)
        who = {"preferred_username": "maria@klimaka.example.org", "sub": "s", "oid": "o", "tid": "t"}
        who |= {"aud": "4711", "iss": f"{PLACE}/v2.0", "exp": 4_000_000_000, "iat": 1}
        token = {"access_token": f"token-{len(self.asked)}", "token_type": "Bearer", "refresh_token": LONG}
        token |= {"expires_in": "3600", "client_info": encode({"uid": "o", "utid": "t"})}
        token["scope"] = next(one["scope"][0] for one in reversed(self.asked) if "scope" in one)
        return answer(token | {"id_token": f"{encode({'alg': 'none'})}.{encode(who)}."})

    def close(self) -> None:
        """Nothing is open."""


def encode(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def answer(data: dict[str, Any], status: int = 200) -> Any:
    return SimpleNamespace(status_code=status, text=json.dumps(data), headers={})


def test_a_person_signs_in_once_and_tokens_come_by_themselves(kept: MemoryKeyring) -> None:
    transport, shown = Microsoft(), list[str]()
    assert log_in_at_microsoft(APP, GRAPH_SCOPES, shown.append, transport) == "maria@klimaka.example.org"
    assert shown == ["Open the page and enter ABCD."]
    assert set(GRAPH_SCOPES) <= set(transport.asked[0]["scope"][0].split())
    assert all(name.startswith("microsoft 4711") for _, name in kept.kept)
    calls = len(transport.asked)
    assert fetch_microsoft_token(APP, GRAPH_SCOPES, transport) == f"token-{calls}"
    assert len(transport.asked) == calls  # still good: nobody is asked
    assert fetch_microsoft_token(APP, SMTP_SCOPES, transport) == f"token-{calls + 1}"
    assert transport.asked[-1]["grant_type"] == ["refresh_token"]


def test_a_login_that_was_taken_back_must_be_done_again(kept: MemoryKeyring) -> None:
    log_in_at_microsoft(APP, GRAPH_SCOPES, lambda _: None, Microsoft())
    assert fetch_microsoft_token(APP, SMTP_SCOPES, Microsoft(refused_refresh=True)) is None


def test_a_login_that_is_refused_is_told_and_nothing_kept(kept: MemoryKeyring) -> None:
    with pytest.raises(GrantsError, match=r"refused: It was declined\.") as caught:
        log_in_at_microsoft(APP, SMTP_SCOPES, lambda _: None, Microsoft(refuse="access_denied"))
    assert caught.value.code == "MAIL-026"
    assert kept.kept == {}
    assert fetch_microsoft_token(APP, SMTP_SCOPES, Microsoft()) is None


def test_microsoft_out_of_reach_is_told_without_what_was_said(kept: MemoryKeyring) -> None:
    log_in_at_microsoft(APP, GRAPH_SCOPES, lambda _: None, Microsoft())

    class Gone(Microsoft):
        def post(self, url: str, data: Any = None, **_: Any) -> Any:
            raise ConnectionError(f"while sending {data}")

    with pytest.raises(GrantsError) as caught:
        fetch_microsoft_token(APP, SMTP_SCOPES, Gone())
    assert (caught.value.code, LONG in str(caught.value), caught.value.__suppress_context__) == (
        "MAIL-026",
        False,
        True,
    )


def test_a_long_secret_is_kept_in_pieces_and_a_shorter_one_after_it(kept: MemoryKeyring) -> None:
    for secret in (LONG * 3, "short", LONG):
        keep_secret("name", secret)
        assert read_secret("name") == secret
    del kept.kept["grants", "name 2"]
    assert read_secret("name") is None


def test_a_password_that_a_person_kept_is_read(kept: MemoryKeyring) -> None:
    keyring.set_password("grants", "reports@example.org", "secret-4711")
    settings = Settings(way="smtp", smtp=SmtpServer(host="localhost", user="reports@example.org"))
    credentials = read_credentials(settings, {})
    assert credentials is not None
    assert credentials == Credentials("reports@example.org", "secret-4711")
    assert "secret-4711" not in repr(credentials) + str(credentials)


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_nothing_is_kept_elsewhere() -> None:
    assert read_secret("name") is None
    with pytest.raises(GrantsError) as caught:
        keep_secret("name", "secret-4711")
    assert (caught.value.code, caught.value.__suppress_context__) == ("MAIL-025", True)


@pytest.mark.parametrize("library", ["keyring", "msal", "google_auth_oauthlib.flow"])
def test_a_library_that_is_not_installed_is_named(
    kept: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    acts = {
        "keyring": lambda: keep_secret("name", "secret"),
        "msal": lambda: log_in_at_microsoft(APP, SMTP_SCOPES, lambda _: None),
        "google_auth_oauthlib.flow": lambda: log_in_at_google("maria@example.org", Path("client.json")),
    }
    with pytest.raises(GrantsError, match="not installed") as caught:
        acts[library]()
    assert caught.value.code == "MAIL-024"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(), "without signing in"),
        (Settings(way="graph"), "registered at Microsoft"),
        (Settings(way="smtp", smtp=SmtpServer(host="localhost", login="google")), "the file that its console gave"),
        (Settings(way="smtp", smtp=SmtpServer(host="localhost", login="microsoft")), "registered at Microsoft"),
    ],
)
def test_settings_that_lack_what_a_login_needs_are_told(settings: Settings, said: str) -> None:
    with pytest.raises(GrantsError, match=said) as caught:
        log_in(settings, None, lambda _: None)
    assert caught.value.code == "MAIL-018"


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Google's libraries, as far as they are used: with them stands what the test asks of Google."""
    state = SimpleNamespace(fault=None, opened=[])
    names = ("google_auth_oauthlib.flow", "oauthlib.oauth2", "google.auth.exceptions", "google.auth.transport.requests")
    modules = {name: ModuleType(name) for name in (*names, "google.oauth2.credentials")}
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    for name, fault in (("flow", "WSGITimeoutError"), ("oauth2", "OAuth2Error")):
        module = next(module for key, module in modules.items() if key.endswith(f".{name}"))
        setattr(module, fault, type(fault, (Exception,), {}))
    faults = modules["google.auth.exceptions"]
    faults.RefreshError, faults.TransportError = type("RefreshError", (Exception,), {}), type("T", (Exception,), {})  # type: ignore[attr-defined]
    modules["google.auth.transport.requests"].Request = object  # type: ignore[attr-defined]

    class GoogleCredentials:
        token: str | None = None

        def to_json(self, strip: list[str]) -> str:
            return json.dumps({"refresh_token": LONG, "client_id": "c", "client_secret": "s"})

        @classmethod
        def from_authorized_user_info(cls, info: dict[str, str], scopes: list[str]) -> GoogleCredentials:
            assert info["refresh_token"] == LONG
            assert scopes == ["https://mail.google.com/"]
            return cls()

        def refresh(self, _request: object) -> None:
            if state.fault:
                raise getattr(faults, state.fault)
            self.token = "token-4711"  # noqa: S105  # of the test

    class Flow:
        @classmethod
        def from_client_secrets_file(cls, file: str, scopes: list[str]) -> Flow:
            json.loads(Path(file).read_text("utf-8"))
            return cls()

        def run_local_server(self, **options: Any) -> GoogleCredentials:
            state.opened.append(options["login_hint"])
            return GoogleCredentials()

    modules["google.oauth2.credentials"].Credentials = GoogleCredentials  # type: ignore[attr-defined]
    modules["google_auth_oauthlib.flow"].InstalledAppFlow = Flow  # type: ignore[attr-defined]
    return state


def test_a_login_at_google_is_kept_and_gives_tokens(
    kept: MemoryKeyring, google: SimpleNamespace, tmp_path: Path
) -> None:
    file = tmp_path / "client.json"
    file.write_text("{}", "utf-8")
    server = SmtpServer(host="smtp.gmail.com", user="maria@example.org", login="google")
    settings = Settings(way="smtp", smtp=server)
    with pytest.raises(GrantsError, match="no login"):
        read_credentials(settings, {})
    assert log_in(settings, file, lambda _: None) == "maria@example.org"
    assert google.opened == ["maria@example.org"]
    credentials = read_credentials(settings, {})
    assert credentials is not None
    assert (credentials.secret, credentials.oauth) == ("token-4711", True)
    google.fault = "RefreshError"
    assert fetch_google_token("maria@example.org") is None
    google.fault = "TransportError"
    with pytest.raises(GrantsError, match="cannot be asked"):
        fetch_google_token("maria@example.org")


def test_a_wrong_file_from_google_is_told(kept: MemoryKeyring, google: SimpleNamespace, tmp_path: Path) -> None:
    file = tmp_path / "client.json"
    file.write_text("no json", "utf-8")
    with pytest.raises(GrantsError, match="login at Google failed") as caught:
        log_in_at_google("maria@example.org", file)
    assert caught.value.code == "MAIL-026"
    assert kept.kept == {}
