"""The formulas that a budget is calculated by in a spreadsheet, so that it comes to what the ledger says."""

from __future__ import annotations

from collections.abc import Sequence

from grants.views.addresses import name_cell


def split_formula(total: str, weights: Sequence[str], index: int) -> str:
    """The part of a total that falls to one of neighbouring cells with weights; 0 while all weights are 0.

    As `grants.model.money.split`: the difference of two rounded running totals, so that parts add up to the total.
    """
    whole = f"SUM({weights[0]}:{weights[-1]})"

    def upto(last: int) -> str:
        return f"ROUND({total}*SUM({weights[0]}:{weights[last]})/{whole},2)"

    part = f"{upto(index)}-{upto(index - 1)}" if index else upto(0)
    return f"=IF({whole}=0,0,{part})"


def share_formula(part: str, whole: str) -> str:
    """A part as a fraction of the whole; 0 of nothing."""
    return f"=IF({whole}=0,0,{part}/{whole})"


def sum_cells(row_or_rows: Sequence[int], column: int) -> str:
    """The sum of single cells of a column; a plus between them, for SUM takes no more than 255."""
    return "+".join(name_cell(row, column) for row in row_or_rows) or "0"


def check_formula(conditions: Sequence[str], ok: str, wrong: str, empty: str | None = None) -> str:
    """`ok` while all conditions hold, else `wrong`; nothing at all while `empty` holds."""
    all_hold = f"AND({','.join(conditions)})" if len(conditions) > 1 else conditions[0]
    verdict = f"IF({all_hold},{quote(ok)},{quote(wrong)})"
    return f'=IF({empty},"",{verdict})' if empty else f"={verdict}"


def equal(left: str, right: str, decimals: int = 2) -> str:
    """The condition that two figures are equal, whatever a spreadsheet's binary fractions leave behind."""
    return f"ROUND({left}-({right}),{decimals})=0"


def quote(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
