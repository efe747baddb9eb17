"""Streets without a word for street, as people write them: Πατησίων 120; Kneza Miloša 12; Patission 120, Athens.

A capital and a number are not enough: so are a month, an annex, a phase. What is told stands where an address does:
behind “in” or “lives”, before a town or a postcode, in brackets, or alone in its paragraph or cell. The rest of what
people may write, no pattern can know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from grants.rules.corpus import Corpus, Hit
from grants.rules.few import fold_letters
from grants.rules.vocabulary import NO_NAMES, NO_STREETS

_NUMBER = r"(?P<number>[1-9][0-9]{0,2}(?:[ABCΑΒΓАБВ]|[abcαβγа-в](?!\w))?)(?![\w%‰€$]|[.,:/–\-][0-9]|[ \u00a0][%€$])"


class _Script(NamedTuple):
    """How a language writes them: a name and a number, how names of streets end, and what stands before and behind."""

    street: re.Pattern[str]
    ends: re.Pattern[str]
    before: re.Pattern[str]
    """In small letters without accents."""
    after: re.Pattern[str]
    alone: re.Pattern[str]
    """What a name that stands alone must have, to be none of another language."""


def _write(letter: str, small: str, middle: str) -> re.Pattern[str]:
    word = rf"[{letter}](?:{small}+|[{letter}]{{4,}})(?!\w)"
    first = rf"(?:[0-9]{{1,2}}(?:ης|η|th|st|nd|rd|\.) )?(?:{word}|[{letter}]{small}{{0,3}}\.)"
    return re.compile(rf"(?<![\w.])(?P<name>{first}(?: (?:{word}|[{letter}]\.)){{0,3}}),? (?:{middle})?{_NUMBER}")


_GREEK = _Script(
    _write("Α-ΩΆΈΉΊΌΎΏ", "[α-ωά-ώϊϋΐΰ]", r"αρ(?:ιθ)?\. ?|αριθμ(?:ός|ό) "),
    re.compile(r"(?:ου|ων|ησ|ασ|ουσ|εωσ|ωνοσ)$"),
    re.compile(
        r"(?:\bστη[νσ]?|\bστο[νυ]?|\bεπι(?: τησ| του)?|διευθυνση:?|βρισκ\w+|μεν\w+|κατοικ\w+|ξενωνασ:?|σπιτι:?) $"
    ),
    re.compile(r",? ?(?:[ΤT]\.? ?[ΚK]\.?|[0-9]{3} ?[0-9]{2}(?![0-9]))|, [Α-ΩΆΈΉΊΌΎΏ]\w{3,}(?! ?[0-9])"),
    re.compile(""),
)
_SERBIAN = _Script(
    _write("A-ZČĆŠĐŽА-ШЂЈЉЊЋЏ", "[a-zčćšđžа-шђјљњћџ]", r"br\. ?|broj |бр\. ?|број "),
    re.compile(r"(?:a|e|og|oj|ih)$"),
    re.compile(r"(?:\bu|\bna|adres[aeiu]:?|nalazi se|zivi|stanuje) $"),
    re.compile(
        r",? ?(?:[0-9]{5}(?![0-9])|(?:beograd|novi sad|niš|subotica|kragujevac|београд|нови сад|ниш)(?! ?\w))",
        re.IGNORECASE,
    ),
    re.compile(r"[čćšđžČĆŠĐŽа-шђјљњћџ]"),
)
_ENGLISH = _Script(
    _write("A-ZÀ-ÞČĆŠĐŽ", "[a-zß-žčćšđž]", r"no\. ?"),
    re.compile(""),
    re.compile(r"\b(?:at|address:?|lives in|house in|shelter in) $"),
    re.compile(
        r",? ?(?:[0-9]{3} ?[0-9]{2}(?![0-9]),? )?"
        r"(?:athens|piraeus|thessaloniki|patras|belgrade|novi sad|niš)(?! ?\w)",
        re.IGNORECASE,
    ),
    re.compile("(?!)"),
)
_END = re.compile(r"\s*(?:[.,;)\n]|$)")
_FURTHER = 24
"""Characters before and behind that tell where it stands."""


def find_streets(corpus: Corpus) -> Iterator[Hit]:
    """Every street with a number that stands where an address does."""
    for script in (_GREEK, _SERBIAN, _ENGLISH):
        for match in script.street.finditer(corpus.free_text):
            hits = corpus.hits(match.start(), match.end())
            yield from (hit for hit in hits if _is_street(match["name"], hit, script))


def _is_street(name: str, hit: Hit, script: _Script) -> bool:
    words = [fold_letters(word).rstrip(".") for word in name.split()]
    is_other = any(word in NO_NAMES or word.startswith(NO_STREETS) for word in words)
    if is_other and not words[0][0].isdigit():  # 28ης Οκτωβρίου 12 is a street, no day
        return False
    before, after = fold_letters(hit.before(_FURTHER)), hit.after(_FURTHER)
    is_last, declined = bool(_END.match(after)), any(map(script.ends.search, words[-2:]))
    if script.after.match(after):
        return declined or len(words) > 1
    if script.before.search(before):
        return declined or (len(words) > 1 and is_last)
    alone = not before or before[-1] in "\n(|" or (before.endswith(", ") and len(words) > 1)
    return alone and is_last and declined and bool(script.alone.search(name))
