"""What a Word or Excel file of ours says of itself: the custom properties of its package."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree

from grants.forms.stamp import PROPERTY_PREFIX

PART = "docProps/custom.xml"
LARGEST = 1_000_000
"""Bytes of the part; a stamp has a few hundred."""


def read_stamp(data: bytes) -> dict[str, str]:
    """Name -> value of the properties that begin with `grants `, without that; empty where it is no file of ours."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if package.getinfo(PART).file_size > LARGEST:
                return {}
            xml = package.read(PART)
        text = xml.decode("utf-8")  # another encoding could hide what is looked for next
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return {}
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # Office writes none; an entity could grow without end
        return {}
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314  # no document type, no entities: refused above
    except ElementTree.ParseError:
        return {}
    properties = {entry.get("name", ""): "".join(entry.itertext()) for entry in root}
    return {
        name.removeprefix(PROPERTY_PREFIX): value
        for name, value in properties.items()
        if name.startswith(PROPERTY_PREFIX)
    }
