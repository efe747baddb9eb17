"""Currencies as people write them beside an amount in Athens, Belgrade and London: 900 €, 1.100,50 din., USD 20."""

from __future__ import annotations

import re

_WORDS = {
    "EUR": r"EUR|ευρώ|ευρω|euros?|evra|evro|евра",
    "RSD": r"RSD|dinara?|динара?|(?:din|дин)(?![^\W\d_])\.?",
    "USD": r"USD",
    "GBP": r"GBP",
    "CHF": r"CHF",
    "GRD": r"GRD|δρχ(?![^\W\d_])\.?",
}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
CURRENCY = re.compile(
    r"[€$£]|(?<![^\W\d_])(?:" + "|".join(f"(?P<{code}>{words})" for code, words in _WORDS.items()) + r")(?![^\W\d_])",
    re.IGNORECASE,
)
"""A sign or a word that stands alone, or right beside a figure."""


def name_currency(text: str) -> str:
    """The code of the first currency that a text names; empty where it names none."""
    found = CURRENCY.search(text)
    return (found.lastgroup or _SIGNS[found[0]]) if found else ""
