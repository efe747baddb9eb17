"""YAML as definitions use it: what is read, where it stands, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grants.errors import Finding
from grants.readers.yaml_file import YamlFile, read_yaml


def read(tmp_path: Path, text: str) -> tuple[YamlFile | None, list[Finding]]:
    (tmp_path / "a.yaml").write_text(text, "utf-8", newline="")
    return read_yaml(tmp_path / "a.yaml", "a.yaml")


def data(tmp_path: Path, text: str) -> Any:
    yaml_file, findings = read(tmp_path, text)
    assert yaml_file is not None
    assert findings == []
    return yaml_file.data


@pytest.mark.parametrize("word", ["NO", "yes", "on", "2008-02-30", "1_000", "0x10", "012", ".5", "1:30", "=", "+5"])
def test_plain_words_stay_texts(tmp_path: Path, word: str) -> None:
    assert data(tmp_path, f"a: {word}\n") == {"a": word}


def test_numbers_keep_their_text(tmp_path: Path) -> None:
    read_data = data(tmp_path, "a: 2.10\nb: -1\nc: 1e3\n")
    assert [value.text for value in read_data.values()] == ["2.10", "-1", "1e3"]
    assert read_data["c"] == 1000


def test_a_number_in_quotes_is_a_text(tmp_path: Path) -> None:
    assert data(tmp_path, 'a: "12"\n') == {"a": "12"}


def test_true_false_and_nothing(tmp_path: Path) -> None:
    assert data(tmp_path, "a: true\nb: false\nc: null\nd: ~\ne:\n") == {
        "a": True,
        "b": False,
        "c": None,
        "d": None,
        "e": None,
    }


def test_keys_are_texts(tmp_path: Path) -> None:
    assert data(tmp_path, "1: x\ntrue: y\n") == {"1": "x", "true": "y"}


def test_a_place_is_that_of_the_value_or_of_the_key(tmp_path: Path) -> None:
    yaml_file, _ = read(tmp_path, "a:\n  - b: one\n    c:\n      d: two\n")
    assert yaml_file is not None
    places = [yaml_file.place(("a", 0, "b")), yaml_file.place(("a", 0, "b"), key=True), yaml_file.place(("a", 0, "c"))]
    assert [(place.line, place.column) for place in places] == [(2, 8), (2, 5), (3, 5)]


def test_the_place_of_what_does_not_exist_is_that_of_what_holds_it(tmp_path: Path) -> None:
    yaml_file, _ = read(tmp_path, "a:\n  - b: one\n")
    assert yaml_file is not None
    assert yaml_file.place(("a", 0, "x", "y")).line == 2
    assert yaml_file.place(("a", 9)).line == 1


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: b\0c\n", "YAML-007", 1, 5),
        ("a: 1\nb: x\x07\n", "YAML-007", 2, 5),
        ('a: "\\x01"\n', "YAML-007", 1, 4),
        ('"\\x01": 1\n', "YAML-007", 1, 1),
        ("a:\n\tb: 1\n", "YAML-002", 2, 1),
        ("a: |\n  x\n  \ty\nb: [\n", "YAML-001", 5, 1),
        ("a: &a [*a]\n", "YAML-005", 1, 4),
        ("a: &a x\nb: *a\nc: *a\n", "YAML-005", 1, 4),
        ("a: !x 1\n", "YAML-005", 1, 4),
        ("[a]: 1\n", "YAML-005", 1, 1),
        ("a: 1\na: 2\n", "YAML-004", 2, 1),
        ("a: 1\n---\nb: 1\n", "YAML-001", 2, 1),
        ("- " * 45 + "x\n", "YAML-006", 1, 1),
        ("a: " + "[" * 45 + "]" * 45, "YAML-006", 1, 44),
    ],
)
def test_a_fault_of_form_is_one_finding_at_its_place(
    tmp_path: Path, text: str, code: str, line: int, column: int
) -> None:
    _, findings = read(tmp_path, text)
    assert [(x.code, x.place.line, x.place.column) for x in findings] == [(code, line, column)]


@pytest.mark.parametrize(
    "text", ["[" * 15_000, "[" * 50_000, "".join(" " * i + "a:\n" for i in range(1500)), "{a: " * 5_000]
)
def test_a_file_made_to_bring_the_program_down_is_a_short_finding(tmp_path: Path, text: str) -> None:
    yaml_file, (finding,) = read(tmp_path, text)
    assert yaml_file is None
    assert finding.code in ("YAML-001", "YAML-006")
    assert len(finding.found or "") <= 60


def test_a_syntax_fault_shows_the_line_but_not_all_of_it(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, "a: [" + "x" * 100 + ": : }\n")
    assert finding.code == "YAML-001"
    assert finding.found is not None
    assert finding.found.endswith("...")


def test_a_file_that_is_read_again_is_as_it_stands_then(tmp_path: Path) -> None:
    """The same text is parsed once; what a reader adds to the findings of one reading is not in the next."""
    first, findings = read(tmp_path, "a: 1\na: 2\n")
    findings.clear()
    again, found = read(tmp_path, "a: 1\na: 2\n")
    assert again is first
    assert [finding.code for finding in found] == ["YAML-004"]
    assert data(tmp_path, "a: 3\n")["a"] == 3
