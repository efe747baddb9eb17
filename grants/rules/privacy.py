"""May these files leave the house? What they carry beside their text, and what in their text points to a person.

The checks of texts are those of the definition, run over what the files really hold. What the organisation itself makes
public, its own names, addresses and telephone numbers and the donor's, may stand in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from grants.errors import Finding, Place
from grants.ledger.totals import add_up
from grants.model import Donor, Project
from grants.model.inspected import Inspected, Trace
from grants.model.mail import Allowed
from grants.rules.case import Case
from grants.rules.corpus import Corpus, Origin
from grants.rules.counting import Counted
from grants.rules.few import Few, find_few, is_label_of_persons, list_own_words, read_count
from grants.rules.persons import check_described_persons, check_named_persons, check_personal_data
from grants.rules.places import check_addresses, check_never_print

_TRACES: Mapping[Trace, tuple[str, str, str]] = {
    "hidden sheet": (
        "PRIV-001",
        "The workbook has a hidden sheet.",
        "Show it and look at it; delete it, or leave it shown.",
    ),
    "hidden row": (
        "PRIV-001",
        "The workbook has hidden rows or columns, or rows behind a pivot table.",
        "Show them and look at them; delete them, or leave them shown.",
    ),
    "comment": ("PRIV-002", "The file has comments.", "`grants outbox clean` makes copies without them."),
    "tracked change": (
        "PRIV-003",
        "The document has tracked changes: who reads it sees what was struck out.",
        "In Word: Review, accept or reject every change; in Excel, stop sharing. No program can decide that.",
    ),
    "earlier version": (
        "PRIV-003",
        "The PDF still holds an earlier version of itself.",
        "Make it anew (print it as a PDF) instead of saving changes into it.",
    ),
    "author": (
        "PRIV-004",
        "The file names a person or another office as its maker.",
        "`grants outbox clean` makes copies without it.",
    ),
    "path": (
        "PRIV-005",
        "The file names a folder or a printer of the office.",
        "`grants outbox clean` takes it out of properties, descriptions of pictures and settings of printers, "
        "and what Excel keeps of where it saved; out of a title, a field, a variable or a PDF take it yourself.",
    ),
    "property": (
        "PRIV-014",
        "The file has a property that somebody, or the office's server, added.",
        "`grants outbox clean` makes copies without it; of a PDF, make it anew.",
    ),
    "picture": (
        "PRIV-015",
        "A picture tells more than it shows: when, where or by whom it was taken; or what the first page once was.",
        "`grants outbox clean` makes copies without it; of a PDF, make it anew from the clean copy.",
    ),
    "unread picture": (
        "PRIV-009",
        "Nobody can look into a picture of the file: a photograph may tell when, where or by whom it was taken.",
        "Put it in as JPEG or PNG.",
    ),
    "outside": ("PRIV-006", "The file takes something from outside.", "Break the link: File, Info, Edit links."),
    "hidden text": ("PRIV-007", "The document has hidden text.", "Show it (Ctrl+D, Hidden) and delete it."),
    "program": ("PRIV-008", "The file holds a program or another file.", "Save it as an ordinary document without it."),
    "closed": ("PRIV-009", "Nobody can look into this file before it goes out.", "Send a *.docx, *.xlsx or *.pdf."),
}

_CODE = re.compile(r"[^\W\d_]{0,4}[0-9][0-9.\-/]*")


@dataclass(frozen=True)
class _FileCase(Case):
    """The texts of files in place of those of the definition, for the same checks."""

    passages: tuple[tuple[str, Origin], ...] = ()

    @cached_property
    def corpus(self) -> Corpus:
        return Corpus(self.passages, len(self.passages), len(self.passages))


def check_privacy(
    project: Project,
    donor: Donor,
    never_print: Sequence[str],
    files: Sequence[Inspected],
    allowed: Sequence[Allowed],
    least: int,
) -> list[Finding]:
    """Every finding about files that are to go out; all are errors, but for what outbox.yaml allows with a reason.
    Fewer persons than `least` are not told.
    """
    findings: list[Finding] = []
    own = list_own_words(project.logframe.indicators)
    for file in files:
        findings += _check_traces(file, list_own_names(project), allowed)
        findings += _check_texts(project, donor, never_print, file, allowed)
        findings += _check_counts(file, allowed, least, own)
    return findings


def _is_allowed(text: str, allowed: Sequence[Allowed]) -> bool:
    return any(entry.text in text for entry in allowed)


def _check_traces(file: Inspected, own: set[str], allowed: Sequence[Allowed]) -> Iterator[Finding]:
    for found in file.found:
        if (found.kind == "author" and found.what in own) or _is_allowed(f"{found.kind} {found.what}", allowed):
            continue
        code, message, remedy = _TRACES[found.kind]
        yield Finding(code, Place(file.name, part=found.place or None), message, remedy, found.what)


def list_own_names(project: Project) -> set[str]:
    """What our own documents name as their author: organisations, and this program."""
    names = [text for o in project.organisations for text in (o.name, o.short_name)]
    return {words for text in names for words in text.words.values()} | {"grants"}


def _check_texts(
    project: Project, donor: Donor, never_print: Sequence[str], file: Inspected, allowed: Sequence[Allowed]
) -> Iterator[Finding]:
    passages = tuple((text, Origin("", file=file.name)) for _, text in file.passages)
    case = _FileCase(project, add_up(project), donor, {}, never_print, passages)
    ours = tuple(entry.text for entry in allowed)
    public = (*ours, *_list_public(project, donor))
    checks = (
        ("PRIV-010", check_never_print(case)),
        ("PRIV-011", check_addresses(case, allowed=public)),
        ("PRIV-012", check_named_persons(case, allowed=public)),
        ("PRIV-012", check_personal_data(case, allowed=(*public, *_list_reachable(project)))),
        ("PRIV-012", check_described_persons(case)),
    )
    for code, faults in checks:
        for fault in faults:
            remedy = "Take it out of the report; allow it in outbox.yaml, with a reason, only if it is public."
            yield Finding(code, Place(file.name), fault.message, remedy, fault.found)


def _list_public(project: Project, donor: Donor) -> list[str]:
    """Addresses of offices and names of those who speak for the organisations; never empty ones."""
    texts = [o.address for o in project.organisations] + [donor.address]
    texts += [c.name for o in project.organisations for c in o.contacts]
    return [words for text in texts for words in text.words.values() if words]


def _list_reachable(project: Project) -> list[str]:
    """How the organisations are reached and paid: they say so themselves."""
    contacts = [contact for o in project.organisations for contact in o.contacts]
    accounts = [o.bank_account.iban for o in project.organisations if o.bank_account]
    return [text for text in (*(c.email for c in contacts), *(c.phone for c in contacts), *accounts) if text]


def inspect_message(subject: str, text: str, names: Sequence[str]) -> Inspected:
    """A message as the checks of files take it: its subject, its text, the names of what is attached."""
    plain = [(name, name.rpartition(".")[0].replace("_", " ")) for name in names]
    return Inspected("message", (), (("subject", subject), ("text", text), *plain))


def _check_counts(
    file: Inspected, allowed: Sequence[Allowed], least: int, own: tuple[Counted, ...]
) -> Iterator[Finding]:
    """No number of too few persons: in a sentence, or in a row that is labelled as persons."""
    message, remedy = f"A number of fewer than {least} persons.", f"Write “fewer than {least}”, or join groups."
    sentences = ((where, text, few) for where, text in file.passages for few in find_few(text, least, own))
    told = [(where, text[x.start : x.end]) for where, text, x in sentences if not _is_allowed_at(text, x, allowed)]
    cells = ((where, label) for where, label in _list_few(file.rows, least, own))
    told += ((where, label[:40]) for where, label in cells if not _is_allowed(label, allowed))
    for where, found in told:
        yield Finding("PRIV-013", Place(file.name, part=where), message, remedy, found)


def _is_allowed_at(text: str, few: Few, allowed: Sequence[Allowed]) -> bool:
    """Whether what is allowed stands just there; elsewhere in the same paragraph it excuses nothing."""
    spans = (match.span() for entry in allowed for match in re.finditer(re.escape(entry.text), text))
    return any(start < few.end and few.start < end for start, end in spans)


def _list_few(
    rows: Sequence[tuple[str, tuple[str, ...]]], least: int, own: tuple[Counted, ...]
) -> Iterator[tuple[str, str]]:
    """(where, label) of rows and columns of persons with a small number; a head counts until the width changes.

    The first column holds labels and numbers of rows, never counts; behind a code the label is the next one.
    """
    heads: dict[int, str] = {}
    before: tuple[str, int] | None = None
    for where, cells in rows:
        if before != (where, len(cells)):
            heads, before = {}, (where, len(cells))
        words = [cell.strip() for cell in cells]
        few = [column for column, word in enumerate(words) if 0 < (read_count(word) or 0) < least]
        first = next((column for column, word in enumerate(words) if word and not _CODE.fullmatch(word)), 0)
        label = words[first] if words else ""
        if few and few[-1] > first and is_label_of_persons(label, own):
            yield where, label
        else:
            yield from ((where, heads[column]) for column in few if column in heads)
        if all(read_count(word) is None for word in words):
            heads |= {column: word for column, word in enumerate(words) if column and is_label_of_persons(word, own)}
