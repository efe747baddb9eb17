"""The files of a report that go with its message: which, as what they were made, and from which definition."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from grants.errors import Finding, Place, UnusableError
from grants.model.message import AttachedFile
from grants.readers.mail import OUTBOX
from grants.services.inputs import FIGURES, OUT
from grants.services.kept_figures import read_kept_figures
from grants.services.manifest import MANIFEST, hash_bytes, read_manifest
from grants.services.outbox.clean import read_clean_copy
from grants.services.verify import list_changes
from grants.views.message import DATES, WORDS


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What goes out, and what the text of the message may say of it."""

    data: Mapping[str, bytes]
    attached: tuple[AttachedFile, ...]
    figures: Mapping[str, str]
    """Name -> figure or word, as the ledger said when the report was made."""
    findings: list[Finding]
    has_texts: bool
    """Whether the figures that a text may name were kept with the report; an earlier version kept others."""


def read_report_files(
    folder: Path, patterns: Sequence[str], language: str, submitted: datetime.date | None
) -> ReportFiles:
    """The files that patterns name, each once, as they go out: cleaned where a clean copy stands.

    Raises UnusableError where there is no report.
    """
    manifest = read_manifest(folder)
    outputs = manifest["outputs"] if manifest else {}
    figures, findings = _read_figures(folder, outputs)
    needless = [str(name) for name in needs] if isinstance(needs := figures.get("needless"), list) else []
    names, links = _list_files(folder, needless)
    if not names and not links:
        remedy = f"Make it first: {name_command(folder)}."
        raise UnusableError(f"There is no report in {OUT}/{folder.name}.", remedy, code="MAIL-002")
    chosen, faults = _choose_files([*names, *links], patterns, language, needless)
    findings += [*faults, *_refuse_links(folder, [name for name in chosen if name in links])]
    chosen = [name for name in chosen if name in names]
    findings += _check_age(folder, manifest, chosen, submitted)
    made = {name: entry for name, entry in outputs.items() if _stem(name) not in needless}
    data: dict[str, bytes] = {}
    attached: list[AttachedFile] = []
    for name in chosen:
        original = (folder / name).read_bytes()
        digest = hash_bytes(original)
        if made.get(name, {}).get("sha256") != digest:
            message, remedy = "This file is not as the report was made.", "Look whether the change is meant to go out."
            findings.append(Finding("MAIL-006", Place(f"{OUT}/{folder.name}/{name}"), message, remedy, None, "warning"))
        copy = read_clean_copy(folder, name, digest)
        data[name] = original if copy is None else copy
        attached.append(AttachedFile(name, len(data[name]), hash_bytes(data[name]), None if copy is None else digest))
    findings += _find_left_out(made, chosen, language)
    findings += _find_unattached(folder, figures, [name for name in chosen if name not in outputs], chosen)
    return ReportFiles(data, tuple(attached), _list_words(figures), findings, isinstance(figures.get("texts"), dict))


def _list_words(figures: Mapping[str, Any]) -> dict[str, str]:
    """Those of the kept figures that a text may name. `start` of the report, for instance, is none: that is the
    project's in a text."""
    texts = figures.get("texts")
    words = {name: figures.get(name) for name in (*DATES, *WORDS)} | (texts if isinstance(texts, dict) else {})
    return {name: value for name, value in words.items() if isinstance(value, str)}


def _list_files(folder: Path, needless: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of the report's files, and of what only leads elsewhere: a link to another folder, or to nothing."""
    here = sorted(f for f in folder.glob("[!.~]*") if f.is_symlink() or f.is_file())
    here = [f for f in here if f.name not in (MANIFEST, FIGURES) and _stem(f.name) not in needless]
    links = [f.name for f in here if not f.is_file() or f.resolve().parent != folder.resolve()]
    return [f.name for f in here if f.name not in links], links


def _refuse_links(folder: Path, links: Sequence[str]) -> Iterator[Finding]:
    """Why not followed: what stands behind a link can be exchanged, or be anything of this computer."""
    for name in links:
        message = "This is a link that leads out of the report's folder, so what stands there does not go out."
        remedy = "Put the file itself into the folder, or take the link away."
        yield Finding("MAIL-003", Place(f"{OUT}/{folder.name}/{name}"), message, remedy)


def name_command(folder: Path) -> str:
    """What makes the report in a folder again."""
    return f"`grants report {folder.parents[1].name} --period {folder.name}`"


def _read_figures(folder: Path, outputs: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[Finding]]:
    """What the ledger said when the report was made; nothing where there is no such file, then what refers to it has
    nothing to fill in. Of a file that is not as it was made, no figure goes out.
    """
    kept = read_kept_figures(folder, outputs)
    if kept is None:
        return {}, []
    if kept.as_made:
        return kept.data, []
    message = "The figures that the message may name are not as the report was made."
    remedy = f"Nobody changes this file by hand. Make the report again: {name_command(folder)}."
    return kept.data, [Finding("MAIL-029", Place(f"{OUT}/{folder.name}/{FIGURES}"), message, remedy)]


def _check_age(
    folder: Path, manifest: dict[str, Any] | None, names: Sequence[str], submitted: datetime.date | None
) -> Iterator[Finding]:
    """Whether the report, and each document of it, is of the definition as it stands. What was handed in already goes
    out as it was: then it is for whoever approves to know.
    """
    found: list[str] = []
    if manifest is None:
        message = "Nobody can say from what this report was made: its manifest is missing, or damaged."
    elif found := list_changes(folder, manifest):
        message = "The definition, or what came back, has changed since this report was made."
    elif found := [name for name in names if _is_older(name, manifest)]:
        message = "Documents of an earlier making, from something else, stand among the others."
    else:
        return
    remedy = f"Make it again: {name_command(folder)}; if it was handed in as it is, enter the day under `submitted`."
    if submitted:
        remedy = f"By grant.yaml it was handed in on {submitted}: look whether it still is what you want to send."
    place = Place(f"{OUT}/{folder.name}/{MANIFEST}")
    yield Finding("MAIL-030", place, message, remedy, ", ".join(found) or None, "warning" if submitted else "error")


def _is_older(name: str, manifest: Mapping[str, Any]) -> bool:
    entry = manifest["outputs"].get(name)
    return entry is not None and entry.get("definition") != manifest.get("definition")


def _choose_files(
    names: Sequence[str], patterns: Sequence[str], language: str, needless: Sequence[str]
) -> tuple[list[str], list[Finding]]:
    """Those of the report's files that patterns name, each once. A document that this report does not need, such as a
    payment request where nothing is asked for, is not missed; nor does one of an earlier making go out.
    """
    chosen: list[str] = []
    findings: list[Finding] = []
    for pattern in patterns:
        wanted = pattern.replace("{language}", language)
        found = [name for name in names if fnmatchcase(name, wanted)]
        if not found and _stem(wanted) in needless:
            message, remedy = f"This report needs no `{wanted}`, so it does not go with it.", "Nothing has to be done."
            findings.append(Finding("MAIL-003", Place(OUTBOX), message, remedy, pattern, "info"))
        elif not found:
            message, known = f"No file of the report is called `{wanted}`.", ", ".join(names)
            findings.append(Finding("MAIL-003", Place(OUTBOX), message, f"Files: {known}.", pattern))
        chosen += found
    return list(dict.fromkeys(chosen)), findings


def _stem(name: str) -> str:
    """Which document a file is, in whatever language."""
    return name.split(".", maxsplit=1)[0]


def _find_left_out(made: Iterable[str], attached: Sequence[str], language: str) -> Iterator[Finding]:
    """Documents of the report that the cover letter lists as enclosed, and that do not go with it."""
    stems = {name.rpartition(".")[0] for name in attached}
    if f"cover-letter.{language}" not in stems:
        return
    for name in made:
        stem, _, ending = name.rpartition(".")
        if ending in ("docx", "xlsx") and stem.endswith(f".{language}") and stem not in stems:
            message = "The cover letter lists this document as enclosed, but it is not attached."
            yield Finding("MAIL-028", Place(OUTBOX), message, "Add it to `attachments`.", name, "warning")


def _find_unattached(
    folder: Path, figures: Mapping[str, Any], others: Sequence[str], attached: Sequence[str]
) -> Iterator[Finding]:
    """Fewer files of others than the letters enclose: which of them is which paper, no name of a file says."""
    enclosed = [str(code) for code in codes] if isinstance(codes := figures.get("enclosed"), list) else []
    letters = {"cover-letter", "payment-request"} & {_stem(name) for name in attached}
    if letters and len(others) < len(enclosed):
        message = (
            f"The letters list what others wrote as enclosed, {len(enclosed)} in all; files beside the report's own "
            f"documents that are attached: {len(others)}."
        )
        remedy = f"Put each into {OUT}/{folder.name} and name it under `attachments`, unless it goes another way."
        yield Finding("MAIL-028", Place(OUTBOX), message, remedy, ", ".join(enclosed), "warning")
