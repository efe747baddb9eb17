"""A first template of the narrative report, in the order of the EU's Annex VI, which most donors know."""

from __future__ import annotations

from grants.model.labels import Labels
from grants.writers.word.starter_front import add_contents
from grants.writers.word.starter_layout import KEY_WIDTH, Column, Layout, data_row, tag_row, wide_row
from grants.writers.word.starter_parts import write_package
from grants.writers.word.starter_report_money import add_execution
from grants.writers.word.starter_styles import PORTRAIT
from grants.writers.word.wml import paragraph, run

_WIDTHS = (KEY_WIDTH, PORTRAIT - KEY_WIDTH)


def make_report_starter(labels: Labels, language: str) -> bytes:
    """A Word template in that language. The same labels give the same bytes."""

    def say(key: str) -> str:
        return labels.say(key, language)

    layout = Layout(say)
    for add in (
        _add_cover,
        add_contents,
        _add_description,
        _add_implementation,
        _add_beneficiaries,
        add_execution,
        _add_texts,
        _add_next,
        _add_closing,
        _add_abbreviations,
        _add_declaration,
    ):
        add(layout)
    words = {"page": say("page"), "of": say("of"), "left": "{{ project.code }}, {{ report.title }}, {{ report.date }}"}
    return write_package("".join(layout.parts), words, language, say("report-template-title"))


def _add_cover(layout: Layout) -> None:
    layout.when("donor.department_of")
    layout.text("CoverText", "{{ donor.department_of }}")
    layout.done("if")
    layout.text("CoverDonor", "{{ donor.name }}")
    layout.text("CoverText", "{{ donor.address }}")
    layout.text("CoverSpace", "")
    layout.text("Subtitle", "{{ report.kind }}")
    layout.text("Title", "{{ project.title }}")
    layout.text("Subtitle", "{{ report.period }}")
    layout.text("CoverSpace", "")
    layout.key_table(
        [
            ("co-ordinator", ["{{ applicant.name }}"]),
            *_partners("{{ partner.name }}"),
            ("contract-number", ["{% if contract.number %}{{ contract.number }}{% else %}–{% endif %}"]),
            ("reporting-period", ["{{ report.period }}"]),
            ("approved", ["{{ money.approved }}"]),
            (
                "spent-in-all",
                [f"{{{{ money.spent }}}} ({{{{ money.spent_percent }}}} {layout.say('of-the-budget')})"],
            ),
            ("report-date", ["{{ report.date }}"]),
        ]
    )
    layout.when("project.notice")
    layout.text("Notice", "{{ project.notice }}")
    layout.done("if")


def _partners(content: str) -> list[tuple[str, list[str] | str]]:
    return [
        ("", tag_row("for partner in partners", _WIDTHS)),
        ("partner", [content]),
        ("", tag_row("endfor", _WIDTHS)),
    ]


def _add_description(layout: Layout) -> None:
    say = layout.say
    layout.text("SectionEnd", "")
    layout.end_section(cover=True)
    layout.heading(1, "chapter-description")
    signed = f"{{% if contract.signed %}}, {say('contract-signed')} {{{{ contract.signed }}}}{{% endif %}}"
    layout.key_table(
        [
            ("co-ordinator", ["{{ applicant.name }}", "{{ applicant.address }}"]),
            (
                "contact-person",
                [
                    "{{ contact.name }} – {{ contact.role }}",
                    "{{ contact.email }}{% if contact.email and contact.phone %}, {% endif %}{{ contact.phone }}",
                ],
            ),
            *_partners("{{ partner.name }}, {{ partner.country }}"),
            ("project-title", ["{{ project.title }}"]),
            (
                "contract-number",
                [f"{{% if contract.number %}}{{{{ contract.number }}}}{signed}{{% else %}}–{{% endif %}}"],
            ),
            ("", tag_row("for x in contract.amendments", _WIDTHS)),
            ("amendments", [f"{say('amendment-number')} {{{{ x.number }}}}, {{{{ x.signed }}}}: {{{{ x.reason }}}}"]),
            ("", tag_row("endfor", _WIDTHS)),
            ("project-period", ["{{ project.start }} – {{ project.end }} ({{ project.duration }})"]),
            ("reporting-period", ["{{ report.period }}"]),
            ("countries", ["{{ project.countries }}"]),
            ("locations", ["{%p for place in project.places %}", "{{ place }}", "{%p endfor %}"]),
            ("target-groups", ["{%p for x in groups %}", "{{ x.name }}", "{%p else %}", "–", "{%p endfor %}"]),
            ("report-budget", ["{{ contract.budget }}: {{ money.approved }}"]),
            ("{{ columns.costs }}", ["{{ money.spent_current }} ({{ columns.dates }})"]),
            ("spent-in-all", [f"{{{{ money.spent }}}} ({{{{ money.spent_percent }}}} {say('of-the-budget')})"]),
        ]
    )


def _add_implementation(layout: Layout) -> None:
    layout.heading(1, "chapter-implementation")
    layout.heading(2, "section-executive-summary")
    layout.prose("executive_summary")
    _add_results(layout)
    layout.heading(2, "section-work")
    layout.each("x in activities")
    layout.text("ActivityHeading", "{{ x.code }}  {{ x.title }}")
    _add_activity(layout)
    layout.done("for")
    layout.heading(2, "section-progress")
    _add_milestones(layout)
    layout.figure("progress", "caption-progress")
    layout.heading(2, "section-deviations")
    layout.prose("deviations")
    layout.when("deviations")
    layout.caption("table", layout.say("caption-deviations"))
    layout.list_table(
        [
            Column("activity", 2100, "{{ x.activity }}"),
            Column("planned-months", 1760, "{{ x.planned }}"),
            Column("real-months", 1600, "{{ x.real }}"),
            Column("reason", 3952, "{{ x.reason }}"),
        ],
        "x in deviations",
        style="TableSmall",
    )
    layout.done("if")


def _add_results(layout: Layout) -> None:
    layout.heading(2, "section-results", new_page=True)
    layout.caption("table", layout.say("caption-results"))
    columns = [
        Column("indicator", 3362, "{{ row.name }}"),
        Column("baseline-short", 1000, "{{ row.baseline }}", True),
        Column("target-short", 1050, "{{ row.target }}", True),
        Column("{{ columns.current }}", 1550, "{{ row.current }}", True),
        Column("reached-so-far", 1250, "{{ row.cumulative }}", True),
        Column("reached-percent", 1200, "{{ row.percent }}", True),
    ]
    widths = [column.width for column in columns]
    rows = [
        tag_row("for x in results", widths),
        wide_row("{{ x.label }}{% if x.code %} {{ x.code }}{% endif %}: {{ x.statement }}", widths),
        tag_row("for row in x.indicators", widths),
        data_row(columns),
        tag_row("endfor", widths),
        tag_row("endfor", widths),
    ]
    layout.data_table(columns, rows)
    layout.when("notes.protected")
    layout.text("Note", "{{ notes.protected }}")
    layout.done("if")
    _add_persons(layout)


def _add_persons(layout: Layout) -> None:
    """Women and men; the two rows of an indicator stay on one page."""
    layout.when("persons")
    layout.caption("table", layout.say("caption-persons"))
    columns = [
        Column("indicator", 2432, "{{ x.name }}"),
        Column("when", 2000, "{{ x.when }}"),
        Column("women", 1000, "{{ x.women }}", True),
        Column("girls", 990, "{{ x.girls }}", True),
        Column("men", 1000, "{{ x.men }}", True),
        Column("boys", 990, "{{ x.boys }}", True),
        Column("total", 1000, "{{ x.total }}", True),
    ]
    widths = [column.width for column in columns]
    rows = [
        tag_row("for x in persons", widths),
        tag_row("if x.goes_on", widths),
        data_row(columns, keep=True),
        tag_row("else", widths),
        data_row(columns),
        tag_row("endif", widths),
        tag_row("endfor", widths),
    ]
    layout.data_table(columns, rows)
    note = "{% if notes.protected_persons %} {{ notes.protected_persons }}{% endif %}"
    layout.text("Note", f"{layout.say('persons-note')}{note}")
    layout.done("if")


def _add_activity(layout: Layout) -> None:
    rows: list[tuple[str, list[str] | str]] = [
        ("responsible", ["{{ x.partner }} · {{ x.place }}"]),
        ("planned-months", ["{{ x.planned }}"]),
        ("real-months", ["{{ x.real }} · {{ x.status }}"]),
        ("what-was-done", ["{%p for text in x.done %}", "{{ text }}", "{%p endfor %}"]),
    ]
    elsewhere = layout.say("see-section").format(title=layout.say("section-deviations"))
    evidence = ["{%p for text in x.evidence %}", "{{ text }}", "{%p endfor %}"]
    for label, name, content in (("deviation", "deviations", [elsewhere]), ("evidence", "evidence", evidence)):
        rows += [
            ("", tag_row(f"if x.{name}", _WIDTHS)),
            (label, content),
            ("", tag_row("endif", _WIDTHS)),
        ]
    layout.key_table(rows, keep=True)


def _add_milestones(layout: Layout) -> None:
    layout.when("milestones")
    layout.caption("table", layout.say("caption-milestones"))
    layout.list_table(
        [
            Column("code", 900, "{{ x.code }}"),
            Column("milestone", 4912, "{{ x.title }}"),
            Column("planned-months", 1800, "{{ x.planned }}"),
            Column("reached-on", 1800, "{{ x.reached }}"),
        ],
        "x in milestones",
    )
    layout.done("if")


def _add_beneficiaries(layout: Layout) -> None:
    layout.heading(1, "chapter-beneficiaries")
    layout.caption("table", layout.say("caption-beneficiaries"))
    layout.list_table(
        [
            Column("group", 3112, "{{ x.name }}"),
            Column("planned-women", 1050, "{{ x.planned_women }}", True),
            Column("planned-men", 1050, "{{ x.planned_men }}", True),
            Column("planned-total", 1050, "{{ x.planned_total }}", True),
            Column("reached-women", 1050, "{{ x.women }}", True),
            Column("reached-men", 1050, "{{ x.men }}", True),
            Column("reached-total", 1050, "{{ x.total }}", True),
        ],
        "x in groups",
    )
    layout.text("Note", "{{ notes.overlap }}{% if notes.protected_groups %} {{ notes.protected_groups }}{% endif %}")
    layout.when("stories")
    layout.heading(2, "section-stories")
    layout.parts.append(paragraph(run(layout.say("stories-note")), "Note", "<w:keepNext/>"))
    layout.each("x in stories")
    layout.text("ActivityHeading", "{{ x.pseudonym }}")
    layout.text("BodyText", "{{ x.text }}")
    layout.done("for")
    layout.done("if")


def _add_texts(layout: Layout) -> None:
    layout.heading(1, "chapter-partners")
    layout.prose("partners")
    layout.heading(1, "chapter-visibility")
    layout.prose("visibility")


def _add_next(layout: Layout) -> None:
    layout.when("report.is_interim")
    layout.heading(1, "chapter-next")
    layout.prose("next_steps")
    layout.when("next_activities")
    layout.caption("table", layout.say("caption-next"))
    milestones = "{%p for m in x.milestones %}\n{{ m }}\n{%p else %}\n–\n{%p endfor %}"
    layout.list_table(
        [
            Column("activity", 2812, "{{ x.activity }}"),
            Column("responsible", 1400, "{{ x.partner }}"),
            Column("start", 1350, "{{ x.start }}"),
            Column("end", 1350, "{{ x.end }}"),
            Column("milestones", 2500, milestones),
        ],
        "x in next_activities",
        style="TableSmall",
    )
    layout.done("if")
    layout.done("if")


def _add_closing(layout: Layout) -> None:
    layout.when("report.is_final")
    for key in ("sustainability", "evaluation", "lessons"):
        layout.heading(1, f"chapter-{key}")
        layout.prose(key)
    layout.heading(1, "chapter-closing")
    _add_contracts(layout)
    _add_assets(layout)
    layout.heading(2, "section-records")
    layout.key_table(
        [
            ("records-place", ["{% if kept.place %}{{ kept.place }}{% else %}–{% endif %}"]),
            ("records-keeper", ["{% if kept.keeper %}{{ kept.keeper }}{% else %}–{% endif %}"]),
            ("records-until", ["{% if kept.until %}{{ kept.until }}{% else %}–{% endif %}"]),
        ],
        keep=True,
    )
    layout.done("if")


def _say_none(layout: Layout, condition: str, key: str) -> None:
    """That there was none, where somebody said so: an empty place would leave the reader to guess."""
    layout.when(condition)
    layout.text("BodyText", layout.say(key))
    layout.done("if")


def _add_contracts(layout: Layout) -> None:
    layout.when("contracts or no_contracts")
    layout.heading(2, "section-contracts")
    layout.done("if")
    _say_none(layout, "no_contracts", "no-contracts")
    layout.when("contracts")
    layout.caption("table", layout.say("caption-contracts"))
    layout.list_table(
        [
            Column("supplier", 2200, "{{ x.supplier }}"),
            Column("subject-of-contract", 2712, "{{ x.subject }}"),
            Column("procedure", 2000, "{{ x.procedure }}"),
            Column("paper-date", 1150, "{{ x.date }}"),
            Column("amount*", 1350, "{{ x.amount }}", True),
        ],
        "x in contracts",
        style="TableSmall",
    )
    layout.done("if")


def _add_assets(layout: Layout) -> None:
    layout.when("assets or no_assets")
    layout.heading(2, "section-assets")
    layout.done("if")
    _say_none(layout, "no_assets", "no-assets")
    layout.when("assets")
    layout.caption("table", layout.say("caption-assets"))
    layout.list_table(
        [
            Column("description", 2912, "{{ x.description }}"),
            Column("quantity", 1000, "{{ x.quantity }}", True),
            Column("acquired", 1150, "{{ x.acquired }}"),
            Column("value*", 1350, "{{ x.value }}", True),
            Column("after-project", 3000, "{{ x.after }}"),
        ],
        "x in assets",
        style="TableSmall",
    )
    layout.done("if")


def _add_abbreviations(layout: Layout) -> None:
    layout.when("acronyms")
    layout.text("ClosingHeading", layout.say("abbreviations"))
    columns = [Column("", _WIDTHS[0], "{{ x.short }}"), Column("", _WIDTHS[1], "{{ x.long }}")]
    layout.key_table(
        [
            ("", tag_row("for x in acronyms", _WIDTHS)),
            ("", data_row(columns, "TableSmall")),
            ("", tag_row("endfor", _WIDTHS)),
        ]
    )
    layout.done("if")


def _add_declaration(layout: Layout) -> None:
    layout.text("ClosingHeading", layout.say("report-declaration"))
    layout.parts.append(paragraph(run(layout.say("report-declaration-text")), "BodyText", "<w:keepNext/>"))
    layout.signature("applicant.short_name", "signatories")
