"""What a check is given, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from grants.errors import Place
from grants.ledger.totals import Totals
from grants.model import Donor, Project, SectionKey
from grants.model.donor import Severity
from grants.model.figure_names import list_figure_names
from grants.model.rich_text import RichText
from grants.rules.corpus import Corpus, Texts, gather_texts, join_texts


@dataclass(frozen=True)
class Case:
    """A project as its donor would judge it."""

    project: Project
    totals: Totals
    donor: Donor
    rich: Mapping[SectionKey, RichText]
    never_print: Sequence[str] = ()

    @property
    def figure_names(self) -> list[str]:
        """What a figure reference in its narratives may name."""
        return list_figure_names(self.project.budget)

    @cached_property
    def texts(self) -> Texts:
        """Every text of the YAML files."""
        return gather_texts(self.project)

    @cached_property
    def names(self) -> Corpus:
        """Fields that are made to hold a name of a supplier, say, but no more of a person than that."""
        return Corpus((), 0, 0)

    @cached_property
    def numbers(self) -> Corpus:
        """Fields that are made to hold the number of a paper."""
        return Corpus((), 0, 0)

    @cached_property
    def corpus(self) -> Corpus:
        """Every text of the project as one."""
        return join_texts(self.project, self.texts)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found. The rule adds its id, severity and source."""

    place: Place
    message: str
    remedy: str
    found: str | None = None
    source: str | None = None
    """Key of the source in the donor's pack, where the demand has its own."""
    severity: Severity | None = None
    """Where it is not that of the rule."""


def at(*path: str | int) -> Place:
    """A place in the definition, by keys; the first one names the file."""
    return Place(path=path)


def in_narrative(section: str, language: str) -> Place:
    """The file of a section's text, whether it exists or not."""
    return Place(f"narrative/{section}.{language}.md")


def say(amount: Decimal) -> str:
    """An amount as findings write it: 12,600.00."""
    return f"{amount:,.2f}"


def is_allowed(text: str, allowed: tuple[str, ...]) -> bool:
    """Whether a call allows this text to be printed."""
    return any(phrase in text or text in phrase for phrase in allowed)


def veil(text: str) -> str:
    """Enough of a text to find it by, not enough to use it: findings end up in logs."""
    return f"{text[: min(4, max(len(text) // 3, 1))].rstrip()}…"
