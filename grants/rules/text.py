"""Is every text there, in every language, and finished? Languages, placeholders, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grants.model.figure_names import REFERENCE
from grants.model.scalars import Text
from grants.rules.case import Case, Fault, at, in_narrative, is_allowed
from grants.rules.corpus import Hit, drop_overlaps
from grants.rules.structure import is_written

_MARKS = re.compile(r"\[|XXX+|ΧΧΧ+|ХХХ+|ΣΥΜΠΛΗΡΩΝΕΤΑΙ|_____+|\?\?\?+|…|\.\.\.")
_BRACKETED = re.compile(
    r"(?:\.{3}|…|to be |to come|insert|fill in|your |(?:να )?συμπληρ|εισαγ|popuni|x+\b)[^\]\n]{0,60}\]", re.IGNORECASE
)
_STANDING = re.compile(r"[\s(\[«\"“|:]?")
_CAPITALS = re.compile(r"[A-ZΑ-ΩЂ-Ш][A-ZΑ-ΩЂ-Ш]{1,5}")
_ROMAN = re.compile(r"[IVXLC]+")


def check_texts_in_languages(case: Case) -> Iterator[Fault]:
    """Every text that is given by language is given in all of the project's; nothing falls back to another language."""
    languages = case.project.sheet.languages
    yield from _find_untranslated(case)
    required = {section.key for section in case.donor.sections if section.required}
    for section in dict.fromkeys(key.section for key in case.project.narratives):
        written = [language for language in languages if is_written(case, section, language)]
        for language in languages:
            if language not in written and written and section not in required:
                message = f"The section `{section}` is written in {', '.join(written)}, but not in {language}."
                yield Fault(in_narrative(section, language), message, "Translate it.")


def _find_untranslated(case: Case) -> Iterator[Fault]:
    """Texts of the YAML files that lack a language; one finding where all of them do."""
    texts = [(path, text) for path, text in case.texts if isinstance(text, Text) and "" not in text.words]
    begun = {language for _, text in texts for language in text.words}
    for i, language in enumerate(case.project.sheet.languages):
        if texts and language not in begun:
            message = f"Nothing is written in the language `{language}` yet."
            remedy = "Translate every text, or take the language out."
            yield Fault(at("sheet", "languages", i), message, remedy, language)
    for path, text in texts:
        missing = [x for x in case.project.sheet.languages if x not in text.words and x in begun]
        if missing:
            message = f"`{path[-1]}` is not written in: {', '.join(missing)}."
            remedy = f"Add {', '.join(f'`{language}: ...`' for language in missing)}."
            yield Fault(at(*path), message, remedy, f"only in: {', '.join(text.words)}")


def check_languages_of_donor(case: Case) -> Iterator[Fault]:
    """The donor's first language comes first, and there is none that the donor does not take."""
    wanted, given = case.donor.languages, case.project.sheet.languages
    if given[0] != wanted[0]:
        message = f"The donor's own language is `{wanted[0]}`; it should come first."
        yield Fault(at("sheet", "languages"), message, f"Begin the list with {wanted[0]}.", ", ".join(given))
    for i, language in enumerate(given):
        if language not in wanted:
            message = f"The donor takes proposals in {', '.join(wanted)}, not in `{language}`."
            yield Fault(at("sheet", "languages", i), message, "Take it out.", language)


def check_placeholders(case: Case, *, words: tuple[str, ...], allowed: tuple[str, ...]) -> Iterator[Fault]:
    """No text holds a place for another text, and every figure reference names a figure."""
    remedy = "Write what belongs here, or take it out."
    for hit in drop_overlaps(_find_placeholders(case, words)):
        if not is_allowed(hit.text, allowed):
            yield Fault(hit.place, "A placeholder is left in the text.", remedy, hit.text)
    known = case.figure_names
    for hit in case.corpus.find(REFERENCE):
        name = hit.text[2:-2].strip()
        if not hit.origin.file:
            message = "A figure reference is filled in only in the texts of narrative/."
            yield Fault(hit.place, message, "Write the figure, or move the sentence to a narrative.", hit.text)
        elif name not in known:
            message = f"There is no figure `{name}` to fill in here."
            yield Fault(hit.place, message, f"Figures: {', '.join(known)}.", hit.text)


def _find_placeholders(case: Case, words: tuple[str, ...]) -> Iterator[Hit]:
    for hit in case.corpus.find(_MARKS):
        if hit.text == "[":
            match = _BRACKETED.match(hit.after(90))
            if match:
                yield hit.grown(0, match.end())
        elif hit.text not in ("...", "…") or _stands_alone(hit):
            yield hit
    for word in words:
        yield from (hit for hit in case.corpus.find_words(word) if hit.is_word)
    for hit in case.corpus.signals["remark"]:
        if not hit.text.lower().startswith("συμπληρ") or _is_remark(hit):
            yield hit


def check_example_texts(case: Case, *, beginnings: tuple[str, ...]) -> Iterator[Fault]:
    """No text of a new project's example that a document prints stands any more.

    Told once for each YAML file and once for the narratives.
    """
    left: dict[object, list[Hit]] = {}
    printed = {"", *case.project.sheet.languages}
    for text, origin in case.corpus.texts:
        if text.startswith(beginnings) and origin.language in printed:
            left.setdefault("narrative" if origin.file else origin.path[0], []).append(Hit(text, origin, 0, 0))
    for where, hits in left.items():
        what = "in narrative/" if where == "narrative" else "in this file"
        message = f"Texts of the example of a new project still stand {what}: {len(hits)}, this is the first."
        yield Fault(hits[0].place, message, "Write your own.", hits[0].passage[:40])


def _stands_alone(hit: Hit) -> bool:
    """Three dots that nothing precedes: not the end of a sentence that breaks off, not a cut in a quotation."""
    before = hit.before(1)
    return bool(_STANDING.fullmatch(before)) and before != "[" and not hit.after(1).isalnum()


def _is_remark(hit: Hit) -> bool:
    """Whether the Greek for "is completed" is a remark to oneself, and not the verb of a sentence."""
    return bool(re.search(r"(?:^|[(«|:\n])\s?(?:θα |να )?$", hit.before(8))) and not hit.after(2)[1:].isalpha()


def check_acronyms(case: Case, *, known: tuple[str, ...]) -> Iterator[Fault]:
    """Every word of capitals in a narrative stands in the list of acronyms. Told once for each language."""
    sheet = case.project.sheet
    listed = {key.replace(".", "") for key in (*sheet.acronyms, *known)}
    names = [x for organisation in case.project.organisations for x in (organisation.name, organisation.short_name)]
    names += [case.donor.name, case.donor.short_name]
    listed |= {word for name in names for text in name.words.values() for word in _CAPITALS.findall(text)}
    told: set[tuple[str, str]] = set()
    for hit in case.corpus.find(_CAPITALS, narratives=True):
        word, language = hit.text, hit.origin.language
        if word in listed or (word, language) in told or not hit.is_word or _ROMAN.fullmatch(word):
            continue
        if len(set(word)) == 1:  # XXX is a placeholder
            continue
        told.add((word, language))
        message = f"The list of acronyms does not explain `{word}`."
        yield Fault(hit.place, message, "Add it to `acronyms` in project.yaml, or write it out.", word)
