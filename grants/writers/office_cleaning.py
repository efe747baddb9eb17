"""Office files without what their properties, photographs and printer settings say of people and computers, and
without comments.

The rest stays byte for byte as it was. Tracked changes, hidden sheets, hidden text and links are not touched: what is
meant there, only a person can say.
"""

from __future__ import annotations

import io
import re
import zipfile

from grants.forms.stamp import is_own_property
from grants.model.paths import PATH
from grants.model.pictures import strip_picture
from grants.writers.office_comments import remove_comments
from grants.writers.office_printers import remove_unopened

_NAMES = re.compile(
    rb"(<(?:dc:creator|cp:lastModifiedBy|Manager|Company|HyperlinkBase|Template)\b[^>]*>)[^<]*"
    rb"(</(?:dc:creator|cp:lastModifiedBy|Manager|Company|HyperlinkBase|Template)>)"
)
_OWN_PROPERTY = re.compile(rb"<property\b[^>]*\bname=\"([^\"]*)\"[^>]*>(.*?)</property>", re.DOTALL)
_SAVED_AT = re.compile(
    rb"<mc:AlternateContent\b(?:(?!</mc:AlternateContent>).)*?absPath(?:(?!</mc:AlternateContent>).)*?"
    rb"</mc:AlternateContent>",
    re.DOTALL,
)
"""Where Excel last saved the workbook: the folder, with its user's name."""
_DESCRIBED = re.compile(r"<(?:\w+:)?(?:docPr|cNvPr)\b[^>]*>")
_WORDS = re.compile(r"\b(name|descr|title)=\"([^\"]*)\"")
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml")


def clean_office_file(data: bytes) -> bytes | None:
    """The file with author, last editor, manager, company, base address and template emptied, and without comments,
    properties that somebody added, the settings of printers, the folder it was saved in, and what photographs tell.

    The same bytes where there is nothing to take out; None where it is no package, or a part of it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = source.infolist()
            parts = {entry.filename: source.read(entry) for entry in entries}
        cleaned = {name: _clean_part(name, part) for name, part in remove_unopened(remove_comments(parts)).items()}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, KeyError):
        return None
    if cleaned == parts:
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in entries:
            if entry.filename in cleaned:
                made.writestr(entry, cleaned[entry.filename])
    return target.getvalue()


def _clean_part(name: str, part: bytes) -> bytes:
    if name in _PROPERTIES:
        return _NAMES.sub(rb"\1\2", part)
    if name == "docProps/custom.xml":
        return _OWN_PROPERTY.sub(lambda match: match[0] if _is_ours(match) else b"", part)
    if "/media/" in name:
        return strip_picture(part)
    if name == "xl/workbook.xml":
        return _SAVED_AT.sub(b"", part)
    if name.startswith(("word/", "xl/drawings/")) and name.endswith(".xml"):
        return _forget_files(part)
    return part


def _is_ours(entry: re.Match[bytes]) -> bool:
    words = re.sub(rb"<[^>]*>", b"", entry[2]).decode("utf-8", "replace").strip()
    return is_own_property(entry[1].decode("utf-8", "replace"), words)


def _forget_files(part: bytes) -> bytes:
    """The part whose pictures no longer say in which folder they were; the same bytes where none says so."""
    text = part.decode("utf-8")
    return _DESCRIBED.sub(lambda tag: _WORDS.sub(_forget_file, tag[0]), text).encode("utf-8")


def _forget_file(words: re.Match[str]) -> str:
    return f'{words[1]}=""' if PATH.search(words[2]) else words[0]
