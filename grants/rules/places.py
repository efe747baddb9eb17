"""Does a text say where somebody lives? Streets, postcodes, points on a map; and what must never be printed."""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator
from itertools import chain, pairwise

from grants.errors import Place
from grants.rules.case import Case, Fault, is_allowed, veil
from grants.rules.corpus import Corpus, Hit
from grants.rules.streets import find_streets
from grants.rules.vocabulary import SHELTER

_WORD = r"[A-ZČĆŠĐŽΑ-ΩΆΈΉΊΌΎΏЂ-Ш][\w'’]*"
_NAME = rf"{_WORD}\.?"
_LATIN = ("Street", "Str", "St", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "Square", "Lane")
"""How English kinds of street are written where they belong to a name; they come last."""
_AFTER = re.compile(rf"(?:{_NAME} ){{0,3}}{_NAME}(?:,? (?:br\. ?|αρ\. ?|бр\. ?)?([0-9]{{1,4}})\b)?")
_BEFORE = re.compile(rf"(?:(?<![\w.,])([0-9]{{1,4}}[A-Za-z]?),? )?(?:{_NAME} ){{1,4}}$")
_NUMBER_AFTER = re.compile(r"\.?,? ([0-9]{1,4})\b")
_DIGITS = re.compile(
    rf"[0-9](?:[0-9]{{2}}[  ]?[0-9]{{2}},?[  ]{_WORD}|[0-9]?\.[0-9]{{4,}}°?[NΒ]?[,;]? {{0,2}}[0-9]{{1,3}}\.[0-9]{{4,}}"
    r"|[0-9]?° ?[0-9]{1,2}['′])"
)
_POSTCODE_WORD = re.compile(r"(?:T\.?K\.?|Τ\.?Κ\.?|postcode|zip)[ .:]*$", re.IGNORECASE)
_MAPS = ("maps.", "/maps", "openstreetmap.", "what3words.")
_ACCENTS = re.compile("[\u0300-\u036f*_\\\\\u00ad\u200b-\u200d\ufeff]")
"""Accents; and signs of Markdown and hyphens that are not printed inside a word."""
_MARKS = re.compile(r"[\W_]+")
_PHONE = 9
"""Digits by which a telephone number is known, with the code of its country or without."""
_SERBIAN = str.maketrans(
    dict(zip("абвгдежзијклмнопрстуфхцчшћ", "abvgdezzijklmnoprstufhccsc", strict=True))
    | {"ђ": "dj", "đ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
)
"""Once accents are gone: ж and з are both z, as ž and z are."""


def check_addresses(case: Case, *, allowed: tuple[str, ...]) -> Iterator[Fault]:
    """No street with its number, no postcode beside a shelter, no point on a map; nor the office's address."""
    told: set[tuple[int, int]] = set()
    for hit in _find_addresses(case):
        line = (id(hit.passage), hit.passage.count("\n", 0, hit.start))
        if line not in told and not is_allowed(hit.text, allowed):
            told.add(line)
            message = "An exact address stands in the text."
            remedy = (
                "Name the region only; a shelter's address never leaves the house. If the address is public, list it: "
                "`call: rules: V05: {allowed: ...}` in project.yaml."
            )
            yield Fault(hit.place, message, remedy, veil(hit.text))


def _find_addresses(case: Case) -> Iterator[Hit]:
    corpus = case.corpus
    return chain(
        _find_streets(corpus),
        find_streets(corpus),
        (hit for hit in corpus.find(_DIGITS) if "." in hit.text or "°" in hit.text or _is_postcode(hit)),
        (hit for word in _MAPS for hit in corpus.find_words(word)),
        (hit for address in _list_offices(case) for hit in corpus.find_words(address)),
    )


def _find_streets(corpus: Corpus) -> Iterator[Hit]:
    """Streets with a number; without one only beside a shelter, or after the Greek word for street."""
    for hit in corpus.signals["street"]:
        street, number = _read_english(hit) if hit.text.startswith(_LATIN) else _read_street(hit)
        if street and (number or hit.text.lower().startswith("οδ") or _speaks_of_shelter(hit)):
            yield street


def _read_street(hit: Hit) -> tuple[Hit | None, str | None]:
    """The kind of street comes first: οδός Σόλωνος 12, ul. Kneza Miloša 12."""
    match = _AFTER.match(hit.after(60))
    return (hit.grown(0, match.end()), match[1]) if match else (None, None)


def _read_english(hit: Hit) -> tuple[Hit | None, str | None]:
    """The kind of street comes last: 12 Sample Street, Sample Street 12."""
    before, after = _BEFORE.search(hit.before(60)), _NUMBER_AFTER.match(hit.after(8))
    if before is None:
        return None, None
    return hit.grown(len(before[0]), after.end() if after else 0), before[1] or (after[1] if after else None)


def _speaks_of_shelter(hit: Hit) -> bool:
    return any(word in hit.paragraph for word in SHELTER)


def _is_postcode(hit: Hit) -> bool:
    before = hit.before(12)
    if before[-1:].isalnum() or before[-1:] in (".", ",", "/") or before[-2:-1].isdigit():
        return False
    return bool(_POSTCODE_WORD.search(before)) or _speaks_of_shelter(hit)


def _list_offices(case: Case) -> list[str]:
    """Addresses of the organisations, as far as the comma before the postcode where there is a number before it."""
    addresses = [text for organisation in case.project.organisations for text in organisation.address.words.values()]
    streets = {address: address.split(",")[0].strip() for address in addresses}
    return list(dict.fromkeys(s if any(map(str.isdigit, s)) else address for address, s in streets.items()))


def check_never_print(case: Case) -> Iterator[Fault]:
    """No phrase of never-print.txt, in any text and any field. Case, accents, marks and the alphabet of Serbian do not
    matter. A finding does not repeat the phrase: findings end up in logs.
    """
    phrases = {number: _compile_phrase(phrase) for number, phrase in enumerate(case.never_print, 1)}
    everything = fold(case.corpus.text) if phrases else ""
    for number, phrase in phrases.items():
        if not phrase.search(everything):
            continue
        for text, origin in case.corpus.texts:
            if phrase.search(fold(text)):
                message = f"Entry {number} of never-print.txt stands here."
                place = _find_place(Hit(text, origin, 0, 0), phrase)
                yield Fault(place, message, "Take it out; it must not leave the house.")


def _compile_phrase(phrase: str) -> re.Pattern[str]:
    """A pattern for folded texts. Digits may be grouped otherwise and stand apart from letters or not; a telephone
    number is the same with the code of its country and without.
    """
    folded = fold(phrase).strip()
    number = folded.replace(" ", "")
    before, after = ("[0-9]" if folded[0].isdigit() else r"\w"), ("[0-9]" if folded[-1].isdigit() else r"\w")
    start = f"(?<!{before})"
    if number.isdigit() and len(number) >= _PHONE:
        start, folded = "", number
        if number[0] == "0" or phrase.lstrip("( ")[0] == "+":
            folded = number.lstrip("0")[-_PHONE:]
    parts = re.findall("[0-9]|[^0-9 ]+", folded)
    gaps = [" ?" if one.isdigit() or other.isdigit() else " " for one, other in pairwise(parts)]
    body = "".join(re.escape(part) + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
    return re.compile(rf"{start}{body}(?!{after})")


def _find_place(hit: Hit, phrase: re.Pattern[str]) -> Place:
    """Where a phrase begins: as far as the text may be cut off before it."""
    low, high = 0, len(hit.passage)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if phrase.search(fold(hit.passage[middle:])) else (low, middle - 1)
    return hit.grown(-low, 0).place


def fold(text: str) -> str:
    """Words of small letters without accents, in Latin letters where they are Serbian, with one blank around each."""
    read = html.unescape(urllib.parse.unquote(text))  # as a reader sees a link's %20 and an &nbsp;
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", read.casefold())).translate(_SERBIAN)
    return f" {_MARKS.sub(' ', plain).strip()} "
