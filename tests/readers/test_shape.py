"""Faults of shape: one finding for one fault, with what was found and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.errors import Finding
from grants.model.base import Model
from grants.model.scalars import Amount, Code, Count, Date, Many, Percent, Text
from grants.readers.shape import read_shape
from grants.readers.yaml_file import read_yaml


class Part(Model):
    code: Code
    unit_cost: Amount | None = None
    share: Percent | None = None


class Whole(Model):
    title: Text
    day: Date | None = None
    number: Count | None = None
    parts: Many[Part] = ()
    settings: dict[Code, Percent | Count | bool] = {}
    named: dict[Code, Part] = {}


def read(tmp_path: Path, text: str) -> list[Finding]:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    yaml_file, faults = read_yaml(tmp_path / "a.yaml", "a.yaml")
    assert yaml_file is not None
    assert faults == []
    shape, findings = read_shape(yaml_file, Whole, "whole")
    assert (shape is None) == bool(findings)
    return findings


def test_a_mistyped_key_is_not_missing_as_well(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "titel: x\n")
    assert (finding.code, finding.remedy) == ("DEF-002", "Did you mean `title`?")
    assert finding.place.path == ("whole", "titel")


def test_an_unknown_key_is_found_in_a_part_that_has_a_name(tmp_path: Path) -> None:
    found = read(tmp_path, "title: x\nnamed:\n  code: {code: a, unit_cots: 5}\n")
    assert [(finding.code, finding.remedy) for finding in found] == [("DEF-002", "Did you mean `unit_cost`?")]


def test_another_unknown_key_leaves_the_missing_one_missing(tmp_path: Path) -> None:
    assert sorted(finding.code for finding in read(tmp_path, "colour: x\n")) == ["DEF-002", "DEF-003"]


def test_a_list_of_faulty_entries_is_not_empty_as_well(tmp_path: Path) -> None:
    findings = read(tmp_path, "title: x\nparts: [{code: a b, unit_cost: 1}]\n")
    assert [finding.code for finding in findings] == ["DEF-010"]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1.500,00", "Write 1500.00, "),
        ("1,500.00", "Write 1500.00, "),
        ("'1500'", "Write 1500, "),
        ("1 500 €", "Write 1500, "),
        ("1.500.000", "Write 1500000 or 1500.000, whichever"),
        ("007", "Write 7, "),
        ("-1.000,5", "Write -1000.5, "),
        ("5,0", "Write 5.0, "),
    ],
)
def test_a_number_written_for_people_is_written_anew(tmp_path: Path, text: str, remedy: str) -> None:
    (finding,) = read(tmp_path, f"title: x\nparts:\n  - code: A\n    unit_cost: {text}\n")
    assert finding.code == "DEF-005"
    assert finding.remedy.startswith(remedy)
    assert finding.place.line == 4


@pytest.mark.parametrize(
    ("text", "remedy"), [("15/10/2007", "2007-10-15"), ("5.1.2007", "2007-01-05"), ("soon", "2008-01-31")]
)
def test_a_date_is_turned_round(tmp_path: Path, text: str, remedy: str) -> None:
    (finding,) = read(tmp_path, f"title: x\nday: {text}\n")
    assert (finding.code, finding.remedy) == ("DEF-006", f"Write it as {remedy}.")


def test_what_was_found_is_shown_as_yaml_writes_it(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "title: x\nnumber: [1.50, {a: true, b: }]\n")
    assert finding.found == "[1.50, {a: true, b: nothing}]"


def test_a_faulty_key_is_named(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "title: {eng: x}\n")
    assert finding.message.startswith("`eng` is not well formed")
    (finding,) = read(tmp_path, "title: x\nsettings: {a b: 1}\n")
    assert finding.message.startswith("`a b` is not well formed")


def test_a_value_of_several_kinds_is_told_once(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "title: x\nsettings: {a: some}\n")
    assert finding.place.path == ("whole", "settings", "a")
