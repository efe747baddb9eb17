"""A document that does not show the ledger's figures is not written."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from grants.errors import UnusableError
from grants.services.documents import Made, make_documents, prove
from grants.services.load import load_project

ROOT = Path(__file__).parents[2]
LANGUAGES = ("el", "en")


@pytest.fixture(scope="module")
def made() -> Made:
    loaded = load_project(ROOT / "projects" / "shelter-greece-prevention-serbia")
    assert loaded.usable is not None
    return make_documents(loaded.usable, loaded.templates, "hash", LANGUAGES, None)


@pytest.fixture(scope="module")
def proposals(made: Made) -> dict[str, bytes]:
    return {name: proposal.write() for name, proposal in made.papers.items()}


def replace_in(data: bytes, old: str, new: str) -> bytes:
    """A package with a text changed wherever it stands."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(changed, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(old.encode(), new.encode()))
    return changed.getvalue()


def find(made: Made, proposals: dict[str, bytes]) -> list[str]:
    try:
        prove(made, proposals)
    except UnusableError as error:
        return [f"{finding.place} {finding.message.split('`')[1]}" for finding in error.findings]
    return []


def test_what_is_made_from_one_definition_is_equal(made: Made, proposals: dict[str, bytes]) -> None:
    assert find(made, proposals) == []


@pytest.mark.parametrize(
    ("old", "new", "figure"),
    [
        ("143.487,00", "143.478,00", "grand_total"),
        ("53.807,63", "53.807,62", "instalment:D1"),
        ("16.800,00", "16.800,01", "line:1.1.4"),
        ("17.400,00", "17.400,10", "heading:4"),
    ],
)
def test_a_figure_of_the_proposal_that_differs_is_named(
    made: Made, proposals: dict[str, bytes], old: str, new: str, figure: str
) -> None:
    wrong = {**proposals, "proposal.el.docx": replace_in(proposals["proposal.el.docx"], old, new)}
    assert f"proposal.el.docx {figure}" in find(made, wrong)


@pytest.mark.parametrize(
    ("old", "new", "figure"), [("107615.25", "107615.26", "grant"), ("53807.63", "53807.6", "instalment:D1")]
)
def test_a_figure_of_a_workbook_that_differs_is_named(
    made: Made, proposals: dict[str, bytes], old: str, new: str, figure: str
) -> None:
    book = made.workbooks["budget.en.xlsx"]
    wrong = Made({"budget.en.xlsx": replace(book, data=replace_in(book.data, old, new))}, made.papers)
    assert f"budget.en.xlsx {figure}" in find(wrong, proposals)


def test_a_template_says_which_tables_it_prints(made: Made) -> None:
    proposal = made.papers["proposal.el.docx"]
    assert proposal.template.prints("instalments")
    assert not proposal.template.prints("no_such_list")


@pytest.mark.parametrize(("part", "before"), [("word/document.xml", "</w:body>"), ("word/footer2.xml", "</w:ftr>")])
def test_what_must_never_be_printed_is_found_wherever_a_template_brings_it(
    made: Made, proposals: dict[str, bytes], part: str, before: str
) -> None:
    paragraph = "<w:p><w:r><w:t>Οδός Κρυ</w:t></w:r><w:r><w:t>φή 7</w:t></w:r></w:p>"
    with zipfile.ZipFile(BytesIO(proposals["proposal.el.docx"])) as package:
        assert before in package.read(part).decode()
    wrong = {"proposal.el.docx": replace_in(proposals["proposal.el.docx"], before, paragraph + before)}
    prove(made, proposals, ["οδος κρυφη 7"])
    with pytest.raises(UnusableError) as caught:
        prove(made, wrong, ["atlantis", "οδος κρυφη 7"])
    (finding,) = caught.value.findings
    assert finding.code == "OUT-007"
    assert "Entry 2" in finding.message
    assert "κρυφη" not in str(finding)
