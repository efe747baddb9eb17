"""Does a text point to a person? Numbers, dates of birth, names, descriptions: what must never reach a donor.

Patterns cannot know everything. They look for the forms in which such facts are usually written, in Greek, English and
Serbian; a second reader is still needed. What was found is shown shortened, for findings end up in logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from grants.rules.case import Case, Fault, is_allowed, veil
from grants.rules.corpus import NEAR, Corpus, Hit, drop_overlaps
from grants.rules.vocabulary import NO_NAMES, ORIGINS

_NUMBER = re.compile(r"[0-9+(][0-9 ()/\-–]{7,22}[0-9]")
_NO_START = frozenset("/=-.,")
_PHONE_WORD = re.compile(r"(?:tel|phone|mob|fax|τηλ|κιν|φαξ|тел)[a-zέ-ώа-я]*\.?:?\s{0,2}$")
_GREEK = re.compile("2[1-8]|6[89]")
"""How numbers of telephones in Greece begin; those of receipts often begin with the year."""
_TAX_WORD = re.compile(r"(?:αφμ|α\.φ\.μ\.|vat|tin|pib)(?: no)?\.?:?\s{0,2}$")
_PAPER = re.compile(r"[0-9]+|(?:19|20)[0-9]{2}[-/ ][0-9 /\-]+|[0-9 \-]*/[0-9 /\-]*")
_NUMBERED = (("document",), ("voucher",), ("reference",), ("account",))
"""Fields for the number of a paper."""
_ACCOUNT = "The number of an account"
_DIGITS = re.compile(r"(?:[A-Z]{2})?[0-9][0-9 ./\-]*[0-9]")
"""An IBAN with its country, or the number of an account; of some countries with letters in it, up to these."""
_LEAST_DIGITS = 8
_DATES = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}\s?[-–/]\s?(?:19|20)[0-9]{2}"
)
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]*[A-Za-z0-9]$"), re.compile(r"[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z]")
_DAY = re.compile(
    r"[^\W\d_]{0,3}[\s:.,(]{0,3}(?:on |in |στις |την |je |dana )?"
    r"[0-9]{1,2}[.\-/ ]{1,2}(?:[0-9]{1,2}|[^\W\d_]{3,12})[.\-/ ,]{1,2}[0-9]{2,4}"
)
_DOCUMENT = re.compile(r"[^0-9\n\0]{0,24}[0-9][0-9 /\-]{4,}")

_CAP = "[A-ZÀ-ÞČĆŠĐŽΑ-ΩΆΈΉΊΌΎΏЂ-Ш]"
_SMALL = "[a-zß-žά-ώђ-џа-я]"
_TITLED = re.compile(rf"{_CAP}(?:{_SMALL}+|\.)(?:[ \u00a0]{_CAP}(?:{_SMALL}+|\.))*")
_INITIAL = re.compile(r"[  ][A-ZΑ-ΩЂ-ШČĆŠĐŽ]\.")
_BEFORE_INITIAL = re.compile(rf"(?<!\w){_CAP}{_SMALL}{{2,}}$")
_AGE_BEFORE = re.compile(
    r"(?<![0-9])(?<![-–] )(?<![-–])(?<!to )(?<!and )(?<!under )(?<!over )(?<!than )(?<!των )(?<!έως )[0-9]{1,2}[- ]?$"
)
_AGE_AFTER = re.compile(r"[0-9]{1,2}(?![0-9]|\s?(?:-|–|to |and |or ))")
_SENTENCE_END = re.compile(r"[.!?;·]\s|\n\n")


def check_personal_data(case: Case, *, allowed: tuple[str, ...]) -> Iterator[Fault]:
    """No telephone number, e-mail address, date of birth, or number of a passport or identity card: in a text, beside
    the name of a supplier, beside the number of a receipt. No number of an account in place of its name.
    """
    texts = (case.corpus, case.names, case.numbers)
    found = chain.from_iterable((*_find_documents(x), *_find_addresses(x), *_find_numbers(x)) for x in texts)
    kinds = {hit: kind for kind, hit in found} | dict.fromkeys(_find_accounts(case.numbers), _ACCOUNT)
    for hit in drop_overlaps(kinds):
        if not is_allowed(hit.text, allowed):
            message = f"{kinds[hit]} stands in the text. It may lead to a person."
            remedy = "Take it out. If it is public, list it: `call: rules: V04: {allowed: ...}` in project.yaml."
            if kinds[hit] == _ACCOUNT:
                message = f"{_ACCOUNT} stands where its name should."
                remedy = "Reports print it: give the account a name instead, such as “Project account”."
            yield Fault(hit.place, message, remedy, veil(hit.text))


def _find_accounts(corpus: Corpus) -> Iterator[Hit]:
    """Numbers where the name of an account or cash box should stand: eight digits or more, that are no date."""
    for text, origin in corpus.texts:
        for run in _DIGITS.finditer(text) if origin.path[-1:] == ("account",) else ():
            if sum(letter.isdigit() for letter in _DATES.sub("", run[0])) >= _LEAST_DIGITS:
                yield Hit(text, origin, *run.span())


def _find_numbers(corpus: Corpus) -> Iterator[tuple[str, Hit]]:
    for hit in corpus.find(_NUMBER):
        if not hit.is_word or hit.before(1) in _NO_START or _is_in_link(hit) or _is_number_of_paper(hit):
            continue
        if hit.text.isdigit() and len(hit.text) in (11, 13):
            yield "A number like those of identity cards", hit
        elif _is_phone(hit):
            yield "A telephone number", hit


def _is_number_of_paper(hit: Hit) -> bool:
    """Whether digits are a tax number, all there is, or in a field for numbers and not grouped as a telephone's."""
    if _PHONE_WORD.search(hit.before(14).lower()):
        return False
    if hit.text.isdigit() and (hit.text == hit.passage.strip() or _TAX_WORD.search(hit.before(12).lower())):
        return True
    return hit.origin.path[-1:] in _NUMBERED and bool(_PAPER.fullmatch(hit.text))


def _is_in_link(hit: Hit) -> bool:
    word = (hit.before(80).rsplit(None, 1) or [""])[-1]
    return "://" in word and not hit.before(1).isspace()


def _is_phone(hit: Hit) -> bool:
    """Whether digits are a telephone number, and not dates, an amount, an account, or the cells of a row side by side.

    Why a zero alone is none: a PDF gives the cells of a row as `0 20 11 11 55`.
    """
    said = _DATES.sub(" ", hit.text).strip(" /-–(")
    digits = re.sub(r"[^0-9]", "", said)
    if said.startswith(("+", "00")) or _PHONE_WORD.search(hit.before(14).lower()):
        return 8 <= len(digits) <= 15
    if len(digits) == 10 and _GREEK.match(digits):
        return True
    return 9 <= len(digits) <= 11 and said.startswith("0") and not said.startswith("0 ")


def _find_addresses(corpus: Corpus) -> Iterator[tuple[str, Hit]]:
    for hit in corpus.find_words("@"):
        before, after = _ADDRESS[0].search(hit.before(64)), _ADDRESS[1].match(hit.after(64))
        if before and after:
            yield "An e-mail address", hit.grown(len(before[0]), after.end())


def _find_documents(corpus: Corpus) -> Iterator[tuple[str, Hit]]:
    for hit in corpus.signals["birth"]:
        if day := _DAY.match(hit.after(50)):
            yield "A date of birth", hit.grown(0, day.end())
    for hit in corpus.signals["identity"]:
        if number := _DOCUMENT.match(hit.after(60)):
            yield "The number of a document of identity", hit.grown(0, number.end())


def check_named_persons(case: Case, *, allowed: tuple[str, ...]) -> Iterator[Fault]:
    """No name of a person: with a title, with an initial, or the name of a contact."""
    contacts = (hit for name in _list_contacts(case) for hit in case.corpus.find_words(name))
    for hit in drop_overlaps(chain(_find_titled(case.corpus), _find_initials(case.corpus), contacts)):
        if not is_allowed(hit.text, allowed):
            message = "The name of a person stands in the text."
            remedy = (
                "Write the function instead (“a social worker”). If the person agreed to be named, list the name: "
                "`call: rules: V04-NAME: {allowed: ...}` in project.yaml."
            )
            yield Fault(hit.place, message, remedy, veil(hit.text))


def _find_titled(corpus: Corpus) -> Iterator[Hit]:
    for hit in corpus.signals["title"]:
        if hit.text[0] == "m" or hit.text[:2] == "MS":  # milliseconds, a company
            continue
        if name := _TITLED.match(hit.after(60)):
            yield hit.grown(0, name.end())


def _find_initials(corpus: Corpus) -> Iterator[Hit]:
    for hit in corpus.find(_INITIAL):
        name = _BEFORE_INITIAL.search(hit.before(24))
        if name and not hit.after(1).isalnum() and name[0].lower() not in NO_NAMES:
            yield hit.grown(len(name[0]), 0)


def _list_contacts(case: Case) -> list[str]:
    """The names of contacts that are names of persons: two words or more, each with a capital."""
    names = [contact.name for organisation in case.project.organisations for contact in organisation.contacts]
    words = (text.split() for name in names for text in name.words.values())
    capitals = (parts for parts in words if len(parts) > 1 and all(part[0].isupper() for part in parts))
    return list(dict.fromkeys(" ".join(parts) for parts in capitals))


def check_described_persons(case: Case) -> Iterator[Fault]:
    """The age of one person, a nation, a village: no two of them stand in one sentence."""
    ages, villages = list(_find_ages(case.corpus)), case.corpus.signals["village"]
    told: set[tuple[int, int]] = set()
    for hit, others in [*((age, villages) for age in ages), *((village, ages) for village in villages)]:
        first, last = _find_sentence(hit)
        sentence = f" {hit.passage[first:last].lower()}"
        beside = any(other.origin is hit.origin and first <= other.start < last for other in others)
        if (beside or any(f" {stem}" in sentence for stem in ORIGINS)) and (id(hit.origin), first) not in told:
            told.add((id(hit.origin), first))
            message = "Age, origin and village together point to one person."
            yield Fault(hit.place, message, "Say less: an age group, a region, or nothing.", hit.text.strip())


def _find_ages(corpus: Corpus) -> Iterator[Hit]:
    """Ages of one person, with their number: not of a group from 15 to 25, not a limit."""
    joined = (hit for hit in corpus.find_words("χρον") if hit.before(1).isdigit())  # 17χρονη
    for hit in chain(corpus.signals["age"], joined):
        if hit.text.lower() == "aged ":
            number = _AGE_AFTER.match(hit.after(6))
            if number:
                yield hit.grown(0, number.end())
        elif number := _AGE_BEFORE.search(hit.before(16)):
            yield hit.grown(len(number[0]), 0)


def _find_sentence(hit: Hit) -> tuple[int, int]:
    """Where the sentence around it begins and ends."""
    near, far = max(hit.start - NEAR, 0), hit.end + NEAR
    first = max((match.end() for match in _SENTENCE_END.finditer(hit.passage, near, hit.start)), default=near)
    after = _SENTENCE_END.search(hit.passage, hit.end, far)
    return first, after.start() if after else min(far, len(hit.passage))
