"""The words of a workbook in one language: labels of the form, texts of the definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grants.model.labels import Labels
from grants.model.scalars import Text


@dataclass(frozen=True, slots=True)
class Words:
    """Says labels and reads texts in a language; a text nobody wrote in it is read in the next of `others`.

    Why not refuse: a form can go to a partner in Serbian while the definition is in Greek and English. A proposal
    in a language the definition lacks is refused by the checks, long before.
    """

    labels: Labels
    language: str
    others: Sequence[str] = ()

    def say(self, key: str, **values: str) -> str:
        """The label, with `{name}` filled in."""
        words = self.labels.say(key, self.language)
        return words.format(**values) if values else words

    def read(self, text: Text | None) -> str:
        """The text; nothing for None."""
        if text is None:
            return ""
        for language in (self.language, *self.others):
            if text.says(language):
                return text.in_language(language)
        return next(iter(text.words.values()))
