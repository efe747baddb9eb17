"""A document being made: the parts, links, notes and numberings that blocks bring with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from grants.writers.word.package import CONTENT_TYPES, Entry, pack, unpack
from grants.writers.word.styles import NUMBERING, Styles
from grants.writers.word.template import CompiledTemplate
from grants.writers.word.wml import encode, escape

RELATIONS = "word/_rels/document.xml.rels"
FOOTNOTES = "word/footnotes.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R_NAMESPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY_NOTES = (
    f"{_DECLARATION}<w:footnotes {_W_NAMESPACE} {_R_NAMESPACE}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_EMPTY_NUMBERING = f"{_DECLARATION}<w:numbering {_W_NAMESPACE}></w:numbering>"
_BULLETS, _NUMBERS = "9001", "9002"
"""Numberings for a template that has no lists of its own."""


class Assembly:
    """Collects what the blocks of one document need besides its body."""

    def __init__(self, template: CompiledTemplate, rendered: Mapping[str, str]) -> None:
        self.template = template
        self.styles: Styles = template.styles
        self.rendered = dict(rendered)
        self.added: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        """Part -> its content type."""
        self.defaults: dict[str, str] = {}
        """Extension -> its content type."""
        self.notes: list[str] = []
        self.numbers: list[str] = []
        self.relations: dict[tuple[str, str, bool], str] = {}
        self.note_relations: dict[str, str] = {}
        self.inside_note = False
        self.drawings = 0

    def text(self, part: str, default: str = "") -> str:
        """A part as it stands now."""
        if part in self.rendered:
            return self.rendered[part]
        entry = self.template.entries.get(part)
        return unpack(entry).decode("utf-8") if entry else default

    @cached_property
    def _first_relation(self) -> int:
        numbers = re.findall(r'Id="rId(\d+)"', self.text(RELATIONS, ""))
        return max(map(int, numbers), default=0) + 1

    @cached_property
    def _first_note(self) -> int:
        numbers = re.findall(r'<w:footnote [^>]*w:id="(-?\d+)"', self.text(FOOTNOTES, _EMPTY_NOTES))
        return max(map(int, numbers), default=0) + 1

    @cached_property
    def _first_number(self) -> int:
        numbers = re.findall(r'<w:num [^>]*w:numId="(\d+)"', self.text(NUMBERING, ""))
        return max([*map(int, numbers), int(_NUMBERS)], default=0) + 1

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a relation of the document, for instance ("hyperlink", address)."""
        if self.inside_note:  # a footnote's links are relations of the footnotes' own part
            return self.note_relations.setdefault(target, f"rIdNote{len(self.note_relations) + 1}")
        key = (kind, target, external)
        return self.relations.setdefault(key, f"rId{self._first_relation + len(self.relations)}")

    def add_part(
        self, name: str, data: bytes, content_type: str = "", extension: tuple[str, str] | None = None
    ) -> None:
        """A part of the package, with its content type or that of its extension."""
        self.added[name] = data
        if content_type:
            self.types[name] = content_type
        if extension:
            self.defaults[extension[0]] = extension[1]

    def add_note(self, write: Callable[[], str]) -> int:
        """The number of a footnote; `write` makes its paragraphs."""
        self.inside_note = True
        self.notes.append("")
        number = self._first_note + len(self.notes) - 1
        self.notes[-1] = f'<w:footnote w:id="{number}">{write()}</w:footnote>'
        self.inside_note = False
        return number

    def restart_numbering(self, number: str | None, level: int, start: int) -> str:
        """The id of a numbering like another, which begins anew; like a plain one where the template has none."""
        form = self.styles.abstract.get(number or "", _NUMBERS)
        new = str(self._first_number + len(self.numbers))
        self.numbers.append(
            f'<w:num w:numId="{new}"><w:abstractNumId w:val="{form}"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return new

    def plain_bullets(self) -> str:
        """The id of the bullets for a template that has none."""
        if not any(f'w:numId="{_BULLETS}"' in number for number in self.numbers):
            number = f'<w:num w:numId="{_BULLETS}"><w:abstractNumId w:val="{_BULLETS}"/></w:num>'
            self.numbers.insert(0, number)
        return _BULLETS

    def finish(self) -> dict[str, Entry]:
        """Every part that differs from the template's, packed."""
        if self.notes:
            self._finish_notes()
        if self.numbers:
            self._finish_numbers()
        if self.relations:
            self._finish_relations()
        if self.types or self.defaults:
            self._finish_types()
        parts = {name: pack(encode(text)) for name, text in self.rendered.items()}
        return parts | {name: pack(data) for name, data in self.added.items()}

    def _finish_notes(self) -> None:
        if FOOTNOTES not in self.template.entries:
            self.relate("footnotes", "footnotes.xml")
            self.types[FOOTNOTES] = f"{_WORD_TYPE}footnotes+xml"
        text = self.text(FOOTNOTES, _EMPTY_NOTES)
        if "xmlns:r=" not in text:
            text = text.replace("<w:footnotes ", f"<w:footnotes {_R_NAMESPACE} ", 1)
        self.rendered[FOOTNOTES] = text.replace("</w:footnotes>", "".join(self.notes) + "</w:footnotes>")
        if self.note_relations:
            links = "".join(
                f'<Relationship Id="{name}" Type="{_OFFICE}hyperlink" Target="{escape(target)}" TargetMode="External"/>'
                for target, name in self.note_relations.items()
            )
            self._append("word/_rels/footnotes.xml.rels", "Relationships", links)

    def _finish_numbers(self) -> None:
        if NUMBERING not in self.template.entries:
            self.relate("numbering", "numbering.xml")
            self.types[NUMBERING] = f"{_WORD_TYPE}numbering+xml"
        text = self.text(NUMBERING, _EMPTY_NUMBERING)
        used = "".join(self.numbers)
        forms = "".join(_plain_form(form) for form in (_BULLETS, _NUMBERS) if f'abstractNumId w:val="{form}"' in used)
        first = re.search(r"<w:num |<w:numIdMacAtCleanup|</w:numbering>", text)
        place = first.start() if first else len(text)
        text = text[:place] + forms + text[place:]
        last = re.search(r"<w:numIdMacAtCleanup|</w:numbering>", text)
        place = last.start() if last else len(text)
        self.rendered[NUMBERING] = text[:place] + used + text[place:]

    def _finish_relations(self) -> None:
        lines = [
            f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{escape(target)}"'
            + (' TargetMode="External"/>' if external else "/>")
            for (kind, target, external), name in self.relations.items()
        ]
        self._append(RELATIONS, "Relationships", "".join(lines))

    def _finish_types(self) -> None:
        text = self.text(CONTENT_TYPES, "")
        lines = [
            f'<Default Extension="{extension}" ContentType="{kind}"/>'
            for extension, kind in self.defaults.items()
            if f'Extension="{extension}"' not in text
        ]
        lines += [
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in self.types.items()
            if f'PartName="/{name}"' not in text
        ]
        self._append(CONTENT_TYPES, "Types", "".join(lines))

    def _append(self, part: str, root: str, content: str) -> None:
        empty = f'{_DECLARATION}<{root} xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></{root}>'
        text = re.sub(rf"<{root}([^>]*)/>\s*$", rf"<{root}\1></{root}>", self.text(part, empty))
        self.rendered[part] = text.replace(f"</{root}>", f"{content}</{root}>")


def _plain_form(form: str) -> str:
    """Three levels of bullets or of numbers."""
    levels = []
    for level in range(3):
        kind, sign = ("bullet", "•–·"[level]) if form == _BULLETS else ("decimal", f"%{level + 1}.")
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{form}">{kind}{"".join(levels)}</w:abstractNum>'
