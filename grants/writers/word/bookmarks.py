"""The names of the bookmarks around headings: the contents table refers to them, and so does a PDF."""

from __future__ import annotations


def name_bookmark(number: int) -> str:
    """The bookmark of a document's first heading, second heading, ... as Word names them."""
    return f"_Toc{number:08d}"
