"""The template engine: strict, sandboxed, escaping; a template may name, loop and choose, and nothing else."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment

FILTERS = ("upper", "lower", "title", "capitalize", "trim", "join", "length", "first", "last", "default", "d")
"""Filters that a template may use."""


class TemplateEnvironment(SandboxedEnvironment):
    """Contexts are dictionaries of dictionaries and lists; the names in them are all that a template sees."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any | Undefined:
        """The value of a name; a dictionary's own methods are no names.

        Why not Jinja's: it looks for a Python attribute first, and raises and catches an exception for each value.
        """
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)
