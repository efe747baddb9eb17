"""What can be wrong, and how it is told.

A fault in a user's file is a `Finding`, a value: all of them are collected and shown at once. What stops a
command altogether is an exception, one tree:

    GrantsError             message for people, and what to do
      UsageError            the command was called wrongly (exit code 2)
      UnusableError         findings of severity error: nothing was written (exit code 1)
      OutputError           a file could not be written: open in another program, disk full, no permission
      TemplateError         a donor's template cannot be used; carries findings
"""

from grants.errors.exceptions import GrantsError, OutputError, TemplateError, UnusableError, UsageError
from grants.errors.finding import Finding, Path, Place, Severity, has_errors
from grants.errors.suggest import suggest

__all__ = [
    "Finding",
    "GrantsError",
    "OutputError",
    "Path",
    "Place",
    "Severity",
    "TemplateError",
    "UnusableError",
    "UsageError",
    "has_errors",
    "suggest",
]
