"""`grants explain CODE`: the page of a finding's code."""

from __future__ import annotations

from difflib import get_close_matches

from grants.errors.catalogue import all_pages, explain
from grants.views.findings_page import view_page


def explain_code(code: str) -> tuple[str | None, list[str]]:
    """The page of a code as text, or None with the codes that are near."""
    page = explain(code.upper())
    if page is None:
        return None, get_close_matches(code.upper(), [known.code for known in all_pages()], n=3, cutoff=0.5)
    return view_page(page), []
