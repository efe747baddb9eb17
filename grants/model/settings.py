"""A user's own settings: who they are and which way their mail goes out. No password has a place here."""

from __future__ import annotations

from typing import Annotated, Literal

from grants.model.base import Model
from grants.model.scalars import Word, whole

Way = Literal["eml", "smtp"]
Login = Literal["password", "token", "none"]


class SmtpServer(Model):
    """The server that takes our mail. The connection is always encrypted and the certificate always checked."""

    host: Word
    port: Annotated[int, whole(1, 65535)] = 587
    security: Literal["starttls", "tls"] = "starttls"
    """`starttls` (usually port 587) or `tls` from the first byte (usually port 465)."""
    user: Word | None = None
    login: Login = "password"
    """`password`; `token` (OAuth2, as Microsoft 365 and Google Workspace want it); `none`."""
    ca_file: Word | None = None
    """A file of certificates to trust, where the server's is signed by your own office."""
    seconds: Annotated[int, whole(1, 600)] = 60
    """How long to wait for an answer."""
    receipt: bool = False
    """Ask the server to report delivery (DSN), where it can."""


class Settings(Model):
    """`settings.toml`."""

    name: Word | None = None
    """Who drafts and approves at this computer."""
    way: Way = "eml"
    smtp: SmtpServer | None = None
    attempts: Annotated[int, whole(1, 10)] = 4
    """How often a server that asks to try later is tried."""
