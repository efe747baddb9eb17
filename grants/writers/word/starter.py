"""A first proposal template for a donor, in the order that most donors ask for.

The result is a Word file like any other: `grants donors --template` writes it, and from then on it is changed in Word,
by people. Nothing is computed in it: {{ name }} prints a text, {{p text.summary }} a section of the
narrative, {%tr for x in list %} ... {%tr endfor %} repeats rows, {%p if name %} ... {%p endif %} leaves paragraphs out.
"""

from __future__ import annotations

from grants.model.labels import Labels
from grants.writers.word.starter_budget import add_budget
from grants.writers.word.starter_front import add_contents, add_cover, add_organisations, add_summary
from grants.writers.word.starter_layout import KEY_WIDTH, Column, Layout, data_row, tag_row, wide_row
from grants.writers.word.starter_parts import write_package
from grants.writers.word.starter_styles import PORTRAIT
from grants.writers.word.wml import paragraph, run


def make_starter(labels: Labels, language: str) -> bytes:
    """A Word template in that language. The same labels give the same bytes."""

    def say(key: str) -> str:
        return labels.say(key, language)

    layout = Layout(say)
    for add in (
        add_cover,
        add_contents,
        add_summary,
        add_organisations,
        _add_problem,
        _add_objectives,
        _add_logframe,
        _add_activities,
        _add_plan,
        add_budget,
        _add_monitoring,
        _add_risks,
        _add_closing_chapters,
        _add_annexes,
        _add_declaration,
    ):
        add(layout)
    return write_package("".join(layout.parts), {"page": say("page"), "of": say("of")}, language, say("template-title"))


def _add_problem(layout: Layout) -> None:
    layout.heading(1, "chapter-context")
    layout.heading(2, "section-context")
    layout.prose("context")
    layout.heading(2, "section-problem")
    layout.prose("problem")
    layout.heading(1, "chapter-groups")
    layout.prose("target_groups")
    layout.heading(2, "section-groups-table")
    layout.caption("table", layout.say("caption-groups"))
    columns = [
        Column("group", 2300, "{{ x.name }}"),
        Column("description", 4112, "{{ x.description }}"),
        Column("women", 1000, "{{ x.women }}", True),
        Column("men", 1000, "{{ x.men }}", True),
        Column("total", 1000, "{{ x.total }}", True),
    ]
    widths = [column.width for column in columns]
    final = [
        tag_row("if final_groups", widths),
        wide_row(layout.say("final-beneficiaries"), widths),
        tag_row("endif", widths),
        tag_row("for x in final_groups", widths),
        data_row(columns),
        tag_row("endfor", widths),
    ]
    layout.list_table(columns, "x in direct_groups", final)
    layout.text("Note", layout.say("overlap"))


def _add_objectives(layout: Layout) -> None:
    layout.heading(1, "chapter-objectives")
    layout.heading(2, "section-objectives")
    layout.prose("objectives")
    layout.heading(2, "section-methodology")
    layout.prose("methodology")
    layout.text("SectionEnd", "")
    layout.end_section(cover=True)


def _add_logframe(layout: Layout) -> None:
    layout.new_page("chapter-logframe")
    layout.caption("table", layout.say("caption-logframe"))
    columns = [
        Column("outcome", 1950, "{{ row.outcome }}"),
        Column("output", 2050, "{{ row.output }}"),
        Column("indicator", 2450, "{{ row.indicator }}"),
        Column("baseline", 1150, "{{ row.baseline }}", True),
        Column("target", 1200, "{{ row.target }}", True),
        Column("verification", 3044, "{{ row.verification }}"),
        Column("assumptions", 2500, "{{ row.assumptions }}"),
    ]
    widths = [column.width for column in columns]
    impact = f"{layout.say('impact')}: {{{{ impact.statement }}}}"
    rows = [
        wide_row(impact, widths),
        tag_row("for row in impact.rows", widths),
        data_row(columns, "TableSmall"),
        tag_row("endfor", widths),
        tag_row("for row in logframe", widths),
        data_row(columns, "TableSmall"),
        tag_row("endfor", widths),
    ]
    layout.data_table(columns, rows)
    layout.when("impact.assumptions")
    title = f"{layout.say('assumptions')} – {layout.say('impact')}:"
    layout.text("Note", f"{title}{{% for x in impact.assumptions %}} {{{{ x }}}}{{% endfor %}}")
    layout.done("if")
    layout.text("SectionEnd", "")
    layout.end_section(wide=True)


def _add_activities(layout: Layout) -> None:
    layout.new_page("chapter-activities")
    layout.heading(2, "section-activities-overview")
    layout.prose("activities")
    layout.heading(2, "section-activities")
    layout.each("x in activities")
    layout.text("ActivityHeading", "{{ x.code }}  {{ x.title }}")
    layout.key_table(
        [
            ("responsible", ["{{ x.partner }} · {{ x.place }} · {{ x.period }}"]),
            ("serves-output", ["{{ x.output }}"]),
            (
                "deliverables",
                ["{% for item in x.deliverables %}{{ item }}{% if not loop.last %} · {% endif %}{% endfor %}"],
            ),
            ("verification", ["{{ x.verification }}"]),
        ],
        style="TableSmall",
        go_on=True,
    )
    layout.text("BodyText", "{{ x.description }}")
    layout.done("for")
    layout.text("SectionEnd", "")
    layout.end_section()


def _add_plan(layout: Layout) -> None:
    layout.new_page("chapter-plan")
    layout.heading(2, "section-timetable")
    layout.figure("plan", "caption-timetable")
    _add_plan_caption(layout)
    milestones = (
        "{%p for m in x.milestones %}\n{{ m.code }}  {{ m.title }} ({{ m.month }})\n{%p else %}\n–\n{%p endfor %}"
    )
    columns = [
        Column("activity", 3950, "{{ x.code }}  {{ x.title }}"),
        Column("responsible", 1400, "{{ x.partner }}"),
        Column("start", 1700, "{{ x.start }}"),
        Column("end", 1700, "{{ x.end }}"),
        Column("months", 1194, "{{ x.months }}"),
        Column("milestones", 4400, milestones),
    ]
    layout.list_table(columns, "x in activities")
    layout.text("SectionEnd", "")
    layout.end_section(wide=True)
    layout.heading(2, "section-management")
    layout.prose("management")


def _add_plan_caption(layout: Layout) -> None:
    """A long table begins on a page of its own, below a picture of its length."""
    layout.when("activities | length > 8")
    layout.caption("table", layout.say("caption-plan"), new_page=True)
    layout.done("if")
    layout.when("activities | length <= 8")
    layout.caption("table", layout.say("caption-plan"))
    layout.done("if")


def _add_monitoring(layout: Layout) -> None:
    layout.heading(1, "chapter-monitoring")
    layout.prose("monitoring")
    layout.heading(2, "section-indicators")
    layout.caption("table", layout.say("caption-indicators"))
    layout.list_table(
        [
            Column("code", 800, "{{ x.code }}"),
            Column("indicator", 2892, "{{ x.name }}"),
            Column("unit", 1500, "{{ x.unit }}"),
            Column("baseline", 1150, "{{ x.baseline }}", True),
            Column("target", 1200, "{{ x.target }}", True),
            Column("women", 970, "{{ x.women }}", True),
            Column("men", 900, "{{ x.men }}", True),
        ],
        "x in indicators",
    )
    layout.when("reports")
    layout.heading(2, "section-reports")
    layout.caption("table", layout.say("caption-reports"))
    layout.list_table(
        [
            Column("report", 4612, "{{ x.title }}"),
            Column("report-period", 3000, "{{ x.period }}"),
            Column("report-due", 1800, "{{ x.due }}"),
        ],
        "x in reports",
    )
    layout.done("if")


def _add_risks(layout: Layout) -> None:
    layout.heading(1, "chapter-risks")
    layout.prose("risks")
    layout.heading(2, "section-risks-table")
    layout.caption("table", layout.say("caption-risks"))
    layout.list_table(
        [
            Column("code", 640, "{{ x.code }}"),
            Column("risk", 1900, "{{ x.description }}"),
            Column("likelihood", 1180, "{{ x.likelihood }}"),
            Column("risk-impact", 1100, "{{ x.impact }}"),
            Column("mitigation", 3332, "{{ x.mitigation }}"),
            Column("responsible", 1260, "{{ x.owner }}"),
        ],
        "x in risks",
        style="TableSmall",
    )


def _add_closing_chapters(layout: Layout) -> None:
    for key, label in (
        ("sustainability", "chapter-sustainability"),
        ("visibility", "chapter-visibility"),
        ("data_protection", "chapter-data-protection"),
    ):
        layout.heading(1, label)
        layout.prose(key)


def _add_annexes(layout: Layout) -> None:
    layout.when("annexes")
    layout.text("ClosingHeading", layout.say("annexes"))
    layout.caption("table", layout.say("caption-annexes"))
    layout.list_table(
        [
            Column("number", 550, "{{ x.number }}"),
            Column("paper", 2900, "{{ x.title }}"),
            Column("reference", 2662, "{{ x.reference }}"),
            Column("annex-status", 1150, "{{ x.status }}"),
            Column("paper-date", 1075, "{{ x.date }}"),
            Column("expires", 1075, "{{ x.expires }}"),
        ],
        "x in annexes",
        style="TableSmall",
    )
    layout.done("if")
    layout.when("acronyms")
    layout.text("ClosingHeading", layout.say("abbreviations"))
    widths = (KEY_WIDTH, PORTRAIT - KEY_WIDTH)
    layout.key_table(
        [
            ("", tag_row("for x in acronyms", widths)),
            (
                "",
                data_row([Column("", widths[0], "{{ x.short }}"), Column("", widths[1], "{{ x.long }}")], "TableSmall"),
            ),
            ("", tag_row("endfor", widths)),
        ]
    )
    layout.done("if")


def _add_declaration(layout: Layout) -> None:
    layout.text("ClosingHeading", layout.say("declaration"))
    layout.parts.append(paragraph(run(layout.say("declaration-text")), "BodyText", "<w:keepNext/>"))
    layout.each("x in organisations")
    layout.signature("x.short_name", "x.signatories")
    layout.done("for")
