"""A message is drafted, read, approved by a second person; what changes afterwards makes the approval void."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grants.errors import GrantsError, UnusableError
from grants.model.settings import Settings
from grants.services.outbox.clean import clean_report
from grants.services.outbox.draft import (
    approve_message,
    cancel_message,
    draft_message,
    view_for_approval,
    view_message,
)
from grants.services.outbox.look import list_messages, read_whole_log
from grants.services.outbox.resolve import resolve_message
from grants.services.outbox.send import send_message
from tests.outboxes import NOW, PERIOD, draft, make_document, make_manifest, make_workbook


def codes_of(project: Path) -> set[str]:
    with pytest.raises(UnusableError) as caught:
        draft(project)
    return {finding.code for finding in caught.value.findings if finding.severity == "error"}


def put(project: Path, name: str, data: bytes) -> None:
    (project / "out" / PERIOD / name).write_bytes(data)


def edit(project: Path, old: str, new: str) -> None:
    file = project / "outbox.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_draft_is_the_same_twice_and_recorded_once(project: Path) -> None:
    first = draft(project)
    data = first.eml.read_bytes()
    assert draft(project).id == first.id
    assert first.eml.read_bytes() == data
    assert [entry.event for entry in read_whole_log(project).entries] == ["drafted"]


@pytest.mark.parametrize("who", ["Maria", "maria", "\u039caria", "M\u200baria", "María"])
def test_the_drafter_does_not_approve_under_a_name_that_looks_the_same(project: Path, who: str) -> None:
    view = draft(project)
    with pytest.raises(GrantsError, match="somebody else approves"):
        approve_message(project, PERIOD, who, view.digest, NOW)
    with pytest.raises(GrantsError, match="somebody else approves"):
        view_for_approval(project, PERIOD, who, NOW)  # before anybody is asked


def test_one_user_of_the_system_under_two_names_is_told_and_logged(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    assert "the same user of the system" in told[0]
    assert view_message(project, PERIOD, NOW).notes == told
    assert read_whole_log(project).entries[-1].detail["same_user"] is True
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    view = draft(project)
    monkeypatch.setattr("getpass.getuser", lambda: "another")
    assert approve_message(project, PERIOD, "Ana", view.digest, NOW) == []
    assert view_message(project, PERIOD, NOW).notes == []
    assert "same_user" not in read_whole_log(project).entries[-1].detail


def test_whoever_is_to_approve_is_not_asked_about_a_message_that_has_changed(project: Path) -> None:
    draft(project)
    put(project, "cover-letter.el.docx", make_document("Άλλη επιστολή."))
    with pytest.raises(UnusableError) as caught:
        view_for_approval(project, PERIOD, "Ana", NOW)
    assert [finding.code for finding in caught.value.findings] == ["MAIL-015"]


def test_a_draft_of_what_is_approved_says_that_the_approval_stands(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    view = draft(project)
    assert (view.state, [(entry.event, entry.who) for entry in view.history]) == (
        "approved",
        [("drafted", "Maria"), ("approved", "Ana")],
    )
    assert [entry.event for entry in read_whole_log(project).entries] == ["drafted", "approved"]


def test_a_correction_of_nothing_is_no_correction(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None)
    resolve_message(project, PERIOD, "Ana", "by hand", NOW, sent=True)
    with pytest.raises(GrantsError, match=r"sent on 2008-08-20 09:00 UTC to ngo@.*nothing to correct"):
        draft(project, "annex 3 was missing")
    put(project, "cover-letter.el.docx", make_document("Διορθωμένη επιστολή."))
    assert draft(project, "annex 3 was missing").state == "drafted"


@pytest.mark.parametrize("what", ["file", "recipient"])
def test_a_change_after_approval_makes_it_void(project: Path, what: str) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    if what == "file":
        put(project, "cover-letter.el.docx", make_document("Άλλη επιστολή."))
    else:
        edit(project, "archive@", "other@")
    with pytest.raises(UnusableError) as caught:
        send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None)
    (finding,) = caught.value.findings
    assert "The approval by Ana is void" in finding.message
    assert ("cover-letter.el.docx" if what == "file" else "bcc") in finding.message
    assert list_messages(project)[-1].state == "void"


def test_whoever_looks_at_a_changed_message_sees_that_its_approval_does_not_hold(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    put(project, "cover-letter.el.docx", make_document("Άλλη επιστολή."))
    assert view_message(project, PERIOD, NOW).notes[-1] == (
        "Changed since it was drafted: cover-letter.el.docx. The approval by Ana does not hold for this."
    )


def test_a_name_is_kept_without_signs_that_nobody_sees(project: Path) -> None:
    draft_message(project, PERIOD, "\x1b[31mMa\u200bria\n Example", NOW)
    assert read_whole_log(project).entries[0].who == "[31mMaria Example"
    with pytest.raises(GrantsError, match="who does this"):
        draft_message(project, PERIOD, "\u200b", NOW)


def test_a_cancelled_message_is_not_sent(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    cancel_message(project, PERIOD, "Ana", "the officer asked to wait", NOW)
    with pytest.raises(GrantsError, match="was cancelled"):
        send_message(project, PERIOD, "Ana", Settings(), {}, lambda: NOW, lambda _: None)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("financial-report.el.xlsx", make_workbook(hidden="Payroll"), "PRIV-001"),
        ("financial-report.el.xlsx", make_workbook(comment="Is this true?"), "PRIV-002"),
        ("cover-letter.el.docx", make_document(author="Maria Examplou"), "PRIV-004"),
        ("cover-letter.el.docx", b"not a document", "PRIV-009"),
        ("cover-letter.el.docx", make_document("The house is at 12 Green Street, Athens."), "PRIV-011"),
        ("cover-letter.el.docx", make_document("We helped Ms Maria K. in May."), "PRIV-012"),
        ("cover-letter.el.docx", make_document("Φιλοξενήθηκαν 2 γυναίκες."), "PRIV-013"),
        ("financial-report.el.xlsx", make_workbook(row=("Women from abroad", 3)), "PRIV-013"),
    ],
)
def test_what_must_not_leave_the_house_stops_the_draft(project: Path, name: str, data: bytes, code: str) -> None:
    put(project, name, data)
    assert codes_of(project) == {code}
    assert not (project / "outbox").exists()


def test_a_phrase_that_must_never_be_printed_stops_the_draft(project: Path) -> None:
    (project / "never-print.txt").write_text("Πράσινη Αυλή\n", "utf-8")
    put(project, "cover-letter.el.docx", make_document("Στην ΠΡΑΣΙΝΗ ΑΥΛΗ."))
    assert "PRIV-010" in codes_of(project)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('subject: "3 women"', "PRIV-013"),
        ('subject: "Of Ms Maria K."', "PRIV-012"),
        ('body: "Call 697 123 4567."', "PRIV-012"),
        ('body: "The house is at 12 Green Street."', "PRIV-011"),
        ('body: "Στην ΠΡΑΣΙΝΗ ΑΥΛΗ."', "PRIV-010"),
    ],
)
def test_subject_and_text_of_the_message_pass_the_same_checks(project: Path, text: str, code: str) -> None:
    (project / "never-print.txt").write_text("Πράσινη Αυλή\n", "utf-8")
    edit(project, "sender:", f"{text}\nsender:")
    assert codes_of(project) == {code}
    assert not (project / "outbox").exists()


@pytest.mark.parametrize("name", ["Πράσινη Αυλή.docx", "πρασινη_αυλη 2008.docx"])
def test_names_of_attachments_pass_them_too(project: Path, name: str) -> None:
    (project / "never-print.txt").write_text("Πράσινη Αυλή\n", "utf-8")
    put(project, name, make_document())
    edit(project, "cover-letter.{language}.docx", f'"{name}"')
    assert "PRIV-010" in codes_of(project)


def allow(project: Path, *entries: str) -> None:
    with (project / "outbox.yaml").open("a", encoding="utf-8") as file:
        file.write("allowed:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))


def test_what_is_allowed_with_a_reason_goes_out_and_whoever_approves_sees_it(project: Path) -> None:
    put(project, "cover-letter.el.docx", make_document("Φιλοξενήθηκαν 2 γυναίκες."))
    allow(
        project, "text: Φιλοξενήθηκαν 2 γυναίκες, reason: published by the ministry", "text: Naxos, reason: an island"
    )
    view = draft(project)
    (through,) = view.message.let_through
    assert (through.code, through.found) == ("PRIV-013", "2 γυναίκες")
    assert through.reasons == "“Φιλοξενήθηκαν 2 γυναίκες”: published by the ministry"
    approve_message(project, PERIOD, "Ana", view.digest, NOW)
    for entry in read_whole_log(project).entries:
        assert entry.detail["let_through"] == [str(through)]
    edit(project, "published by the ministry", "we think so")
    told = view_message(project, PERIOD, NOW).notes[-1]
    assert told == (
        "Changed since it was drafted: what is allowed to go out. The approval by Ana does not hold for this."
    )


def test_what_is_allowed_and_is_not_there_binds_nobody(project: Path) -> None:
    view = draft(project)
    allow(project, "text: Naxos, reason: an island")
    assert draft(project).digest == view.digest
    assert "let_through" not in read_whole_log(project).entries[0].detail


def test_clean_copies_go_out_in_place_of_files_that_name_a_person(project: Path) -> None:
    put(project, "cover-letter.el.docx", make_document(author="Maria Examplou"))
    assert "cover-letter.el.docx" in [copy.file.name for copy in clean_report(project, PERIOD)]
    attached = {file.name: file for file in draft(project).message.attachments}
    assert attached["cover-letter.el.docx"].copy_of
    put(project, "cover-letter.el.docx", make_document(author="Somebody Else"))  # the copy is of another file now
    assert codes_of(project) == {"PRIV-004"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("cover-letter.{language}.docx", "annex.docx", "MAIL-003"),
        ("sender:", "subject: 'Report {{ periot }}'\nsender:", "MAIL-004"),
        ("sender:\n  name: {el: ΚΛΙΜΑΚΑ, en: KLIMAKA}\n  address: reports@klimaka.example.org\n", "", "MAIL-001"),
    ],
)
def test_a_fault_of_the_definition_stops_the_draft(project: Path, old: str, new: str, code: str) -> None:
    edit(project, old, new)
    assert code in codes_of(project)


def test_a_report_that_asks_for_nothing_has_no_payment_request_to_attach(project: Path) -> None:
    earlier = project / "out" / PERIOD / "payment-request.el.docx"
    data = earlier.read_bytes()
    earlier.unlink()
    assert codes_of(project) == {"MAIL-003"}
    put(project, earlier.name, data)  # of an earlier making, which asked for something
    put(project, "figures.json", json.dumps({"needless": ["payment-request", "modification-request"]}).encode())
    make_manifest(project)
    view = draft(project)
    assert [(x.code, x.severity) for x in view.findings] == [("MAIL-003", "info")]
    assert view.findings[0].message == "This report needs no `payment-request.el.docx`, so it does not go with it."
    assert [x.name for x in view.message.attachments] == [
        "cover-letter.el.docx",
        "narrative-report.el.docx",
        "financial-report.el.xlsx",
    ]


def test_what_the_cover_letter_encloses_and_nobody_attaches_is_told(project: Path) -> None:
    assert draft(project).findings == []
    edit(project, "  - narrative-report.{language}.docx\n", "")
    (finding,) = draft(project).findings
    assert (finding.code, finding.severity, finding.found) == ("MAIL-028", "warning", "narrative-report.el.docx")
    edit(project, "  - cover-letter.{language}.docx\n", "")
    assert draft(project).findings == []  # without the letter nobody lists anything


def test_what_others_wrote_and_a_letter_encloses_is_attached_or_told(project: Path) -> None:
    put(project, "figures.json", json.dumps({"enclosed": ["2008-audit", "progress-certificate"]}).encode())
    make_manifest(project)
    put(project, "audit.docx", make_document("Έκθεση ελέγχου."))
    edit(project, "attachments:", "attachments:\n  - audit.docx")
    (finding,) = (x for x in draft(project).findings if x.code == "MAIL-028")
    assert (finding.severity, finding.found) == ("warning", "2008-audit, progress-certificate")
    assert "2 in all; files beside the report's own documents that are attached: 1." in finding.message
    put(project, "certificate.docx", make_document("Βεβαίωση."))
    edit(project, "attachments:", "attachments:\n  - certificate.docx")
    assert [x for x in draft(project).findings if x.code == "MAIL-028"] == []


@pytest.mark.parametrize("pattern", ["*.{language}.*", "cover-letter.{language}.docx"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_that_leads_elsewhere_is_told_and_not_followed(project: Path, pattern: str, there: bool) -> None:
    letter = project / "out" / PERIOD / "cover-letter.el.docx"
    elsewhere = project / "elsewhere.docx"
    letter.rename(elsewhere)
    try:
        letter.symlink_to(elsewhere)
    except OSError:
        pytest.skip("this user may not make links")
    if not there:
        elsewhere.unlink()
    edit(project, "cover-letter.{language}.docx", f'"{pattern}"')
    with pytest.raises(UnusableError) as caught:
        draft(project)
    (finding,) = (x for x in caught.value.findings if x.severity == "error")
    assert (finding.code, finding.place.file) == ("MAIL-003", f"out/{PERIOD}/cover-letter.el.docx")


@pytest.mark.parametrize("pattern", ["../../project.yaml", "/etc/passwd", "C:secret.docx", ".checked.json"])
def test_no_path_leaves_the_folder_of_the_report(project: Path, pattern: str) -> None:
    edit(project, "cover-letter.{language}.docx", f"'{pattern}'")
    assert codes_of(project) == {"DEF-010"}


def test_a_figure_of_the_report_is_filled_in_and_no_header_can_be_added(project: Path) -> None:
    edit(project, "sender:", 'subject: "{{ spent_current }}\\nBcc: thief"\nsender:')
    view = draft(project)
    assert view.message.subject == "12.345,60\u00a0€ Bcc: thief".replace("\u00a0", " ")
    headers = view.eml.read_bytes().partition(b"\r\n\r\n")[0]
    assert headers.count(b"\r\nBcc:") == 1


def test_figures_are_those_of_the_report_whatever_has_changed_since(project: Path) -> None:
    submit(project, "2008-08-20")
    kept = {"texts": {"total": "143487.00", "spent_percent": "49.79", "spent_1": "100.00", "end": "2008-12-31"}}
    put(project, "figures.json", json.dumps(kept).encode())
    make_manifest(project)
    budget = project / "budget.yaml"
    text = budget.read_text("utf-8")
    assert "quantity: 12\n" in text
    budget.write_text(text.replace("quantity: 12\n", "quantity: 11\n", 1), "utf-8")
    edit(project, "sender:", 'subject: "{{ total }}, {{ spent_percent }}, {{ spent_1 }}, {{ end }}"\nsender:')
    assert draft(project).message.subject == "143.487,00 €, 49,79%, 100,00 €, 31 Δεκεμβρίου 2008"


@pytest.mark.parametrize("kept", [b'{"spent": "12345.60"}', None])
def test_a_figure_that_an_earlier_version_did_not_keep_asks_for_the_report_again(
    project: Path, kept: bytes | None
) -> None:
    if kept:
        put(project, "figures.json", kept)
    else:
        (project / "out" / PERIOD / "figures.json").unlink()
    make_manifest(project)
    assert draft(project).findings == []  # a text that names no figure goes out
    edit(project, "sender:", 'subject: "{{ spent }}, {{ spend }}"\nsender:')
    with pytest.raises(UnusableError) as caught:
        draft(project)
    by_code = {finding.code: finding for finding in caught.value.findings}
    assert {code: finding.found for code, finding in by_code.items()} == {"MAIL-029": "spent", "MAIL-004": "spend"}
    assert f"`grants report {project.name} --period {PERIOD}`" in by_code["MAIL-029"].remedy


def test_a_message_too_large_for_the_donor_stops_the_draft(project: Path) -> None:
    file = project.parents[1] / "templates" / "hellenic-aid" / "mail.yaml"
    file.write_text(file.read_text("utf-8").replace("most_megabytes: 10", "most_megabytes: 0"), "utf-8")
    assert codes_of(project) == {"MAIL-005"}


def test_a_changed_log_shows_and_stops_everything(project: Path) -> None:
    draft(project)
    log = project / "outbox" / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace("Maria", "Marta"), "utf-8")
    assert [finding.code for finding in read_whole_log(project).findings] == ["MAIL-020"]
    with pytest.raises(GrantsError, match="does not hold"):
        draft(project)


def test_a_removed_line_shows(project: Path) -> None:
    approve_message(project, PERIOD, "Ana", draft(project).digest, NOW)
    cancel_message(project, PERIOD, "Ana", "wait", NOW)
    log = project / "outbox" / "log.jsonl"
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text(lines[0] + lines[2], "utf-8")
    assert "does not follow" in read_whole_log(project).findings[0].message


def test_the_log_holds_no_body(project: Path) -> None:
    draft(project)
    text = (project / "outbox" / "log.jsonl").read_text("utf-8")
    assert "αξιότιμοι" not in text
    assert json.loads(text)["detail"]["attachments"][0]["sha256"]


def test_numbers_side_by_side_are_no_point_on_a_map(project: Path) -> None:
    put(project, "financial-report.el.xlsx", make_workbook(row=("Rate", 80.4567, 23.7654321)))
    assert draft(project).state == "drafted"


def test_figures_that_were_changed_by_hand_go_into_no_message(project: Path) -> None:
    put(project, "figures.json", b'{"spent_current": "99999.00"}')
    assert codes_of(project) == {"MAIL-029"}
    put(project, "figures.json", b"damaged")
    assert codes_of(project) == {"MAIL-029"}


def submit(project: Path, day: str | None) -> None:
    """Enter the day on which the interim report was handed in, or take it out; the report is made again."""
    file = project / "grant.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "submitted:" not in line]
    if day:
        at = next(i for i, line in enumerate(kept) if f"code: {PERIOD}" in line)
        kept.insert(at + 1, f"    submitted: {day}\n")
    file.write_text("".join(kept), "utf-8")
    make_manifest(project)


def test_a_report_that_is_older_than_the_definition_goes_out_only_as_it_was_handed_in(project: Path) -> None:
    budget = project / "budget.yaml"
    text = budget.read_text("utf-8")
    submit(project, None)
    budget.write_text(f"{text}# another word\n", "utf-8")
    assert codes_of(project) == {"MAIL-030"}
    submit(project, "2008-08-20")
    budget.write_text(text, "utf-8")
    (finding,) = draft(project).findings
    assert (finding.code, finding.severity, finding.found) == ("MAIL-030", "warning", "budget.yaml")
    make_manifest(project)
    assert draft(project).findings == []


def test_a_document_of_an_earlier_making_does_not_go_out_among_the_others(project: Path) -> None:
    submit(project, None)
    manifest = project / "out" / PERIOD / "manifest.json"
    made = json.loads(manifest.read_text("utf-8"))
    made["outputs"]["cover-letter.el.docx"]["definition"] = "of something else"
    manifest.write_text(json.dumps(made), "utf-8")
    with pytest.raises(UnusableError) as caught:
        draft(project)
    (finding,) = caught.value.findings
    assert (finding.code, finding.found) == ("MAIL-030", "cover-letter.el.docx")
    manifest.unlink()
    assert "MAIL-030" in codes_of(project)


@pytest.mark.parametrize(("languages", "chosen"), [("[el, en]", "el"), ("[en]", "en")])
def test_a_message_is_in_the_donors_language_where_the_project_is_written_in_it(
    project: Path, languages: str, chosen: str
) -> None:
    sheet = project / "project.yaml"
    text = sheet.read_text("utf-8")
    assert "languages: [el, en]" in text
    sheet.write_text(text.replace("languages: [el, en]", f"languages: {languages}"), "utf-8")
    report = project / "out" / PERIOD
    for file in list(report.glob("*.el.*")):
        file.rename(file.with_name(file.name.replace(".el.", f".{chosen}.")))
    make_manifest(project)
    assert draft(project).message.language == chosen
