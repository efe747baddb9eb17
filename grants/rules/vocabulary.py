"""Words of Greek, English and Serbian that tell a check where to look closer. Another language is a few words more.

Signals are looked for in one pass over all texts. They are written small, as the beginning of a word; a blank at the
end means the whole word. A hyphen counts as a blank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

Kind = Literal["remark", "birth", "identity", "age", "village", "title", "street"]

SIGNALS: Mapping[Kind, Sequence[str]] = {
    "remark": ("lorem ipsum", "to be completed", "to be confirmed", "προς συμπλήρωση", "συμπληρώνεται", "συμπληρωθεί"),
    "birth": (
        "born ", "birth", "d.o.b.", "γεννήθηκ", "γεννηθηκ", "γεννημέν", "γέννησης", "γεννησης",
        "rođen", "rodjen", "рођен",
    ),
    "identity": (
        "passport", "identity card", "identity no", "id card", "id no",
        "διαβατήρι", "διαβατηρί", "διαβατηρι", "ταυτότητ", "ταυτοτητ", "α.δ.τ", "αδτ ", "αμκα",
        "pasoš", "lična karta", "lične karte", "jmbg", "пасош", "лична карта", "јмбг",
    ),
    "age": (
        "year old", "years old", "aged ",
        "ετών", "χρονών", "χρόνων",
        "godina star", "godišnj", "година стар", "годишњ",
    ),
    "village": (
        "village", "hamlet", "χωριό", "χωριού", "οικισμ", "selo ", "sela ", "selu ", "село ", "села ", "селу ",
    ),
    "title": (
        "ms ", "ms. ", "mrs ", "mrs. ", "mr ", "mr. ", "miss ", "mme ",
        "κα ", "κος ", "κ. ", "κυρία ", "κυρίας ", "κύριος ", "κυρίου ", "κύριο ", "δις ",
        "gospođa ", "gospođe ", "gospodin ", "gđa ", "gđe ", "đa ", "госпођа ", "гђа ", "ђа ",
    ),
    "street": (
        "street", "str.", "st. ", "avenue", "ave.", "ave ", "road", "rd.", "boulevard", "blvd", "square",
        "lane ", "lane,",
        "οδός ", "οδού ", "οδό ", "οδος ", "οδου ", "οδο ", "λεωφόρος ", "λεωφόρου ",
        "λεωφόρο ", "λεωφορος ", "λεωφορου ", "λεωφ. ", "λ. ", "πλατεία ", "πλατείας ", "πλατεια ", "πλ. ",
        "ulica ", "ulici ", "ulice ", "ul. ", "bulevar ", "bulevaru ", "trg ", "trgu ",
        "улица ", "улици ", "ул. ", "булевар ",
    ),
}  # fmt: skip

KINDS: Mapping[str, Kind] = {word: kind for kind, words in SIGNALS.items() for word in words}

SHELTER = (
    "shelter", "safe house", "safe-house", "refuge for",
    "ξενών", "ξενων", "καταφύγι", "ασφαλές σπίτι",
    "skloništ", "sklonist", "sigurn", "склоништ", "сигурн",
)  # fmt: skip
"""Words for a place that must not be found."""

ORIGINS = (
    "serbia", "albania", "moldova", "romania", "bulgaria", "ukrain", "russia", "georgia", "nigeria", "macedonia",
    "bosnia", "croatia", "kosov", "monteneg",
    "σερβ", "αλβαν", "μολδαβ", "ρουμαν", "βουλγαρ", "ουκραν", "ρωσ", "γεωργιαν", "νιγηρ", "βοσν", "κροατ", "μαυροβ",
    "srpsk", "srpkinj", "alban", "moldavsk", "rumun", "bugar", "ukrajin", "srbij",
)  # fmt: skip
"""Nations from which people were trafficked in the region: beginnings of words."""

NO_NAMES = frozenset((
    "annex", "appendix", "article", "part", "section", "chapter", "table", "figure", "plan", "group", "phase",
    "schedule", "step", "level", "option", "category", "class", "hepatitis", "vitamin", "lot", "volume",
    "note", "point", "objective", "letter", "type", "component", "form", "line", "model", "room",
    "block", "building", "act",
    "παράρτημα", "άρθρο", "μέρος", "ενότητα", "κεφάλαιο", "πίνακας", "σχήμα", "ομάδα", "φάση", "στάδιο", "επίπεδο",
    "κατηγορία", "τόμος", "τύπος", "σημείο", "τεύχος", "παράγραφος", "ηπατίτιδα", "βιταμίνη",
    "prilog", "tabela", "deo", "član", "grupa", "faza",
))  # fmt: skip
"""What a single letter may follow without being a name: Annex B."""

NO_STREETS = (
    "ιανουαρι", "φεβρουαρι", "μαρτι", "απριλι", "μαι", "ιουνι", "ιουλι", "αυγουστ", "σεπτεμβρι", "οκτωβρι", "νοεμβρι",
    "δεκεμβρι", "δευτερα", "τριτη", "τεταρτη", "πεμπτη", "παρασκευη", "σαββατ", "κυριακη", "αρθρ", "παραρτημ",
    "παραγραφ", "εδαφι", "κεφαλαι", "ενοτητ", "πινακ", "σχημα", "διαγραμμ", "εικον", "σελιδ", "υποσημ", "σημει", "στηλ",
    "γραμμ", "σειρ", "φυλλ", "τευχ", "τομ", "στοιχει", "κωδικ", "αριθμ", "κειμεν", "δρασ", "δραστηριοτητ", "στοχ",
    "αποτελεσμ", "εκρο", "δεικτ", "φασ", "περιοδ", "δοσ", "εταιρ", "φορε", "ομαδ", "πακετ", "παραδοτε", "εξαμην",
    "τριμην", "μην", "ετο", "ετη", "εβδομαδ", "ημερ", "ωρ", "συνεδρι", "σεμιναρι", "κυκλ", "επιπεδ", "κατηγορι", "τυπ",
    "προγραμμ", "σχεδι", "εργ", "εκθεσ", "προτασ", "προσκλησ", "κανονισμ", "οδηγι", "νομ", "αποφασ", "εγκυκλι",
    "συμβασ", "παραστατικ", "τιμολογι", "αποδειξ", "δαπαν", "θεσ", "ατομ", "γυναικ", "παιδι", "ανδρ", "κοριτσ", "θυματ",
    "ωφελουμεν", "φιλοξεν", "εργαζομεν", "στελεχ", "ξενων", "δωματι", "κλιν", "τεμαχι", "μοναδ", "συνολ", "μερο",
    "μερου", "ποσ", "ευρω", "χρον", "εκδοσ", "πρακτικ", "μετρ", "αξον", "υποεργ", "προυπολογ", "januar", "februar",
    "mart", "april", "maj", "jun", "jul", "avgust", "septemb", "oktob", "novemb", "decemb", "tabel", "prilog", "clan",
    "faz", "aktivnost", "cilj", "rezultat", "pokazatelj", "strana", "strane", "deo", "grup", "period", "rat", "partner",
    "mesec", "godin", "nedelj", "dan", "obrazac", "odeljak", "poglavlj", "linij", "stavk", "zen", "osob", "devojk",
    "korisni", "zrtv", "kategorij", "nivo", "tim", "sesij", "izvestaj", "zakon", "broj", "january", "march", "may",
    "june", "july", "august", "october", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "page", "annex", "activit", "output", "outcome", "objective", "indicator", "instalment", "week", "month", "year",
    "day", "hour", "session", "round", "report", "budget", "heading", "clause", "question", "version", "no", "number",
    "total", "women", "men", "girls", "children", "persons", "victims", "slide", "sheet", "cell", "row", "column",
    "stage", "module", "task", "work", "training", "seminar", "workshop", "law", "directive", "regulation",
    "resolution", "target", "goal", "priority", "under", "over", "about", "only", "titl", "toc", "list", "accent",
    "shading", "grid", "light", "medium", "dark", "colorful", "web", "office", "police", "serbia", "greece", "athens",
    "belgrade", "attica", "σερβια", "ελλαδα", "αττικη",
)  # fmt: skip
"""Beginnings of words which a number follows that are no streets; without accents."""

NUMBERS: Mapping[str, int] = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "δύο": 2, "τρεις": 3, "τρία": 3, "τέσσερις": 4, "τέσσερα": 4, "πέντε": 5, "έξι": 6, "επτά": 7, "οκτώ": 8,
    "εννέα": 9, "δέκα": 10,
    "dva": 2, "dve": 2, "tri": 3, "četiri": 4, "pet": 5, "šest": 6, "sedam": 7, "osam": 8, "devet": 9, "deset": 10,
}  # fmt: skip


def _join(words: Iterable[str]) -> str:
    """A pattern of words that tells by the first letter which of them to try."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        by_letter[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


SIGNAL = re.compile(f" ({_join(KINDS)})")
"""A signal with the blank before it; its first group is a key of KINDS."""
