"""A file that is no Word document, or that brings code or reaches out, is refused before any library opens it."""

from __future__ import annotations

import io
import zipfile

import pytest

from grants.errors import TemplateError
from grants.writers.word import safety
from grants.writers.word.environment import TemplateEnvironment
from grants.writers.word.package import Entry, pack, read_entries, unpack, write_entries
from grants.writers.word.template import compile_data
from tests.proposals import list_parts, make_template

GOOD = make_template("text")
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def change(**parts: str | bytes | None) -> bytes:
    """The good template with other parts; `__` in a name stands for `/`."""
    entries = {name: pack(data) for name, data in list_parts(GOOD).items()}
    for name, data in parts.items():
        path = name.replace("__", "/").replace("_dot_", ".")
        if data is None:
            del entries[path]
        else:
            entries[path] = pack(data if isinstance(data, bytes) else data.encode())
    return write_entries(entries)


def relate(kind: str, target: str, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    relations = list_parts(GOOD)[RELATIONS].decode().replace("</Relationships>", line)
    return change(word___rels__document_dot_xml_dot_rels=relations)


def document(body: str) -> bytes:
    text = list_parts(GOOD)["word/document.xml"].decode().replace("<w:body>", f"<w:body>{body}")
    return change(word__document_dot_xml=text)


def codes(data: bytes) -> set[str]:
    try:
        compile_data("t.docx", data)
    except TemplateError as error:
        return {finding.code for finding in error.findings if finding.place.file == "t.docx"}
    return set()


def field(code: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:4], code[4:]))
    return document(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>')


def zip_of(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return data.getvalue()


def test_a_word_document_is_taken() -> None:
    assert codes(GOOD) == set()
    assert codes(relate("hyperlink", "https://example.org")) == set()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text",
        b"PK\3\4 and no more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        GOOD[: len(GOOD) // 2],
        zip_of(a="b"),
        change(word__document_dot_xml=None),
        change(word__styles_dot_xml=None),
    ],
)
def test_what_is_no_word_document(data: bytes) -> None:
    assert "TPL-001" in codes(data)


@pytest.mark.parametrize(
    "data",
    [
        change(word__vbaProject_dot_bin=b"code"),
        change(word__activeX__activeX1_dot_xml="<a/>"),
        relate("oleObject", "embeddings/a.bin", external=False),
        relate("aFChunk", "a.html", external=False),
    ],
)
def test_code_is_refused(data: bytes) -> None:
    assert "TPL-003" in codes(data)


def test_a_document_with_macros_by_its_type() -> None:
    types = list_parts(GOOD)["[Content_Types].xml"].decode()
    macros = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    entries = {name: pack(data) for name, data in list_parts(GOOD).items()}
    assert codes(write_entries({**entries, "[Content_Types].xml": pack(macros.encode())})) == {"TPL-003"}


@pytest.mark.parametrize(
    "data",
    [
        relate("attachedTemplate", "http://example.org/a.dotm"),
        relate("image", "http://example.org/pixel.png"),
        relate("frame", "file:///etc/passwd"),
        field(" DDEAUTO c:\\\\windows cmd "),
        field(" INCLUDEPICTURE http://example.org/a.png "),
        field(" LINK Excel.Sheet.8 a.xlsx "),
        document('<w:p><w:fldSimple w:instr=" INCLUDETEXT a.docx "/></w:p>'),
    ],
)
def test_what_reaches_out_is_refused(data: bytes) -> None:
    assert "TPL-004" in codes(data)


def test_harmless_fields_are_taken() -> None:
    for code in (" PAGE ", " TOC \\o ", ' HYPERLINK "https://example.org" ', " SEQ table \\* ARABIC "):
        assert codes(field(code)) == set()


@pytest.mark.parametrize(
    "document_xml",
    ["<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<a xmlns='x'>&unknown;</a>"],
)
def test_damaged_xml_is_refused(document_xml: str) -> None:
    assert "TPL-005" in codes(change(word__document_dot_xml=document_xml))


def test_a_small_file_that_unpacks_to_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_CONTENT", 1_000_000)
    assert codes(change(word__media__a_dot_xml=b"<a>" + b" " * 2_000_000 + b"</a>")) == {"TPL-002"}
    monkeypatch.setattr(safety, "LARGEST_FILE", 1_000)
    assert codes(GOOD) == {"TPL-002"}


def test_a_part_that_lies_about_its_size() -> None:
    entries = read_entries(GOOD)
    large = pack(b"<a>" + b" " * 5_000_000 + b"</a>")
    entries["word/media/a.xml"] = Entry(large.data, large.method, large.crc, 10)
    assert "TPL-005" in codes(write_entries(entries))
    assert len(unpack(entries["word/media/a.xml"])) <= 11


def test_the_engine_itself_has_nothing_to_call() -> None:
    environment = TemplateEnvironment()
    assert environment.globals == {}
    assert environment.sandboxed


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MOST_PARTS", 5)
    assert codes(GOOD) == {"TPL-002"}


@pytest.mark.parametrize("cut", range(0, len(GOOD), 997))
def test_no_cut_file_gives_a_traceback(cut: int) -> None:
    assert codes(GOOD[:cut])
    assert codes(GOOD[:cut] + b"\xff" * 20 + GOOD[cut + 20 :]) is not None
