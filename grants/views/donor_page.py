"""A donor's pack as a page of text: terms, papers, reports and rules, each with validity and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grants.model.donor import Confidence, Dated, Donor, Rule, Rules, Source

MARKS: dict[Confidence, str] = {"confirmed": "✓", "partly confirmed": "~", "to be checked": "?"}
LEGEND = "✓ confirmed   ~ partly confirmed   ? to be checked: ask the donor before you rely on it"


def view_donor(donor: Donor, common: Rules, sources: Mapping[str, Source], language: str) -> str:
    """The page. `common` are the rules of every donor; `sources` those of both."""
    parts = (
        _head(donor, language),
        _terms(donor, sources, language),
        _rules(donor, common.rules, sources, language),
        _not_checked(common, sources, language),
    )
    return "\n".join([*(line for part in parts for line in part), ""])


def _head(donor: Donor, language: str) -> Iterator[str]:
    yield f"{donor.name.in_language(language)} ({donor.code})"
    if donor.department_of:
        yield donor.department_of.in_language(language)
    yield donor.address.in_language(language)
    yield f"Languages: {', '.join(donor.languages)}. Currency: {donor.currency}."
    yield f"\n{LEGEND}"


def _terms(donor: Donor, sources: Mapping[str, Source], language: str) -> Iterator[str]:
    yield "\nTERMS"
    for term in donor.terms:
        title = f"{term.title.in_language(language)}: {term.value.in_language(language)}"
        yield from _entry(title, term, term.confidence, term.source, sources, language)
    yield "\nPAPERS WITH THE PROPOSAL"
    for annex in donor.annexes:
        title = f"{annex.title.in_language(language)} [{annex.code}]{'' if annex.required else ' (optional)'}"
        yield from _entry(title, annex, annex.confidence, annex.source, sources, language)
    yield "\nREPORTS"
    for report in donor.reports:
        days = f"{report.days} days after the end of its period" if report.days is not None else "time not known"
        title = f"{report.title.in_language(language)}: {days}"
        yield from _entry(title, report, report.confidence, report.source, sources, language)


def _rules(donor: Donor, common: tuple[Rule, ...], sources: Mapping[str, Source], language: str) -> Iterator[str]:
    for title, rules in (("RULES OF THIS DONOR", donor.rules), ("RULES OF EVERY DONOR", common)):
        yield f"\n{title}"
        for rule in rules:
            name = f"{rule.id} ({rule.severity}) {rule.title.in_language(language)}"
            yield from _entry(name, rule, rule.confidence, rule.source, sources, language)


def _not_checked(common: Rules, sources: Mapping[str, Source], language: str) -> Iterator[str]:
    yield "\nNOT CHECKED BY THE PROGRAM: look yourself"
    for demand in common.not_checked:
        name = f"{demand.id} {demand.title.in_language(language)}"
        yield from _entry(name, demand, demand.confidence, demand.source, sources, language)
        yield f"      {demand.why.in_language(language)}"


def _entry(
    title: str, dated: Dated, confidence: Confidence, source: str | None, sources: Mapping[str, Source], language: str
) -> Iterator[str]:
    yield f"  {MARKS[confidence]} {title}{_validity(dated)}"
    if confidence != "confirmed":
        yield f"      {confidence.upper()}"
    if source is not None:
        origin = sources[source]
        address = f" – {origin.address}" if origin.address else ""
        yield f"      Source {source}: {origin.title.in_language(language)}{address}"


def _validity(dated: Dated) -> str:
    if dated.valid_from is None and dated.valid_to is None:
        return ""
    if dated.valid_from is None:
        return f" [until {dated.valid_to}]"
    return f" [from {dated.valid_from}{f' to {dated.valid_to}' if dated.valid_to else ' on'}]"
