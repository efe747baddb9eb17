"""What tests of proposals share: the samples as views, small templates, and Word files taken apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from docxtpl import DocxTemplate
from lxml import etree

from grants.ledger.totals import add_up
from grants.readers.markdown import read_markdown
from grants.readers.pack import read_labels
from grants.views.proposal import ProposalView, view_proposal
from grants.writers.word import CompiledTemplate, compile_template, write_document
from grants.writers.word.environment import TemplateEnvironment
from grants.writers.word.starter_parts import write_package
from grants.writers.word.template import compile_data
from grants.writers.word.wml import paragraph, run
from tests.workbooks import ROOT, SHELTER, load_sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABELS = ROOT / "templates" / "_common" / "labels-proposal.yaml"
STAMP = {"form": "proposal", "project": "KLI-HA-2008-01", "definition": "ab" * 32}
LANGUAGES = ("el", "en")


class Things(TypedDict):
    """The context of small templates."""

    text: str
    lines: list[str]
    rows: list[dict[str, str]]


@cache
def load_view(language: str, name: str = SHELTER) -> ProposalView:
    """A sample's proposal."""
    sample = load_sample(name)
    labels = read_labels(LABELS)[0]
    assert labels
    rich = {key: read_markdown(narrative)[0] for key, narrative in sample.project.narratives.items()}
    return view_proposal(sample.project, add_up(sample.project), sample.donor, rich, labels, language)


def template_file(language: str) -> Path:
    """Hellenic Aid's template."""
    return ROOT / "templates" / "hellenic-aid" / f"proposal.{language}.docx"


@cache
def load_template(language: str) -> CompiledTemplate:
    """Hellenic Aid's template, compiled."""
    return compile_template(template_file(language))


@cache
def make_proposal(language: str, name: str = SHELTER) -> bytes:
    """A sample's proposal in Word."""
    return write_document(load_template(language), load_view(language, name), STAMP)


def make_template(*paragraphs: str) -> bytes:
    """A template of these texts, a paragraph each; what begins with `<` is taken as it is."""
    parts = [text if text.startswith("<") else paragraph(run(text)) for text in paragraphs]
    return write_package("".join(parts), {"page": "", "of": ""}, "en", "", margins=False)


def compile_small(*paragraphs: str) -> CompiledTemplate:
    """The same, compiled for `Things`."""
    return compile_data("small.docx", make_template(*paragraphs), Things)


def fill_by_docxtpl(template: bytes, context: Mapping[str, Any]) -> bytes:
    """What plain docxtpl makes of a template."""
    docx = DocxTemplate(io.BytesIO(template))
    docx.render(dict(context), TemplateEnvironment(), autoescape=True)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def open_part(data: bytes, part: str = "word/document.xml") -> etree._Element:
    """A part of a Word file, as a tree."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(part))


def list_parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def canonical(data: bytes) -> bytes:
    """The document as one would compare it: canonical XML, drawings numbered from 1, no needless declarations."""
    root = open_part(data)
    for number, drawing in enumerate(root.iter("{*}docPr"), 1):
        drawing.set("id", str(number))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n2")


def texts(root: etree._Element) -> list[str]:
    """The text of each paragraph; tabs and breaks as such."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return [
        "".join(node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "") for node in found.iter())
        for found in root.iter(f"{W}p")
    ]
