"""A donor's template, compiled once, filled in often. docxtpl is the compiler; its tree is not rebuilt afterwards.

docxtpl writes each document by parsing the rendered XML and putting it into python-docx's tree, which is then written
out again. Here the rendered XML is the document: it is the same (a test compares the two), in a tenth of the time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from jinja2.exceptions import TemplateError as JinjaError
from lxml import etree

from grants.errors import Finding, Place, TemplateError
from grants.views.proposal.context import ProposalContext
from grants.writers.word.environment import TemplateEnvironment
from grants.writers.word.faults import make_finding
from grants.writers.word.line_breaks import resolve_line_breaks
from grants.writers.word.names import find_faults
from grants.writers.word.package import Entry, pack, unpack, write_entries
from grants.writers.word.places import Source, mark_lines
from grants.writers.word.safety import read_template
from grants.writers.word.styles import Styles, read_styles
from grants.writers.word.table_grids import NO_ROWS, have_fixed_grids
from grants.writers.word.wml import encode

DOCUMENT = "word/document.xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAG = re.compile(r"\{[{%#]")


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}|\{#[^{}#]*#\}")
_LOOSE = re.compile(r"\{\s*[{%#]|[}%#]\s*\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A part with tags, ready to be filled in."""

    source: Source
    before: str
    template: Template
    after: str
    fixed_grids: bool
    """Whether no table can have more or fewer columns than its grid says, whatever the context."""


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template, ready to be filled in as often as wanted."""

    file: str
    entries: Mapping[str, Entry]
    parts: tuple[Part, ...]
    styles: Styles
    docx: DocxTemplate

    def prints(self, name: str) -> bool:
        """Whether a tag of the template names a list or value: `instalments`, `budget.sums`."""
        return any(name in part.source.xml for part in self.parts)


def compile_template(file: Path, context: type = ProposalContext) -> CompiledTemplate:
    """A template whose every tag is known to work with such a context. Raises TemplateError with all findings."""
    try:
        data = file.read_bytes()
    except OSError as error:
        finding = make_finding("TPL-001", Place(file.name), error.strerror)
        raise TemplateError(f"The template {file} cannot be read.", "", [finding]) from None
    return compile_data(file.name, data, context)


def compile_data(name: str, data: bytes, context: type = ProposalContext) -> CompiledTemplate:
    """The same from the bytes of a template."""
    entries = read_template(name, data)
    styles = read_styles(entries)
    docx = DocxTemplate(io.BytesIO(data))
    try:
        docx.init_docx()
        compiler = _Compiler(name, docx, styles, context)
        parts = [compiler.compile_document(), *compiler.compile_others(entries)]
    except (etree.XMLSyntaxError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        finding = make_finding("TPL-005", Place(name), str(error) or type(error).__name__)
        raise TemplateError(f"The template {name} cannot be used.", finding.remedy, [finding]) from error
    if compiler.findings:
        raise TemplateError(f"The template {name} cannot be used.", "", compiler.findings)
    return CompiledTemplate(name, entries, tuple(part for part in parts if part), styles, docx)


class _Compiler:
    def __init__(self, name: str, docx: DocxTemplate, styles: Styles, context: type) -> None:
        self.name = name
        self.docx = docx
        self.styles = styles
        self.context = context
        self.environment = TemplateEnvironment()
        self.findings: list[Finding] = []

    def compile_document(self) -> Part | None:
        """The body; what stands around it stays as it is."""
        self._report_loose_braces(self.docx.docx.element)
        whole = self.docx.xml_to_string(self.docx.docx.element)
        start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
        body = re.sub(r"<w:body [^>]*>", "<w:body>", self.docx.get_xml(), count=1)
        return self._compile(DOCUMENT, _DECLARATION + whole[:start], body, whole[end:])

    def compile_others(self, entries: Mapping[str, Entry]) -> list[Part | None]:
        """Headers, footers and footnotes, where they hold tags; the others are copied."""
        names = [name for name in entries if re.fullmatch(r"word/(header|footer|footnotes)\d*\.xml", name)]
        return [self._compile_other(name, unpack(entries[name])) for name in names]

    def _compile_other(self, name: str, xml: bytes) -> Part | None:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        self._report_loose_braces(root)
        text = self.docx.xml_to_string(root)
        return self._compile(name, _DECLARATION, text, "") if _TAG.search(re.sub(r"<[^>]*>", "", text)) else None

    def _compile(self, part: str, before: str, xml: str, after: str) -> Part | None:
        patched = self.docx.patch_xml(xml)
        source = Source(self.name, part, mark_lines(patched), self.styles.headings)
        try:
            faults = find_faults(self.environment.parse(source.xml), source, self.context)
            self.findings += faults
            if faults:  # what may not run is not even compiled: Jinja computes constants then
                return None
            template = self.environment.from_string(source.xml)
        except (JinjaError, RecursionError) as error:
            self._report_syntax(error, source)
            return None
        return Part(source, before, template, after, part != DOCUMENT or have_fixed_grids(patched))

    def _report_loose_braces(self, root: Any) -> None:
        """Tags that a paragraph opens and does not close, or the reverse: they would swallow text, or be printed."""
        for paragraph in root.iter(f"{_W}p"):
            text = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
            if _LOOSE.search(_WHOLE_TAG.sub("", text)):
                place = Place(self.name, part=f"«{text.strip()[:60]}»")
                problem = "a brace of a tag is missing, or stands apart"
                self.findings.append(make_finding("TPL-010", place, text.strip()[:80], problem=problem))

    def _report_syntax(self, error: JinjaError | RecursionError, source: Source) -> None:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else 1
        problem = str(getattr(error, "message", None) or type(error).__name__).rstrip(".")
        self.findings.append(make_finding("TPL-010", source.place(line), source.text(line), problem=problem))


def render_parts(template: CompiledTemplate, context: Mapping[str, Any]) -> dict[str, str]:
    """Name -> XML of every part with tags, as docxtpl would make it. Raises TemplateError with the place."""
    return {part.source.part: _render(part, context, template.docx) for part in template.parts}


def fill_template(template: CompiledTemplate, context: Mapping[str, Any]) -> bytes:
    """A Word file with the template's tags filled in, and everything else as it stands in the template."""
    rendered = render_parts(template, context)
    return write_entries({**template.entries, **{name: pack(encode(xml)) for name, xml in rendered.items()}})


def _render(part: Part, context: Mapping[str, Any], docx: DocxTemplate) -> str:
    try:
        xml = part.template.render(context)
    except Exception as error:  # whatever a template makes of a context, the place is what helps
        raise _locate(error, part) from error
    if "{_" in xml or "_}" in xml:
        xml = xml.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
    xml = resolve_line_breaks(xml, docx.resolve_listing)
    if not part.fixed_grids or NO_ROWS in xml:
        tree = docx.fix_tables(part.before.removeprefix(_DECLARATION) + xml + part.after)
        return _DECLARATION + str(docx.xml_to_string(tree))
    return part.before + xml + part.after


def _locate(error: Exception, part: Part) -> TemplateError:
    """The error with the place in the template at which it happened."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") or trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == "<template>" else line
        trace = trace.tb_next
    problem = str(error).rstrip(".") or type(error).__name__
    finding = make_finding("TPL-020", part.source.place(line), part.source.text(line), problem=problem)
    return TemplateError(f"The template {part.source.file} could not be filled in.", finding.remedy, [finding])
