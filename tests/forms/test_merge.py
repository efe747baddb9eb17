"""Two people change the same list, by random edits, moves, copies and deletions: each change is classified right."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from grants.forms.changes import Change
from grants.forms.match import find_moved, match_rows
from grants.forms.merge import Sides, merge_table
from grants.forms.returned import Odd, TheirRow, TheirTable

COLUMNS = ("voucher", "payee", "line", "partner", "amount", "note")
Row = dict[str, str]
START = {
    f"SAM/V{n}": {"voucher": f"V{n}", "payee": f"Payee {n}", "line": f"{n % 4}.1", "partner": "SAM", "amount": f"{n}50"}
    for n in range(1, 9)
}


@dataclass
class Person:
    """A list, and what somebody did to it."""

    rows: list[tuple[str, Row]]
    edited: dict[tuple[str, str], str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    copied: list[str] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """At most half the cells of a row are edited, so that it is still the same row; what is copied is not edited."""
    person = Person([(name, dict(row)) for name, row in START.items()])
    names = list(START)
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=2)):
        person.deleted.add(name)
    kept = [name for name in names if name not in person.deleted]
    for name in draw(st.lists(st.sampled_from(kept), unique=True, max_size=2)):
        person.copied.append(name)
    free = [name for name in kept if name not in person.copied]
    cells = st.tuples(st.sampled_from(free), st.sampled_from(["payee", "amount"]))
    for number, at in enumerate(draw(st.lists(cells, unique=True, max_size=4))):
        person.edited[at] = draw(st.sampled_from(["new", f"other {number}"]))
    rows = []
    for name in draw(st.permutations(kept)):
        row = dict(START[name])
        row |= {column: value for (edited, column), value in person.edited.items() if edited == name}
        rows.append((name, row))
    rows += [("copy", dict(START[name])) for name in person.copied]
    for number in range(draw(st.integers(0, 2))):
        person.added.append({"voucher": f"N{number}", "payee": "X", "line": "9.9", "partner": "PAR", "amount": "1"})
    person.rows = rows + [("added", row) for row in person.added]
    return person


def as_table(person: Person, first: int = 7) -> TheirTable:
    rows = tuple(
        TheirRow(first + at, "", tuple(row.get(column, "") for column in COLUMNS))
        for at, (_, row) in enumerate(person.rows)
    )
    letters = dict(zip(COLUMNS, "ABCDEF", strict=True))
    return TheirTable("expenditures", "Costs", COLUMNS, letters, rows)


def name_rows(person: Person) -> dict[str, Row]:
    """The list as our side has it: named as a period names its costs."""
    named: dict[str, Row] = {}
    for _, row in person.rows:
        name = f"{row['partner']}/{row['voucher']}"
        named[name if name not in named else f"{name}#2"] = row
    return named


def merge(theirs: Person, ours: dict[str, Row], known: bool = True) -> list[Change]:
    places = {name: 7 + at for at, name in enumerate(START)}
    return merge_table(as_table(theirs), Sides(START if known else None, ours, places), has_codes=False)


@given(people())
def test_what_one_person_did_is_found_whatever_else_they_did(person):
    changes = merge(person, START)
    cells = {(x.row, x.column): x.theirs for x in changes if x.kind == "cell"}
    assert cells == person.edited
    assert all(x.verdict == "take" for x in changes if x.kind == "cell")
    assert {x.row for x in changes if x.kind == "row deleted"} == person.deleted
    assert len([x for x in changes if x.kind == "row duplicated"]) == len(person.copied)
    assert all(x.verdict == "conflict" for x in changes if x.kind == "row duplicated")
    assert [dict(x.texts)["voucher"] for x in changes if x.kind == "row added"] == [x["voucher"] for x in person.added]


@given(people(), people())
def test_two_people_are_merged_field_by_field(theirs, mine):
    mine.copied.clear()
    ours = {name: row for name, row in name_rows(mine).items() if "#" not in name}
    changes = merge(theirs, ours)
    for change in (x for x in changes if x.kind == "cell"):
        name = change.row
        at = (name, change.column)
        assert theirs.edited[at] == change.theirs
        assert (change.verdict == "conflict") == (at in mine.edited)
        assert change.base == START[name].get(change.column, "")
        assert change.ours == ours[name].get(change.column, "")
    found = {(x.row, x.column) for x in changes if x.kind == "cell"}
    for at, value in theirs.edited.items():
        same = mine.edited.get(at) == value
        assert (at in found) == (at[0] not in mine.deleted and not same)
    deleted = {x.row: x.verdict for x in changes if x.kind == "row deleted"}
    assert deleted.keys() == theirs.deleted - mine.deleted
    for name, verdict in deleted.items():
        assert (verdict == "conflict") == any(edited == name for edited, _ in mine.edited)
    conflicts = {x.row for x in changes if x.kind == "row added" and x.verdict == "conflict"}
    assert conflicts == {name for name in mine.deleted if any(edited == name for edited, _ in theirs.edited)}


@given(people())
def test_what_both_sides_say_already_changes_nothing(person):
    person.copied.clear()
    person.rows = [row for row in person.rows if row[0] != "copy"]
    changes = merge(person, name_rows(person))
    assert [x for x in changes if x.verdict != "say"] == []


@given(people())
def test_where_nobody_knows_what_stood_there_everything_is_decided(person):
    changes = merge(person, START, known=False)
    assert all(x.verdict == "conflict" and x.base is None for x in changes if x.kind != "row moved")
    assert {(x.row, x.column) for x in changes if x.kind == "cell"} == set(person.edited)


@given(st.permutations(list(START)))
def test_moved_rows_are_as_few_as_explain_the_order(order):
    before = {name: at for at, name in enumerate(START)}
    moved = find_moved(order, before)
    rest = [name for name in order if name not in moved]
    assert rest == sorted(rest, key=before.__getitem__)
    assert not (len(moved) > 0 and order == list(START))


def test_one_row_that_is_carried_to_the_end_is_one_move():
    names = list(START)
    assert find_moved([*names[1:], names[0]], {name: at for at, name in enumerate(names)}) == [names[0]]


def test_rows_that_say_the_same_stay_where_they_stood():
    same = ("a", "b")
    assert match_rows([(5, same), (6, same)], {"1": same, "2": same}, {"2": 5, "1": 6}) == {5: "2", 6: "1"}


def test_what_cannot_be_read_is_never_taken():
    row = TheirRow(7, "", ("V1", "Payee 1", "1.1", "SAM", "", ""))
    letters = dict(zip(COLUMNS, "ABCDEF", strict=True))
    odd = {(7, "amount"): Odd("ambiguous", "1.100", ("1100", "1.1"))}
    table = TheirTable("expenditures", "Costs", COLUMNS, letters, (row,), odd)
    base = {"SAM/V1": START["SAM/V1"]}
    (change,) = merge_table(table, Sides(base, base, {"SAM/V1": 7}), has_codes=False)
    assert (change.verdict, change.cell, change.column) == ("ask", "E7", "amount")


def test_two_refusals_of_one_voucher_on_different_lines_are_two_rows():
    columns = ("partner", "voucher", "period", "line", "amount", "reason")
    texts = [("SAM", "V4", "", "1.1", "", "A meal"), ("SAM", "V4", "", "2.1", "", "No boarding passes")]
    base = {str(n): dict(zip(columns, row, strict=True)) for n, row in enumerate(texts, 1)}
    edited = [
        ("SAM", "V4", "", "2.1", "60", "A taxi, not a flight"),
        ("SAM", "V4", "", "1.1", "50", "A meal of guests"),
    ]
    rows = tuple(TheirRow(6 + n, "", row) for n, row in enumerate(edited))
    table = TheirTable(
        "ineligible", "Refused", columns, dict(zip(columns, "ABCDEF"[: len(columns)], strict=True)), rows
    )
    changes = merge_table(table, Sides(base, base, {"1": 6, "2": 7}), has_codes=False)
    assert {(x.row, x.column): x.theirs for x in changes if x.kind == "cell"} == {
        ("2", "amount"): "60",
        ("2", "reason"): "A taxi, not a flight",
        ("1", "amount"): "50",
        ("1", "reason"): "A meal of guests",
    }


def merge_new(key: str, columns: tuple[str, ...], ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]):
    """What a file brings that held no row when it was made; `ours` were added here since."""
    mine = {str(n): dict(zip(columns, row, strict=True)) for n, row in enumerate(ours, 1)}
    rows = tuple(TheirRow(7 + n, "", row) for n, row in enumerate(theirs))
    table = TheirTable(key, "Sheet", columns, dict(zip(columns, "ABCDEF"[: len(columns)], strict=True)), rows)
    return [(x.kind, x.verdict, x.row, x.column) for x in merge_table(table, Sides({}, mine, {}), has_codes=False)]


NEW = ("V9", "A shop", "1.1", "SAM", "100", "")
EXPENDITURE = ("expenditures", COLUMNS)


def test_a_cost_that_was_taken_over_and_comes_back_corrected_is_no_second_cost():
    for at, words in ((1, "A shop DOO"), (4, "110"), (2, "2.1"), (5, "urgent")):
        corrected = (*NEW[:at], words, *NEW[at + 1 :])
        (change,) = merge_new(*EXPENDITURE, [NEW], [corrected])
        assert change == ("cell", "conflict", "1", COLUMNS[at])
    assert merge_new(*EXPENDITURE, [NEW], [NEW]) == []


def test_each_row_is_paired_once_and_what_is_new_is_new():
    second = (*NEW[:4], "250", "")
    assert merge_new(*EXPENDITURE, [NEW, second], [second, NEW]) == []
    assert merge_new(*EXPENDITURE, [NEW], [NEW, second]) == [("row duplicated", "conflict", "new:8", "")]
    other_line = ("V9", "A shop", "2.1", "SAM", "30", "")
    other_payee = ("V9", "Somebody", "1.1", "SAM", "30", "")
    for new in (other_line, other_payee, ("V10", *NEW[1:])):  # one voucher may stand for several payees or lines
        assert merge_new(*EXPENDITURE, [NEW], [NEW, new]) == [("row added", "take", "new:8", "")]


def test_money_that_came_in_is_known_by_what_names_it():
    received = ("received", ("instalment", "date", "amount", "reference"))
    first = ("D1", "2008-01-20", "3611.25", "S1")
    assert merge_new(*received, [first], [("D1", "2008-01-20", "3611.52", "S1")]) == [
        ("cell", "conflict", "1", "amount")
    ]
    assert merge_new(*received, [first], [("D1", "2008-03-02", "3611.25", "S3")]) == [
        ("row added", "take", "new:7", "")
    ]
    balances = ("balances", ("account", "date", "amount"))
    assert merge_new(*balances, [("Bank", "2008-06-30", "2000")], [("Bank", "2008-06-30", "1235.05")]) == [
        ("cell", "conflict", "1", "amount")
    ]
