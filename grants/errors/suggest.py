"""Did you mean: the remedy for a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable

NEAR = 0.5


def suggest(name: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """The known name that is near, as a question; else what `otherwise` says, or the names that are known."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where a name is wrong

    names = list(dict.fromkeys(known))
    close = get_close_matches(name, names, n=1, cutoff=NEAR)
    if close:
        return f"Did you mean `{close[0]}`?"
    return f"Known: {', '.join(names) or 'none'}." if otherwise is None else otherwise
