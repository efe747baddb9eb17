"""The first pages of a first template: cover, contents, summary, organisations."""

from __future__ import annotations

from grants.writers.word.starter_layout import KEY_WIDTH, Layout, tag_row
from grants.writers.word.starter_styles import PORTRAIT


def add_cover(layout: Layout) -> None:
    """Donor, title, key facts, notice: the first page."""
    say = layout.say
    layout.when("donor.department_of")
    layout.text("CoverText", "{{ donor.department_of }}")
    layout.done("if")
    layout.text("CoverDonor", "{{ donor.name }}")
    layout.text("CoverText", "{{ donor.address }}")
    layout.text("CoverSpace", "")
    layout.text("Subtitle", say("proposal"))
    layout.text("Title", "{{ project.title }}")
    layout.text("Subtitle", "{{ call.title }}")
    layout.text("CoverSpace", "")
    layout.key_table(
        [
            ("applicant", ["{{ applicant.name }}"]),
            ("", tag_row("for partner in partners", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("partner", ["{{ partner.name }}"]),
            ("", tag_row("endfor", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("locations", ["{{ project.countries }}"]),
            ("duration", ["{{ project.duration }}, {{ project.start }} – {{ project.end }}"]),
            ("total-cost", ["{{ money.total }}"]),
            ("grant-requested", ["{{ money.grant }} ({{ money.grant_percent }})"]),
            ("", tag_row("if call.reference", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("call-reference", ["{{ call.reference }}"]),
            ("", tag_row("endif", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("", tag_row("if call.deadline", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("deadline", ["{{ call.deadline }}"]),
            ("", tag_row("endif", (KEY_WIDTH, PORTRAIT - KEY_WIDTH))),
            ("date-and-version", [f"{{{{ project.date }}}}, {say('version')} {{{{ project.version }}}}"]),
        ]
    )
    layout.when("project.notice")
    layout.text("Notice", "{{ project.notice }}")
    layout.done("if")


def add_contents(layout: Layout) -> None:
    """The contents table."""
    layout.text("TOCHeading", layout.say("contents"))
    layout.text("BodyText", "{{p contents }}")


def _listed(loop: str, content: str) -> list[str]:
    """A paragraph for each part of a list; a dash for none."""
    return [f"{{%p for {loop} %}}", content, "{%p else %}", "–", "{%p endfor %}"]


def add_summary(layout: Layout) -> None:
    """The project on one page."""
    widths = (KEY_WIDTH, PORTRAIT - KEY_WIDTH)
    layout.text("FrontHeading", layout.say("summary"))
    layout.key_table(
        [
            ("title", ["{{ project.title }}"]),
            ("applicant", ["{{ applicant.name }}"]),
            ("", tag_row("for partner in partners", widths)),
            ("partner", ["{{ partner.name }}, {{ partner.country }}"]),
            ("", tag_row("endfor", widths)),
            ("locations", _listed("place in project.places", "{{ place }}")),
            ("duration", ["{{ project.duration }}, {{ project.start }} – {{ project.end }}"]),
            (
                "sectors",
                ["{%p for x in project.sectors %}", "{{ x.code }} {{ x.name }} ({{ x.share }})", "{%p endfor %}"],
            ),
            ("total-cost", ["{{ money.total }}"]),
            ("grant-requested", ["{{ money.grant }} ({{ money.grant_percent }})"]),
            ("own-contribution", ["{{ money.own }} ({{ money.own_percent }})"]),
            ("impact", ["{{ impact.statement }}"]),
            ("specific-objectives", ["{%p for x in outcomes %}", "{{ x.code }}  {{ x.statement }}", "{%p endfor %}"]),
            (
                "expected-results",
                [
                    "{%p for x in outcomes %}",
                    "{%p for output in x.outputs %}",
                    "{{ output.code }}  {{ output.statement }}",
                    "{%p endfor %}",
                    "{%p endfor %}",
                ],
            ),
            ("target-groups", _listed("x in direct_groups", "{{ x.name }}: {{ x.total }}")),
            ("final-beneficiaries", _listed("x in final_groups", "{{ x.name }}")),
            (
                "main-activities",
                ["{% for x in activities %}{{ x.title }}{% if not loop.last %} · {% endif %}{% endfor %}"],
            ),
        ]
    )  # fmt: skip
    layout.prose("summary")


def add_organisations(layout: Layout) -> None:
    """Who applies, with whom, and what their registers say."""
    layout.heading(1, "chapter-organisations")
    layout.heading(2, "section-applicant")
    layout.prose("applicant")
    layout.when("partners")
    layout.heading(2, "section-partners")
    layout.prose("partners")
    layout.done("if")
    layout.heading(2, "section-organisation-data")
    layout.each("x in organisations")
    layout.caption("table", f"{layout.say('caption-organisation')} {{{{ x.short_name }}}}")
    _add_particulars(layout)
    layout.done("for")


def _add_particulars(layout: Layout) -> None:
    """What a donor's register asks of an organisation; what is not given is left out."""
    widths = (KEY_WIDTH, PORTRAIT - KEY_WIDTH)
    number = layout.say("register-number")
    layout.key_table(
        [
            ("organisation-name", ["{{ x.name }}"]),
            ("legal-form", ["{{ x.legal_form }}, {{ x.country }}"]),
            ("address", ["{{ x.address }}"]),
            ("", tag_row("if x.founded", widths)),
            ("founded", ["{{ x.founded }}"]),
            ("", tag_row("endif", widths)),
            ("experience", ["{{ x.experience }}"]),
            ("role", ["{{ x.role }}"]),
            (
                "registers",
                [
                    "{%p for entry in x.registrations %}",
                    f"{{{{ entry.register }}}}, {number} {{{{ entry.number }}}}"
                    "{% if entry.date %}, {{ entry.date }}{% endif %}",
                    "{%p else %}",
                    "–",
                    "{%p endfor %}",
                ],
            ),
            (
                "contacts",
                [
                    "{%p for person in x.contacts %}",
                    "{{ person.name }} – {{ person.role }}{% if person.email %}, {{ person.email }}{% endif %}"
                    "{% if person.phone %}, {{ person.phone }}{% endif %}",
                    "{%p else %}",
                    "–",
                    "{%p endfor %}",
                ],
            ),
            ("", tag_row("for account in x.accounts", widths)),
            (
                "bank-account",
                [
                    "{{ account.bank }}, IBAN {{ account.iban }}{% if account.bic %}, BIC {{ account.bic }}{% endif %}",
                    f"{layout.say('account-holder')}: {{{{ account.holder }}}}",
                ],
            ),
            ("", tag_row("endfor", widths)),
            ("", tag_row("if x.website", widths)),
            ("website", ["{{ x.website }}"]),
            ("", tag_row("endif", widths)),
        ],
        keep=True,
    )
