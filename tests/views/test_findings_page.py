"""docs/findings.md is what the catalogue and the packs say."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from grants.errors.catalogue import all_pages, explain
from grants.services.findings import describe_findings
from grants.views.findings_page import view_page

ROOT = Path(__file__).parents[2]
PAGE = describe_findings(ROOT / "templates")


def test_the_page_in_docs_is_up_to_date() -> None:
    """After a change: python -m tests.write_findings."""
    assert (ROOT / "docs" / "findings.md").read_text("utf-8") == PAGE


def test_every_code_has_its_heading_and_a_link_to_it() -> None:
    codes = [page.code for page in all_pages()]
    assert sorted(re.findall(r"^### (.+)$", PAGE, re.MULTILINE)) == sorted(codes)
    assert {code.lower() for code in codes} <= set(re.findall(r"\]\(#([a-z0-9-]+)\)[,\n]", PAGE))


def test_a_rule_shows_validity_severity_and_source() -> None:
    m02 = PAGE[PAGE.index("### M02") :].split("\n### ")[0]
    assert "- Hellenic Aid from 2009-01-01: error; confirmed; source: [Griechenland Zeitung" in m02
    g02 = PAGE[PAGE.index("### G02") :].split("\n### ")[0]
    assert "- every donor: error; confirmed; source: [EuropeAid, financial report" in g02


def test_signs_in_a_page_are_not_taken_for_markdown() -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").parse(PAGE)
    kinds = {child.type for token in tokens for child in token.children or ()} | {token.type for token in tokens}
    assert not kinds & {"html_inline", "html_block", "s_open", "em_open", "image"}


def test_a_page_for_a_terminal_has_both_examples() -> None:
    page = explain("G02")
    assert page is not None
    text = view_page(page)
    assert text.startswith("G02  A line's stated total")
    assert "Wrong (budget.yaml):\n    total: 4080.00" in text
    assert "Mended:\n    total: 4800.00" in text
    assert max(map(len, text.splitlines())) <= 100
