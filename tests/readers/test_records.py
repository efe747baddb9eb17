"""Records of a project: read whole, or every fault at its line and column."""

from __future__ import annotations

import copy
import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from grants.errors import Finding, Place
from grants.model import Project, SectionKey
from grants.model.grant import Amendment, Contract
from grants.readers.records import read_records, read_report_narratives
from tests.ledger.cases import CONTRACT, DAY, TEXT
from tests.workbooks import ROOT, SHELTER, load_sample

COLUMNS = "voucher,date,payee,description,line,partner,source,amount,currency,date_paid,document,note\n"
RATES = "currency,month,rate,source,date\n"
BUDGET = (ROOT / "projects" / SHELTER / "budget.yaml").read_text("utf-8")


@pytest.fixture
def project() -> Project:
    sample = load_sample(SHELTER).project
    grant = sample.grant.model_copy(update={"contract": None, "periods": ()})
    return replace(sample, grant=grant)


def write(folder: Path, **files: str) -> Path:
    """Files in the period's folder; `rates` in the project's."""
    period = folder / "periods" / "2008-H1"
    period.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        suffix = "csv" if name in ("rates", "expenditures", "expenditure") else "yaml"
        ((folder if name == "rates" else period) / f"{name}.{suffix}").write_text(text, "utf-8")
    return folder


def say(findings: list[Finding]) -> list[str]:
    return [f"{x.place} {x.code}" + (f" {x.found}" if x.found else "") for x in findings]


def find(folder: Path, project: Project) -> list[str]:
    records, _, findings = read_records(folder, project)
    assert (records is None) == any(x.severity == "error" for x in findings)
    return say(findings)


def test_a_project_without_records_has_empty_ones(tmp_path: Path, project: Project) -> None:
    records, _, findings = read_records(tmp_path, project)
    assert findings == []
    assert records is not None
    assert (records.signed, records.rates, records.periods) == ((), (), {})
    assert records.of(project.grant.reporting_periods[0]).expenditures == ()


def test_everything_is_read(tmp_path: Path, project: Project) -> None:
    write(
        tmp_path,
        expenditures=COLUMNS
        + '007,2008-03-04,"Ioannou, A.",Rent,4.2,KLI,,900.00,EUR,2008-03-05,binder 3,\n'
        + "8,2008-03-05,Petrović,Calls,1.1.6,AST,AST,-27500,RSD,,,a credit note\n",
        rates=RATES + "RSD,2008-01,79.50,InforEuro,2008-01-02\n",
        finance="received:\n  - {instalment: D1, date: 2008-01-31, amount: 53807.63}\n",
        progress="activities:\n  A1.1.1: {status: done}\n",
    )
    records, files, findings = read_records(tmp_path, project)
    assert findings == []
    assert records is not None
    first, second = records.periods["2008-H1"].expenditures
    assert (first.voucher, first.payee, first.amount, first.source, first.date_paid) == (
        "007",
        "Ioannou, A.",
        Decimal("900.00"),
        None,
        datetime.date(2008, 3, 5),
    )
    assert (second.amount, second.date_paid, second.note) == (-27500, None, "a credit note")
    assert records.rates[0].rate == Decimal("79.50")
    assert records.periods["2008-H1"].finance.received[0].instalment == "D1"
    assert records.periods["2008-H1"].progress.activities["A1.1.1"].status == "done"
    places = [
        ("expenditures", 1, "currency"),
        ("finance", "received", 0, "amount"),
        ("progress", "activities", "A1.1.1"),
    ]
    located = [files.locate(Finding("X", Place(path=("periods", "2008-H1", *x)), "", "")).place for x in places]
    assert [str(place) for place in located] == [
        "periods/2008-H1/expenditures.csv:3:50",
        "periods/2008-H1/finance.yaml:2:48",
        "periods/2008-H1/progress.yaml:2:11",
    ]
    assert str(files.locate(Finding("X", Place(path=("rates", 0, "rate")), "", "")).place) == "rates.csv:2:13"


def test_every_fault_of_a_row_is_found_and_rows_behind_it_keep_their_lines(tmp_path: Path, project: Project) -> None:
    write(
        tmp_path,
        expenditures=COLUMNS
        + '1,4/3/2008,P,Rent,4.2,KLI,,"1.500,00",EUR,,,\n'
        + "2,2008-03-05,,Rent,4.2,KLI,,5,eur,,,\n"
        + "3,2008-03-05,P,Rent,4.22,KLIM,XX,5,EUR,,,\n"
        + "4,2008-03-05,P,Rent,4.2,KLI,,1.500,EUR,,,\n",
    )
    assert find(tmp_path, project) == [
        "periods/2008-H1/expenditures.csv:2:3 DEF-006 4/3/2008",
        "periods/2008-H1/expenditures.csv:2:28 DEF-005 1.500,00",
        "periods/2008-H1/expenditures.csv:3:14 REC-008",
        "periods/2008-H1/expenditures.csv:3:31 DEF-010 eur",
        "periods/2008-H1/expenditures.csv:4:21 REC-020 4.22",
        "periods/2008-H1/expenditures.csv:4:26 REC-020 KLIM",
        "periods/2008-H1/expenditures.csv:4:31 REC-020 XX",
        "periods/2008-H1/expenditures.csv:5:30 REC-023 1.500",
    ]


@pytest.mark.parametrize(
    ("finance", "expected"),
    [
        ("received: [{instalment: D9, date: 2008-01-31, amount: 5}]", ":1:13 REC-020 D9"),
        ("requests: [{instalment: D9, date: 2008-01-31, amount: 5}]", ":1:13 REC-020 D9"),
        ("own_contributions: [{source: VOL, giver: G, date: 2008-01-31, amount: 5}]", ":1:22 REC-020 VOL"),
        (
            "transfers: [{date: 2008-01-31, partner: ASTR, amount: 5, received: 400, currency: RSD}]",
            ":1:32 REC-020 ASTR",
        ),
        ("pending: [{supplier: S, purpose: P, line: 9.9, amount: 5, currency: EUR}]", ":1:37 REC-020 9.9"),
        ("forecast: {9.9: 5}", ":1:12 REC-020 9.9"),
        ("explanations: {9.9: because}", ":1:16 REC-020 9.9"),
        ("ineligible: [{partner: KLI, voucher: 17/8, reason: R}]", ":1:29 REC-022 17/8"),
        ("ineligible: [{partner: KLX, voucher: 17/08, reason: R}]", ":1:15 REC-020 KLX"),
        ("recieved: []", ":1:1 DEF-002 recieved"),
    ],
)
def test_finance_names_what_exists(tmp_path: Path, project: Project, finance: str, expected: str) -> None:
    cost = COLUMNS + "17/08,2008-03-05,P,Rent,4.2,KLI,,5,EUR,,,\n"
    write(tmp_path, expenditures=cost, finance=finance)
    (found,) = find(tmp_path, project)
    assert found.split(" ", 1)[1] == expected.split(" ", 1)[1]
    assert found.startswith("periods/2008-H1/finance.yaml:1:")


def test_a_cost_that_is_not_accepted_may_stand_in_another_period(tmp_path: Path, project: Project) -> None:
    write(tmp_path, expenditures=COLUMNS + "17/08,2008-03-05,P,Rent,4.2,KLI,,5,EUR,,,\n")
    later = tmp_path / "periods" / "2008-final"
    later.mkdir()
    (later / "finance.yaml").write_text("ineligible: [{partner: KLI, voucher: 17/08, reason: R}]", "utf-8")
    assert find(tmp_path, project) == []


KINDS = [(x.code, x.persons, x.per_cent_of_persons) for x in load_sample(SHELTER).project.logframe.indicators]
PERSONS = next((code for code, persons, _ in KINDS if persons), "")
PER_CENT = next((code for code, _, per_cent in KINDS if per_cent), "")
OTHER = next((code for code, persons, per_cent in KINDS if not persons and not per_cent), "")


def test_the_sample_has_indicators_of_every_kind() -> None:
    assert PERSONS
    assert OTHER


@pytest.fixture
def with_per_cent(project: Project) -> Project:
    """The sample with a percentage of persons in the place of its last indicator."""
    impact = project.logframe.impact
    share = project.logframe.indicators[0].model_copy(
        update={"code": "SHARE", "persons": False, "per_cent_of_persons": True}
    )
    cases = share.model_copy(update={"code": "CASES", "per_cent_of_persons": False, "protected": True})
    impact = impact.model_copy(update={"indicators": (*impact.indicators, share, cases)})
    return replace(project, logframe=project.logframe.model_copy(update={"impact": impact}))


@pytest.mark.parametrize(
    ("progress", "codes"),
    [
        (f"indicators: {{{PERSONS}: {{women: 5, men: 3, girls: 5, boys: 0}}}}", []),
        (f"indicators: {{{PERSONS}: {{value: 8}}}}", ["REC-030 8"]),
        (f"indicators: {{{PERSONS}: {{women: 3, girls: 4}}}}", ["REC-032 4 of 3"]),
        (f"indicators: {{{PERSONS}: {{women: 3, boys: 1}}}}", ["REC-031 1"]),
        (f"indicators: {{{OTHER}: {{value: 2.5}}}}", []),
        (f"indicators: {{{OTHER}: {{women: 2}}}}", ["REC-030 2"]),
        ("indicators: {SHARE: {part: 3, whole: 5}}", []),
        ("indicators: {SHARE: {part: 3, whole: 0}}", ["REC-032 3 of 0"]),
        ("indicators: {SHARE: {part: 3}}", ["REC-031"]),
        ("indicators: {SHARE: {value: 60}}", ["REC-030 60"]),
        ("indicators: {CASES: {value: 2}}", []),
        ("indicators: {CASES: {value: 2.5}}", ["REC-034 2.5"]),
        ("indicators: {NONE: {value: 2}}", ["REC-020 NONE"]),
        ("activities: {A9: {status: done}}", ["REC-020 A9"]),
        ("milestones: {M99: 2008-03-01}", ["REC-020 M99"]),
        ("groups: {G99: {women: 3}}", ["REC-020 G99"]),
        (
            "assets: [{description: D, quantity: 1, value: 5, acquired: 2008-03-01, line: 9.9, after: A}]",
            ["REC-020 9.9"],
        ),
    ],
)
def test_progress_counts_as_its_indicators_do(
    tmp_path: Path, with_per_cent: Project, progress: str, codes: list[str]
) -> None:
    write(tmp_path, progress=progress)
    assert [found.split(" ", 1)[1] for found in find(tmp_path, with_per_cent)] == codes


@pytest.mark.parametrize(("total", "codes"), [(70, []), (75, ["REC-033"])])
def test_women_and_men_are_the_total(tmp_path: Path, project: Project, total: int, codes: list[str]) -> None:
    group = project.sheet.target_groups[0].code
    write(tmp_path, progress=f"groups: {{{group}: {{women: 40, men: 30, total: {total}}}}}")
    assert [found.split(" ")[1] for found in find(tmp_path, project)] == codes


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("RSD,2008-01,79.20,National Bank,2008-01-31", ["rates.csv:3:5 RATE-001 2008-01"]),
        ("RSD,2008-02,0,InforEuro,2008-01-02", ["rates.csv:3:13 RATE-002 0"]),
        ("RSD,2008-02,0.0000009,InforEuro,2008-01-02", ["rates.csv:3:13 RATE-002 0.0000009"]),
        ("EUR,2008-01,0.0126,National Bank,2008-01-31", ["rates.csv:3:1 RATE-003 EUR"]),
        ("RSD,2008-13,79,National Bank,2008-01-31", ["rates.csv:3:5 DEF-010 2008-13"]),
        ("RSD,2008-02,79,National Bank,2008-01-31", []),
    ],
)
def test_rates_are_unique_and_convert(tmp_path: Path, project: Project, row: str, expected: list[str]) -> None:
    write(tmp_path, rates=f"{RATES}RSD,2008-01,79.50,InforEuro,2008-01-02\n{row}\n")
    assert [x.replace("DEF-006", "DEF-010") for x in find(tmp_path, project)] == expected


def test_files_and_folders_that_nobody_reads_are_named(tmp_path: Path, project: Project) -> None:
    write(tmp_path, expenditure=COLUMNS)
    (tmp_path / "periods" / "2008-1").mkdir()
    (tmp_path / "periods" / ".git").mkdir()
    (tmp_path / "periods" / "2008-H1" / "scan.pdf").write_bytes(b"")
    assert find(tmp_path, project) == [
        "periods/2008-H1/expenditure.csv REC-009 expenditure.csv",
        "periods/2008-1 REC-021 2008-1",
    ]


def sign(project: Project, *amendments: tuple[str, datetime.date]) -> Project:
    contract = Contract(
        number=CONTRACT.number,
        signed=CONTRACT.signed,
        amount=CONTRACT.amount,
        amendments=tuple(Amendment(number=number, signed=day, reason=TEXT) for number, day in amendments),
    )
    return replace(project, grant=project.grant.model_copy(update={"contract": contract}))


def keep(folder: Path, name: str, text: str = BUDGET) -> None:
    (folder / "signed").mkdir(exist_ok=True)
    (folder / "signed" / f"{name}.yaml").write_text(text, "utf-8")


def test_signed_budgets_are_read_in_the_order_of_signature(tmp_path: Path, project: Project) -> None:
    for name in ("contract", "amendment-1", "amendment-2"):
        keep(tmp_path, name)
    signed = sign(project, ("2", DAY(2008, 5, 1)), ("1", DAY(2008, 3, 1)))
    records, _, findings = read_records(tmp_path, signed)
    assert findings == []
    assert records is not None
    assert [(x.amendment, x.signed.month) for x in records.signed] == [(None, 12), ("1", 3), ("2", 5)]
    assert records.signed[0].budget.lines[0].code == project.budget.lines[0].code


def test_a_signature_wants_its_budget_and_a_signed_budget_its_signature(tmp_path: Path, project: Project) -> None:
    keep(tmp_path, "amendment-2")
    assert find(tmp_path, sign(project, ("1", DAY(2008, 3, 1)))) == [
        "signed/amendment-2.yaml REC-011",
        "signed/amendment-1.yaml REC-012",
    ]
    (tmp_path / "periods").mkdir()
    records, _, findings = read_records(tmp_path, sign(project))
    assert (records, [(x.code, x.severity) for x in findings]) == (
        None,
        [("REC-011", "error"), ("REC-012", "warning")],
    )


def test_a_signed_budget_is_a_budget(tmp_path: Path, project: Project) -> None:
    data = yaml.safe_load(BUDGET)
    data["paid_by"] = {"HA": 70, "KLI": 25}
    data["lines"][0]["heading"] = "99"
    keep(tmp_path, "contract", yaml.safe_dump(data, allow_unicode=True))
    found = find(tmp_path, sign(project))
    assert [x.split(" ")[1] for x in found] == ["BUD-001", "REF-005"]
    assert all(x.startswith("signed/contract.yaml:") for x in found)


def test_costs_may_name_a_line_that_only_a_signed_budget_has(tmp_path: Path, project: Project) -> None:
    data = yaml.safe_load(BUDGET)
    data["lines"].append({**copy.deepcopy(data["lines"][0]), "code": "9.9"})
    keep(tmp_path, "contract", yaml.safe_dump(data, allow_unicode=True))
    write(tmp_path, expenditures=COLUMNS + "1,2008-03-05,P,Rent,9.9,KLI,,5,EUR,,,\n")
    assert find(tmp_path, sign(project)) == []


def test_texts_of_reports_are_read_by_report(tmp_path: Path) -> None:
    for report in ("2008-H1", "2008-final"):
        (tmp_path / "periods" / report / "narrative").mkdir(parents=True)
    (tmp_path / "periods" / "2008-H1" / "narrative" / "results.el.md").write_text("Κείμενο", "utf-8")
    (tmp_path / "periods" / "2008-H1" / "narrative" / "Results.md").write_text("x", "utf-8")
    texts, findings = read_report_narratives(tmp_path, ["2008-H1", "2008-final", "2009"])
    assert {code: {key: x.markdown for key, x in own.items()} for code, own in texts.items()} == {
        "2008-H1": {SectionKey("results", "el"): "Κείμενο"}
    }
    assert say(findings) == ["periods/2008-H1/narrative/Results.md FILE-005 Results.md"]
