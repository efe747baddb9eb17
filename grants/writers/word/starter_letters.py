"""First templates of the letters that go with a report: cover letter, payment request, request for a modification."""

from __future__ import annotations

from grants.model.labels import Labels
from grants.writers.word.starter_layout import Column, Layout, tag_row, total_row
from grants.writers.word.starter_parts import write_package
from grants.writers.word.starter_report_money import add_steps
from grants.writers.word.wml import paragraph, run

_RIGHT = '<w:jc w:val="right"/>'
_BOLD = "<w:b/><w:bCs/>"


def make_cover_starter(labels: Labels, language: str) -> bytes:
    """A template of the cover letter."""
    layout = _begin(labels, language, "cover-subject")
    layout.text("BodyText", layout.say("cover-body"))
    layout.when("payment")
    layout.text("BodyText", layout.say("cover-payment"))
    layout.done("if")
    layout.text("BodyText", layout.say("cover-figures"))
    layout.text("BodyText", layout.say("cover-disposal"))
    _add_regards(layout)
    _add_enclosures(layout)
    return write_package("".join(layout.parts), {}, language, layout.say("cover-letter"), margins=False)


def make_payment_starter(labels: Labels, language: str) -> bytes:
    """A template of the payment request."""
    layout = _begin(labels, language, "payment-subject")
    layout.text("BodyText", layout.say("payment-body"))
    layout.caption("table", layout.say("caption-calculation"))
    columns = [Column("item", 7412, "{{ x.label }}"), Column("amount*", 2000, "{{ x.amount }}", True)]
    widths = [column.width for column in columns]
    rows = [*add_steps("x in payment.steps", columns, widths), total_row(columns, "payment.asked")]
    layout.data_table(columns, rows)
    layout.when("payment.note")
    layout.text("Note", "{{ payment.note }}")
    layout.done("if")
    _add_account(layout)
    _add_regards(layout)
    _add_enclosures(layout)
    return _finish(layout, language, "payment-request")


def make_modification_starter(labels: Labels, language: str) -> bytes:
    """A template of the request for a modification of the budget."""
    layout = _begin(labels, language, "modification-subject")
    layout.text("BodyText", layout.say("modification-body"))
    for label, name in (("modification-from", "given"), ("modification-into", "taken")):
        listed = "{{ x.code }} {{ x.title }} ({{ x.moved }}){% if not loop.last %} · {% endif %}"
        layout.when(name)
        layout.text("BodyText", f"{layout.say(label)}: {{% for x in {name} %}}{listed}{{% endfor %}}")
        layout.done("if")
    _add_moves(layout)
    layout.text("BodyText", layout.say("cover-disposal"))
    _add_regards(layout)
    return _finish(layout, language, "modification-request")


def _begin(labels: Labels, language: str, subject: str) -> Layout:
    """Sender, date, addressee, subject, salutation."""

    def say(key: str) -> str:
        return labels.say(key, language)

    layout = Layout(say)
    layout.text("CoverDonor", "{{ applicant.name }}")
    layout.text("CoverText", "{{ applicant.address }}")
    layout.parts.append(paragraph(run("{{ report.date }}"), "BodyText", f'<w:spacing w:before="360"/>{_RIGHT}'))
    layout.text("CoverText", f"{say('to')}:")
    layout.when("donor.department_of")
    layout.text("CoverText", "{{ donor.department_of }}")
    layout.done("if")
    layout.text("CoverDonor", "{{ donor.name }}")
    layout.text("CoverText", "{{ donor.address }}")
    gap = '<w:spacing w:before="360"/>'
    about = run(f"{say('letter-subject')}: {say(subject)}", _BOLD)
    layout.parts.append(paragraph(about, "BodyText", gap))
    number = f"{{% if contract.number %}}, {say('contract-of')} {{{{ contract.number }}}}{{% endif %}}"
    layout.text("BodyText", f"{say('regarding')}: {say('project-code')} {{{{ project.code }}}}{number}")
    layout.parts.append(paragraph(run(say("salutation")), "BodyText", gap))
    return layout


def _add_account(layout: Layout) -> None:
    widths = (2300, 7112)
    layout.key_table(
        [
            ("payment-condition", ["{{ payment.condition }}"]),
            ("", tag_row("for account in accounts", widths)),
            (
                "section-account",
                [
                    "{{ account.bank }}",
                    "IBAN {{ account.iban }}{% if account.bic %}, BIC {{ account.bic }}{% endif %}",
                    f"{layout.say('account-holder')}: {{{{ account.holder }}}}",
                ],
            ),
            ("", tag_row("endfor", widths)),
        ]
    )


def _add_moves(layout: Layout) -> None:
    layout.caption("table", layout.say("caption-moves"))
    columns = [
        Column("code", 640, "{{ x.code }}"),
        Column("heading", 1672, "{{ x.title }}"),
        Column("signed-amount*", 1200, "{{ x.signed }}", True),
        Column("new-amount*", 1200, "{{ x.now }}", True),
        Column("moved-amount*", 1150, "{{ x.moved }}\n{{ x.percent }}", True),
        Column("move-limit*", 1050, "{{ x.limit }}", True),
        Column("reason", 2500, "{{ x.reason }}"),
    ]
    layout.list_table(columns, "x in moves", [total_row(columns, "total")], style="TableSmall")


def _add_regards(layout: Layout) -> None:
    """The end of a letter, with room above each name to sign and stamp: it has its place and date at its head."""
    for text, gap in (
        (layout.say("regards"), 240),
        (f"{layout.say('for-organisation')} {{{{ applicant.short_name }}}}", 0),
    ):
        layout.parts.append(paragraph(run(text), "BodyText", f'<w:keepNext/><w:spacing w:before="{gap}"/>'))
    layout.each("x in signatories")
    name = paragraph(run("{{ x.name }}", _BOLD), "CoverText", '<w:keepNext/><w:spacing w:before="820"/>')
    layout.parts.append(name)
    layout.text("CoverText", "{{ x.role }}")
    layout.done("for")
    layout.text("TableEnd", "")


def _add_enclosures(layout: Layout) -> None:
    layout.when("enclosures")
    layout.text("Caption", layout.say("enclosed"))
    layout.each("x in enclosures")
    layout.text("ListNumber", "{{ x }}")
    layout.done("for")
    layout.done("if")


def _finish(layout: Layout, language: str, title: str) -> bytes:
    words = {
        "page": layout.say("page"),
        "of": layout.say("of"),
        "left": "{{ project.code }}, {{ report.title }}, {{ report.date }}",
    }
    return write_package("".join(layout.parts), words, language, layout.say(title))
