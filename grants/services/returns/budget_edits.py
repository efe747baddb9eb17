"""Changes of a budget workbook -> budget.yaml and grant.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from grants.forms.changes import ADDED, Change
from grants.forms.expected import LOOSE, Expected
from grants.services.returns.draft import Draft, amount, code, leave_out_empty, number, percent

BUDGET, GRANT = "budget.yaml", "grant.yaml"


def edit_budget(draft: Draft, changes: Sequence[Change], expected: Expected) -> None:
    """Put changes into the draft. Shares and weights of a line are written together, as the file has them."""
    general = _edit_sources(draft, [x for x in changes if x.table == "sources"], expected)
    places = {line.code: at for at, line in enumerate(draft.project.budget.lines)}
    for change in changes:
        if change.kind == "cell":
            _edit_cell(draft, change, places, expected)
        elif change.kind == "row deleted":
            _delete(draft, change, places)
        elif change.kind in ADDED:
            _add(draft, change, general, expected)
    _edit_together(draft, changes, places, general, expected)


def _edit_sources(draft: Draft, changes: Sequence[Change], expected: Expected) -> dict[str, Decimal]:
    """The shares of the whole budget as they will be."""
    general = dict(draft.project.budget.paid_by)
    for change in changes:
        share = percent(change.theirs)
        general[change.row] = share or Decimal(0)
        draft.set(BUDGET, ("paid_by", change.row), share)
    del expected
    return {source: share for source, share in general.items() if share}


def _edit_cell(draft: Draft, change: Change, places: Mapping[str, int], expected: Expected) -> None:
    column, words = change.column, change.theirs
    if change.table == LOOSE:
        _edit_loose(draft, change, expected)
    elif change.table == "in_kind":
        _edit_gift(draft, int(change.row) - 1, column, words)
    elif change.table == "instalments":
        _edit_instalment(draft, change, expected)
    elif change.table in ("lines", "justification"):
        path = ("lines", places[change.row])
        line = draft.project.budget.lines[places[change.row]]
        match column:
            case "description" | "unit" | "justification":
                draft.set_text(BUDGET, (*path, column), getattr(line, column), words)
            case "quantity":
                draft.set(BUDGET, (*path, column), number(words))
            case "unit_cost":
                draft.set(BUDGET, (*path, column), amount(words))
            case "partner" | "code":
                draft.set(BUDGET, (*path, column), code(words))
            case "activities":
                draft.set(BUDGET, (*path, column), split_codes(words) or None)


def _edit_loose(draft: Draft, change: Change, expected: Expected) -> None:
    """The amount asked for, and the two flat rates; they stand in the order of the sheet of lines."""
    sheet, _ = expected.loose[change.row]
    if sheet == "instalments":
        draft.set(GRANT, ("amount_requested",), amount(change.theirs))
        return
    rates = [label for label, (home, _) in expected.loose.items() if home == sheet]
    key = ("contingency", "indirect_costs")[rates.index(change.row)]
    share = percent(change.theirs)
    draft.set(BUDGET, (key, "percent") if share else (key,), share or None)


def split_codes(words: str) -> list[str]:
    """A1.1, A2.1 as people separate them."""
    return [found for part in re.split(r"[,;\s]+", words) if (found := code(part))]


def _edit_gift(draft: Draft, at: int, column: str, words: str) -> None:
    gift, path = draft.project.budget.in_kind[at], ("in_kind", at, column)
    if column in ("description", "valuation"):
        draft.set_text(BUDGET, path, getattr(gift, column), words)
    else:
        draft.set(BUDGET, path, amount(words) if column == "value" else code(words))


def _edit_instalment(draft: Draft, change: Change, expected: Expected) -> None:
    known = draft.project.grant.instalments
    at = next(n for n, part in enumerate(known) if part.code == change.row)
    path = ("instalments", at, change.column)
    if change.column == "condition":
        draft.set_text(GRANT, path, known[at].condition, change.theirs)
    elif change.column == "percent":
        draft.set(GRANT, path, percent(change.theirs))
    elif change.column == "kind":
        draft.set(GRANT, path, code(expected.choice_key("instalment_kinds", change.theirs)))
    else:
        draft.set(GRANT, path, code(change.theirs))


def _delete(draft: Draft, change: Change, places: Mapping[str, int]) -> None:
    if change.table == "lines":
        draft.remove_item(BUDGET, ("lines", places[change.row]))
    elif change.table == "in_kind":
        draft.remove_item(BUDGET, ("in_kind", int(change.row) - 1))
    else:
        known = [part.code for part in draft.project.grant.instalments]
        draft.remove_item(GRANT, ("instalments", known.index(change.row)))


def _add(draft: Draft, change: Change, general: Mapping[str, Decimal], expected: Expected) -> None:
    texts, language = change.texts, draft.language
    if change.table == "lines":
        lines = draft.project.budget.lines
        under = [at for at, line in enumerate(lines) if line.heading == change.group]
        draft.insert(BUDGET, ("lines",), _make_line(change, general, language, expected), under[-1] if under else None)
    elif change.table == "in_kind":
        gift = {
            "source": code(texts.get("source", "")),
            "description": _say(texts.get("description", ""), language),
            "value": amount(texts.get("value", "")),
            "valuation": _say(texts.get("valuation", ""), language),
        }
        draft.insert(BUDGET, ("in_kind",), leave_out_empty(gift))
    elif change.table == "instalments":
        part = {
            "code": code(texts.get("code", "")),
            "kind": code(expected.choice_key("instalment_kinds", texts.get("kind", ""))),
            "percent": percent(texts.get("percent", "")),
            "due": code(texts.get("due", "")),
            "condition": _say(texts.get("condition", ""), language),
        }
        draft.insert(GRANT, ("instalments",), leave_out_empty(part))


def _say(words: str, language: str) -> dict[str, str] | None:
    return {language: words} if words else None


def _make_line(change: Change, general: Mapping[str, Decimal], language: str, expected: Expected) -> dict[str, object]:
    texts = change.texts
    line: dict[str, object] = {
        "code": code(texts.get("code", "")),
        "heading": code(change.group),
        "description": _say(texts.get("description", ""), language),
        "unit": _say(texts.get("unit", ""), language),
        "quantity": number(texts.get("quantity", "")),
        "unit_cost": amount(texts.get("unit_cost", "")),
        "partner": code(texts.get("partner", "")),
        "activities": split_codes(texts.get("activities", "")),
    }
    shares = {key[6:]: percent(words) for key, words in texts.items() if key.startswith("share:") and words}
    before = {key[6:]: percent(words[0]) for (table, key), words in expected.prefilled.items() if table == "lines"}
    paid = {source: share for source, share in shares.items() if share}
    if paid not in (dict(general), {source: share for source, share in before.items() if share}):
        line["paid_by"] = paid
    weights = {key[7:]: Decimal(words) for key, words in texts.items() if key.startswith("weight:") and words}
    usual = {key[7:]: Decimal(words[0]) for (table, key), words in expected.prefilled.items() if table == "phasing"}
    if weights and weights != usual:
        line["phasing"] = {quarter: weight for quarter, weight in weights.items() if weight}
    line["justification"] = _say(texts.get("justification", ""), language)
    return leave_out_empty(line)


def _edit_together(
    draft: Draft,
    changes: Sequence[Change],
    places: Mapping[str, int],
    general: Mapping[str, Decimal],
    expected: Expected,
) -> None:
    """Shares and weights: those that changed, and beside them what the form shows of the others."""
    for prefix, table in (("share:", "lines"), ("weight:", "phasing")):
        rows: dict[str, dict[str, str]] = {}
        for change in changes:
            if change.kind == "cell" and change.table == table and change.column.startswith(prefix):
                rows.setdefault(change.row, {})[change.column] = change.theirs
        for row, changed in rows.items():
            shown = {
                key: words
                for (part, name, key), words in expected.stamp.base.items()
                if part == table and name == row and key.startswith(prefix)
            }
            whole = {key.removeprefix(prefix): words for key, words in (shown | changed).items()}
            path = ("lines", places[row])
            if prefix == "share:":
                shares = {source: share for source, words in whole.items() if (share := percent(words))}
                draft.set(BUDGET, (*path, "paid_by"), None if shares == dict(general) else shares)
            else:
                weights = {quarter: Decimal(words) for quarter, words in whole.items() if words and Decimal(words)}
                draft.set(BUDGET, (*path, "phasing"), weights or None)
