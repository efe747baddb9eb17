"""Pieces of a first template: headings, captions, tables with loops. Tags stand where a manager sees them in Word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from grants.writers.word.starter_parts import write_section
from grants.writers.word.starter_styles import PALE, PORTRAIT
from grants.writers.word.wml import BESIDE_FIGURE, cell, field, paragraph, row, run, table

KEY_WIDTH = 2300
"""Width of the names in a table of names and values."""
_DATA_LOOK = "0420"
"""First row marked, no bands."""
_KEY_LOOK = "0680"
"""First column marked, no bands."""


class Column(NamedTuple):
    """A column: the label of its head, its width, what stands in a row, and whether that is a figure."""

    label: str
    width: int
    content: str
    figure: bool = False


Say = Callable[[str], str]


class Layout:
    """Collects the body of a template, from top to bottom."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.parts: list[str] = []
        self.described = ""
        """The last caption: the alternative text of the table below it."""

    def text(self, style: str, content: str) -> None:
        """A paragraph."""
        self.parts.append(paragraph(run(content) if content else "", style))

    def heading(self, level: int, label: str, new_page: bool = False) -> None:
        """A numbered heading."""
        look = "<w:pageBreakBefore/>" if new_page else ""
        self.parts.append(paragraph(run(self.say(label)), f"Heading{level}", look))

    def new_page(self, label: str) -> None:
        """A numbered heading of the first level, on a page of its own."""
        self.text("NewPageHeading", self.say(label))

    def prose(self, key: str) -> None:
        """A section of the narrative."""
        self.text("BodyText", f"{{{{p text.{key} }}}}")

    def when(self, condition: str) -> None:
        """What follows stands in the document only on a condition; `done` ends it."""
        self.text("BodyText", f"{{%p if {condition} %}}")

    def each(self, loop: str) -> None:
        """What follows is repeated; `done` ends it."""
        self.text("BodyText", f"{{%p for {loop} %}}")

    def done(self, what: str) -> None:
        """The end of `if` or `for`."""
        self.text("BodyText", f"{{%p end{what} %}}")

    def caption(self, kind: str, label: str, style: str = "Caption", new_page: bool = False) -> None:
        """A caption that counts itself: above a table, below a figure."""
        self.described = label if "{{" not in label else ""
        number = field(f"SEQ {kind} \\* ARABIC", "1")
        look = "<w:pageBreakBefore/>" if new_page else ""
        self.parts.append(paragraph(f"{run(f'{self.say(kind)} ')}{number}{run(f'. {label}')}", style, look))

    def figure(self, name: str, label: str) -> None:
        """A chart and its caption."""
        self.text("Figure", f"{{{{p charts.{name} }}}}")
        self.caption("figure", self.say(label), "FigureCaption")

    def end_section(self, wide: bool = False, cover: bool = False) -> None:
        """The next part of the document has another page format."""
        self.parts[-1] = _attach(self.parts[-1], write_section(wide, cover))

    def table_end(self) -> None:
        """The gap after a table."""
        self.text("TableEnd", "")

    def data_table(self, columns: Sequence[Column], rows: Iterable[str], look: str = _DATA_LOOK) -> None:
        """A table with a head that is repeated on every page."""
        widths = [column.width for column in columns]
        self.parts.append(table([head_row(columns, self.say), *rows], widths, "DataTable", look, self.described))
        self.table_end()

    def list_table(self, columns: Sequence[Column], loop: str, last: Iterable[str] = (), style: str = "Table") -> None:
        """A table with a row for each part of a list, and some rows below it."""
        widths = [column.width for column in columns]
        rows = [tag_row(f"for {loop}", widths), data_row(columns, style), tag_row("endfor", widths), *last]
        self.data_table(columns, rows)

    def key_table(
        self,
        rows: Iterable[tuple[str, list[str] | str]],
        style: str = "TableText",
        keep: bool = False,
        go_on: bool = False,
    ) -> None:
        """A table of names and values; a value is a list of paragraphs, and may have tags of loops among them. A text
        in place of the list is a whole row.

        `keep` asks Word not to divide the table between two pages, `go_on` to have what comes next on its page too.
        """
        widths = (KEY_WIDTH, PORTRAIT - KEY_WIDTH)
        listed = list(rows)
        written = [
            content
            if isinstance(content, str)
            else _key_row(_label(label, self.say), content, widths, style, go_on or (keep and number < len(listed)))
            for number, (label, content) in enumerate(listed, 1)
        ]
        self.parts.append(table(written, widths, "KeyTable", _KEY_LOOK))
        self.parts.append(paragraph("", "TableEnd", "<w:keepNext/>" if go_on else ""))

    def signature(self, organisation: str, people: str) -> None:
        """Room for an organisation to sign: names of its short name, and of those who sign for it."""
        self.text("Caption", f"{self.say('for-organisation')} {{{{ {organisation} }}}}")
        names = [f"{{%p for person in {people} %}}", "{{ person.name }}, {{ person.role }}", "{%p endfor %}"]
        self.key_table(
            [("name-and-function", names), ("place-and-date", [""]), ("signature-and-stamp", ["", "", "", ""])],
            keep=True,
        )


def _key_row(label: str, content: Sequence[str], widths: Sequence[int], style: str, keep: bool) -> str:
    kept = "<w:keepNext/>" if keep else ""
    cells = [
        cell(paragraph(run(label), style, kept), widths[0]),
        cell("".join(paragraph(run(line), style, kept) for line in content), widths[1]),
    ]
    return row(cells)


def head_row(columns: Sequence[Column], say: Say) -> str:
    """The head of a table."""
    styles = ["TableHeadingFigures" if x.figure else "TableHeading" for x in columns]
    return row(
        [
            cell(paragraph(run(_label(x.label, say)), style, room), x.width)
            for x, style, room in zip(columns, styles, _leave_room(columns), strict=True)
        ],
        header=True,
    )


def _leave_room(columns: Sequence[Column]) -> list[str]:
    """The indents of a row's paragraphs: of those beside a figure."""
    beside = [False, *(x.figure for x in columns[:-1])]
    return [BESIDE_FIGURE if after and not x.figure else "" for x, after in zip(columns, beside, strict=True)]


def _label(label: str, say: Say) -> str:
    """A label, followed by the currency where it ends with an asterisk. A tag stands for itself."""
    if "{{" in label:
        return label
    return f"{say(label[:-1])} ({{{{ budget.currency }}}})" if label.endswith("*") else say(label)


def data_row(columns: Sequence[Column], style: str = "Table", shade: bool = False, keep: bool = False) -> str:
    """A row of a loop. `style` is TableGroup or TableTotal for a row that stands out, TableSmall for long texts.

    `keep` keeps it on one page with what follows.
    """
    plain, figures = ("TableText", "TableFigures") if style == "Table" else (style, f"{style}Figures")
    shading, kept = PALE if shade else "", "<w:keepNext/>" if keep else ""
    return row(
        [
            cell(
                "".join(
                    paragraph(run(line), figures if x.figure else plain, kept + room) for line in x.content.split("\n")
                ),
                x.width,
                properties=shading,
            )
            for x, room in zip(columns, _leave_room(columns), strict=True)
        ]
    )


def total_row(columns: Sequence[Column], name: str) -> str:
    """The row below a loop over `x` that says the same of the total, called `name`."""
    return data_row(
        [x._replace(content=x.content.replace("x.", f"{name}.")) for x in columns], "TableTotal", shade=True
    )


def tag_row(tag: str, widths: Sequence[int]) -> str:
    """A row that holds only a tag; it is not in the document."""
    return row([cell(paragraph(run(f"{{%tr {tag} %}}"), "TableText"), sum(widths), len(widths))])


def wide_row(content: str, widths: Sequence[int], style: str = "TableGroup") -> str:
    """A row of one cell over the whole width."""
    return row([cell(paragraph(run(content), style), sum(widths), len(widths), PALE)])


def _attach(last: str, section: str) -> str:
    """The last paragraph with the end of a section in its properties."""
    place = last.rindex("</w:pPr>")
    return f"{last[:place]}{section}{last[place:]}"
