"""The page of every code: what it means, why it matters, and an example, wrong and mended.

The pages are TOML files in catalogue/, read only when somebody asks. Most examples are parts of the test project: a
test puts the wrong one in the place of the right one and looks whether the program gives the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_suffix("")


@dataclass(frozen=True, slots=True)
class Page:
    """What a person wants to know who meets a code."""

    code: str
    title: str
    meaning: str
    why: str
    failing: str
    mended: str
    file: str | None = None
    """The file of a definition that the example is a part of."""
    instead_of: str | None = None
    """Which part of the test project both examples can replace; None: the mended one stands in it."""


def explain(code: str) -> Page | None:
    """The page of a code, or None where there is no such code."""
    for file in sorted(FOLDER.glob("*.toml")):
        text = file.read_text("utf-8")
        if f"\n[{code}]\n" in f"\n{text}":
            return _read_page(code, _read(text)[code])
    return None


def all_pages() -> list[Page]:
    """Every page, family by family."""
    files = sorted(FOLDER.glob("*.toml"))
    return [_read_page(code, page) for file in files for code, page in _read(file.read_text("utf-8")).items()]


def _read(text: str) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415  # only for who asks

    return tomllib.loads(text)


def _read_page(code: str, page: Mapping[str, Any]) -> Page:
    texts = {key: str(page[key]).strip("\n") for key in ("failing", "mended")}
    return Page(code, **{**page, **texts})
