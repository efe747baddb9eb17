"""The command line as a user meets it: what it prints, what it writes, how it ends."""

import json
import re
import shlex
import zipfile
from pathlib import Path

import pytest

from tests.commands import build, run, run_process

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    f"{name}.{language}.{kind}"
    for language in ("el", "en")
    for name, kind in (("proposal", "docx"), ("budget", "xlsx"), ("activities", "xlsx"))
}


def read_out(workspace: Path) -> dict[str, bytes]:
    out = workspace / "projects" / "police" / "out"
    return (
        {file.name: file.read_bytes() for file in out.iterdir() if not file.name.startswith(".")}
        if out.is_dir()
        else {}
    )


def break_budget(workspace: Path) -> None:
    file = workspace / "projects" / "police" / "budget.yaml"
    file.write_text(file.read_text("utf-8").replace("currency: EUR", "currency: EUR\ncurency: EUR"), "utf-8")


def test_build_writes_every_document_and_a_manifest(workspace: Path) -> None:
    done = run_process(workspace, "build", "--no-page-numbers")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(read_out(workspace)) == {*DOCUMENTS, "manifest.json"}
    manifest = json.loads(read_out(workspace)["manifest.json"])
    assert set(manifest["outputs"]) == DOCUMENTS
    assert "project.yaml" in manifest["inputs"]
    assert "hellenic-aid/proposal.el.docx" in manifest["donor_pack"]
    assert manifest["page_numbers"] == "not counted"


def test_what_has_not_changed_is_not_built_again_and_what_has_is(workspace: Path) -> None:
    build(workspace)
    assert "nothing has changed" in build(workspace).stdout
    document = workspace / "projects" / "police" / "out" / "budget.en.xlsx"
    whole = document.read_bytes()
    document.write_bytes(b"damaged")
    assert "✓ police" in build(workspace).stdout
    assert document.read_bytes() == whole
    (workspace / "projects" / "police" / "risks.yaml").touch()
    assert "✓ police" in build(workspace).stdout
    assert "✓ police" in build(workspace, "--only", "budget").stdout


def test_same_input_same_bytes_on_any_day_in_any_place(workspace: Path, tmp_path: Path) -> None:
    build(workspace)
    first = read_out(workspace)
    elsewhere = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0"}
    run_process(workspace, "build", "--no-page-numbers", "--force", **elsewhere)
    assert read_out(workspace) == first
    moved = tmp_path / "moved elsewhere"
    moved.mkdir()
    for name in ("templates", "projects"):
        (workspace / name).rename(moved / name)
    build(moved, "--force")
    assert read_out(moved) == first


def test_errors_stop_the_build_and_the_last_good_documents_stand(workspace: Path) -> None:
    build(workspace)
    good = read_out(workspace)
    break_budget(workspace)
    done = build(workspace)
    assert done.returncode == 1
    assert "DEF-002" in done.stdout
    assert "Did you mean `currency`?" in " ".join(done.stdout.split())
    assert "nothing was written" in done.stderr
    assert read_out(workspace) == good


def test_a_document_open_in_word_is_a_sentence_and_nothing_changes(workspace: Path) -> None:
    build(workspace)
    good = read_out(workspace)
    (workspace / "projects" / "police" / "out" / "~$oposal.en.docx").touch()
    done = build(workspace, "--date", "2007-03-01")
    assert done.returncode == 1
    assert "is open in Word or Excel" in done.stderr
    (workspace / "projects" / "police" / "out" / "~$oposal.en.docx").unlink()
    assert read_out(workspace) == good


def test_a_language_a_document_and_a_folder_can_be_chosen(workspace: Path) -> None:
    done = build(workspace, "--lang", "en", "--only", "budget", "--out", "submission")
    assert done.returncode == 0, done.stderr
    folder = workspace / "submission" / "police"
    assert {file.name for file in folder.iterdir()} - {".built"} == {"budget.en.xlsx", "manifest.json"}


def test_a_language_that_the_project_lacks_is_wrong_usage(workspace: Path) -> None:
    done = build(workspace, "--lang", "sr")
    assert done.returncode == 2
    assert "Its languages: el, en." in done.stderr
    assert read_out(workspace) == {}


def test_verify_knows_its_documents_and_sees_a_change(workspace: Path) -> None:
    build(workspace)
    document = "projects/police/out/proposal.en.docx"
    done = run(workspace, "verify", document)
    assert done.returncode == 0
    assert "unchanged since it was made" in done.stdout
    assert "The definition is the one it was made from." in done.stdout
    (workspace / "projects" / "police" / "risks.yaml").write_text("risks: []\n", "utf-8")
    assert "risks.yaml" in run(workspace, "verify", document).stdout
    with zipfile.ZipFile(workspace / document, "a") as package:
        package.writestr("extra.txt", "added")
    done = run(workspace, "verify", document)
    assert done.returncode == 1
    assert "was changed after it was made" in done.stdout


def test_verify_says_of_a_foreign_file_that_it_is_not_ours(workspace: Path) -> None:
    (workspace / "letter.docx").write_bytes(b"not a package")
    done = run(workspace, "verify", "letter.docx")
    assert done.returncode == 1
    assert "was not made by this program" in done.stdout


def test_check_prints_json_for_machines(workspace: Path) -> None:
    break_budget(workspace)
    done = run(workspace, "check", "--json")
    assert done.returncode == 1
    (project,) = json.loads(done.stdout)
    (finding,) = [x for x in project["findings"] if x["code"] == "DEF-002"]
    assert finding["file"] == "budget.yaml"
    assert finding["line"] > 1
    assert finding["remedy"] == "Did you mean `currency`?"


def test_a_second_check_tells_the_same_from_memory_and_a_change_is_seen(workspace: Path) -> None:
    first = run(workspace, "check")
    assert first.returncode == 0, first.stdout
    assert run(workspace, "check").stdout == first.stdout
    break_budget(workspace)
    assert "DEF-002" in run(workspace, "check").stdout


def test_a_folder_that_is_no_project_is_not_passed_over_in_silence(workspace: Path) -> None:
    for name, file in (("half", "budget.yaml"), (".hidden", "budget.yaml")):
        (workspace / "projects" / name).mkdir()
        (workspace / "projects" / name / file).write_text("currency: EUR\n", "utf-8")
    (workspace / "projects" / "empty").mkdir()
    done = run(workspace, "check")
    assert done.returncode == 0
    told = [line for line in done.stdout.splitlines() if "was not checked" in line]
    assert told == ["• projects/half has no project.yaml: it is no project, and was not checked."]
    assert "was not checked" not in run(workspace, "check", "police").stdout


def test_nothing_that_is_kept_beside_documents_names_a_folder_of_the_machine(workspace: Path) -> None:
    project = workspace / "projects" / "police"
    assert run(workspace, "build", "police", "--no-page-numbers").returncode == 0
    definition = project / "project.yaml"
    definition.write_text(definition.read_text("utf-8").replace("hellenic-aid", "unknown-donor"), "utf-8")
    assert run(workspace, "check", "police").returncode == 1
    kept = {file.name: file.read_bytes() for file in (project / "out").rglob("*") if file.is_file()}
    assert kept.keys() >= {".built", ".checked.json", "manifest.json"}
    assert [name for name, data in kept.items() if str(workspace).encode() in data] == []


def test_a_workspace_that_was_moved_is_as_it_was_built(workspace: Path) -> None:
    assert run(workspace, "build", "police", "--no-page-numbers").returncode == 0
    moved = workspace.rename(workspace.with_name("moved"))
    assert "nothing has changed" in run(moved, "build", "police", "--no-page-numbers").stdout


def test_explain_shows_a_page_and_suggests_a_near_code(workspace: Path) -> None:
    done = run(workspace, "explain", "ref-001")
    assert done.returncode == 0
    assert "REF-001" in done.stdout
    done = run(workspace, "explain", "REF-01")
    assert done.returncode == 2
    assert "REF-001" in done.stderr


def test_donors_shows_terms_sources_and_what_is_to_be_checked(workspace: Path) -> None:
    done = run(workspace, "donors", "hellenic-aid")
    assert done.returncode == 0
    assert "75 %" in done.stdout
    assert "TO BE CHECKED" in done.stdout
    assert "hellenic-aid" in run(workspace, "donors").stdout
    assert run(workspace, "donors", "nobody").returncode == 2


@pytest.mark.parametrize("start", ["2008-01-01", "2030-01-01"])
def test_a_new_project_is_valid_and_can_be_built_at_once(workspace: Path, start: str) -> None:
    end = start[:4] + "-12-31"
    done = run(workspace, "new", "projects/mine", "--title", 'Safe: "home" & <hope> #1', "--start", start, "--end", end)
    assert done.returncode == 0, done.stderr
    done = run(workspace, "check", "mine")
    assert done.returncode == 0, done.stdout
    assert build(workspace, "mine").returncode == 0
    assert run(workspace, "new", "projects/mine").returncode == 2


def test_the_next_command_can_be_copied_whatever_the_folder_is_called(workspace: Path) -> None:
    done = run(workspace, "new", "projects/my project")
    command = re.search("Next: grants (.*?), then", done.stdout)
    assert command is not None
    assert run(workspace, *shlex.split(command[1])).returncode == 0
    status = re.search("grants (check .*)", run(workspace, "status", "my project").stdout)
    assert status is not None
    assert run(workspace, *shlex.split(status[1])).returncode == 0


def test_a_new_proposal_says_that_its_papers_are_still_to_come(workspace: Path) -> None:
    assert run(workspace, "new", "projects/mine").returncode == 0
    grant = (workspace / "projects" / "mine" / "grant.yaml").read_text("utf-8")
    stands = dict(re.findall(r"code: ([\w-]+), status: \"?([\w ]+)", grant))
    assert stands["statutes"] == stands["annual-accounts-2"] == "requested"
    assert stands["budget-workbook"] == "attached"
    assert stands["progress-certificate"] == "not applicable"


def test_a_new_project_outside_a_workspace_uses_the_programs_own_packs(tmp_path: Path) -> None:
    assert run(tmp_path, "new", "lonely").returncode == 0
    assert build(tmp_path, "lonely").returncode == 0


@pytest.mark.parametrize("arguments", [["check", "nobody"], ["build", "nobody"], ["build", "--lang"], ["frobnicate"]])
def test_wrong_usage_ends_with_two(workspace: Path, arguments: list[str]) -> None:
    assert run(workspace, *arguments).returncode == 2


def test_many_projects_are_built_by_several_processes_as_by_one(workspace: Path) -> None:
    source = workspace / "projects" / "police"
    for number in range(3):
        copy = workspace / "projects" / f"copy{number}"
        copy.mkdir()
        for file in source.rglob("*"):
            target = copy / file.relative_to(source)
            target.parent.mkdir(exist_ok=True, parents=True)
            if file.is_file():
                target.write_bytes(file.read_bytes())
    break_budget(workspace)
    done = build(workspace, "--jobs", "2")
    assert done.returncode == 1
    assert "3 built, 0 unchanged, 1 failed" in done.stdout
    outputs = [
        {f.name: f.read_bytes() for f in (workspace / "projects" / f"copy{n}" / "out").glob("*.??sx")} for n in range(3)
    ]
    assert outputs[0] == outputs[1] == outputs[2]


def test_documents_of_an_earlier_build_are_still_known_after_a_build_of_one(workspace: Path) -> None:
    build(workspace)
    build(workspace, "--only", "budget")
    done = run(workspace, "verify", "projects/police/out/proposal.el.docx")
    assert done.returncode == 0, done.stdout


def test_what_a_system_leaves_in_a_project_is_no_part_of_its_definition(workspace: Path) -> None:
    build(workspace)
    first = read_out(workspace)
    (workspace / "projects" / "police" / "Thumbs.db").write_bytes(b"picture")
    (workspace / "projects" / "police" / "never-print.txt").write_text("Οδός Κρυφή 7\n", "utf-8")
    build(workspace, "--force")
    assert read_out(workspace) == first


def test_a_phrase_that_must_not_leave_stops_the_build_and_is_not_repeated(workspace: Path) -> None:
    (workspace / "projects" / "police" / "never-print.txt").write_text("ΣΟΥΜΠΌΤΙΤΣΑ\nSubotica\n", "utf-8")
    done = build(workspace)
    assert done.returncode == 1
    assert "V05-NEVER" in done.stdout
    assert read_out(workspace) == {}


def test_a_damaged_manifest_is_none(workspace: Path) -> None:
    build(workspace)
    (workspace / "projects" / "police" / "out" / "manifest.json").write_text('{"outputs": {"a": 1}}', "utf-8")
    done = run(workspace, "verify", "projects/police/out/proposal.el.docx")
    assert done.returncode == 1
    assert "no manifest knows it" in done.stdout


def test_a_project_named_twice_is_built_once(workspace: Path) -> None:
    assert build(workspace, "police", "projects/police", "--out", "x").returncode == 0


@pytest.mark.parametrize("arguments", [["donors", "--lang", "fr"], ["donors", "hellenic-aid", "--lang", "fr"]])
def test_a_language_without_a_pack_is_wrong_usage(workspace: Path, arguments: list[str]) -> None:
    assert run(workspace, *arguments).returncode == 2


@pytest.mark.parametrize("arguments", [["projects/" + "y" * 300], ["projects/q", "--title", "a\x07b"]])
def test_a_new_project_that_cannot_be_is_a_sentence(workspace: Path, arguments: list[str]) -> None:
    done = run(workspace, "new", *arguments)
    assert done.returncode in (1, 2)
    assert "Error" in done.stderr


@pytest.mark.parametrize("text", ["See [the page](http://x.org/Odos%20Kryfi%207).", "At Odos&nbsp;Kryfi&#32;7."])
def test_a_phrase_that_must_not_leave_is_found_in_disguise(workspace: Path, text: str) -> None:
    project = workspace / "projects" / "police"
    (project / "never-print.txt").write_text("Odos Kryfi 7\n", "utf-8")
    file = project / "narrative" / "context.en.md"
    file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")
    done = run(workspace, "check")
    assert done.returncode == 1
    assert "V05-NEVER" in done.stdout


def test_labels_older_than_the_program_are_told(workspace: Path) -> None:
    file = workspace / "templates" / "_common" / "labels-workbook.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("  sheet.budget:")]
    assert len(kept) == len(lines) - 1
    file.write_text("".join(kept), "utf-8")
    done = run(workspace, "build", "police", "--no-page-numbers")
    assert (done.returncode, "words for `sheet.budget`" in done.stderr) == (1, True), done.stderr
