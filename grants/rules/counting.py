"""Words by which Greek, English and Serbian count persons. Case and accents do not matter where they are looked for.

Nouns and adjectives are written as patterns, one word each, apart by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NUMBER_WORDS: Mapping[int, str] = {
    1: "one μία jedna jednu",
    2: "two both δύο δυο dva dve dvije dvoje",
    3: "three τρεις τρία τριών tri troje",
    4: "four τέσσερις τέσσερεις τέσσερα τεσσάρων četiri četvoro",
    5: "five πέντε pet petoro",
    6: "six έξι šest",
    7: "seven επτά εφτά sedam",
    8: "eight οκτώ οχτώ osam",
    9: "nine εννέα εννιά devet",
    10: "ten δέκα deset",
    11: "eleven έντεκα ένδεκα jedanaest",
    12: "twelve δώδεκα dvanaest",
    13: "thirteen δεκατρείς δεκατρία δεκατριών trinaest",
    14: "fourteen δεκατέσσερις δεκατέσσερα δεκατεσσάρων četrnaest",
    15: "fifteen δεκαπέντε petnaest",
    16: "sixteen δεκαέξι δεκάξι šesnaest",
    17: "seventeen δεκαεπτά δεκαεφτά sedamnaest",
    18: "eighteen δεκαοκτώ δεκαοχτώ osamnaest",
    19: "nineteen δεκαεννέα δεκαεννιά devetnaest",
    20: "twenty είκοσι dvadeset",
}
"""No library gives them with gender and case. Of the words for one only those that are no article."""
ARTICLES = ("μια",)
"""A word for one that is an article when it is written without its accent."""


class Counted(NamedTuple):
    """Nouns of one language and form, what may stand between a number and them, and the numbers they follow."""

    language: str
    nouns: str
    adjective: str
    no_adjectives: str
    first: int = 2
    last: int = 1_000
    labels: bool = True
    """Whether they head a row or a column of figures."""
    cases: bool = False
    """Whether they are cases, not persons; small numbers of them tell as much."""
    figures_only: bool = False
    """Whether only 1 counts them, and “one person” is anybody."""


_EN_STOP = (
    "of for with to in on at by and or from per the a an is are was were who whom that which than as "
    "hundred thousand million percent cent times thirds?"
)
_EL_STOP = (
    "σε στη στην στο στον στους στις στα για με από και ή προς ο η οι τα τις τους τη την το τον του της των που ανά "
    "κατά μεταξύ όπου ως έως είναι ήταν εκατό εκατοντάδες χιλιάδες εκατομμύρια τοις φορές"
)
_SR_STOP = "za sa s u na od do i ili iz po pri o je su koje koji kao sto stotine hiljade hiljada miliona puta odsto"
_EN_ADJECTIVE = r"[\w\-]*(?:(?!s)\w|ss|ous)"
"""No plural: “two sessions women asked for”."""
_EL_PARTICIPLES = "(?:ωφελούμεν|ωφελουμέν|φιλοξενούμεν|φιλοξενουμέν|εξυπηρετούμεν|εξυπηρετουμέν|διασωθέντ|διασωθείσ)"

_EL_GENITIVE = r"\w+ων"
"""Two groups of women are no two women: what stands between has the noun's case."""

COUNTED: tuple[Counted, ...] = (
    Counted(
        "en",
        "women girls boys men children minors persons people victims survivors clients residents beneficiaries "
        "mothers fathers daughters sons babies infants adults adolescents teenagers migrants refugees guests "
        "individuals females males ladies youths",
        _EN_ADJECTIVE,
        _EN_STOP,
    ),
    Counted("en", "cases referrals", _EN_ADJECTIVE, _EN_STOP, cases=True),
    Counted(
        "en",
        "woman girl boy man child minor victim survivor client resident beneficiary mother daughter baby adult "
        "teenager migrant refugee lady",
        _EN_ADJECTIVE,
        _EN_STOP,
        first=1,
        last=1,
        labels=False,
    ),
    Counted(
        "el",
        "γυναίκες κορίτσια κοπέλες αγόρια άνδρες άντρες παιδιά άτομα πρόσωπα θύματα "
        f"ανήλικ(?:οι|ες|α|ους) {_EL_PARTICIPLES}(?:οι|ες|α|ους) επιζήσα(?:σες|ντες) μητέρες κόρες βρέφη "
        "έφηβ(?:οι|ες|ους) ενήλικ(?:οι|ες|α|ους) πρόσφυγες μετανάστ(?:ριες|ες)",
        r"\w[\w\-]*",
        _EL_STOP,
    ),
    Counted(
        "el",
        "γυναικών κοριτσιών κοπελών αγοριών ανδρών αντρών παιδιών ατόμων προσώπων θυμάτων "
        f"ανηλίκων {_EL_PARTICIPLES}ων επιζησα(?:σών|ντων) μητέρων βρεφών εφήβων ενηλίκων προσφύγων "
        "μεταναστ(?:ριών|ών)",
        _EL_GENITIVE,
        _EL_STOP,
    ),
    Counted("el", "υποθέσεις παραπομπές περιστατικά", r"\w[\w\-]*", _EL_STOP, cases=True),
    Counted("el", "υποθέσεων παραπομπών περιστατικών", _EL_GENITIVE, _EL_STOP, cases=True),
    Counted(
        "el",
        f"γυναίκας? κοριτσιού κορίτσι κοπέλας? αγόρι αγοριού άνδρας? ανήλικ(?:η|ης|ος|ο) "
        f"{_EL_PARTICIPLES}(?:η|ης|ος|ου|ο) επιζήσασας? μητέρας?",
        r"\w[\w\-]*",
        _EL_STOP,
        first=1,
        last=1,
        labels=False,
    ),
    Counted(
        "el",
        "άτομο ατόμου πρόσωπο θύμα παιδί περιστατικό υπόθεση",
        r"\w[\w\-]*",
        _EL_STOP,
        first=1,
        last=1,
        labels=False,
        figures_only=True,
    ),
    Counted("en", "person case referral", _EN_ADJECTIVE, _EN_STOP, first=1, last=1, labels=False, figures_only=True),
    Counted(
        "sr",
        "žene devojke devojčice dečaka muškarca deteta maloletnic[ea] maloletnika osobe lica žrtve klijentkinje "
        "klijenta korisnice korisnika štićenice majke",
        r"\w+[eaio]",
        _SR_STOP,
        last=4,
    ),
    Counted(
        "sr",
        "žena devojaka devojčica dečaka muškaraca dece ljudi maloletnica maloletnika osoba lica žrtava klijentkinja "
        "klijenata korisnica korisnika štićenica majki",
        r"\w+(?:ih|oro)",
        _SR_STOP,
    ),
    Counted("sr", "slučaja", r"\w+[aio]", _SR_STOP, last=4, cases=True),
    Counted("sr", "slučajeva", r"\w+ih", _SR_STOP, cases=True),
    Counted("sr", "osob[au] lice slučaj", r"\w+[aui]", _SR_STOP, first=1, last=1, labels=False, figures_only=True),
    Counted(
        "sr",
        "žen[au] devojk[au] devojčic[au] dečak muškarac dete maloletnic[au] žrtv[au] klijentkinj[au] "
        "korisnic[au] štićenic[au] majk[au]",
        r"\w+[aui]",
        _SR_STOP,
        first=1,
        last=1,
        labels=False,
    ),
)

NO_COUNT_BEFORE: Mapping[str, tuple[str, ...]] = {
    "ratio": ("in", "out of", "of every", "στις", "στους", "στα", "στον", "στην", "στο", "od", "na"),
    "limit": (
        "fewer than", "less than", "under", "below", "λιγότερ(?:οι|ες|α|ους) από", "λιγότερ(?:οι|ες|α|ους) των",
        "κάτω των", "κάτω από", "manje od", "ispod",
    ),
}  # fmt: skip
"""What stands before a number that counts nobody: one in (three women), fewer than (five women)."""
