"""The template's own styles, found by their names, which Word keeps in English in every language.

A style that a template lacks is replaced by the nearest it has, in the end by none: text is never lost for want of
a style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from grants.writers.word.package import Entry, unpack

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """A style's place in a numbering."""

    number: str
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a numbering is written: `%1.%2`."""

    form: str
    text: str
    start: int


@dataclass(frozen=True)
class Styles:
    """What the styles part and the numbering part say."""

    paragraph: Mapping[str, str]
    """Name in small letters -> id."""
    character: Mapping[str, str]
    table: Mapping[str, str]
    headings: Mapping[str, int]
    """Id of a paragraph style with an outline level -> level, from 1."""
    numbered: Mapping[str, Numbered]
    """Id of a paragraph style -> its numbering."""
    levels: Mapping[str, tuple[Level, ...]]
    """Number id -> its levels."""
    abstract: Mapping[str, str]
    """Number id -> id of the abstract numbering behind it."""
    language: str
    """The language that texts have where nothing else is said: el-GR."""

    def heading(self, level: int) -> str | None:
        """The style of a heading: of the level asked, or of the deepest the template has."""
        return self.first(*(f"heading {number}" for number in range(min(level, DEEPEST), 0, -1)))

    def first(self, *names: str) -> str | None:
        """The first of these paragraph styles that the template has."""
        if names not in self.found:
            self.found[names] = next((self.paragraph[x.lower()] for x in names if x.lower() in self.paragraph), None)
        return self.found[names]

    def first_table(self, *names: str) -> str | None:
        """The first of these table styles that the template has."""
        return next((self.table[name.lower()] for name in names if name.lower() in self.table), None)

    @cached_property
    def found(self) -> dict[tuple[str, ...], str | None]:
        """What was looked for before, for prose asks for each of its paragraphs."""
        return {}

    @cached_property
    def heading_mark(self) -> re.Pattern[str]:
        """What a heading's paragraph begins with; its group is the style."""
        return re.compile(f'<w:pStyle w:val="({"|".join(map(re.escape, self.headings)) or "(?!)"})"/>')

    @cached_property
    def contents_levels(self) -> int:
        """How many levels a contents table shows: as many as the template has styles for; three where it has none."""
        known = [level for level in range(1, DEEPEST + 1) if f"toc {level}" in self.paragraph]
        return max(known, default=3)


def read_styles(entries: Mapping[str, Entry]) -> Styles:
    """The styles of a template."""
    root = etree.fromstring(unpack(entries[STYLES]))
    styles = {str(style.get(f"{_W}styleId")): style for style in root.iter(f"{_W}style")}
    kinds: dict[str, dict[str, str]] = {"paragraph": {}, "character": {}, "table": {}, "numbering": {}}
    for style_id, style in styles.items():
        name = style.find(f"{_W}name")
        if name is not None:
            kinds.setdefault(str(style.get(f"{_W}type")), {})[str(name.get(f"{_W}val")).lower()] = style_id
    paragraphs = list(kinds["paragraph"].values())
    outline = {style_id: _outline(style_id, styles) for style_id in paragraphs}
    numbered = {style_id: _numbered(style_id, styles) for style_id in paragraphs}
    levels, abstract = _read_numbering(entries)
    return Styles(
        paragraph=kinds["paragraph"],
        character=kinds["character"],
        table=kinds["table"],
        headings={style_id: level + 1 for style_id, level in outline.items() if level is not None and level < DEEPEST},
        numbered={style_id: place for style_id, place in numbered.items() if place is not None},
        levels=levels,
        abstract=abstract,
        language=_read_language(root),
    )


def _read_language(root: etree._Element) -> str:
    found = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _inherited(style_id: str, styles: Mapping[str, etree._Element], path: str) -> etree._Element | None:
    """A property of a style or of the styles it is based on."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        found = styles[style_id].find(path)
        if found is not None:
            return found
        base = styles[style_id].find(f"{_W}basedOn")
        style_id = "" if base is None else str(base.get(f"{_W}val"))
    return None


def _outline(style_id: str, styles: Mapping[str, etree._Element]) -> int | None:
    found = _inherited(style_id, styles, f"{_W}pPr/{_W}outlineLvl")
    return None if found is None else int(found.get(f"{_W}val", "9"))


def _numbered(style_id: str, styles: Mapping[str, etree._Element]) -> Numbered | None:
    number = _inherited(style_id, styles, f"{_W}pPr/{_W}numPr/{_W}numId")
    if number is None or number.get(f"{_W}val") == "0":
        return None
    level = _inherited(style_id, styles, f"{_W}pPr/{_W}numPr/{_W}ilvl")
    return Numbered(str(number.get(f"{_W}val")), 0 if level is None else int(level.get(f"{_W}val", "0")))


def _read_numbering(entries: Mapping[str, Entry]) -> tuple[dict[str, tuple[Level, ...]], dict[str, str]]:
    if NUMBERING not in entries:
        return {}, {}
    root = etree.fromstring(unpack(entries[NUMBERING]))
    forms = {
        str(item.get(f"{_W}abstractNumId")): tuple(_read_level(level) for level in item.iter(f"{_W}lvl"))
        for item in root.iter(f"{_W}abstractNum")
    }
    abstract = {
        str(item.get(f"{_W}numId")): str(form.get(f"{_W}val"))
        for item in root.iter(f"{_W}num")
        if (form := item.find(f"{_W}abstractNumId")) is not None
    }
    return {number: forms.get(form, ()) for number, form in abstract.items()}, abstract


def _read_level(level: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(f"{_W}{name}")
        return default if found is None else str(found.get(f"{_W}val", default))

    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")))
