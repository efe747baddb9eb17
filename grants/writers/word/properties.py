"""What a document says of itself: title, author, date, and the stamp that tells from what it was made."""

from __future__ import annotations

from collections.abc import Mapping

from grants.forms.stamp import PROPERTY_PREFIX
from grants.views.document import Properties
from grants.writers.word.wml import escape

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_VARIANT = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_CUSTOM = 2
"""Office numbers custom properties from 2."""
CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
TYPES = {
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
RELATIONS = {
    CORE: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    APP: f"{_OFFICE}/relationships/extended-properties",
    CUSTOM: f"{_OFFICE}/relationships/custom-properties",
}


def write_properties(facts: Properties, stamp: Mapping[str, str], language: str) -> dict[str, str]:
    """The three parts of a document's properties. Dates are the definition's; nothing tells who made it, or where."""
    day = f"{facts.date.isoformat()}T00:00:00Z"
    core = (
        f"{_DECLARATION}<cp:coreProperties {_CORE}><dc:title>{escape(facts.title)}</dc:title>"
        f"<dc:subject>{escape(facts.subject)}</dc:subject><dc:creator>{escape(facts.author)}</dc:creator>"
        f"<cp:keywords>{escape(facts.keywords)}</cp:keywords><cp:lastModifiedBy>{escape(facts.author)}</cp:lastModifiedBy>"
        f'<cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified><dc:language>{language}</dc:language>'
        "</cp:coreProperties>"
    )
    app = (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties" {_VARIANT}>'
        "<Application>grants</Application></Properties>"
    )
    custom = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{PROPERTY_PREFIX}{escape(key)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (key, value) in enumerate(stamp.items(), _FIRST_CUSTOM)
    )
    root = f'<Properties xmlns="{_OFFICE}/custom-properties" {_VARIANT}>'
    return {CORE: core, APP: app, CUSTOM: f"{_DECLARATION}{root}{custom}</Properties>"}
