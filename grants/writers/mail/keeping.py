"""The keyring of the computer: the only place where a secret is kept.

Windows keeps no more than 2,560 bytes under a name, and two for each letter; what logins leave is longer. So a long
secret is kept in pieces, and the first tells how many there are.
"""

from __future__ import annotations

import contextlib

from grants.errors import GrantsError

SERVICE = "grants"
"""Under which the keyring keeps it, with a user's name or the name of a login."""
_PIECE = 1_000
"""Letters."""
_MANY = "pieces:"


def read_secret(name: str) -> str | None:
    """What is kept under a name; None where there is nothing, no keyring, or the library is not installed."""
    try:
        import keyring  # noqa: PLC0415  # optional: pip install "grants[mail]"
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        first: str | None = keyring.get_password(SERVICE, name)
        if first is None or not first.startswith(_MANY):
            return first
        number = int(first.removeprefix(_MANY))
        pieces = [keyring.get_password(SERVICE, f"{name} {n}") for n in range(1, number + 1)]
    except (KeyringError, ValueError):
        return None
    return "".join(piece for piece in pieces if piece is not None) if None not in pieces else None


def keep_secret(name: str, secret: str) -> None:
    """Keep it under a name, in place of what was there. Raises GrantsError where that cannot be done."""
    try:
        import keyring  # noqa: PLC0415  # optional: pip install "grants[mail]"
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        raise lacks("keyring", "mail") from None
    pieces = [secret[start : start + _PIECE] for start in range(0, len(secret), _PIECE)]
    try:
        for number, piece in enumerate(pieces, 1):
            keyring.set_password(SERVICE, f"{name} {number}", piece)
        keyring.set_password(SERVICE, name, f"{_MANY}{len(pieces)}")
    except (KeyringError, OSError):
        remedy = "Unlock it, or set one up (docs/outbox.md); without one, use a token from the environment."
        raise GrantsError("The keyring of this computer cannot be used.", remedy, code="MAIL-025") from None
    with contextlib.suppress(KeyringError, OSError):  # what is left of a longer one
        keyring.delete_password(SERVICE, f"{name} {len(pieces) + 1}")


def lacks(library: str, extra: str) -> GrantsError:
    """A library that only some users need is not installed."""
    remedy = f'Install it: `pip install "grants[{extra}]"`.'
    return GrantsError(f"This needs the library {library}, which is not installed.", remedy, code="MAIL-024")
