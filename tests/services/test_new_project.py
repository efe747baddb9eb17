"""A new project shows every block of the life of a grant: what is commented out, and its examples, are valid."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from grants.readers.exports import read_import_map
from grants.readers.mail import read_outbox
from grants.readers.project import read_project
from grants.services.new_project import Answers, make_project
from tests.commands import run

COMMENTED = re.compile(r"^( *)# (?=( *)(- |[\w\"]+:( |$)))", re.MULTILINE)
START, END = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
SECTIONS = ("executive-summary", "deviations", "partners", "visibility", "sustainability", "evaluation", "lessons")


@pytest.fixture
def project(workspace: Path) -> Path:
    folder = workspace / "projects" / "mine"
    day = datetime.date(2026, 10, 1)
    make_project(folder, Answers("hellenic-aid", "MINE-1", "My project", "Our organisation", "GR", START, END, day))
    return folder


def uncomment(file: Path, *blocks: str) -> None:
    """Take the # away: from everything, or from the top-level blocks of these names."""
    head, text = file.read_text("utf-8").split("\n", 1)
    for paragraph in text.split("\n\n") if blocks else [text]:
        if not blocks or any(f"\n# {block}:" in f"\n{paragraph}" for block in blocks):
            text = text.replace(paragraph, COMMENTED.sub(r"\1", paragraph))
    file.write_text(f"{head}\n{text}", "utf-8")


def test_everything_that_is_commented_out_is_valid(project: Path) -> None:
    before = (project / "grant.yaml").read_text("utf-8")
    for file in project.glob("*.yaml"):
        uncomment(file)
    after = (project / "grant.yaml").read_text("utf-8")
    assert [x for x in ("contract", "periods", "exchange") if f"\n{x}:" in before] == []
    assert [x for x in ("contract", "periods", "exchange") if f"\n{x}:" not in after] == []
    read, _, findings = read_project(project)
    assert findings == []
    assert read is not None
    contract = read.grant.contract
    assert contract is not None
    assert contract.guarantee is not None
    assert contract.amendments
    assert [x.submitted is not None for x in read.grant.reports] == [False, True]
    outbox, findings = read_outbox(project)
    assert (findings, len(outbox.to or ()) if outbox else 0) == ([], 1)
    exports, findings = read_import_map(project)
    assert (findings, [x.name for x in exports.exports] if exports else []) == ([], ["ledger"])


def test_with_its_examples_a_new_project_comes_to_a_complete_final_report(project: Path) -> None:
    uncomment(project / "grant.yaml", "contract", "exchange")
    grant = project / "grant.yaml"
    text = grant.read_text("utf-8").replace("# submitted", "submitted")
    grant.write_text(
        re.sub(r"(progress-certificate, status: )\"not applicable\"", r"\1attached", text).replace(
            "status: requested", "status: attached"
        ),
        "utf-8",
    )
    shutil.copytree(project / "examples" / "period", project / "periods" / "R1")
    shutil.copy(project / "examples" / "rates.csv", project)
    for section in SECTIONS:
        for language, words in (("el", "Κείμενο της ενότητας. " * 20), ("en", "Text of the section. " * 20)):
            file = project / "periods" / "R1" / "narrative" / f"{section}.{language}.md"
            file.parent.mkdir(exist_ok=True)
            file.write_text(words, "utf-8")
    workspace = project.parents[1]
    for more in ((), ("--amendment", "1")):
        signed = run(workspace, "sign", "mine", *more)
        assert signed.returncode == 0, signed.stdout + signed.stderr
    checked = run(workspace, "check", "mine")
    assert checked.returncode == 0, checked.stdout
    made = run(workspace, "report", "mine", "--period", "R1", "--no-page-numbers", "--date", "2028-03-30")
    assert made.returncode == 0, made.stdout + made.stderr
