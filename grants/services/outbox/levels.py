"""Settings of a message, level over level: the donor's, the project's, those of a kind of report, those of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grants.errors import Path as Keys
from grants.errors import Place
from grants.model.figure_names import REFERENCE
from grants.model.grant import ReportDue
from grants.model.mail import DonorMail, MessageSettings, Outbox
from grants.readers.mail import DONOR_MAIL, OUTBOX
from grants.readers.text_file import read_text
from grants.readers.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text of the message is written: a file, or a part of a YAML file."""

    file: Path
    name: str
    path: Keys = ()

    def place(self, reference: str | None = None) -> Place:
        """Line and column: of a reference such as {{ total }} by its name; else where the text begins."""
        start = self._begin()
        text = read_text(self.file, self.name)[0] or ""
        lines = text.splitlines(keepends=True)
        before = sum(map(len, lines[: (start.line or 1) - 1])) + (start.column or 1) - 1
        found = (match.start() for match in REFERENCE.finditer(text, before) if match[1] == reference)
        at = next(found, None)
        if at is None:
            return start
        return Place(self.name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))

    def _begin(self) -> Place:
        yaml_file = read_yaml(self.file, self.name)[0] if self.path else None
        place = yaml_file.place(self.path) if yaml_file else Place(self.name, 1, 1)
        return Place(self.name, place.line, place.column)


@dataclass(frozen=True, slots=True)
class Level:
    """What is said at one level, and where."""

    said: MessageSettings
    source: Source


def list_levels(
    folder: Path, pack: Path, donor: DonorMail, outbox: Outbox, report: ReportDue
) -> tuple[Level, list[Level]]:
    """The donor's level, and the project's, of which the last one counts."""
    file = folder / OUTBOX
    levels = [Level(outbox, Source(file, OUTBOX))]
    if kind := outbox.kinds.get(report.kind):
        levels.append(Level(kind, Source(file, OUTBOX, ("kinds", report.kind))))
    if period := outbox.periods.get(report.code):
        levels.append(Level(period, Source(file, OUTBOX, ("periods", report.code))))
    name = f"templates/{pack.name}/{DONOR_MAIL}"
    return Level(donor.message, Source(pack / DONOR_MAIL, name, ("message",))), levels


def merge_levels(levels: Sequence[Level]) -> MessageSettings:
    """What holds: of each setting what the last level says that says something."""
    names = MessageSettings.model_fields
    said = [{name: getattr(level.said, name) for name in names} for level in levels]
    values = {name: value for level in said for name, value in level.items() if value is not None}
    return MessageSettings.model_construct(**values)


def find_source(levels: Sequence[Level], key: str, language: str) -> Source | None:
    """Where the text that holds is written in a language; None where no level says it."""
    for level in reversed(levels):
        if (text := getattr(level.said, key)) is not None:
            words = (key,) if "" in text.words else (key, language)
            return Source(level.source.file, level.source.name, (*level.source.path, *words))
    return None
