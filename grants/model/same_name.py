"""Are two names the same to whoever reads them? A second person is not made by a Greek capital in a Latin name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LOOKALIKES = str.maketrans(
    "ՍՏՕագզհոռսցքօЅІЈАВЕКМНОРСТУХЬагеорсухѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝꙇ01ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορσυϜϳϺᴦ"
    "IıƄƍƖƦƽǀɑɡɣɩɪɯʋʏᴄᴏᴑᴜᴠᴡᴢᶃᶌẝỿꜱꞘꞙꞟꞲꞳꞴꬲꬵꬽꭇꭈꭎꭒꭚ",
    "USOwqqhnnugfoSlJABEKMHOPCTYXbareopcyxsijwVvYyhelidGqWwiOlJABEZHlKMNOPTYXayivopouFjMr"
    "libglRslagyiiwuycoouvwzgyfysFfuJXBeforruuy",
)
"""Letters of the scripts in use here -> the Latin one that they look like (Unicode UTS 39, confusables)."""


_SOUNDS = str.maketrans(
    dict(
        zip(
            "αβγδεζηικλμνοπρστυφωабвгдезијклмнопрстуфхцчшжћ",
            "avgdeziiklmnoprstyfoabvgdezijklmnoprstufhccszc",
            strict=True,
        )
    )
    | {"ς": "s", "θ": "th", "ξ": "x", "χ": "h", "ψ": "ps"}
    | {"љ": "lj", "њ": "nj", "џ": "dz", "ђ": "dj", "đ": "dj", "ł": "l", "ø": "o", "ß": "ss"}
)
"""Letters of Greek and Serbian -> those that a passport has in their place."""
_SPELLINGS = (
    ("ph", "f"), ("ch", "h"), ("kh", "h"), ("ck", "k"), ("ks", "x"), ("ou", "u"), ("oy", "u"), ("gg|gk|ng", "g"),
    ("mp|mb", "b"), ("nt|nd", "d"), ("[ae]u|[ae]y|[ae]v", "ef"), ("ai|ae", "e"), ("ei|oi|y|j", "i"), ("w", "v"),
    ("c", "k"), ("q", "k"), (r"(.)\1+", r"\1"),
)  # fmt: skip
"""Ways to write one sound in Latin letters, in this order."""


def is_same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: they differ in nothing but the order of words, case, accents, blanks,
    signs that are not seen, look-alike letters, the alphabet or its transcription, or in a word or an initial more.
    """
    looks, other_looks = _list_looks(one), _list_looks(other)
    if not looks.isdisjoint(other_looks):
        return True
    return any(_are_same(mine, theirs) for mine in _list_words(one) for theirs in _list_words(other))


def _list_looks(name: str) -> set[str]:
    """What is left of a name, as it is written and in capitals: Α and A look alike, ν and n only as capitals."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum())
    return {text.translate(_LOOKALIKES).casefold() for text in (letters, letters.upper())}


def _list_words(name: str) -> Iterator[list[str]]:
    """The words of a name as they look, and as they sound."""
    seen = "".join(c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) not in ("Cf", "Mn"))
    words = re.findall(r"\w+", seen)
    yield [word.upper().translate(_LOOKALIKES).casefold() for word in words]
    yield [_transcribe(word) for word in words]


def _transcribe(word: str) -> str:
    text = word.casefold().translate(_SOUNDS)
    for spelling, sound in _SPELLINGS:
        text = re.sub(spelling, sound, text)
    return text


def _are_same(one: list[str], other: list[str]) -> bool:
    """Whether every word of the shorter name is one of the longer, or its initial; one word alone is no proof."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2:
        return sorted(shorter) == sorted(longer)
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        same = next((x for x in left if x == word), None) or next((x for x in left if _is_initial(x, word)), None)
        if same is None:
            return False
        left.remove(same)
    return any(len(word) > 1 and word in longer for word in shorter)


def _is_initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]
