"""With LibreOffice: contents tables with page numbers, and a PDF of every document."""

import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.test_commands import DOCUMENTS, ROOT
from tests.commands import run

pytestmark = pytest.mark.office


def test_every_document_becomes_pages(workspace: Path) -> None:
    source = ROOT / "projects" / "shelter-greece-prevention-serbia"
    shutil.copytree(source, workspace / "projects" / "shelter", ignore=shutil.ignore_patterns("out"))
    done = run(workspace, "build", "--pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    for project in ("police", "shelter"):
        out = workspace / "projects" / project / "out"
        manifest = json.loads((out / "manifest.json").read_text("utf-8"))
        assert manifest["page_numbers"].startswith("LibreOffice")
        for name in DOCUMENTS:
            reader = PdfReader((out / name).with_suffix(".pdf"))
            assert len(reader.pages) >= 3, name
            text = "".join(page.extract_text() for page in reader.pages)
            assert text.strip(), name
            assert not re.search(r"\d{4}-(budget|activities)", text), name
            assert ("How to fill in" in text, f"{Path(name).stem}.pdf" in text) == (False, name.endswith(".xlsx")), name
        contents = PdfReader(out / "proposal.en.pdf").pages[1].extract_text().splitlines()
        assert [line for line in contents if line.startswith("Summary of the project") and line.rstrip().endswith("3")]


def test_a_second_build_with_page_numbers_gives_the_same_bytes(workspace: Path) -> None:
    out = workspace / "projects" / "police" / "out"
    builds = []
    for _ in range(2):
        assert run(workspace, "build", "--force").returncode == 0
        builds.append({name: (out / name).read_bytes() for name in DOCUMENTS})
    assert builds[0] == builds[1]
