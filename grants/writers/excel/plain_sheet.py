"""The worksheet of XlsxWriter, without what our workbooks have no use for."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet whose formulas name only functions that every Excel knows.

    Why: XlsxWriter looks through each formula for thirty functions that came later, to mark them for Excel. A form has
    a thousand long formulas with none of them; looking took more than half of the time of writing it.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")
