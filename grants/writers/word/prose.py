"""Blocks of prose -> paragraphs in the template's own styles."""

from __future__ import annotations

from collections.abc import Iterable

from grants.model.rich_text import (
    Block,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)
from grants.writers.word.assembly import Assembly
from grants.writers.word.prose_table import write_table
from grants.writers.word.wml import escape, paragraph, run

_DIRECT = {"bold": "<w:b/><w:bCs/>", "italic": "<w:i/><w:iCs/>"}
_LINK = '<w:color w:val="0563C1"/><w:u w:val="single"/>'
_RAISED = '<w:vertAlign w:val="superscript"/>'


class ProseWriter:
    """Writes the prose of one document."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        styles = assembly.styles
        self.styles = styles
        self.body = styles.first("body text")
        self.strong = self._character("strong")
        self.emphasis = self._character("emphasis")
        self.bold = f'<w:rStyle w:val="{self.strong}"/>' if self.strong else _DIRECT["bold"]
        self.italic = f'<w:rStyle w:val="{self.emphasis}"/>' if self.emphasis else _DIRECT["italic"]
        hyperlink = self._character("hyperlink")
        self.link = f'<w:rStyle w:val="{hyperlink}"/>' if hyperlink else ""
        reference = self._character("footnote reference")
        self.reference = f'<w:rStyle w:val="{reference}"/>' if reference else _RAISED

    def _character(self, name: str) -> str | None:
        return self.styles.character.get(name)

    def write(self, blocks: Iterable[Block], level: int, width: int) -> str:
        """Paragraphs and tables below a heading of that level, in a column of that width (twentieths of a point)."""
        return "".join(self._block(block, level, width) for block in blocks)

    def _block(self, block: Block, level: int, width: int) -> str:
        if isinstance(block, Paragraph):
            return paragraph(self.inlines(block.content), self.body)
        if isinstance(block, Heading):
            style = self.styles.heading(level + block.level)
            return paragraph(self.inlines(block.content), style, "" if style else "<w:keepNext/>")
        if isinstance(block, ListBlock):
            return self._list(block, 1)
        if isinstance(block, Quote):
            return self._quote(block)
        return self._table(block, width)

    def _quote(self, block: Quote) -> str:
        style = self.styles.first("quote", "intense quote")
        look = "" if style else '<w:ind w:left="567" w:right="567"/>'
        parts = [
            paragraph(self.inlines(part.content), style, look)
            if isinstance(part, Paragraph)
            else self._block(part, 0, 0)
            for part in block.blocks
        ]
        return "".join(parts)

    def _list(self, block: ListBlock, depth: int) -> str:
        kind = "number" if block.ordered else "bullet"
        base = f"list {kind}"
        style = self.styles.first(base if depth == 1 else f"{base} {depth}")
        own = style is not None
        style = style or self.styles.first(base)
        place = self.styles.numbered.get(style or "")
        level = place.level if place and own else depth - 1
        number = ""
        if block.ordered:
            number = self.assembly.restart_numbering(place.number if place else None, level, block.start)
        elif place is None:
            number = self.assembly.plain_bullets()
        elif not own:
            number = place.number
        look = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        return "".join(self._item(item, style, look, depth) for item in block.items)

    def _item(self, item: tuple[Block, ...], style: str | None, look: str, depth: int) -> str:
        """An item: its first paragraph has the number, what follows stands below its text."""
        pieces: list[str] = []
        for part in item:
            if isinstance(part, ListBlock):
                if not pieces:
                    pieces.append(paragraph("", style, look))
                pieces.append(self._list(part, depth + 1))
            elif isinstance(part, Paragraph):
                content = self.inlines(part.content)
                pieces.append(self._continued(content, depth) if pieces else paragraph(content, style, look))
            else:
                pieces.append(self._block(part, 0, 0))
        return "".join(pieces) or paragraph("", style, look)

    def _continued(self, content: str, depth: int) -> str:
        style = self.styles.first("list continue" if depth == 1 else f"list continue {depth}")
        return paragraph(content, style, "" if style else f'<w:ind w:left="{360 * depth}"/>')

    def _table(self, block: Table, width: int) -> str:
        return write_table(block, self.inlines, self.styles, width)

    def inlines(self, content: Inlines) -> str:
        """Runs."""
        return "".join(map(self._inline, content))

    def _inline(self, part: Inline) -> str:
        if isinstance(part, Run):
            return self._run(part)
        if isinstance(part, LineBreak):
            return "<w:r><w:br/></w:r>"
        return self._footnote(part)

    def _run(self, part: Run) -> str:
        if not (part.bold or part.italic or part.link):
            return f'<w:r><w:t xml:space="preserve">{escape(part.text)}</w:t></w:r>'
        if part.link:
            direct = (_DIRECT["bold"] if part.bold else "") + (_DIRECT["italic"] if part.italic else "")
            look = self.link + direct if self.link else direct + _LINK
            relation = self.assembly.relate("hyperlink", part.link, external=True)
            return f'<w:hyperlink r:id="{relation}" w:history="1">{run(part.text, look)}</w:hyperlink>'
        if part.bold and part.italic:
            return run(part.text, self.bold + _DIRECT["italic"])
        return run(part.text, self.bold if part.bold else self.italic)

    def _footnote(self, note: Footnote) -> str:
        def write() -> str:
            style = self.styles.first("footnote text")
            mark = f"<w:r><w:rPr>{self.reference}</w:rPr><w:footnoteRef/></w:r>{run(' ')}"
            paragraphs = [part for part in note.blocks if isinstance(part, Paragraph)] or [Paragraph(())]
            texts = [self.inlines(part.content) for part in paragraphs]
            return "".join(paragraph(mark * (number == 0) + text, style) for number, text in enumerate(texts))

        number = self.assembly.add_note(write)
        return f'<w:r><w:rPr>{self.reference}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
