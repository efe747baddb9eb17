"""A user's own settings: who they are and which way their mail goes out. No password has a place here."""

from __future__ import annotations

from typing import Annotated, Literal

from grants.model.base import Model
from grants.model.scalars import Word, whole, written

Way = Literal["eml", "smtp", "graph", "graph-draft"]
"""A file that a person sends; a mail server; Microsoft Graph; a draft in the mailbox, by Graph, that a person sends."""
Login = Literal["password", "token", "microsoft", "google", "none"]
Site = Annotated[
    str, written(r"^https://[^\s/?#@]+(/[^\s?#]*)?$", "site", "an address such as https://graph.microsoft.com")
]


class SmtpServer(Model):
    """The server that takes our mail. The connection is always encrypted and the certificate always checked."""

    host: Word
    port: Annotated[int, whole(1, 65535)] = 587
    security: Literal["starttls", "tls"] = "starttls"
    """`starttls` (usually port 587) or `tls` from the first byte (usually port 465)."""
    user: Word | None = None
    login: Login = "password"
    """`password`; `microsoft` or `google` (OAuth2, after `grants outbox login`); `token` (OAuth2, a token that another
    program gets); `none`."""
    ca_file: Word | None = None
    """A file of certificates to trust, where the server's is signed by your own office."""
    seconds: Annotated[int, whole(1, 600)] = 60
    """How long to wait for an answer."""
    receipt: bool = False
    """Ask the server to report delivery (DSN), where it can."""


class MicrosoftApp(Model):
    """This program as your office registered it at Microsoft (Entra), and where Microsoft is asked."""

    client: Word
    """The application (client) id."""
    tenant: Word = "organizations"
    """The directory (tenant) id or domain of your office."""
    authority: Site = "https://login.microsoftonline.com"
    graph: Site = "https://graph.microsoft.com/v1.0"
    ca_file: Word | None = None
    """A file of certificates to trust, where your office's own proxy stands between."""


class Settings(Model):
    """`settings.toml`."""

    name: Word | None = None
    """Who drafts and approves at this computer."""
    way: Way = "eml"
    smtp: SmtpServer | None = None
    microsoft: MicrosoftApp | None = None
    attempts: Annotated[int, whole(1, 10)] = 4
    """How often a server that asks to try later is tried."""
