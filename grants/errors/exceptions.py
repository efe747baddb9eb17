"""The tree of exceptions; it is drawn in the docstring of the package."""

from __future__ import annotations

from collections.abc import Sequence

from grants.errors.finding import Finding


class GrantsError(Exception):
    """Something stops the command: a message for people, what to do about it, and the code of its page."""

    def __init__(self, message: str, remedy: str = "", findings: Sequence[Finding] = (), code: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.findings = tuple(findings)


class UsageError(GrantsError):
    """The command was called wrongly."""


class UnusableError(GrantsError):
    """Findings of severity error: nothing was written."""


class OutputError(GrantsError):
    """A file could not be written; the old one stands."""


class TemplateError(UnusableError):
    """A donor's template cannot be used."""
