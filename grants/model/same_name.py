"""Are two names the same to whoever reads them? A second person is not made by a Greek capital in a Latin name."""

from __future__ import annotations

import unicodedata

_LOOKALIKES = str.maketrans(
    "ՍՏՕագզհոռսցքօЅІЈАВЕКМНОРСТУХЬагеорсухѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝꙇ01ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορσυϜϳϺᴦ"
    "IıƄƍƖƦƽǀɑɡɣɩɪɯʋʏᴄᴏᴑᴜᴠᴡᴢᶃᶌẝỿꜱꞘꞙꞟꞲꞳꞴꬲꬵꬽꭇꭈꭎꭒꭚ",
    "USOwqqhnnugfoSlJABEKMHOPCTYXbareopcyxsijwVvYyhelidGqWwiOlJABEZHlKMNOPTYXayivopouFjMr"
    "libglRslagyiiwuycoouvwzgyfysFfuJXBeforruuy",
)
"""Letters of the scripts in use here -> the Latin one that they look like (Unicode UTS 39, confusables)."""


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ in nothing but case, accents, blanks, signs that are not seen, or look-alike letters."""
    return not _list_keys(one).isdisjoint(_list_keys(other))


def _list_keys(name: str) -> set[str]:
    """What is left of a name, as it is written and in capitals: Α and A look alike, ν and n only as capitals."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum())
    return {text.translate(_LOOKALIKES).casefold() for text in (letters, letters.upper())}
