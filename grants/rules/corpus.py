"""All texts of a project as one, so that a pattern runs once over them, and the place of everything in it.

Narratives come first, then the texts of the YAML files. Last come codes, and the fields that are made to hold an
address, a name or a number of a person (the office's address, contacts, the bank account): what is allowed there is
looked for everywhere else.

A pattern should begin with a letter or a set of few: then 150,000 characters take half a millisecond, not ten.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import NoneType
from typing import Any, NamedTuple

from grants.errors import Path, Place
from grants.model import Project
from grants.model.base import Model
from grants.model.scalars import Text
from grants.rules.vocabulary import KINDS, SIGNAL, Kind

SEPARATOR = "\n\0\n"
"""Between two texts: no pattern crosses it, for none admits the character NUL."""
PARTS = ("sheet", "logframe", "work_plan", "budget", "grant", "risks")
NEAR = 2_000
"""Characters. No paragraph is longer; a text made to be slow is."""
_OWN_FIELDS = {"address", "contacts", "bank_account", "website", "registrations"}
_WORDS = {"reference", "number", "version", "description", "note", "purpose"}
"""Fields that hold a plain text which is no code."""
_BEFORE_WORDS = "\n\t\u00a0(«“„\"'*[|-"
"""What may stand before a word; the blank itself apart."""

_NO_TEXTS = frozenset((NoneType, bool, int, Decimal, datetime.date))
"""Fields of these types are soon passed by: fifty thousand costs have a quarter of a million of them."""

Texts = list[tuple[Path, Text | str]]
"""Every text of the YAML files with its path, in the order of the files."""


class Origin(NamedTuple):
    """Whose text it is: a narrative's, or that of a YAML file in one language ("" where it is the same in all)."""

    language: str
    path: Path = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something was found: a stretch of a passage's text."""

    passage: str
    origin: Origin
    start: int
    end: int

    @property
    def text(self) -> str:
        """What was found."""
        return self.passage[self.start : self.end]

    @property
    def place(self) -> Place:
        """Line and column in a narrative; the path of a text of a YAML file."""
        if not self.origin.file:
            return Place(path=self.origin.path)
        line_start = self.passage.rfind("\n", 0, self.start) + 1
        return Place(self.origin.file, self.passage.count("\n", 0, self.start) + 1, self.start - line_start + 1)

    @property
    def paragraph(self) -> str:
        """The paragraph around it, in small letters; of one without end what is near."""
        near, far = max(self.start - NEAR, 0), self.end + NEAR
        first, last = self.passage.rfind("\n\n", near, self.start), self.passage.find("\n\n", self.end, far)
        return self.passage[first if first >= 0 else near : last if last >= 0 else far].lower()

    @property
    def is_word(self) -> bool:
        """Whether no letter or digit touches it."""
        return not (self.before(1).isalnum() or self.after(1).isalnum())

    def before(self, length: int) -> str:
        """So many characters before it."""
        return self.passage[max(self.start - length, 0) : self.start]

    def after(self, length: int) -> str:
        """So many characters after it."""
        return self.passage[self.end : self.end + length]

    @property
    def key(self) -> tuple[int, int]:
        """What hits are put in order by."""
        return id(self.origin), self.start

    def grown(self, before: int, after: int) -> Hit:
        """The same with so many characters more on both sides."""
        return Hit(self.passage, self.origin, self.start - before, self.end + after)


class Corpus:
    """Texts joined, each with its origin; `narratives` and `free` say how many come before the rest.

    A text that stands in many places, as descriptions of costs do, is looked through once.
    """

    def __init__(self, texts: Sequence[tuple[str, Origin]], narratives: int, free: int) -> None:
        self.texts = texts
        places: dict[tuple[int, str], list[Origin]] = {}
        for number, (text, origin) in enumerate(texts):
            part = 0 if number < narratives else 1 if number < free else 2
            places.setdefault((part, text), []).append(origin)
        self._passages = [(text, origins) for (_, text), origins in places.items()]
        self.starts = []
        offset = len(SEPARATOR)
        for text, _ in self._passages:
            self.starts.append(offset)
            offset += len(text) + len(SEPARATOR)
        self.text = SEPARATOR + SEPARATOR.join([text for text, _ in self._passages])
        counts = [sum(part <= last for part, _ in places) for last in (0, 1)]
        self._ends = {True: self._start(counts[0]), False: self._start(counts[1])}

    def _start(self, number: int) -> int:
        return self.starts[number] if number < len(self.starts) else len(self.text)

    @cached_property
    def signals(self) -> Mapping[Kind, list[Hit]]:
        """Every signal in the free texts, by kind."""
        small = self.text.lower()
        if len(small) != len(self.text):  # İ becomes two characters: every one must keep its place
            small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in self.text)
        for mark in _BEFORE_WORDS:
            small = small.replace(mark, " ")
        found: dict[Kind, list[Hit]] = {kind: [] for kind in KINDS.values()}
        for match in SIGNAL.finditer(small, 0, self._ends[False]):
            found[KINDS[match[1]]] += self.hits(match.start() + 1, match.end())
        return found

    def find(self, pattern: re.Pattern[str], *, narratives: bool = False) -> Iterator[Hit]:
        """Every match in the free texts, or in narratives only."""
        for match in pattern.finditer(self.text, 0, self._ends[narratives]):
            yield from self.hits(match.start(), match.end())

    @property
    def free_text(self) -> str:
        """The free texts as one; places in it are those of `text`."""
        return self.text[: self._ends[False]]

    def find_spans(self, spans: Iterable[tuple[int, int]]) -> Iterator[Hit]:
        """What stands between these places of the free texts."""
        for start, end in spans:
            yield from self.hits(start, end)

    def find_words(self, words: str) -> Iterator[Hit]:
        """Every place of a string in the free texts."""
        start, end = self.text.find(words, 0, self._ends[False]), self._ends[False]
        while start >= 0:
            yield from self.hits(start, start + len(words))
            start = self.text.find(words, start + len(words), end)

    def hits(self, start: int, end: int) -> Iterator[Hit]:
        """A stretch of the joined text, in every passage that reads so."""
        index = bisect_right(self.starts, start) - 1
        text, origins = self._passages[index]
        start, end = start - self.starts[index], end - self.starts[index]
        return (Hit(text, origin, start, end) for origin in origins)


def drop_overlaps(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits in order, without those that begin inside an earlier one."""
    origin, end = None, 0
    for hit in sorted(hits, key=lambda hit: (hit.key, -hit.end)):
        if hit.origin is not origin or hit.start >= end:
            origin, end = hit.origin, hit.end
            yield hit


def gather_texts(project: Project) -> Texts:
    """Every text of a project's YAML files."""
    texts: Texts = []
    for name in PARTS:
        texts += gather_values(getattr(project, name), (name,))
    return texts


def join_texts(project: Project, texts: Texts) -> Corpus:
    """The texts of a project as one."""
    narratives = [(x.markdown, Origin(key.language, file=x.file)) for key, x in project.narratives.items()]
    return join(narratives, texts, _is_own_field)


def join(narratives: Sequence[tuple[str, Origin]], texts: Texts, is_own_field: Callable[[Path], bool]) -> Corpus:
    """Narratives and texts as one; what stands in a field of its own kind, and codes, come last."""
    free: list[tuple[str, Origin]] = []
    kept: list[tuple[str, Origin]] = []
    for path, value in texts:
        if isinstance(value, str):
            (free if path[-1] in _WORDS and not is_own_field(path) else kept).append((value, Origin("", path)))
            continue
        part = kept if is_own_field(path) else free
        for language, text in value.words.items():
            part.append((text, Origin(language, (*path, language) if language else path)))
    return Corpus([*narratives, *free, *kept], len(narratives), len(narratives) + len(free))


def gather_values(value: Any, path: Path) -> Texts:
    """Every text of a part of a definition."""
    texts: Texts = []
    _gather(value, path, texts)
    return texts


def _gather(value: Any, path: Path, texts: Texts) -> None:
    if isinstance(value, (Text, str)):
        texts.append((path, value))
    elif isinstance(value, Model):
        for key, part in value.__dict__.items():
            if type(part) not in _NO_TEXTS:
                _gather(part, (*path, key), texts)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            _gather(part, (*path, index), texts)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            _gather(part, (*path, key), texts)


def _is_own_field(path: Path) -> bool:
    """Made to hold an address, a name or a number; or what a call allows to be printed."""
    if path[1] in ("applicant", "partners"):
        return not _OWN_FIELDS.isdisjoint(path)
    return path[1:3] == ("call", "rules")
