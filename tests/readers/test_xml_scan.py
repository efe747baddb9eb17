"""A sheet is measured at once where it is written as usual, and slowly where it is not: both say the same."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.readers.xml_scan import Extent, _measure_at_once, _measure_slowly, measure_sheet
from tests.workbooks import load_sample

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="x"><sheetData>'
TAIL = b"</sheetData></worksheet>"
CELLS = st.sampled_from(
    [
        b'<c r="B7" s="1"/>',
        b'<c r="A3"><v>5</v></c>',
        b'<c r="AB12" t="s" s="3"> <f>A1</f><v/></c>',
        b'<c r="C9" t="inlineStr"><is><t>x</t></is></c>',
        b"<c><v>1</v></c>",
        b"<c r='D4'><v>1</v></c>",
        b'<c s="2" r="E5"><v>1</v></c>',
        b"<x:c xmlns:x='y' r='F90'><x:v>1</x:v></x:c>",
        b'<c r="C40"><!-- x --><v>2</v></c>',
        b'<c r="A99" x="&gt;>"><v>1</v></c>',
        b'<row r="30"><c r="Z31"/></row>',
    ]
)


@given(st.lists(CELLS, max_size=12))
def test_both_ways_say_the_same(cells: list[bytes]) -> None:
    xml = HEAD + b"".join(cells) + TAIL
    slow = _measure_slowly([xml])
    assert measure_sheet([xml[:40], xml[40:]]) == slow
    quick = _measure_at_once(xml)
    assert quick in (None, slow)


@pytest.mark.parametrize("form", ["budget", "activities"])
def test_our_own_workbooks_are_measured_at_once(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(load_sample().write(form))) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    for xml in sheets:
        assert isinstance(_measure_at_once(xml), Extent)
        assert _measure_at_once(xml) == _measure_slowly([xml])
