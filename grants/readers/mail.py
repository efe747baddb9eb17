"""What is said about mail: outbox.yaml of a project, mail.yaml of a pack, a user's settings, the texts of messages."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from grants.errors import Finding, Place
from grants.model.base import Model
from grants.model.mail import DonorMail, Outbox
from grants.model.settings import Settings
from grants.readers.shape import read_shape
from grants.readers.text_file import read_text
from grants.readers.yaml_file import YamlFile, read_yaml

OUTBOX = "outbox.yaml"
DONOR_MAIL = "mail.yaml"
SETTINGS = "settings.toml"
SUBJECT = "Subject:"
MAIL = "mail"
CORRECTION = "mail-correction"
Part = TypeVar("Part", bound=Model)


def read_outbox(folder: Path) -> tuple[Outbox | None, list[Finding]]:
    """A project's outbox.yaml; an empty one where there is no file, None where it has faults."""
    return _read(folder / OUTBOX, OUTBOX, Outbox, Outbox())


def read_donor_mail(pack: Path) -> tuple[DonorMail | None, list[Finding]]:
    """A pack's mail.yaml; an empty one where there is no file, None where it has faults."""
    return _read(pack / DONOR_MAIL, f"templates/{pack.name}/{DONOR_MAIL}", DonorMail, DonorMail())


def _read(file: Path, name: str, model: type[Part], empty: Part) -> tuple[Part | None, list[Finding]]:
    if not file.exists():
        return empty, []
    yaml_file, findings = read_yaml(file, name)
    if yaml_file is None or findings:
        return None, findings
    if yaml_file.data is None:  # nothing but comments
        return empty, []
    return read_shape(yaml_file, model, file.stem)


def find_settings(environment: Mapping[str, str]) -> Path:
    """Where a user's settings stand: GRANTS_SETTINGS, or the system's folder for such files."""
    if named := environment.get("GRANTS_SETTINGS"):
        return Path(named)
    if os.name == "nt":
        return Path(environment.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "grants" / SETTINGS
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "grants" / SETTINGS
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "grants" / SETTINGS


def read_settings(file: Path) -> tuple[Settings | None, list[Finding]]:
    """A user's settings; those of a new user where there is no file, None where it has faults."""
    if not file.exists():
        return Settings(), []
    text, findings = read_text(file, str(file))
    if text is None:
        return None, findings
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, remedy = f"The settings are not TOML: {error}.", "Compare them with docs/outbox.md."
        return None, [Finding("MAIL-007", Place(str(file)), message, remedy)]
    return read_shape(YamlFile(str(file), data, None), Settings, "settings")


def read_wording(templates: Path, donor: str, language: str, kind: str = MAIL) -> tuple[Path, str, str, list[Finding]]:
    """File, subject and body of the text for a language: the donor's own mail.<lang>.md, else that of all donors; or of
    another kind, as what a correction says first. The body has its lines where they stand in the file.
    """
    files = [templates / folder / f"{kind}.{language}.md" for folder in (donor, "_common")]
    file = next((f for f in files if f.exists()), files[-1])
    name = name_wording(file)
    if not file.exists():
        message, remedy = f"There is no text for a message in `{language}`.", "Write one, or choose another language."
        return file, "", "", [Finding("MAIL-004", Place(name), message, remedy)]
    text, findings = read_text(file, name)
    first, _, body = (text or "").partition("\n")
    if text is not None and not first.startswith(SUBJECT):
        message, remedy = "The text does not begin with its subject.", f"Begin the file with a line `{SUBJECT} ...`."
        findings.append(Finding("MAIL-004", Place(name, 1, 1), message, remedy, first[:60]))
    return file, first.removeprefix(SUBJECT).strip(), f"\n{body.rstrip()}\n", findings


def name_wording(file: Path) -> str:
    """The file of a text, as people are told of it."""
    return f"templates/{file.parent.name}/{file.name}"
