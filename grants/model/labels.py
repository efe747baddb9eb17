"""The fixed words of documents and workbooks, in every language they are made in."""

from __future__ import annotations

from grants.model.base import Model
from grants.model.scalars import Text, Word


class LabelError(KeyError):
    """A label that no file has: `templates/` of an earlier version than the program."""


class Labels(Model):
    """`templates/_common/labels-*.yaml`: key -> text by language."""

    labels: dict[Word, Text]

    def say(self, key: str, language: str) -> str:
        """The label; LabelError where there is none (a test proves that every label used exists)."""
        if key not in self.labels:
            raise LabelError(key)
        return self.labels[key].in_language(language)
