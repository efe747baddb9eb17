"""The names of figures in a text."""

from __future__ import annotations

from grants.model.figure_names import REFERENCE


def test_a_reference_is_read_in_one_go() -> None:
    assert [match[1] for match in REFERENCE.finditer("{{total}} {{  own_contribution\n}} {{}} {{ a  b }}")] == [
        "total",
        "own_contribution",
        "",
        "a  b",
    ]
