"""A stamp is read from any file, and never believed to be harmless."""

import zipfile
from io import BytesIO

import pytest

from grants.readers.stamp import PART, read_stamp

PROPERTIES = (
    '<Properties><property name="grants form"><lpwstr>{}</lpwstr></property><property name="other"/></Properties>'
)
ENTITY = '<!DOCTYPE x [<!ENTITY e "boom">]>'


def pack(xml: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(PART, xml)
    return data.getvalue()


def test_only_our_own_properties_are_read() -> None:
    assert read_stamp(pack(PROPERTIES.format("budget").encode())) == {"form": "budget"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}{PROPERTIES.format("&e;")}'
    assert read_stamp(pack(xml.encode(encoding))) == {}


@pytest.mark.parametrize("data", [b"", b"no package", pack(b"<not closed"), pack(b"<a/>")[:-30]])
def test_what_is_no_file_of_ours_has_no_stamp(data: bytes) -> None:
    assert read_stamp(data) == {}
