"""Office files without what their properties say of people and computers, and without comments.

The rest stays byte for byte as it was. Tracked changes, hidden sheets, hidden text and links are not touched: what is
meant there, only a person can say.
"""

from __future__ import annotations

import io
import re
import zipfile

from grants.writers.office_comments import remove_comments

_NAMES = re.compile(
    rb"(<(?:dc:creator|cp:lastModifiedBy|Manager|HyperlinkBase|Template)\b[^>]*>)[^<]*(</(?:dc:creator|cp:lastModifiedBy|"
    rb"Manager|HyperlinkBase|Template)>)"
)
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml")


def clean_office_file(data: bytes) -> bytes | None:
    """The file with author, last editor, manager, base address and template emptied, and without comments.

    The same bytes where there is nothing to take out; None where it is no package, or a part of it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = source.infolist()
            parts = {entry.filename: source.read(entry) for entry in entries}
        cleaned = {name: _clean_part(name, part) for name, part in remove_comments(parts).items()}
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
    return _NAMES.sub(rb"\1\2", part) if name in _PROPERTIES else part
