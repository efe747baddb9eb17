"""The budget's chapter of a first template."""

from __future__ import annotations

from grants.writers.word.starter_layout import Column, Layout, data_row, tag_row, total_row


def add_budget(layout: Layout) -> None:
    """Headings with a chart, lines, sources, instalments, reasons."""
    layout.heading(1, "chapter-budget")
    _add_headings(layout)
    _add_lines(layout)
    _add_sources(layout)
    _add_instalments(layout)
    layout.heading(2, "section-budget-narrative")
    layout.prose("budget_narrative")
    _add_justification(layout)


def _add_headings(layout: Layout) -> None:
    layout.heading(2, "section-budget-headings")
    layout.caption("table", layout.say("caption-budget-headings"))
    columns = [
        Column("code", 700, "{{ x.code }}"),
        Column("heading", 2912, "{{ x.title }}"),
        Column("grant*", 1700, "{{ x.grant }}", True),
        Column("own*", 1700, "{{ x.own }}", True),
        Column("total*", 1450, "{{ x.total }}", True),
        Column("percent", 950, "{{ x.percent }}", True),
    ]
    widths = [column.width for column in columns]
    rows = [tag_row("for x in budget.headings", widths), data_row(columns, keep=True), tag_row("endfor", widths)]
    layout.data_table(columns, [*rows, *_sum_rows(columns, widths)])
    layout.figure("budget", "caption-budget-chart")


def _sum_rows(columns: list[Column], widths: list[int]) -> list[str]:
    sums = [columns[0]._replace(content=""), columns[1]._replace(content="{{ x.label }}"), *columns[2:]]
    return [
        tag_row("for x in budget.sums", widths),
        data_row(sums, "TableTotal", keep=True),
        tag_row("endfor", widths),
        total_row(sums, "budget.total"),
    ]


def _add_lines(layout: Layout) -> None:
    layout.heading(2, "section-budget-lines")
    layout.caption("table", layout.say("caption-budget-lines"))
    columns = [
        Column("code", 800, "{{ line.code }}"),
        Column("description", 3662, "{{ line.description }}"),
        Column("unit", 1150, "{{ line.unit }}"),
        Column("quantity", 1050, "{{ line.quantity }}", True),
        Column("unit-cost*", 1300, "{{ line.unit_cost }}", True),
        Column("total*", 1450, "{{ line.total }}", True),
    ]
    widths = [column.width for column in columns]

    def special(code: str, text: str, total: str) -> list[Column]:
        contents = (code, text, "", "", "", total)
        return [column._replace(content=content) for column, content in zip(columns, contents, strict=True)]

    rows = [
        tag_row("for x in budget.headings", widths),
        data_row(special("{{ x.code }}", "{{ x.title }}", "{{ x.total }}"), "TableGroup", shade=True),
        tag_row("for line in x.lines", widths),
        data_row(columns),
        tag_row("endfor", widths),
        tag_row("endfor", widths),
        tag_row("for x in budget.sums", widths),
        data_row(special("", "{{ x.label }}", "{{ x.total }}"), "TableTotal"),
        tag_row("endfor", widths),
        data_row(special("", "{{ budget.total.label }}", "{{ budget.total.total }}"), "TableTotal", shade=True),
    ]
    layout.data_table(columns, rows)


def _add_sources(layout: Layout) -> None:
    layout.heading(2, "section-co-financing")
    layout.caption("table", layout.say("caption-sources"))
    columns = [
        Column("source", 2400, "{{ x.name }}"),
        Column("source-kind", 1800, "{{ x.kind }}"),
        Column("note", 2912, "{{ x.note }}"),
        Column("amount*", 1400, "{{ x.amount }}", True),
        Column("percent", 900, "{{ x.percent }}", True),
    ]
    contents = ("{{ budget.total.label }}", "", "", "{{ budget.total.total }}", "{{ budget.total.percent }}")
    total = [column._replace(content=content) for column, content in zip(columns, contents, strict=True)]
    layout.list_table(columns, "x in sources", [data_row(total, "TableTotal", shade=True)])
    layout.prose("co_financing")
    layout.when("gifts")
    layout.caption("table", layout.say("caption-in-kind"))
    layout.list_table(
        [
            Column("contribution", 3500, "{{ x.description }}\n{{ x.source }}"),
            Column("valuation", 4312, "{{ x.valuation }}"),
            Column("value*", 1600, "{{ x.value }}", True),
        ],
        "x in gifts",
    )
    layout.done("if")


def _add_instalments(layout: Layout) -> None:
    layout.when("instalments")
    layout.heading(2, "section-instalments")
    layout.caption("table", layout.say("caption-instalments"))
    layout.list_table(
        [
            Column("code", 640, "{{ x.code }}"),
            Column("instalment", 1550, "{{ x.kind }}"),
            Column("percent", 700, "{{ x.percent }}", True),
            Column("amount*", 1250, "{{ x.amount }}", True),
            Column("due", 1320, "{{ x.due }}"),
            Column("condition", 3952, "{{ x.condition }}"),
        ],
        "x in instalments",
    )
    layout.done("if")


def _add_justification(layout: Layout) -> None:
    layout.heading(2, "section-justification")
    layout.caption("table", layout.say("caption-justification"))
    columns = [
        Column("code", 800, "{{ line.code }}"),
        Column("description", 2100, "{{ line.description }}"),
        Column("activities", 1700, "{{ line.activities }}"),
        Column("justification", 4812, "{{ line.justification }}"),
    ]
    widths = [column.width for column in columns]
    rows = [
        tag_row("for x in budget.headings", widths),
        tag_row("for line in x.lines", widths),
        data_row(columns, "TableSmall"),
        tag_row("endfor", widths),
        tag_row("endfor", widths),
    ]
    layout.data_table(columns, rows)
