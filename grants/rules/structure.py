"""Are the parts there, and do they hang together? Sections, headings, links between budget, work plan and logframe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grants.errors import suggest
from grants.model import SectionKey
from grants.model.rich_text import Block, Footnote, Heading, Inlines, ListBlock, Paragraph, Quote, RichText, Run, Table
from grants.rules.case import Case, Fault, at, in_narrative


def check_mandatory_parts(case: Case, *, sections: tuple[str, ...]) -> Iterator[Fault]:
    """The four parts that a law demands: objectives and action plan in words, a budget, activities with months."""
    yield from _find_unwritten(case, [section.key for section in case.donor.sections if section.key in sections])
    if not case.totals.direct.total:
        yield Fault(
            at("budget", "lines"),
            "The budget of expenditure comes to nothing.",
            "Give the lines quantity and unit cost.",
        )
    if all(activity.status == "cancelled" for activity in case.project.work_plan.activities):
        message = "The action plan and its timetable hold no activity that is not cancelled."
        yield Fault(at("work_plan", "activities"), message, "Plan at least one activity, with its months.")


def check_required_sections(case: Case, *, apart_from: tuple[str, ...]) -> Iterator[Fault]:
    """Every required section has a text in every language."""
    required = [section.key for section in case.donor.sections if section.required]
    yield from _find_unwritten(case, [section for section in required if section not in apart_from])


def _find_unwritten(case: Case, sections: Iterable[str]) -> Iterator[Fault]:
    for section in sections:
        for language in case.project.sheet.languages:
            if not is_written(case, section, language):
                message = f"The section `{section}` is not written in the language `{language}`."
                yield Fault(in_narrative(section, language), message, "Write this file; Markdown is enough.")


def is_written(case: Case, section: str, language: str) -> bool:
    """Whether a section has a text that says something."""
    narrative = case.project.narratives.get(SectionKey(section, language))
    return narrative is not None and bool(narrative.markdown.strip())


def check_known_sections(case: Case) -> Iterator[Fault]:
    """No text for a section that the donor's proposal does not have: nobody would print it."""
    known = [section.key for section in case.donor.sections]
    for key in case.project.narratives:
        if key.section not in known:
            remedy = suggest(key.section, known)
            message = f"{case.donor.short_name.in_language('en')}'s proposal has no section `{key.section}`."
            yield Fault(in_narrative(*key), message, remedy, key.section)


def check_narrative_languages(case: Case) -> Iterator[Fault]:
    """No text in a language that the proposal is not made in."""
    languages = case.project.sheet.languages
    for key in case.project.narratives:
        if key.language not in languages:
            message = f"The proposal is not made in the language `{key.language}`; this text is printed nowhere."
            remedy = f"Add it to `languages` in project.yaml ({', '.join(languages)}), or take the file away."
            yield Fault(in_narrative(*key), message, remedy, key.language)


def check_section_words(case: Case) -> Iterator[Fault]:
    """No section has more words than its limit. Words of tables and footnotes count."""
    limits = {section.key: section.most_words for section in case.donor.sections if section.most_words is not None}
    for key, narrative in case.project.narratives.items():
        most = limits.get(key.section)
        if most is None or _count_blanks(narrative.markdown) < most:
            continue
        words = count_words(case.rich[key]) if key in case.rich else len(narrative.markdown.split())
        if words > most:
            message = f"The section has {words:,} words; its limit is {most:,}."
            yield Fault(in_narrative(*key), message, "Shorten it, or ask the donor for the limit.", f"{words:,} words")


def _count_blanks(text: str) -> int:
    """A cheap upper limit: there are at most one more words than blanks."""
    return text.count(" ") + text.count("\n") + text.count("\t") + text.count("\u00a0")


def count_words(rich: RichText) -> int:
    """The words of a text, without its markup."""
    return sum(map(_count_block, rich))


def _count_block(block: Block) -> int:
    match block:
        case Heading() | Paragraph():
            return _count_inlines(block.content)
        case ListBlock():
            return sum(count_words(item) for item in block.items)
        case Table():
            return sum(_count_inlines(cell) for row in (block.header, *block.rows) for cell in row)
        case Quote():
            return count_words(block.blocks)


def _count_inlines(inlines: Inlines) -> int:
    text = " ".join(inline.text for inline in inlines if isinstance(inline, Run))
    notes = sum(count_words(inline.blocks) for inline in inlines if isinstance(inline, Footnote))
    return len(text.split()) + notes


def check_linked_parts(case: Case) -> Iterator[Fault]:
    """Every line serves an activity; every outcome has outputs, every output activities; every organisation a task."""
    project = case.project
    for i, line in enumerate(project.budget.lines):
        if not line.activities:
            message = f"Line {line.code} serves no activity, so nobody sees what it is spent for."
            yield Fault(at("budget", "lines", i), message, "Name them: `activities: [...]`.")
    served = {activity.output for activity in project.work_plan.activities}
    for i, outcome in enumerate(project.logframe.outcomes):
        if not outcome.outputs:
            message = f"No output leads to outcome {outcome.code}."
            yield Fault(at("logframe", "outcomes", i), message, "Add `outputs`, or drop the outcome.")
        for j, output in enumerate(outcome.outputs):
            if output.code not in served:
                message = f"No activity produces output {output.code}."
                remedy = f"Give an activity of work-plan.yaml `output: {output.code}`."
                yield Fault(at("logframe", "outcomes", i, "outputs", j), message, remedy)
    yield from _find_idle_partners(case)


def _find_idle_partners(case: Case) -> Iterator[Fault]:
    busy = {activity.partner for activity in case.project.work_plan.activities}
    busy |= {line.partner for line in case.project.budget.lines}
    for i, partner in enumerate(case.project.sheet.partners):
        if partner.code not in busy:
            message = f"Partner {partner.code} leads no activity and holds no budget line."
            yield Fault(at("sheet", "partners", i), message, "Give it a task, or take it out.", partner.code)


def check_heading_order(case: Case) -> Iterator[Fault]:
    """The budget's headings are the donor's, in the donor's order; one that is not needed may be left out."""
    known = [heading.code for heading in case.donor.headings]
    latest = -1
    for i, heading in enumerate(case.project.budget.headings):
        if heading.code not in known:
            message = f"The donor's budget has no heading {heading.code}."
            yield Fault(at("budget", "headings", i, "code"), message, f"Headings: {', '.join(known)}.", heading.code)
            continue
        position = known.index(heading.code)
        if position < latest:
            message = f"Heading {heading.code} comes after {known[latest]}; in the donor's budget it comes before."
            yield Fault(at("budget", "headings", i, "code"), message, f"The order is {', '.join(known)}.", heading.code)
        latest = max(latest, position)


def check_signatory(case: Case) -> Iterator[Fault]:
    """A contact of the applicant signs: the signature block needs a name."""
    if not any(contact.signs for contact in case.project.sheet.applicant.contacts):
        message = "Nobody signs for the applicant."
        remedy = "Give `signs: true` to the contact who represents the organisation."
        yield Fault(at("sheet", "applicant", "contacts"), message, remedy)
