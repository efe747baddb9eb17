"""Published rates go into rates.csv whole or not at all, and what stands there stays."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grants.cli.main import main
from grants.errors import UnusableError, UsageError
from grants.services.load import load_project
from grants.services.rates import import_rates

TODAY = datetime.date(2008, 8, 1)


@pytest.fixture
def project(workspace: Path) -> Path:
    return workspace / "projects" / "police"


def months_of(project: Path) -> list[str]:
    sheet = load_project(project).project.sheet  # type: ignore[union-attr]
    return [f"{sheet.start:%Y-%m}", f"{sheet.end:%Y-%m}"]


def write_answer(folder: Path, *rates: tuple[str, float], name: str = "rsd.json") -> Path:
    """What InforEuro answers for the dinar."""
    rows = []
    for month, rate in rates:
        year, number = month.split("-")
        start = f"01/{number}/{year}"
        rows.append(
            {
                "currencyIso": "RSD",
                "refCurrencyIso": "EUR",
                "amount": rate,
                "dateStart": start,
                "dateEnd": f"28/{number}/{year}",
            }
        )
    (folder / name).write_text(json.dumps(rows), "utf-8")
    return folder / name


def test_rates_of_the_projects_months_are_added(project: Path, tmp_path: Path) -> None:
    first, last = months_of(project)
    file = write_answer(tmp_path, (last, 80.5), (first, 79.5), ("1999-01", 1))
    done = import_rates([file], project, TODAY, ["RSD"])
    assert (project / "rates.csv").read_text("utf-8") == (
        "currency,month,rate,source,date\n"
        f"RSD,{first},79.5,InforEuro,2008-08-01\n"
        f"RSD,{last},80.5,InforEuro,2008-08-01\n"
    )
    assert (len(done.added), done.already, done.findings) == (2, 0, ())


def test_rows_that_are_there_stay_as_they_are(project: Path, tmp_path: Path) -> None:
    first, last = months_of(project)
    before = f'month,currency,rate,source,date\n{first},RSD,79.50,"National Bank, list 1",2008-01-02\n'
    (project / "rates.csv").write_text(before, "utf-8")
    done = import_rates([write_answer(tmp_path, (first, 79.5), (last, 80))], project, TODAY)
    assert (project / "rates.csv").read_text("utf-8") == before + f"{last},RSD,80,InforEuro,2008-08-01\n"
    assert (len(done.added), done.already) == (1, 1)


def test_another_value_for_a_month_is_refused_and_nothing_written(project: Path, tmp_path: Path) -> None:
    first, last = months_of(project)
    before = f"currency,month,rate,source,date\nRSD,{first},79.50,National Bank,2008-01-02\n"
    (project / "rates.csv").write_text(before, "utf-8")
    with pytest.raises(UnusableError) as error:
        import_rates([write_answer(tmp_path, (first, 79.4), (last, 80))], project, TODAY)
    assert [(str(x.place), x.code, x.found) for x in error.value.findings] == [("rates.csv:2:13", "RATE-011", "79.4")]
    assert (project / "rates.csv").read_text("utf-8") == before


def test_two_files_that_contradict_each_other_are_refused(project: Path, tmp_path: Path) -> None:
    first, _ = months_of(project)
    files = [write_answer(tmp_path, (first, rate), name=name) for rate, name in ((79, "a.json"), (80, "b.json"))]
    with pytest.raises(UnusableError) as error:
        import_rates(files, project, TODAY, ["RSD"])
    assert [x.code for x in error.value.findings] == ["RATE-011"]
    assert not (project / "rates.csv").exists()
    assert len(import_rates([files[0], files[0]], project, TODAY, ["RSD"]).added) == 1


def test_a_currency_that_no_file_has_is_named(project: Path, tmp_path: Path) -> None:
    file = write_answer(tmp_path, (months_of(project)[0], 79))
    done = import_rates([file], project, TODAY, ["RSD", "CHF"])
    assert [(x.code, x.found, x.severity) for x in done.findings] == [("RATE-015", "CHF", "warning")]


def test_currencies_are_those_of_the_records_or_must_be_named(project: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="another currency"):
        import_rates([write_answer(tmp_path, (months_of(project)[0], 79))], project, TODAY)


def test_a_project_or_a_table_with_errors_stops_the_import(project: Path, tmp_path: Path) -> None:
    file = write_answer(tmp_path, (months_of(project)[0], 79))
    (project / "rates.csv").write_text("currency;month\n", "utf-8")
    with pytest.raises(UnusableError) as error:
        import_rates([file], project, TODAY, ["RSD"])
    assert [x.code for x in error.value.findings] == ["REC-001"]
    (project / "budget.yaml").unlink()
    with pytest.raises(UnusableError, match="project"):
        import_rates([file], project, TODAY, ["RSD"])


def run(project: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    monkeypatch.chdir(project.parents[1])
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_the_command_says_what_it_did(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_answer(tmp_path, (months_of(project)[0], 79.5))
    code, output = run(project, monkeypatch, "rates", "import", str(file), "--currency", "RSD")
    assert (code, "79.5  InforEuro" in output, "1 added, 0 there already" in output) == (0, True, True)
    code, output = run(project, monkeypatch, "rates", "import", str(file), "--currency", "dinar")
    assert (code, "`dinar` is no currency" in output) == (2, True)
    code, output = run(project, monkeypatch, "rates", "import", str(file), "--month", "March")
    assert (code, "`March` is no month" in output) == (2, True)


def test_the_command_shows_a_contradiction(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = months_of(project)
    (project / "rates.csv").write_text(f"currency,month,rate,source,date\nRSD,{first},79,NB,2008-01-02\n", "utf-8")
    code, output = run(project, monkeypatch, "rates", "import", str(write_answer(tmp_path, (first, 80))))
    assert (code, "RATE-011" in output, "No rate was imported" in output) == (1, True, True)


def test_an_unknown_file_is_told_with_the_form_of_rates_csv_and_nothing_else(project: Path, tmp_path: Path) -> None:
    (tmp_path / "infoeuro.csv").write_text("Country,Currency,ISO A3,Value\nSerbia,Dinar,RSD,79.5\n", "utf-8")
    with pytest.raises(UnusableError) as error:
        import_rates([tmp_path / "infoeuro.csv"], project, TODAY, ["RSD"])
    (finding,) = error.value.findings
    assert finding.code == "RATE-010"
    assert "`currency,month,rate,source,date`" in finding.remedy
    assert "https://www.ecb.europa.eu/" in finding.remedy
    assert "https://ec.europa.eu/budg/inforeuro/" in finding.remedy
