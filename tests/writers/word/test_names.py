"""A template that asks for what does not exist is refused, with every fault and its place."""

from __future__ import annotations

import typing

import pytest

from grants.errors import Finding, TemplateError
from grants.views.proposal.context import ProposalContext
from grants.writers.word.template import compile_data
from tests.proposals import LANGUAGES, compile_small, load_template, make_template


def refuse(*paragraphs: str) -> list[Finding]:
    with pytest.raises(TemplateError) as caught:
        compile_data("proposal.el.docx", make_template(*paragraphs))
    return list(caught.value.findings)


def test_every_unknown_name_is_found_at_once() -> None:
    loop = ("{%p for x in budget.linnes %}", "{{ x }}", "{%p endfor %}")
    findings = refuse("{{ project.titel }}", "fine {{ project.title }}", *loop, "{{ proyect }}")
    assert [finding.code for finding in findings] == ["TPL-011", "TPL-011", "TPL-011"]
    assert "`project.titel`" in findings[0].message
    assert findings[0].remedy == "Did you mean `project.title`?"
    assert str(findings[0].place) == "proposal.el.docx («{{ project.titel }}»)"
    assert "`budget.linnes`" in findings[1].message


def test_names_in_loops_are_known_by_what_is_looped_over() -> None:
    inner = ("{%p for line in x.lines %}", "{{ line.code }} {{ line.cod }}", "{{ loop.indx }}", "{%p endfor %}")
    findings = refuse("{%p for x in budget.headings %}", *inner, "{%p endfor %}", "{{ x.code }}")
    assert [finding.message.split("`")[1] for finding in findings] == ["line.cod", "loop.indx", "x"]


@pytest.mark.parametrize(
    ("tag", "code", "word"),
    [
        ("{{ text.summary }}", "TPL-013", "{{p text.summary }}"),
        ("{{ budget.headings }}", "TPL-014", "Loop over it"),
        ("{{ applicant }}", "TPL-014", "`name`"),
        ("{{ project.title() }}", "TPL-012", ""),
        ("{{ project.title.__class__ }}", "TPL-011", ""),
        ("{{ ''.__class__.__mro__ }}", "TPL-011", ""),
        ("{{ cycler }}", "TPL-011", ""),
        ("{{ project.title | tojson }}", "TPL-012", ""),
        ("{{ project.title | first | join }}", None, ""),
        ("{{ project.title[0:2] }}", "TPL-012", ""),
        ("{{ 'a' * 1000000000 }}", "TPL-012", ""),
        ("{% include 'x' %}", "TPL-012", ""),
        ("{% macro m() %}{% endmacro %}", "TPL-012", ""),
        ("{% for x in project.title %}{% endfor %}", "TPL-014", ""),
        ("{{ project.title ", "TPL-010", ""),
        ("{% if project.title %}", "TPL-010", ""),
        ("{% endif %}", "TPL-010", ""),
        ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", "TPL-010", ""),
        ("{{ project.titel if project.title else call.titel }}", "TPL-011", ""),
        ("{{ project['title'] }}", None, ""),
        ("{% set x = project %}{{ x.title }}", None, ""),
        ("{{ text.anything_a_donor_names is defined }}", None, ""),
    ],
)
def test_what_a_template_may_say(tag: str, code: str | None, word: str) -> None:
    if code is None:
        compile_data("t", make_template(tag))
        return
    finding = refuse(tag)[0]
    assert finding.code == code
    assert word in finding.remedy
    assert finding.place.file == "proposal.el.docx"


def test_a_broken_tag_is_shown_with_its_text() -> None:
    finding = refuse("Fine", "Total: {{ money.total } EUR")[0]
    assert finding.code == "TPL-010"
    assert "Total: {{ money.total } EUR" in str(finding.place)


def test_the_context_has_no_name_of_a_dictionary_s_method() -> None:
    """Jinja would find the method before the value."""
    seen: set[type] = set()

    def walk(kind: typing.Any) -> None:
        for argument in typing.get_args(kind):
            walk(argument)
        if typing.is_typeddict(kind) and kind not in seen:
            seen.add(kind)
            for name, part in typing.get_type_hints(kind).items():
                assert not hasattr(dict, name), name
                walk(part)

    walk(ProposalContext)
    assert len(seen) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_hellenic_aids_templates_need_no_table_rebuilt(language: str) -> None:
    template = load_template(language)
    assert {part.source.part for part in template.parts} >= {
        "word/document.xml",
        "word/header2.xml",
        "word/footer3.xml",
    }
    assert all(part.fixed_grids for part in template.parts)


def test_a_small_context_is_checked_too() -> None:
    compile_small("{{ text }}", "{%p for line in lines %}", "{{ line }}", "{%p endfor %}")
    with pytest.raises(TemplateError):
        compile_small("{{ project.title }}")
