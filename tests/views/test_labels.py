"""The fixed words of Word documents: every one that is asked for exists, and none stands idle."""

from __future__ import annotations

import re
from typing import get_args

from grants.model.donor import ReportDocument
from grants.model.grant import Annex, ReportKind
from grants.readers.pack import read_labels
from tests.reports import LANGUAGES, ROOT, load_labels

FOLDERS = ("views/proposal", "views/report", "views/letters", "writers/word")
FAMILIES = ("months-", "years-", "level-", "status-", "source-", "instalment-", "annex-", "report-", "bar-", "chapter-")
"""Beginnings of labels whose end is a word of the definition."""


def _read_source() -> str:
    """The modules that ask for labels."""
    folders = (ROOT / "grants" / folder for folder in FOLDERS)
    return "".join(file.read_text("utf-8") for folder in folders for file in sorted(folder.glob("*.py")))


def test_every_label_that_is_asked_for_exists_in_every_language() -> None:
    labels, source = load_labels(), _read_source()
    asked = set(re.findall(r'\bsay\(\s*"([a-z-]+)"', source))
    asked |= {f"instalment-{kind}" for kind in ("pre-financing", "interim", "balance")}
    asked |= {f"annex-{kind.replace(' ', '-')}" for kind in get_args(Annex.model_fields["status"].annotation)}
    asked |= {f"report-{kind}" for kind in get_args(ReportKind)}
    letters = set(get_args(ReportDocument.model_fields["key"].annotation)) - {"narrative-report", "financial-report"}
    assert len(letters) == 3
    for key in asked | letters:
        for language in LANGUAGES:
            assert labels.say(key, language)


def test_no_label_stands_idle() -> None:
    source = _read_source()
    unused = [
        key
        for key in load_labels().labels
        if not re.search(rf"[\"']{key}\*?[\"']", source) and not key.startswith(FAMILIES)
    ]
    assert unused == []


def test_a_thing_has_one_name_in_serbian() -> None:
    """Forms and what is said of their faults: an indicator is `indikator`, a line of the budget `stavka`."""
    texts = [file.read_text("utf-8") for file in sorted((ROOT / "templates" / "_common").glob("labels-*.yaml"))]
    assert len(texts) > 3
    assert [word for text in texts for word in re.findall(r"\b(?:pokazatelj|linij)\w*", text, re.IGNORECASE)] == []


def test_an_instalment_is_called_the_same_in_letters_and_in_both_workbooks() -> None:
    """Word documents, the budget and the financial report stand side by side on a desk."""
    files = ("labels-workbook.yaml", "labels-financial.yaml")
    books = [labels for file in files if (labels := read_labels(ROOT / "templates" / "_common" / file)[0])]
    assert len(books) == len(files)
    for kind in ("pre-financing", "interim", "balance"):
        for language in LANGUAGES:
            said = {load_labels().say(f"instalment-{kind}", language).lower()}
            assert said == {book.say(f"instalment.{kind}", language).lower() for book in books}
