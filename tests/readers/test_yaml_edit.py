"""A change of one value is a change of its line, whatever the file looks like."""

from __future__ import annotations

import difflib
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grants.readers.yaml_edit import Plain, insert_item, remove, set_value
from grants.readers.yaml_file import read_yaml
from tests.workbooks import ROOT, SHELTER

BUDGET = (ROOT / "projects" / SHELTER / "budget.yaml").read_text("utf-8")
SAMPLE = """\
# What it costs.
currency: EUR # the donor's

lines:
  # people
  - code: 1.1
    name: {el: Ένα, en: One}
    cost: 1500.00 # full cost
    activities: [A1, A2]
    why: >-
      A long story that is folded
      into two lines.

  - code: 1.10
    name: Two
    note: 'It''s'

# the end
paid_by: {HA: 75, KLI: 25}
"""


def load(text: str, folder: Path) -> object:
    (folder / "x.yaml").write_text(text, "utf-8")
    file, findings = read_yaml(folder / "x.yaml", "x.yaml")
    assert file, findings
    assert not findings
    return file.data


def diff(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are gone, lines that are new."""
    lines = [x for x in difflib.ndiff(before.splitlines(), after.splitlines()) if x[0] in "+-"]
    return [x[2:] for x in lines if x[0] == "-"], [x[2:] for x in lines if x[0] == "+"]


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("lines", 0, "cost"), Decimal("1600"), "    cost: 1500.00 # full cost", "    cost: 1600.00 # full cost"),
        (("lines", 0, "cost"), Decimal("0.125"), "    cost: 1500.00 # full cost", "    cost: 0.125 # full cost"),
        (("lines", 0, "name", "el"), "Δύο", "    name: {el: Ένα, en: One}", "    name: {el: Δύο, en: One}"),
        (("lines", 0, "name", "el"), "α, β", "    name: {el: Ένα, en: One}", '    name: {el: "α, β", en: One}'),
        (("lines", 0, "name", "sr"), "Dva", "    name: {el: Ένα, en: One}", "    name: {el: Ένα, en: One, sr: Dva}"),
        (("lines", 0, "activities"), [Plain("A3")], "    activities: [A1, A2]", "    activities: [A3]"),
        (("lines", 1, "code"), Plain("1.20"), "  - code: 1.10", "  - code: 1.20"),
        (("lines", 1, "name"), "12", "    name: Two", '    name: "12"'),
        (("lines", 1, "name"), "a: b", "    name: Two", '    name: "a: b"'),
        (("lines", 1, "note"), "It's so", "    note: 'It''s'", "    note: 'It''s so'"),
        (("paid_by", "HA"), Decimal(80), "paid_by: {HA: 75, KLI: 25}", "paid_by: {HA: 80, KLI: 25}"),
    ],
)
def test_one_value_is_one_line(path, value, old, new, tmp_path):
    changed = set_value(SAMPLE, path, value)
    assert diff(SAMPLE, changed) == ([old], [new])
    load(changed, tmp_path)


def test_a_long_text_stays_folded(tmp_path):
    words = "Another story, told so long that it cannot stand in one line of a file that people read. " * 2
    changed = set_value(SAMPLE, ("lines", 0, "why"), words.strip())
    assert load(changed, tmp_path)["lines"][0]["why"] == words.strip()
    assert diff(SAMPLE, changed)[0] == ["      A long story that is folded", "      into two lines."]
    assert "\n\n  - code: 1.10" in changed


def test_a_new_key_stands_behind_its_brothers(tmp_path):
    changed = set_value(SAMPLE, ("lines", 0, "paid_by"), {"HA": Decimal(50), "KLI": Decimal(50)})
    assert diff(SAMPLE, changed) == ([], ["    paid_by: {HA: 50, KLI: 50}"])
    assert load(changed, tmp_path)["lines"][0]["paid_by"] == {"HA": 50, "KLI": 50}
    changed = set_value(SAMPLE, ("deep", "down"), {"a": [Plain("x")]})
    assert load(changed, tmp_path)["deep"] == {"down": {"a": ["x"]}}


def test_a_key_is_removed(tmp_path):
    assert diff(SAMPLE, remove(SAMPLE, ("lines", 1, "note"))) == (["    note: 'It''s'"], [])
    assert "paid_by: {HA: 75}" in remove(SAMPLE, ("paid_by", "KLI"))
    assert "paid_by: {KLI: 25}" in remove(SAMPLE, ("paid_by", "HA"))
    assert load(remove(SAMPLE, ("lines", 0, "code")), tmp_path)["lines"][0].keys() == {
        "name",
        "cost",
        "activities",
        "why",
    }
    assert remove(SAMPLE, ("lines", 0, "nothing")) == SAMPLE


def test_items_come_and_go(tmp_path):
    item = {"code": Plain("1.2"), "name": {"el": "Τρία"}, "cost": Decimal("12.50"), "deep": {"a": {"b": "c"}}}
    changed = insert_item(SAMPLE, ("lines",), item, after=0)
    data = load(changed, tmp_path)
    assert [line["code"].text for line in data["lines"]] == ["1.1", "1.2", "1.10"]
    assert diff(SAMPLE, changed)[0] == []
    assert load(remove(changed, ("lines", 1)), tmp_path) == load(SAMPLE, tmp_path)
    assert load(insert_item(SAMPLE, ("lines", 0, "activities"), Plain("A9")), tmp_path)["lines"][0]["activities"] == [
        "A1",
        "A2",
        "A9",
    ]
    assert load(insert_item(SAMPLE, ("new",), {"a": "b"}), tmp_path)["new"] == [{"a": "b"}]
    one = remove(remove(SAMPLE, ("lines", 1)), ("lines", 0))
    assert load(one, tmp_path)["lines"] == []
    assert load(insert_item(one, ("lines",), {"a": "b"}), tmp_path)["lines"] == [{"a": "b"}]


def test_an_empty_file_is_begun(tmp_path):
    assert load(set_value("# nothing yet\n", ("a", "b"), Decimal(1)), tmp_path) == {"a": {"b": 1}}
    assert load(insert_item("", ("a",), {"b": "c"}), tmp_path) == {"a": [{"b": "c"}]}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).map(str.strip).filter(bool))
def test_whatever_somebody_types_is_read_back(words):
    with tempfile.TemporaryDirectory() as folder:
        for path in (("lines", 0, "name", "el"), ("lines", 0, "why"), ("lines", 1, "name"), ("lines", 1, "other")):
            data = load(set_value(SAMPLE, path, words), Path(folder))
            for step in path:
                data = data[step]
            assert data == words


def test_every_figure_of_the_sample_is_changed_in_one_line(tmp_path):
    data = load(BUDGET, tmp_path)
    for number, line in enumerate(data["lines"]):
        changed = set_value(BUDGET, ("lines", number, "unit_cost"), line["unit_cost"] + 1)
        old, new = diff(BUDGET, changed)
        assert len(old) == len(new) == 1
        changed = set_value(BUDGET, ("lines", number, "justification", "el"), "Λίγα λόγια μόνο, και τίποτε άλλο εδώ.")
        assert load(changed, tmp_path)["lines"][number]["justification"]["el"].startswith("Λίγα")
        assert diff(BUDGET, changed)[1] == ["        Λίγα λόγια μόνο, και τίποτε άλλο εδώ."]


def test_a_comment_behind_a_value_never_becomes_part_of_a_long_text() -> None:
    text = "a: 1\nother: short # the bank, other projects\nb: 2\n"
    for words in ("x" * 130, "many words " * 20 + "end", "two\nlines " + "long " * 40 + "end"):
        changed = set_value(text, ("other",), words)
        assert yaml.safe_load(changed) == {"a": 1, "other": words, "b": 2}
        assert changed.count(" # the bank, other projects") == 1


def test_a_tab_or_a_narrow_blank_in_a_long_text_stays_one() -> None:
    for blank in ("\t", "\u00a0", "\u202f"):
        words = f"{'long ' * 30}with{blank}blank"
        assert yaml.safe_load(set_value("a: >-\n  b\n", ("a",), words)) == {"a": words}
        assert yaml.safe_load(set_value("a: b\n", ("a",), words)) == {"a": words}


LOOKS_LIKE = [
    "5.10",
    "1.1",
    "5",
    "0x1F",
    "1_000",
    "1:30",
    "yes",
    "off",
    "No",
    "null",
    "~",
    "true",
    "2008-01-01",
    "1e3",
    ".5",
    "=",
]


@given(
    st.one_of(st.sampled_from(LOOKS_LIKE), st.text(st.characters(categories=["L", "N", "P"]), min_size=1)), st.data()
)
def test_other_programs_read_the_keys_and_texts_that_are_written(key: str, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from([*LOOKS_LIKE, "words"]))
    for text in ("other: 1\n", "part: {}\n", "part: {a: b}\n", "part:\n  a: b\n"):
        assert yaml.safe_load(set_value(text, ("part", key), words))["part"][key] == words
