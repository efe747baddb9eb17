"""The financial chapter of a first template of the narrative report."""

from __future__ import annotations

from grants.writers.word.starter_layout import Column, Layout, data_row, tag_row, total_row


def add_execution(layout: Layout) -> None:
    """Headings with charts, lines that differ, sources, partners, instalments, reconciliation."""
    layout.heading(1, "chapter-execution")
    layout.heading(2, "section-execution")
    layout.caption("table", layout.say("caption-execution"))
    columns = _balance_columns("heading")
    widths = [column.width for column in columns]
    layout.data_table(
        columns,
        [
            tag_row("for x in budget.headings", widths),
            data_row(columns, "TableSmall", keep=True),
            tag_row("endfor", widths),
            tag_row("for x in budget.sums", widths),
            data_row(columns, "TableSmall", keep=True),
            tag_row("endfor", widths),
            total_row(columns, "budget.total"),
        ],
    )
    layout.figure("budget", "caption-execution-chart")
    layout.figure("spending", "caption-spending")
    _add_variations(layout)
    _add_sources(layout)
    _add_payments(layout)


def _balance_columns(label: str) -> list[Column]:
    return [
        Column(label, 1912, "{% if x.code %}{{ x.code }} {% endif %}{{ x.label }}"),
        Column("approved-short", 1300, "{{ x.approved }}", True),
        Column("{{ columns.prior }}", 1400, "{{ x.prior }}", True),
        Column("{{ columns.current }}", 1400, "{{ x.current }}", True),
        Column("cumulative", 1250, "{{ x.cumulative }}", True),
        Column("unspent", 1250, "{{ x.unspent }}", True),
        Column("percent", 900, "{{ x.percent }}", True),
    ]


def _add_variations(layout: Layout) -> None:
    layout.when("budget.lines")
    difference = "{{ x.variation }}\n{%p if x.percent %}\n{{ x.percent }}\n{%p endif %}"
    layout.heading(2, "section-variations")
    layout.caption("table", layout.say("caption-variations"))
    layout.list_table(
        [
            Column("code", 700, "{{ x.code }}"),
            Column("description", 1912, "{{ x.description }}"),
            Column("approved-short", 1300, "{{ x.approved }}", True),
            Column("cumulative", 1150, "{{ x.cumulative }}", True),
            Column("{{ columns.difference }}", 1150, difference, True),
            Column("reason", 3200, "{{ x.explanation }}"),
        ],
        "x in budget.lines",
        style="TableSmall",
    )
    layout.done("if")


def _add_sources(layout: Layout) -> None:
    layout.heading(2, "section-sources")
    for caption, label, loop in (
        ("caption-costs-by-source", "source", "x in budget.sources"),
        ("caption-costs-by-partner", "partner", "x in budget.partners"),
    ):
        layout.caption("table", layout.say(caption))
        columns = _balance_columns(label)
        columns[0] = columns[0]._replace(content="{{ x.label }}")
        layout.list_table(columns, loop, style="TableSmall")


def _add_payments(layout: Layout) -> None:
    layout.heading(2, "section-payments")
    layout.when("payments")
    layout.caption("table", layout.say("caption-payments"))
    columns = [
        Column("code", 640, "{{ x.code }}"),
        Column("instalment", 1610, "{{ x.kind }}"),
        Column("percent", 700, "{{ x.percent }}", True),
        Column("planned-amount*", 1500, "{{ x.planned }}", True),
        Column("asked-amount*", 2050, "{{ x.asked }}", True),
        Column("received-amount*", 1500, "{{ x.received }}", True),
        Column("received-on", 1412, "{{ x.date }}"),
    ]
    widths = [column.width for column in columns]
    loop = [tag_row("for x in payments", widths), data_row(columns, keep=True), tag_row("endfor", widths)]
    layout.data_table(columns, [*loop, total_row(columns, "payments_total")])
    layout.done("if")
    layout.caption("table", layout.say("caption-funds"))
    columns = [Column("item", 7412, "{{ x.label }}"), Column("amount*", 2000, "{{ x.amount }}", True)]
    widths = [column.width for column in columns]
    layout.data_table(columns, add_steps("x in funds", columns, widths))


def add_steps(loop: str, columns: list[Column], widths: list[int]) -> list[str]:
    """Rows of a calculation; a sum stands out."""
    return [
        tag_row(f"for {loop}", widths),
        tag_row("if x.is_sum", widths),
        data_row(columns, "TableTotal", shade=True),
        tag_row("else", widths),
        data_row(columns, keep=True),
        tag_row("endif", widths),
        tag_row("endfor", widths),
    ]
