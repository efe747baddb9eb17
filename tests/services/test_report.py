"""`grants report` as a service: what is written, what is refused, and that all documents say the same."""

from __future__ import annotations

import datetime
import json
import shutil
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from grants.errors import UnusableError, UsageError
from grants.readers.word_file import read_word
from grants.readers.workbook import read_figures
from grants.services import report_production
from grants.services.documents import Made, prove
from grants.services.later_payments import take_out_payments
from grants.services.load import load_project
from grants.services.manifest import hash_bytes, read_manifest
from grants.services.options import Options, Outcome
from grants.services.outbox.report_files import read_report_files
from grants.services.report import build_report
from grants.services.report_documents import make_report_documents
from grants.services.report_production import produce_report
from grants.services.verify import verify_file
from tests.reports import FINAL, INTERIM, LANGUAGES, ROOT, TEMPLATES, lay_running, load_source

QUICK = Options(page_numbers=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The running example in a workspace of its own."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return lay_running(tmp_path / "projects" / "sample")


def failed(outcome: Outcome) -> list[str]:
    """Codes of the errors that stopped a report."""
    assert outcome.failure is not None
    return sorted({finding.code for finding in outcome.findings if finding.severity == "error"})


def test_a_report_is_written_with_its_letters_figures_and_manifest(project: Path) -> None:
    outcome = build_report(project, FINAL, QUICK)
    assert outcome.failure is None
    names = {file.name for file in outcome.files}
    for stem in ("narrative-report", "payment-request", "cover-letter"):
        assert {f"{stem}.el.docx", f"{stem}.en.docx"} <= names
    assert {"financial-report.el.xlsx", "financial-report.en.xlsx", "figures.json", "manifest.json"} <= names
    assert not any(name.startswith("modification") for name in names)
    figures = json.loads((project / "out" / FINAL / "figures.json").read_text("utf-8"))
    assert figures["needless"] == ["modification-request"]
    assert {file.parent for file in outcome.files} == {project / "out" / FINAL}


def test_all_documents_say_what_the_ledger_says(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    out = project / "out" / FINAL
    figures = json.loads((out / "figures.json").read_text("utf-8"))
    assert (figures["report"], figures["kind"], figures["end"]) == (FINAL, "final", "2008-06-30")
    assert figures["figures"]["cumulative"] == figures["texts"]["spent"] == "13856.50"
    spent = f"{Decimal(figures['texts']['spent']):,.2f}"
    asked = f"{Decimal(figures['requested']):,.2f}"
    for name, expected in (
        ("narrative-report.en.docx", (spent, asked)),
        ("payment-request.en.docx", (spent, asked)),
        ("cover-letter.en.docx", (asked,)),
    ):
        text = read_word((out / name).read_bytes()).text
        assert all(amount in text for amount in expected), name
    book = read_figures((out / "financial-report.en.xlsx").read_bytes())
    assert {name: f"{amount:.2f}" for name, amount in book.items()} == figures["figures"]
    letter = read_word((out / "cover-letter.en.docx").read_bytes()).text
    assert letter.index("Narrative report") < letter.index("Financial report") < letter.index("Payment request")


def test_documents_bear_the_day_of_submission_or_the_day_asked_for(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    text = read_word((project / "out" / FINAL / "cover-letter.en.docx").read_bytes()).text
    assert "15 September 2008" in text
    build_report(project, FINAL, Options(page_numbers=False, date=datetime.date(2008, 9, 2)))
    text = read_word((project / "out" / FINAL / "cover-letter.en.docx").read_bytes()).text
    assert "2 September 2008" in text


def test_nothing_is_made_again_until_something_changes(project: Path) -> None:
    assert not build_report(project, FINAL, QUICK).unchanged
    assert build_report(project, FINAL, QUICK).unchanged
    assert not build_report(project, INTERIM, QUICK).unchanged
    text = project / "periods" / FINAL / "narrative" / "lessons.en.md"
    text.write_text("One lesson more.\n", "utf-8")
    assert not build_report(project, FINAL, QUICK).unchanged


def test_a_period_that_is_no_report_is_refused_with_the_reports(project: Path) -> None:
    with pytest.raises(UsageError) as caught:
        build_report(project, "2008-Q2", QUICK)
    assert "is a period" in caught.value.message
    assert "2008-Q1 (interim), FIN (final)" in caught.value.remedy
    with pytest.raises(UsageError, match="has no report `2009`"):
        build_report(project, "2009", QUICK)


def test_a_report_for_which_the_pack_has_no_documents_is_refused_with_what_to_do(project: Path) -> None:
    usable = load_project(project).usable
    assert usable is not None
    bare = replace(usable, donor=usable.donor.model_copy(update={"report_documents": ()}))
    with pytest.raises(UsageError, match=f"{usable.donor.code} has no documents for the report `FIN`") as caught:
        report_production.find_report(bare, "FIN")
    assert "`report_documents`" in caught.value.remedy


def test_a_language_the_project_is_not_written_in_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match="not written in `sr`"):
        build_report(project, FINAL, Options(languages=("sr",), page_numbers=False))


def test_a_telephone_number_in_a_text_of_the_report_stops_it(project: Path) -> None:
    text = project / "periods" / FINAL / "narrative" / "partners.en.md"
    text.write_text("Call her at +30 210 123 4567.\n", "utf-8")
    assert failed(build_report(project, FINAL, QUICK)) == ["V04"]
    assert not (project / "out" / FINAL).exists()


def test_an_address_in_the_progress_stops_it(project: Path) -> None:
    progress = project / "periods" / "2008-Q2" / "progress.yaml"
    text = progress.read_text("utf-8").replace("Two seminars were held.", "Held at 12 Solonos Street near the shelter.")
    progress.write_text(text, "utf-8")
    assert failed(build_report(project, FINAL, QUICK)) == ["V05"]


def test_what_must_never_be_printed_stops_it_wherever_it_stands(project: Path) -> None:
    (project / "never-print.txt").write_text("two seminars\n", "utf-8")
    assert failed(build_report(project, FINAL, QUICK)) == ["V05-NEVER"]


def test_a_cost_without_a_rate_stops_it_and_the_last_good_report_stands(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    good = (project / "out" / FINAL / "narrative-report.en.docx").read_bytes()
    (project / "rates.csv").write_text("currency,month,rate,source,date\n", "utf-8")
    assert "R19" in failed(build_report(project, FINAL, QUICK))
    assert (project / "out" / FINAL / "narrative-report.en.docx").read_bytes() == good


def test_a_report_of_which_nothing_came_back_is_refused(project: Path) -> None:
    for name in ("periods", "rates.csv"):
        target = project / name
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    outcome = build_report(project, FINAL, QUICK)
    assert outcome.failure is not None


def test_a_heading_beyond_its_limit_brings_the_request_for_a_modification(project: Path) -> None:
    period = project / "periods" / "2008-Q2"
    for name, old, new in (
        ("expenditures.csv", "Four flights,2.1,SAM,,950.00", "Four flights,2.1,SAM,,1250.00"),
        ("finance.yaml", "amount: 1396.88", "amount: 1075.88"),  # 300 and 7 % less on the account
    ):
        text = (period / name).read_text("utf-8")
        assert text.count(old) == 1
        (period / name).write_text(text.replace(old, new), "utf-8")
    assert failed(build_report(project, FINAL, QUICK)) == ["R01-REASON"]
    with (period / "finance.yaml").open("a", encoding="utf-8") as file:
        file.write('explanations:\n  "2.1": {el: Ακριβότερα εισιτήρια., en: The flights were dearer.}\n')
    outcome = build_report(project, FINAL, QUICK)
    assert outcome.failure is None, outcome.findings
    request = read_word((project / "out" / FINAL / "modification-request.en.docx").read_bytes())
    assert any("Travel" in cell for row in request.rows for cell in row)
    assert any("The flights were dearer." in cell for row in request.rows for cell in row)


def test_the_manifest_names_what_came_back_and_verify_knows_the_report(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    out = project / "out" / FINAL
    manifest = read_manifest(out)
    assert manifest is not None
    assert manifest["project"]["report"] == FINAL
    assert {"periods/2008-Q2/expenditures.csv", "rates.csv", "signed/contract.yaml", "grant.yaml"} <= set(
        manifest["inputs"]
    )
    origin = verify_file(out / "narrative-report.en.docx", project)
    assert origin.unchanged
    assert origin.changed_inputs == []
    (project / "periods" / FINAL / "narrative" / "lessons.en.md").write_text("Another.\n", "utf-8")
    assert verify_file(out / "narrative-report.en.docx", project).changed_inputs == [
        f"periods/{FINAL}/narrative/lessons.en.md"
    ]


def make(languages: tuple[str, ...] = LANGUAGES) -> Made:
    loaded = load_project(ROOT / "tests" / "examples" / "base")
    assert loaded.usable is not None
    return make_report_documents(load_source(FINAL), loaded.usable, TEMPLATES, "hash", languages, None)


def replace_in(data: bytes, old: str, new: str) -> bytes:
    """A package with a text changed wherever it stands in the document."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(changed, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            copy.writestr(name, part.replace(old.encode(), new.encode()) if name == "word/document.xml" else part)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("document", "old", "new", "figure"),
    [
        ("narrative-report.el.docx", "13.856,50", "13.865,50", "``"),
        ("narrative-report.el.docx", "9.600,00", "9.600,10", "`heading:1`"),
        ("narrative-report.el.docx", "10.392,38", "10.392,83", "`source:HA`"),
        ("narrative-report.el.docx", "1.396,88", "1.396,89", "`funds:balance`"),
        ("payment-request.el.docx", "1.003,13", "1.003,31", "`requested`"),
    ],
)
def test_a_figure_that_differs_is_found_before_anything_is_written(
    document: str, old: str, new: str, figure: str
) -> None:
    made = make(("el",))
    papers = {name: paper.write() for name, paper in made.papers.items()}
    prove(made, papers)
    assert old.encode() in zipfile.ZipFile(BytesIO(papers[document])).read("word/document.xml")
    papers[document] = replace_in(papers[document], old, new)
    with pytest.raises(UnusableError) as caught:
        prove(made, papers)
    assert any(figure in finding.message for finding in caught.value.findings)


def test_a_figure_of_the_workbook_that_differs_is_found_too() -> None:
    made = make(("en",))
    name = "financial-report.en.xlsx"
    wrong = {**made.workbooks[name].figures, "heading:1:cumulative": Decimal("9600.10")}
    made.workbooks[name] = replace(made.workbooks[name], figures=wrong)
    with pytest.raises(UnusableError) as caught:
        prove(made, {})
    (finding,) = caught.value.findings
    assert "heading:1:cumulative" in finding.message


def test_a_file_that_the_system_refuses_is_a_failure_with_its_name(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "in use", "finance.yaml")

    monkeypatch.setattr(report_production, "hash_files", refuse)
    outcome = build_report(project, FINAL, QUICK)
    assert outcome.failure is not None
    assert "finance.yaml cannot be used (in use)" in outcome.failure.message


@pytest.mark.office
def test_a_report_has_page_numbers_and_pdfs(project: Path) -> None:
    outcome = build_report(project, FINAL, Options(pdf=True, languages=("en",)))
    assert outcome.failure is None
    out = project / "out" / FINAL
    manifest = read_manifest(out)
    assert manifest is not None
    assert manifest["page_numbers"].startswith("LibreOffice")
    reader = PdfReader(out / "narrative-report.en.pdf")
    contents = reader.pages[1].extract_text().splitlines()
    assert [line for line in contents if "Description" in line and line.rstrip().endswith("3")]
    assert len(PdfReader(out / "cover-letter.en.pdf").pages) == 1
    assert not (out / "figures.pdf").exists()


def test_a_report_without_its_texts_is_refused_whatever_stands_in_another(project: Path) -> None:
    shutil.rmtree(project / "periods" / FINAL / "narrative")
    outcome = build_report(project, FINAL, QUICK)
    assert failed(outcome) == ["R36"]
    missing = {finding.place.file for finding in outcome.findings if finding.code == "R36"}
    assert f"periods/{FINAL}/narrative/executive-summary.el.md" in missing
    assert build_report(project, INTERIM, QUICK).failure is None


def read_documents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != ".built"}


def test_what_came_after_a_report_neither_stops_nor_changes_it(project: Path, tmp_path: Path) -> None:
    """Made before the second period came back, and again when that is there and full of faults."""
    later = tmp_path / "later"
    shutil.move(project / "periods" / "2008-Q2", later / "2008-Q2")
    shutil.move(project / "periods" / FINAL, later / FINAL)
    build_report(project, INTERIM, QUICK)
    before = read_documents(project / "out" / INTERIM)
    for folder in ("2008-Q2", FINAL):
        shutil.move(later / folder, project / "periods" / folder)
    costs = project / "periods" / "2008-Q2" / "expenditures.csv"
    costs.write_text(costs.read_text("utf-8") + "V9,2008-06-30,Nobody,Nothing,9.9,SAM,,x,EUR,,,\n", "utf-8")
    text = project / "periods" / FINAL / "narrative" / "lessons.en.md"
    text.write_text("<b>Call 210 3456789</b>", "utf-8")
    outcome = build_report(project, INTERIM, replace(QUICK, force=True))
    assert outcome.failure is None
    assert read_documents(project / "out" / INTERIM) == before
    document = project / "out" / INTERIM / "narrative-report.en.docx"
    origin = verify_file(document, project.parents[1])
    assert (origin.unchanged, origin.changed_inputs) == (True, [])
    assert failed(build_report(project, FINAL, QUICK)) == ["DEF-004", "MD-001"]


def test_a_debt_that_is_paid_after_a_report_is_still_owed_in_it(project: Path) -> None:
    """The day of the payment comes back with a later period, and is written beside the cost of the earlier one."""
    costs = project / "periods" / "2008-Q1" / "expenditures.csv"
    paid = costs.read_text("utf-8")
    costs.write_text(paid.replace("EUR,2008-03-31,Payroll 2008/03", "EUR,,Payroll 2008/03"), "utf-8")
    finance = project / "periods" / "2008-Q1" / "finance.yaml"
    debt = "{supplier: Payroll, purpose: March, line: 1.1, amount: 800.00, currency: EUR, document: V3}"
    kept = finance.read_text("utf-8").replace("amount: 1380.25", "amount: 2180.25")
    finance.write_text(f"{kept}pending:\n  - {debt}\n", "utf-8")
    assert build_report(project, INTERIM, QUICK).failure is None
    before = read_documents(project / "out" / INTERIM)
    costs.write_text(paid.replace("EUR,2008-03-31,Payroll 2008/03", "EUR,2008-04-04,Payroll 2008/03"), "utf-8")
    assert build_report(project, INTERIM, replace(QUICK, force=True)).failure is None
    assert read_documents(project / "out" / INTERIM) == before
    origin = verify_file(project / "out" / INTERIM / "cover-letter.en.docx", project.parents[1])
    assert (origin.unchanged, origin.changed_inputs) == (True, [])
    costs.write_text(paid.replace("EUR,2008-03-31,Payroll 2008/03", "EUR,2008-03-30,Payroll 2008/03"), "utf-8")
    assert verify_file(project / "out" / INTERIM / "cover-letter.en.docx", project.parents[1]).changed_inputs


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_day_of_a_later_payment_is_taken_out(end: str) -> None:
    rows = [
        "date,payee,date_paid,note",
        '2008-03-31,"Ana, Ltd ""A""",{0},later',
        f'2008-03-31,"Bo,{end}2008-04-04, ""2008-04-04""{end}",{{0}},"of {end}2008-04-04"',
        '2008-03-31,12" pipe,{0},"2"" pipe, 2008-04-04"',
        "2008-04-02,x,2008-03-31,2008-04-04",
        "",
    ]
    day = datetime.date(2008, 3, 31)
    for text in (
        end.join(rows),
        f"\ufeffdate_paid,date{end}{{0}},2008-03-31{end}",
        f"date,date_paid{end}2008-03-31,{{0}}{end}",
    ):
        assert take_out_payments(text.format("2008-04-04").encode(), day) == text.format("").encode()
        assert take_out_payments(text.format("2008-03-30").encode(), day) == text.format("2008-03-30").encode()


def test_what_came_up_to_the_end_of_a_report_does_stop_it(project: Path) -> None:
    costs = project / "periods" / "2008-Q1" / "expenditures.csv"
    costs.write_text(costs.read_text("utf-8").replace("V3,2008-03-31", "V3,2007-03-31"), "utf-8")
    assert "R07-COST" in failed(build_report(project, INTERIM, QUICK))
    assert "R07-COST" in failed(build_report(project, FINAL, QUICK))


def test_a_report_that_is_late_can_still_be_made(project: Path) -> None:
    grant = project / "grant.yaml"
    grant.write_text(grant.read_text("utf-8").replace("    submitted: 2008-09-15\n", ""), "utf-8")
    late = replace(QUICK, date=datetime.date(2008, 12, 1), only="cover-letter")
    assert build_report(project, FINAL, late).failure is None


def test_only_what_is_asked_for_is_demanded(project: Path) -> None:
    """Greek texts for a Greek report; no text at all for the workbook."""
    for file in (project / "periods" / FINAL / "narrative").glob("*.en.md"):
        file.unlink()
    assert failed(build_report(project, FINAL, QUICK)) == ["R36"]
    assert build_report(project, FINAL, replace(QUICK, languages=("el",))).failure is None
    shutil.rmtree(project / "periods" / FINAL / "narrative")
    assert build_report(project, FINAL, replace(QUICK, only="financial-report")).failure is None
    assert failed(build_report(project, FINAL, replace(QUICK, only="narrative-report"))) == ["R36"]


def test_no_report_prints_another_language(project: Path) -> None:
    progress = project / "periods" / "2008-Q2" / "progress.yaml"
    text = progress.read_text("utf-8")
    assert text.count(", en: Two seminars were held.") == 1
    progress.write_text(text.replace(", en: Two seminars were held.", ""), "utf-8")
    outcome = build_report(project, FINAL, replace(QUICK, languages=("en",)))
    assert failed(outcome) == ["TXT-2"]
    (finding,) = (x for x in outcome.findings if x.code == "TXT-2")
    assert (finding.place.file, finding.message.split(";")[0]) == (
        "periods/2008-Q2/progress.yaml",
        "`done` is not written in: en",
    )
    assert build_report(project, FINAL, replace(QUICK, languages=("el",))).failure is None
    assert build_report(project, FINAL, replace(QUICK, languages=("en",), only="financial-report")).failure is None
    assert (
        build_report(project, INTERIM, replace(QUICK, languages=("en",))).failure is None
    )  # tells of the first period


def test_a_final_report_says_where_records_are_kept_what_was_bought_and_from_whom(project: Path) -> None:
    progress, sheet = project / "periods" / "2008-Q2" / "progress.yaml", project / "project.yaml"
    text = progress.read_text("utf-8")
    progress.write_text(text[: text.index("records:")], "utf-8")
    sheet.write_text(sheet.read_text("utf-8").replace("call:", 'call:\n  rules: {R40: {headings: "2"}}', 1), "utf-8")
    assert failed(build_report(project, FINAL, QUICK)) == ["R40", "R41", "R42"]
    assert build_report(project, INTERIM, QUICK).failure is None
    progress.write_text(f"{text}assets: []\n", "utf-8")
    assert build_report(project, FINAL, QUICK).failure is None


def test_a_report_that_is_not_handed_in_is_dated_today_and_says_so(project: Path) -> None:
    grant = project / "grant.yaml"
    text = grant.read_text("utf-8").replace("    submitted: 2008-09-15\n", "")
    grant.write_text(text, "utf-8")
    today = datetime.date(2008, 9, 20)
    outcome = produce_report(project, FINAL, QUICK, today)
    assert outcome.failure is None
    assert [x.code for x in outcome.findings if x.code == "OUT-008"] == ["OUT-008"]
    letter = read_word((project / "out" / FINAL / "cover-letter.en.docx").read_bytes()).text
    assert "20 September 2008" in letter
    told = produce_report(project, FINAL, replace(QUICK, date=datetime.date(2008, 9, 21)), today)
    assert not [x for x in told.findings if x.code == "OUT-008"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2007-12-14", "before the contract was signed (2007-12-15)"),
        ("2007-12-15", "before its period is over (2008-06-30)"),
        ("2008-06-30", "before its period is over (2008-06-30)"),
        ("2008-07-01", ""),
    ],
)
def test_a_report_that_is_dated_before_it_can_have_been_written_says_so(project: Path, day: str, said: str) -> None:
    dated = replace(QUICK, date=datetime.date.fromisoformat(day), only="cover-letter")
    outcome = build_report(project, FINAL, dated)
    assert outcome.failure is None
    messages = [x.message for x in outcome.findings if x.code == "OUT-011"]
    assert messages == ([f"The documents of report FIN are dated {said}."] if said else [])


def test_documents_of_an_earlier_making_are_named(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    greek = replace(QUICK, languages=("el",), force=True)
    assert not [x for x in build_report(project, FINAL, greek).findings if x.code == "OUT-009"]
    (project / "periods" / FINAL / "narrative" / "lessons.el.md").write_text("Ένα δίδαγμα ακόμη.\n", "utf-8")
    (finding,) = (x for x in build_report(project, FINAL, greek).findings if x.code == "OUT-009")
    assert finding.found is not None
    assert "narrative-report.en.docx" in finding.found
    assert finding.place.file == f"out/{FINAL}"
    assert ".el." not in finding.found
    assert (project / "out" / FINAL / "narrative-report.en.docx").is_file()


@pytest.mark.parametrize("same", [False, True])
def test_a_letter_that_is_no_part_of_the_report_any_more_is_to_be_deleted_with_its_pdf(
    project: Path, same: bool
) -> None:
    """Making the report again would not make it again. The definition may be the same: a donor's limit is not of it."""
    build_report(project, FINAL, QUICK)
    folder = project / "out" / FINAL
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name in ("modification-request.en.docx", "modification-request.en.pdf"):
        (folder / name).write_bytes(b"older")
        digest = hash_bytes(b"older")
        manifest["outputs"][name] = {"sha256": digest, "bytes": 5, "definition": manifest["definition"] if same else ""}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    for only in (None, "cover-letter"):
        outcome = build_report(project, FINAL, replace(QUICK, only=only, force=True))
        (finding,) = (x for x in outcome.findings if x.code == "OUT-009")
        assert finding.found == "modification-request.en.docx, modification-request.en.pdf"
        assert (finding.remedy, "no part of this report" in finding.message) == ("Delete them.", True)


def test_a_document_that_was_polished_in_word_is_put_aside_and_goes_out_by_no_wildcard(project: Path) -> None:
    build_report(project, FINAL, QUICK)
    folder = project / "out" / FINAL
    file = folder / "cover-letter.en.docx"
    polished = file.read_bytes() + b"polished"
    file.write_bytes(polished)
    outcome = build_report(project, FINAL, QUICK)
    (finding,) = (x for x in outcome.findings if x.code == "OUT-010")
    assert f"out/{FINAL}/changed/cover-letter.en.docx" in finding.message
    assert "grants import" not in finding.remedy
    assert (folder / "changed/cover-letter.en.docx").read_bytes() == polished
    sent = read_report_files(folder, ["cover-letter*", "*.docx"], "en", None)
    assert polished not in sent.data.values()
    assert "MAIL-006" not in [x.code for x in sent.findings]
