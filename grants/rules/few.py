"""Where a text counts few persons: “three young women”, “τρία άτομα”, “Women: 3”; in Greek, English and Serbian.

Both nets use it, that of reports' texts and that of the outbox, so that what one finds the other finds too. Between
number and noun up to three words may stand that can be adjectives there: “two groups of women” and “three hundred
women” count no few persons, nor does “one in three women” or “fewer than five women”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from grants.model.logframe import Indicator
from grants.rules.counting import (
    ARTICLES,
    COUNTED,
    NO_COUNT_BEFORE,
    NUMBER_WORDS,
    PARTS,
    PARTS_OF_NUMBERS,
    STATED,
    Counted,
    count_by,
)

_PLAIN = str.maketrans(
    "άέήίόύώϊϋΐΰςčćšžđабвгдђежзијклљмнњопрстћуфхцчџш", "αεηιουωιυιυσccszdabvgddezzijkllmnnoprstcufhccds"
)
"""Of two letters that Serbian writes for one Cyrillic letter, the first: no noun needs the other."""
_MARKS = "[*_]{0,3}"
"""Of Markdown: three **young** women."""
_GAP = rf"{_MARKS}(?:[ \u00a0\u202f]{{1,2}}|[ \u00a0]?\n[ \u00a0]*){_MARKS}"
"""Between two words; a line may end there, but not a paragraph."""
_BRACKETED = rf"(?:{_GAP}\([^()\n]{{1,20}}\))?"
"""Three (3) women."""
_COUNT = re.compile(r"([0-9]{1,3})(?:[.,]0{1,2})?(?: ?\(.*\))?", re.DOTALL)
_WHOLES = (2, 3, 4, 5, 10)
"""Of so many, “two out of three women” is a ratio, and no count; so it is of hundreds."""


class Few(NamedTuple):
    """A stretch of a text that counts few persons."""

    start: int
    end: int
    number: int


def find_few(text: str, least: int, own: tuple[Counted, ...] = ()) -> Iterator[Few]:
    """Every count of one person or more, and fewer than `least`; `own` are the project's own words for persons. Beyond
    twenty, only those in figures are found.
    """
    plain = fold_letters(text)
    kinds, end = (*COUNTED, *own), 0
    for match in _compile_numbers().finditer(plain):
        number, is_article = _read(match[1]), text[match.start(1) : match.end()].lower() in ARTICLES
        if match.start() < end or not 0 < number < least or _is_no_count(text, plain, match):
            continue
        rests = (
            *(_read_part(kind, plain, match.end(), number) for kind in kinds if kind.labels),
            *(_compile_rest(x).match(plain, match.end()) for x in kinds if not is_article and _follows(x, match[1])),
        )
        if ends := [rest.end() for rest in rests if rest]:
            end = min(ends)
            yield Few(match.start(), end, number)
    for match in _compile_labelled(own).finditer(plain):
        number = _read(match[1] or match[2])
        if 0 < number < least:
            yield Few(match.start(), match.end(), number)
    for match in _compile_stated(own).finditer(f"\n{plain}"):  # a text begins as a line does
        number = _read(match["number"])
        if 0 < number < least:
            yield Few(match.start() - (match[0][0] != "\n"), match.end() - 1, number)


def _follows(kind: Counted, word: str) -> bool:
    return kind.first <= _read(word) <= kind.last and (word.isdigit() or not kind.figures_only)


def _read_part(kind: Counted, plain: str, start: int, number: int) -> re.Match[str] | None:
    """“of the women”, “of 18 women”; not “out of three women”."""
    part = _compile_part(kind).match(plain, start)
    if part is None or part["whole"] is None:
        return part
    whole = _read(part["whole"])
    is_ratio = whole in _WHOLES or whole % 100 == 0 or (number == 1 and whole < max(_WHOLES))
    return None if is_ratio else part


def list_own_words(indicators: Iterable[Indicator]) -> tuple[Counted, ...]:
    """What this project counts persons by, beside the words that every project uses: its units, pupils say."""
    counted = (x.unit.words.items() for x in indicators if x.persons or x.protected)
    units = dict.fromkeys((language, unit.strip()) for words in counted for language, unit in words)
    return tuple(
        count_by(unit, language) for language, unit in units if unit.isalpha() and not is_label_of_persons(unit)
    )


def is_label_of_persons(label: str, own: tuple[Counted, ...] = ()) -> bool:
    """Whether the figures beside or below this label count persons."""
    return bool(_compile_label(own).match(f" {fold_letters(label)}"))


def read_count(cell: str) -> int | None:
    """The count that stands alone in a cell, in figures or in words, or with its percentage; None where none does."""
    if figures := _COUNT.fullmatch(cell):
        return int(figures[1])
    return None if cell.lower() in ARTICLES else _read_words().get(fold_letters(cell))


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
    return re.compile(rf"(?<![^\W_])(?<![.,/:\-])(?:[0-9]{{1,2}}-)?({_say_numbers()})(?={_MARKS}\s)")


@cache
def _say_numbers() -> str:
    return "|".join(["[0-9]{1,3}", *sorted(_read_words(), key=len, reverse=True)])


@cache
def _compile_rest(kind: Counted) -> re.Pattern[str]:
    """What follows the number: up to three words that agree with the noun, and the noun."""
    return re.compile(_BRACKETED + _say_counted(kind))


@cache
def _compile_part(kind: Counted) -> re.Pattern[str]:
    """The same with what makes the number a part of them."""
    numbers = _say_numbers()
    some = "|".join(map(fold_letters, PARTS))
    of_all = "|".join(map(fold_letters, PARTS_OF_NUMBERS))
    whole = rf"(?:{of_all}){_GAP}(?P<whole>{numbers})(?!\w)"
    part = rf"{_GAP}(?:{whole}|(?:{some})(?:{_GAP}(?:{numbers})(?!\w))?)"
    return re.compile(_BRACKETED + part + _say_counted(kind))


def _say_counted(kind: Counted, words: int = 3) -> str:
    """A pattern: so many words that agree with the noun, at the most, and the noun; a blank before each."""
    no_words = "|".join(fold_letters(word) for word in kind.no_adjectives.split())
    between = rf"{_GAP}(?!(?:{no_words})\b){fold_letters(kind.adjective)},?"
    return rf"(?:{between}){{0,{words}}}?{_GAP}(?:{_say_nouns(kind)})(?![\w'’\-])"


def _say_nouns(kind: Counted) -> str:
    nouns = "|".join(fold_letters(noun) for noun in kind.nouns.split())
    return nouns.replace("lj", "lj?").replace("nj", "nj?")  # one letter in Cyrillic


@cache
def _compile_labelled(own: tuple[Counted, ...]) -> re.Pattern[str]:
    """Women: 3; women (three)."""
    nouns = "|".join(_say_nouns(kind) for kind in (*COUNTED, *own))
    words = "|".join(word for word in _read_words() if word not in map(fold_letters, ARTICLES))
    end = r"(?=\s*(?:[,;.)·|\n]|$))(?![.,][0-9])"
    return re.compile(
        rf"(?<!\w)(?:{nouns}){_MARKS}(?:\s*[:=]\s*([0-9]{{1,3}})(?![\w/%]|[.,][0-9])"
        rf"|(?:\s*[:=–—|]|\s\()\s*([0-9]{{1,3}}|{words}){end})"
    )


@cache
def _compile_stated(own: tuple[Counted, ...]) -> re.Pattern[str]:
    """The number of women in the shelter was 3; at the beginning of a line also without “number”: Women hosted: 3."""
    nouns = "|".join(_say_counted(kind, words=2) for kind in (*COUNTED, *own) if kind.labels)
    words = "|".join(word for word in _read_words() if word not in map(fold_letters, ARTICLES))
    number = rf"(?P<number>[0-9]{{1,3}}|{words})(?!\w|[.,/:–\-][0-9]|\s?%)"
    heads, said, only, no_count = (
        "|".join(map(fold_letters, STATED[kind])) for kind in ("heads", "said", "only", "no count")
    )
    further = rf"(?:{_GAP}[^\W\d][\w'’\-]*)"
    stated = rf"(?:\s?[:=–—]|{_GAP}(?:{said}))\s{{0,2}}(?:(?:{only})\s)?"
    headed = rf"(?<!\w)(?:{heads})(?:{nouns}){further}{{0,6}}?{stated}"
    labelled = rf"(?=\n)(?:{nouns}){further}{{1,5}}?\s?[:=]\s{{0,2}}"
    return re.compile(rf"(?:{headed}|{labelled}(?=\w+\s*(?:[,;.)·|\n]|$))){number}(?!\s(?:{no_count})(?!\w))")


@cache
def _compile_persons() -> re.Pattern[str]:
    nouns = "|".join(_say_nouns(kind) for kind in COUNTED if kind.labels and not kind.cases)
    return re.compile(rf"(?<![\w\-])(?:{nouns})(?![\w'’\-])")


@cache
def _compile_label(own: tuple[Counted, ...]) -> re.Pattern[str]:
    nouns = "|".join(_say_counted(kind, words=2) for kind in (*COUNTED, *own) if kind.labels)
    return re.compile(rf"(?: (?:number of|αριθμοσ|broj))?(?!{_GAP}(?:{_say_numbers()})(?!\w))(?:{nouns})")


def _is_no_count(text: str, plain: str, number: re.Match[str]) -> bool:
    """Whether it is a ratio, a limit, or the number of a page or a heading: a figure that begins a line, before the
    line's end or a capital.
    """
    before = plain[max(number.start() - 40, 0) : number.start()]
    first = not before or before.rstrip(" ").endswith("\n")
    after = text[number.end() : number.end() + 2]
    end = text.find("\n", number.end())
    sentence = text[number.end() : end if end >= 0 else None].rstrip().endswith((".", ";", "!"))
    heading = first and number[1].isdigit() and (after[0] == "\n" or (after[1:].isupper() and not sentence))
    return heading or bool(_compile_before().search(before))


@cache
def _compile_before() -> re.Pattern[str]:
    words = "|".join(_read_words())
    ratio = rf"(?:[0-9]+|{words})\s+(?:{'|'.join(map(fold_letters, NO_COUNT_BEFORE['ratio']))})"
    others = "|".join(fold_letters(x) for kind in ("limit", "any", "heading") for x in NO_COUNT_BEFORE[kind])
    return re.compile(rf"(?<!\w)(?:{ratio}|{others})\s+$")
