"""View and template -> Word file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from grants.views.document import DocumentView
from grants.views.figures import LOCALES
from grants.writers.word.assembly import Assembly
from grants.writers.word.blocks import BlockWriter, fill_contents
from grants.writers.word.captions import number_captions
from grants.writers.word.contents import mark_headings, write_contents
from grants.writers.word.merging import merge_cells
from grants.writers.word.package import Entry, write_entries
from grants.writers.word.properties import RELATIONS, TYPES, write_properties
from grants.writers.word.styles import STYLES
from grants.writers.word.template import DOCUMENT, CompiledTemplate, render_parts

_DRAWING = re.compile(r'^([^>]*?\bid=")[^"]*(")')
_FIRST_DRAWING = 1001
_DEFAULT_LANGUAGE = re.compile(r'(<w:docDefaults>.*?<w:lang\b[^>]*?w:val=")[^"]*(")', re.DOTALL)
_EMPTY_CELL = "</w:tcPr></w:tc>"
"""A cell whose loop had nothing to repeat; Word calls a cell without a paragraph damaged."""
_PACKAGE_RELATIONS = "_rels/.rels"
_DROPPED = re.compile(r"docProps/|_rels/\.rels$")
"""What tells who wrote the template, when, and how it looked."""


def write_document(
    template: CompiledTemplate,
    view: DocumentView[Any],
    stamp: Mapping[str, str],
    pages: Mapping[str, int] | None = None,
) -> bytes:
    """The Word file of a view; `pages` gives the page of each heading by its bookmark, where it is known.

    The same input gives the same bytes. Raises TemplateError with the place where the template cannot be filled in.
    """
    assembly = Assembly(template, render_parts(template, view.context))
    assembly.rendered[DOCUMENT] = _assemble(assembly, view, pages)
    language = LOCALES[view.language].replace("_", "-")
    if template.styles.language != language:
        assembly.rendered[STYLES] = _DEFAULT_LANGUAGE.sub(rf"\g<1>{language}\g<2>", assembly.text(STYLES), count=1)
    for name, text in write_properties(view.properties, stamp, language).items():
        assembly.rendered[name] = text
        assembly.types[name] = TYPES[name]
    assembly.rendered[_PACKAGE_RELATIONS] = _relate_package()
    kept: dict[str, Entry] = {name: part for name, part in template.entries.items() if not _DROPPED.match(name)}
    return write_entries(kept | assembly.finish())


def _assemble(assembly: Assembly, view: DocumentView[Any], pages: Mapping[str, int] | None) -> str:
    xml = merge_cells(assembly.rendered[DOCUMENT])
    xml = BlockWriter(assembly, view.prose, view.charts).fill(xml)
    xml = xml.replace(_EMPTY_CELL, f"{_EMPTY_CELL.removesuffix('</w:tc>')}<w:p/></w:tc>")
    xml, headings = mark_headings(xml, assembly.styles)
    xml = number_captions(fill_contents(xml, write_contents(headings, assembly.styles, pages)))
    return _number_drawings(xml)


def _number_drawings(xml: str) -> str:
    """Every drawing has its own number, also where a loop repeated one; numbered as docxtpl numbers them."""
    first, *others = xml.split("<wp:docPr")
    numbered = [
        _DRAWING.sub(rf"\g<1>{number}\g<2>", part, count=1) for number, part in enumerate(others, _FIRST_DRAWING)
    ]
    return "<wp:docPr".join([first, *numbered])


def _relate_package() -> str:
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = {DOCUMENT: document, **RELATIONS}
    lines = [
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(relations.items(), 1)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'
    )
