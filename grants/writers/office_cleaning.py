"""Office files without what their properties say of people and computers; the rest stays byte for byte as it was."""

from __future__ import annotations

import io
import re
import zipfile

_NAMES = re.compile(
    rb"(<(?:dc:creator|cp:lastModifiedBy|Manager|HyperlinkBase|Template)\b[^>]*>)[^<]*(</(?:dc:creator|cp:lastModifiedBy|"
    rb"Manager|HyperlinkBase|Template)>)"
)
PARTS = ("docProps/core.xml", "docProps/app.xml")


def clean_properties(data: bytes) -> bytes | None:
    """The file with author, last editor, manager, base address and template emptied; None where it is no package."""
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            changed = False
            for entry in source.infolist():
                part = source.read(entry)
                cleaned = _NAMES.sub(rb"\1\2", part) if entry.filename in PARTS else part
                changed = changed or cleaned != part
                made.writestr(entry, cleaned)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    return target.getvalue() if changed else data
