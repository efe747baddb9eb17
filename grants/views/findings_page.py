"""The pages of the catalogue as text: one for a terminal, all of them for docs/findings.md."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grants.errors.catalogue import Page
from grants.model.donor import Donor, Rule, Rules, Source

WIDTH = 100
FAMILIES: Mapping[str, str] = {
    "FILE": "Files",
    "YAML": "YAML",
    "DEF": "Keys and values",
    "REF": "References",
    "BUD": "Budget",
    "ORG": "Organisations",
    "GRA": "Grant",
    "MD": "Narratives",
    "TPL": "Templates",
    "OUT": "Documents",
    "DON": "Donors' packs",
    "CALL": "Calls",
    "MAIL": "E-mail",
    "PRIV": "Privacy of what is mailed",
    "REC": "Records",
    "RATE": "Exchange rates",
    "PKG": "Workbooks from outside",
    "EXP": "Accounting exports",
}
"""What a code begins with -> its title."""
RULES = "Rules"
"""All other codes are ids of rules."""
_MARKDOWN = re.compile(r"([<*~\[\]])")


def view_page(page: Page) -> str:
    """A page for a terminal."""
    return "\n".join(
        [f"{page.code}  {page.title}", "", *_wrap(page.meaning), "", *_wrap(page.why), "", *_examples(page), ""]
    )


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)


def _examples(page: Page) -> Iterator[str]:
    where = f" ({page.file})" if page.file else ""
    yield f"Wrong{where}:"
    yield textwrap.indent(page.failing, "    ")
    yield ""
    yield "Mended:"
    yield textwrap.indent(page.mended, "    ")


def view_findings(pages: Sequence[Page], donors: Iterable[Donor], common: Rules) -> str:
    """docs/findings.md: every page, a rule with severity, validity and source in each pack that has it."""
    origins = _list_origins(donors, common)
    groups = {title: [page for page in pages if _family(page) == title] for title in FAMILIES.values()}
    groups[RULES] = sorted((page for page in pages if _family(page) == RULES), key=lambda page: page.code)
    lines = [
        "# Findings",
        "",
        "Every code that the program can give. This page is generated from the catalogue and the donors' packs:",
        "`python -m tests.write_findings` writes it. At a terminal, `grants explain CODE` shows one of them.",
        "",
    ]
    for title, group in groups.items():
        lines += [
            f"- [{title}](#{_anchor(title)}): {', '.join(f'[{page.code}](#{page.code.lower()})' for page in group)}"
        ]
    for title, group in groups.items():
        lines += ["", f"## {title}"]
        for page in group:
            lines += _view(page, origins.get(page.code, []))
    return "\n".join([*lines, ""])


def _family(page: Page) -> str:
    return FAMILIES.get(page.code.split("-")[0], RULES)


def _anchor(title: str) -> str:
    return title.lower().replace("'", "").replace(" ", "-")


def _view(page: Page, origins: Sequence[str]) -> Iterator[str]:
    yield from ("", f"### {page.code}", "", f"**{page.title}.** {_escape(page.meaning)}", "", _escape(page.why), "")
    yield from origins
    if origins:
        yield ""
    yield from (f"Wrong{f', in `{page.file}`' if page.file else ''}:", "", "```", page.failing, "```", "")
    yield from ("Mended:", "", "```", page.mended, "```")


def _escape(text: str) -> str:
    """A text whose signs stay signs in Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def _list_origins(donors: Iterable[Donor], common: Rules) -> dict[str, list[str]]:
    """Rule id -> a list entry for every pack that has the rule."""
    origins: dict[str, list[str]] = {}
    packs = [("every donor", common.rules, common.sources)]
    packs += [(donor.short_name.in_language("en"), donor.rules, donor.sources) for donor in donors]
    for name, rules, sources in packs:
        for rule in rules:
            origins.setdefault(rule.id, []).append(_say_origin(name, rule, sources))
    return origins


def _say_origin(name: str, rule: Rule, sources: Mapping[str, Source]) -> str:
    since = f" from {rule.valid_from}" if rule.valid_from else ""
    until = f" to {rule.valid_to}" if rule.valid_to else ""
    entry = f"- {name}{since}{until}: {rule.severity}; {rule.confidence}"
    if rule.source is None:
        return f"{entry}."
    source = sources[rule.source]
    title = source.title.in_language("en")
    return f"{entry}; source: [{title}]({source.address})." if source.address else f"{entry}; source: {title}."
