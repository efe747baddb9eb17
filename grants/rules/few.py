"""Where a text counts few persons: “three young women”, “τρία άτομα”, “Women: 3”; in Greek, English and Serbian.

Both nets use it, that of reports' texts and that of the outbox, so that what one finds the other finds too. Between
number and noun up to three words may stand that can be adjectives there: “two groups of women” and “three hundred
women” count no few persons, nor does “one in three women” or “fewer than five women”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from grants.rules.counting import ARTICLES, COUNTED, NO_COUNT_BEFORE, NUMBER_WORDS, Counted

_PLAIN = str.maketrans("άέήίόύώϊϋΐΰςčćšžđ", "αεηιουωιυιυσccszd")
_GAP = r"(?:[ \u00a0\u202f]|[ \u00a0]?\n[ \u00a0]*)"
"""Between two words; a line may end there, but not a paragraph."""


class Few(NamedTuple):
    """A stretch of a text that counts few persons."""

    start: int
    end: int
    number: int


def find_few(text: str, least: int) -> Iterator[Few]:
    """Every count of one person or more, and fewer than `least`. Beyond twenty, only those in figures are found."""
    plain = fold_letters(text)
    for match in _compile_numbers().finditer(plain):
        number, is_article = _read(match[0]), text[match.start() : match.end()].lower() in ARTICLES
        if is_article or not 0 < number < least or _is_no_count(text, plain, match):
            continue
        rests = (_compile_rest(kind).match(plain, match.end()) for kind in COUNTED if _follows(kind, match[0], number))
        if rest := next(filter(None, rests), None):
            yield Few(match.start(), rest.end(), number)
    for match in _compile_labelled().finditer(plain):
        if 0 < int(match[1]) < least:
            yield Few(match.start(), match.end(), int(match[1]))


def _follows(kind: Counted, word: str, number: int) -> bool:
    return kind.first <= number <= kind.last and (word.isdigit() or not kind.figures_only)


def is_label_of_persons(label: str) -> bool:
    """Whether the figures beside or below this label count persons."""
    return bool(_compile_label().match(fold_letters(label)))


def names_persons(words: str) -> bool:
    """Whether it names persons who can be counted, at its beginning or later: a unit, the name of an indicator."""
    return bool(_compile_persons().search(fold_letters(words)))


def fold_letters(text: str) -> str:
    """The text in small letters without accents, each in its place."""
    small = text.lower()
    if len(small) != len(text):  # İ becomes two characters
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.translate(_PLAIN)


def _read(word: str) -> int:
    return int(word) if word.isdigit() else _read_words()[word]


@cache
def _read_words() -> dict[str, int]:
    return {fold_letters(word): number for number, words in NUMBER_WORDS.items() for word in words.split()}


@cache
def _compile_numbers() -> re.Pattern[str]:
    """A number that may count what follows it. It ends before a blank or a comma."""
    words = "|".join(sorted(_read_words(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.,/:\-])(?:[0-9]{{1,3}}|{words})(?=\s)")


@cache
def _compile_rest(kind: Counted) -> re.Pattern[str]:
    """What follows the number: up to three words that agree with the noun, and the noun."""
    no_words = "|".join(fold_letters(word) for word in kind.no_adjectives.split())
    between = rf"{_GAP}(?!(?:{no_words})\b){fold_letters(kind.adjective)},?"
    return re.compile(rf"(?:{between}){{0,3}}?{_GAP}(?:{_say_nouns(kind)})(?![\w'’\-])")


def _say_nouns(kind: Counted) -> str:
    return "|".join(fold_letters(noun) for noun in kind.nouns.split())


@cache
def _compile_labelled() -> re.Pattern[str]:
    """Women: 3."""
    nouns = "|".join(_say_nouns(kind) for kind in COUNTED)
    return re.compile(rf"(?<!\w)(?:{nouns})\s*[:=]\s*([0-9]{{1,3}})(?![\w/%]|[.,][0-9])")


@cache
def _compile_persons() -> re.Pattern[str]:
    nouns = "|".join(_say_nouns(kind) for kind in COUNTED if kind.labels and not kind.cases)
    return re.compile(rf"(?<![\w\-])(?:{nouns})(?![\w'’\-])")


@cache
def _compile_label() -> re.Pattern[str]:
    nouns = "|".join(_say_nouns(kind) for kind in COUNTED if kind.labels)
    return re.compile(rf"(?:number of |αριθμοσ |broj )?(?:{nouns})(?![\w'’\-])")


def _is_no_count(text: str, plain: str, number: re.Match[str]) -> bool:
    """Whether it is a ratio, a limit, or the number of a page or a heading: a figure that begins a line, before the
    line's end or a capital.
    """
    before = plain[max(number.start() - 40, 0) : number.start()]
    first = not before or before.rstrip(" ").endswith("\n")
    after = text[number.end() : number.end() + 2]
    heading = first and number[0].isdigit() and (after[0] == "\n" or after[1:].isupper())
    return heading or bool(_compile_before().search(before))


@cache
def _compile_before() -> re.Pattern[str]:
    words = "|".join(_read_words())
    ratio = rf"(?:[0-9]+|{words})\s+(?:{'|'.join(map(fold_letters, NO_COUNT_BEFORE['ratio']))})"
    limit = "|".join(map(fold_letters, NO_COUNT_BEFORE["limit"]))
    return re.compile(rf"(?<!\w)(?:{ratio}|{limit})\s+$")
