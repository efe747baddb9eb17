"""PDF by LibreOffice: one call for many files; and the pages of headings."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from grants.errors import OutputError
from grants.readers.word_file import read_word
from grants.writers import pdf
from grants.writers.word import write_document
from tests.proposals import LANGUAGES, STAMP, load_template, load_view, make_proposal


def use(monkeypatch: pytest.MonkeyPatch, soffice: Path | None) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: soffice)


def test_libreoffice_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, None)
    with pytest.raises(OutputError, match="not installed"):
        pdf.convert_to_pdf([tmp_path / "a.docx"], tmp_path)


@pytest.mark.parametrize(
    ("script", "message"),
    [("echo broken >&2; exit 3", "broken"), ("exit 0", "no PDF of a.docx"), ("sleep 5", "did not finish")],
)
def test_libreoffice_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, message: str) -> None:
    soffice = tmp_path / "soffice"
    soffice.write_text(f"#!/bin/sh\n{script}\n")
    soffice.chmod(0o755)
    use(monkeypatch, soffice)
    monkeypatch.setattr(pdf, "SECONDS", 1)
    monkeypatch.setattr(pdf, "SECONDS_A_FILE", 0)
    with pytest.raises(OutputError, match=message):
        pdf.convert_to_pdf([tmp_path / "a.docx"], tmp_path / "out")


def test_libreoffice_cannot_be_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path / "nothing")
    with pytest.raises(OutputError, match="could not be started"):
        pdf.convert_to_pdf([tmp_path / "a.docx"], tmp_path)


def test_documents_go_in_one_call_and_workbooks_in_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        out = Path(command[command.index("--outdir") + 1])
        for name in command[command.index("--outdir") + 2 :]:
            (out / f"{Path(name).stem}.pdf").write_bytes(b"")
        return subprocess.CompletedProcess(command, 0, b"", b"")

    use(monkeypatch, tmp_path / "soffice")
    monkeypatch.setattr(subprocess, "run", run)
    files = [tmp_path / name for name in ("a.docx", "b.xlsx", "c.docx")]
    assert pdf.convert_to_pdf(files, tmp_path) == [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    names = [[Path(word).name for word in call if word.endswith((".docx", ".xlsx", "/soffice"))] for call in calls]
    assert names == [["soffice", "a.docx", "c.docx"], ["soffice", "b.xlsx"]]
    assert calls[0][1] == calls[1][1]  # the profile


def test_a_pdf_without_named_places_is_read_by_its_outline() -> None:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    first = writer.add_outline_item(title="One", page_number=1)
    writer.add_outline_item(title="One.1", page_number=1, parent=first)
    writer.add_outline_item(title="Two", page_number=2)
    data = io.BytesIO()
    writer.write(data)
    assert pdf.find_pages(data.getvalue()) == {"_Toc00000001": 2, "_Toc00000002": 2, "_Toc00000003": 3}


@pytest.mark.office
def test_the_sample_becomes_pages_with_a_contents_table_that_is_right(tmp_path: Path) -> None:
    files = []
    for language in LANGUAGES:
        files.append(tmp_path / f"{language}.docx")
        files[-1].write_bytes(make_proposal(language))
    for language, made in zip(LANGUAGES, pdf.convert_to_pdf(files, tmp_path / "first"), strict=True):
        pages = pdf.find_pages(made.read_bytes())
        assert len(pages) > 80
        numbered = tmp_path / f"{language}.docx"
        numbered.write_bytes(write_document(load_template(language), load_view(language), STAMP, pages))
    for made in pdf.convert_to_pdf(files, tmp_path / "second"):
        assert pdf.find_pages(made.read_bytes()) == pdf.find_pages((tmp_path / "first" / made.name).read_bytes())
        reader = PdfReader(made)
        shown = "".join(page.extract_text() for page in reader.pages)
        assert len(reader.pages) in range(20, 40)
        assert "107" in shown
        assert "{{" not in shown


@pytest.mark.office
def test_libreoffice_keeps_every_text(tmp_path: Path) -> None:
    """A document that comes back from LibreOffice with all its paragraphs was read without loss."""
    source = tmp_path / "source.docx"
    source.write_bytes(make_proposal("en"))
    soffice = pdf.find_soffice()
    assert soffice
    command = [str(soffice), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "back"), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    before, after = read_word(source.read_bytes()), read_word((tmp_path / "back" / "source.docx").read_bytes())
    assert [row for row in before.rows if row not in after.rows and "\n" not in "".join(row)] == []
    missing = [text for text in before.paragraphs if text.strip() and text not in after.text]
    assert missing == []
