"""Words by which Greek, English and Serbian count persons. Case and accents do not matter where they are looked for.

Nouns and adjectives are written as patterns, one word each, apart by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NUMBER_WORDS: Mapping[int, str] = {
    1: "one μία ένα ένας jedna jednu",
    2: "two both δύο δυο αμφότερες αμφότεροι dva dve dvije dvoje obe obje",
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
"""No library gives them with gender and case."""
ARTICLES = ("μια", "ένα", "ένας")
"""Words for one that are articles, as they are written; they count only as a part: ένα από τα κορίτσια."""
PARTS: tuple[str, ...] = (
    "(?:out )?of (?:the|these|those|our|its|their)",
    "απ(?:ό |[’'ʼ] ?)(?:τις|τους|τα|αυτές|αυτά)",
    "(?:από|εκ) των",
    "od(?: tih| ovih| naših)?",
)
"""What makes a number a part of those that follow: two of the women, three of the 18 women."""
STATED: Mapping[str, tuple[str, ...]] = {
    "heads": (
        "(?:total )?number of(?: the)?", "total(?: of)?", "αριθμ(?:ός|ό|ού)(?: των)?", "σύνολο(?: των)?",
        "πλήθος(?: των)?", "broj(?:a|u)?", "ukupno",
    ),
    "said": (
        "(?:was|were|is|are|equals|came to|reached|stood at|amounted to|remained)",
        "(?:ήταν|είναι|έφτασε|έφθασε|παρέμεινε|ανέρχεται|ανήλθε|ανερχόταν)(?: στ(?:ις|ους|α|ο|η|ην|ον)| σε)?",
        "(?:(?:je|su) (?:bi(?:o|la|le|li)|iznosi(?:o|la))|(?:bi(?:o|la|le|li)|iznosi(?:o|la)) (?:je|su)|iznosi|je)",
    ),
    "only": ("only", "just", "exactly", "μόνο", "μόλις", "samo", "tačno"),
    "no count": (
        "times", "fold", "per cent", "percent", "hundred", "thousand", "million", "or more", "of", "φορές", "τοις",
        "χιλιάδες", "εκατομμύρια", "από", "ή περισσότερ(?:α|ες|οι)", "puta", "odsto", "posto", "hiljad[ae]", "miliona",
        "od",
    ),
}  # fmt: skip
"""How a sentence states a number behind the noun: the number of women was 3. Not: was 3 times higher, is one of."""
PARTS_OF_NUMBERS: tuple[str, ...] = ("(?:out )?of", "από", "σε", "od(?: ukupno)?", "na")
"""The same straight before a number that is told too: 3 of 18 women. Of some numbers it is a ratio."""


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
    "hundred thousand million percent cent times thirds? staff police"
)
_EL_STOP = (
    "σε στη στην στο στον στους στις στα για με από και ή προς ο η οι τα τις τους τη την το τον του της των που ανά "
    "κατά μεταξύ όπου ως έως είναι ήταν εκατό εκατοντάδες χιλιάδες εκατομμύρια τοις φορές"
)
_SR_STOP = "za sa s u na od do i ili iz po pri o je su koje koji kao sto stotine hiljade hiljada miliona puta odsto"
_EN_ADJECTIVE = r"[\w\-]*(?:(?!s)\w|ss|ous)"
"""No plural: “two sessions women asked for”."""
_EL_PARTICIPLES = "(?:ωφελούμεν|ωφελουμέν|φιλοξενούμεν|φιλοξενουμέν|εξυπηρετούμεν|εξυπηρετουμέν|διασωθέντ|διασωθείσ)"

_EL_NATIONS = (
    r"(?:σέρβες|ρουμάνες|μολδαβές|ουκρανές|αλβανές|βουλγάρες|ρωσίδες|νιγηριανές)(?=\s*(?:[.,;·)]|$)|\s(?:και|ή)\s)"
)
"""Where no noun follows: δύο Σέρβες ψυχολόγοι are no residents."""
_EL_ADJECTIVE = r"\w[\w\-]*(?<!ουν)(?<!αν)(?<!ται)(?<!ει)"
"""No verb: δύο δράσεις ενημέρωσαν γυναίκες."""
_EL_GENITIVE = r"\w+ων"
"""Two groups of women are no two women: what stands between has the noun's case."""

COUNTED: tuple[Counted, ...] = (
    Counted(
        "en",
        "women girls boys men children minors persons people victims survivors clients residents beneficiaries "
        "mothers fathers daughters sons babies infants adults adolescents teenagers migrants refugees guests "
        "individuals females males ladies youths teens toddlers sisters brothers siblings relatives seekers callers "
        "returnees moldovans romanians albanians ukrainians bulgarians russians serbs nigerians",
        _EN_ADJECTIVE,
        _EN_STOP,
    ),
    Counted("en", "cases referrals families couples households", _EN_ADJECTIVE, _EN_STOP, cases=True),
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
        "έφηβ(?:οι|ες|ους) ενήλικ(?:οι|ες|α|ους) πρόσφυγες μετανάστ(?:ριες|ες) έγκυ(?:οι|ες|ους) μωρά νήπια "
        f"αδελφές αδέλφια συγγενείς αιτούσες {_EL_NATIONS}",
        _EL_ADJECTIVE,
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
    Counted("el", "υποθέσεις παραπομπές περιστατικά οικογένειες ζευγάρια", _EL_ADJECTIVE, _EL_STOP, cases=True),
    Counted("el", "υποθέσεων παραπομπών περιστατικών οικογενειών ζευγαριών", _EL_GENITIVE, _EL_STOP, cases=True),
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
        "klijenta korisnice korisnika štićenice majke bebe sestre ćerke kćerke sina",
        r"\w+[eaio]",
        _SR_STOP,
        last=4,
    ),
    Counted(
        "sr",
        "žena devojaka devojčica dečaka muškaraca dece ljudi maloletnica maloletnika osoba lica žrtava klijentkinja "
        "klijenata korisnica korisnika štićenica majki beba sestara ćerki kćerki sinova",
        r"\w+(?:ih|oro)",
        _SR_STOP,
    ),
    Counted("sr", "slučaja porodice upućivanja", r"\w+[aio]", _SR_STOP, last=4, cases=True),
    Counted("sr", "slučajeva porodica", r"\w+ih", _SR_STOP, cases=True),
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

_BETWEEN: Mapping[str, tuple[str, str]] = {
    "en": (_EN_ADJECTIVE, _EN_STOP),
    "el": (_EL_ADJECTIVE, _EL_STOP),
    "sr": (r"\w+[eaio]", _SR_STOP),
}


def count_by(noun: str, language: str) -> Counted:
    """A project's own word for persons, as it stands behind a number in that language ("": in any)."""
    every = (r"\w[\w\-]*", f"{_EN_STOP} {_EL_STOP} {_SR_STOP}")
    return Counted(language, noun, *_BETWEEN.get(language, every), first=1)


NO_COUNT_BEFORE: Mapping[str, tuple[str, ...]] = {
    "ratio": ("in", "out of", "of every", "στις", "στους", "στα", "στον", "στην", "στο", "od", "na"),
    "limit": (
        "fewer than", "less than", "under", "below", "λιγότερ(?:οι|ες|α|ους) από", "λιγότερ(?:οι|ες|α|ους) των",
        "κάτω των", "κάτω από", "manje od", "ispod",
    ),
    "any": ("every", "each", "any", "κάθε"),
    "heading": (
        "article", "section", "annex", "table", "figure", "chapter", "paragraph", "άρθρο", "ενότητα", "παράρτημα",
        "πίνακας?", "σχήμα", "κεφάλαιο", "παράγραφος?", "član", "prilog", "tabela", "poglavlje",
    ),
}  # fmt: skip
"""What stands before a number that counts nobody: one in (three women), fewer than (five women), table (3)."""
