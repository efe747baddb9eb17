"""What a document cannot show is a finding at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.model import Narrative
from grants.readers.markdown import read_markdown
from grants.readers.markdown_faults import FAULTS

FAULTY = [
    ("Text <b>fat</b> here", "MD-001", 1),
    ("Text\n\n<div>\nx\n</div>", "MD-001", 3),
    ("See\n![a map](map.png)", "MD-002", 2),
    ("See `code`", "MD-003", 1),
    ("Text\n\n    code", "MD-003", 3),
    ("```\ncode\n```", "MD-003", 1),
    ("Text\n\n---\n", "MD-004", 3),
    ("#### Deep", "MD-005", 1),
    ("- a\n- [ ] task", "MD-006", 2),
    ("[x](ftp://a.b/c)", "MD-007", 1),
    ("[x](javascript:alert(1))", "MD-007", 1),
    ("[x](../other.md)", "MD-007", 1),
    ("Text[^1] here", "MD-008", 1),
    ("- a\n  - b\n    - c\n      - d", "MD-009", 4),
    ("- # Heading", "MD-010", 1),
    ("> # Heading", "MD-010", 1),
    ("> a\n>\n> > b", "MD-010", 3),
    ("# A[^1]\n\n[^1]: note", "MD-010", 1),
    ("- a\n\n  | b | c |\n  |---|---|\n  | d | e |", "MD-010", 3),
    ("a[^1]\n\n[^1]: note[^2]\n\n[^2]: other", "MD-010", 3),
    ("a\x07b", "MD-011", 1),
    ("a\n\n[^1]: note", "MD-012", 3),
    ("a[^1]\n\n[^1]: note\n\n[^1]: other", "MD-012", 5),
    ("| a |\n|---|\nbar\n    code", "MD-003", 4),
    ('[x](https://a.b "title")', "MD-013", 1),
    ("a ~~b~~", "MD-014", 1),
    ("see [x][y]", "MD-015", 1),
    ("see \\[x](y)", "MD-015", 1),
    ("**" * 3000 + "a" + "**" * 3000, "MD-016", 1),
]


@pytest.mark.parametrize(("markdown", "code", "line"), FAULTY)
def test_an_unknown_construct_is_named_at_its_line(markdown: str, code: str, line: int) -> None:
    _, findings = read_markdown(Narrative("narrative/context.en.md", markdown))
    assert [(finding.code, finding.place.line) for finding in findings][:1] == [(code, line)]
    assert findings[0].place.file == "narrative/context.en.md"


def test_every_fault_is_covered() -> None:
    assert {code for _, code, _ in FAULTY} == set(FAULTS)


PLAIN = """One **paragraph** with *two* looks, {{ total }}, [a link](https://a.b/c?d=e&f) and a note.[^1]

## Heading

1. An item
    - A second level
    - Another, which goes on
      here
2. 20 women

> The woman decides.
> Always.

| A | B |
|---|--:|
| **c** | 1[^2] |

[^1]: A [text](http://x.y).

[^2]: «Another.»
"""


def test_a_plain_narrative_has_no_fault() -> None:
    assert read_markdown(Narrative("a", PLAIN))[1] == []


PIECES = st.sampled_from(
    ["\n", "\n", "\n\n", " ", "  ", "    ", "     ", "\t", "- ", "* ", "+ ", "1. ", "12) ", "# ", "### ", "#### ", "#",
     "> ", ">", "---", "***", "===", "-", "*", "_", "**", "a", "word", "A b", "3", "20 x", "|", "| a | b |",
     "|---|---|", "---|---", "[^1]", "[^1]: ", "[^1]: a", "[^2]", "[^2]: b", "[", "]", "(", ")", "[x](https://a.b)",
     "[x](ftp://a)", "^", "^[", "!", "![", "`", "```", "~~", "~~~", "<b>", "<", ":", "\\", "&amp;", "&#1;",
     "{{ total }}", "[ ] ", "[x] ", "«a»", "(a)", '"', "=", "http://a.b", "\x07"]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=6).map("".join)
NEAR_PLAIN = st.lists(st.sampled_from(PLAIN.split("\n")) | LINES, max_size=12).map("\n".join)
TEXTS = st.lists(LINES, max_size=9).map("\n".join) | NEAR_PLAIN


@settings(max_examples=500, deadline=None)
@given(TEXTS | st.text())
def test_reading_never_fails(markdown: str) -> None:
    read_markdown(Narrative("a", markdown))
