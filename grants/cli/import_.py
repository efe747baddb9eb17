"""`grants import`."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grants.cli.import_advice import count_stuck, is_fine, list_advice, say_open
from grants.cli.show import as_data, shorten, show_findings, show_json
from grants.errors import UsageError, has_errors
from grants.services.workspace import find_projects

if TYPE_CHECKING:
    from grants.errors import Finding
    from grants.services.returns.accept import Accepted, Drafted
    from grants.services.returns.decide import Ask, Decided, Side
    from grants.services.returns.importing import Reviewed
    from grants.services.returns.making import Grounds
    from grants.services.returns.review import Review


_LOCK = re.compile(r"(?:~\$|\.~lock\.)(.+?)#?")
"""How Excel and LibreOffice name the small file beside a workbook that is open."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", metavar="PROJECT", help="Whose it is, where the file does not say so itself.")
@click.option("--period", metavar="2008-H1", help="The period of an export, or of a form that lost its stamp.")
@click.option("--map", "mapping", metavar="NAME", help="A mapping of import.yaml, where several fit an export.")
@click.option("--accept", is_flag=True, help="Write; at a terminal, every open change is asked.")
@click.option("--accept-theirs", "side", flag_value="theirs", help="Write; in a conflict the file is right.")
@click.option(
    "--accept-ours", "side", flag_value="ours", help="Write; in a conflict, or where a cell is faulty, we are."
)
@click.option("--correct", is_flag=True, help="Write a copy with the faults marked, beside each file.")
@click.option("--all", "everything", is_flag=True, help="List every change and finding, however many there are.")
@click.option("--as", "who", metavar="NAME", help="Who accepts it (default: your user name).")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def import_(
    files: tuple[Path, ...],
    project: str | None,
    period: str | None,
    mapping: str | None,
    accept: bool,
    side: Side | None,
    correct: bool,
    everything: bool,
    who: str | None,
    as_json: bool,
) -> None:
    """Review what came back: filled-in forms, exports of an accounting program.

    Nothing is written unless you accept it. The exit code is 1 while something has to be decided or corrected.
    """
    import getpass  # noqa: PLC0415  # only for who runs it

    from grants.services.returns.importing import review_file  # noqa: PLC0415  # heavy
    from grants.services.returns.together import review_after  # noqa: PLC0415  # heavy

    here, writes = Path.cwd(), accept or side is not None
    folders = find_projects([project] if project else [], here)
    files = tuple(_pass_by_locks(files))
    asked: list[_Import] = []
    alone = {x: review_file(x, folders, period, mapping).review for x in files[1:] if side}
    for file in files:
        reviewed = review_after(file, folders, period, mapping, [x.brings for x in asked if x.brings])
        one = _Import(file, reviewed, alone.get(file), here, quiet=as_json, everything=everything)
        asked.append(one)
        one.run(write=writes, side=side, correct=correct, who=who or getpass.getuser())
    if writes:
        _write(asked)
    if as_json:
        show_json([x.told for x in asked])
    if not all(x.fine for x in asked):
        sys.exit(1)


def _pass_by_locks(files: Sequence[Path]) -> Sequence[Path]:
    """The files without the small ones that Excel and LibreOffice lay beside a workbook that they have open; each is
    told.
    """
    names = {x: next((y.group(1) for y in [_LOCK.fullmatch(x.name)] if y), None) for x in files}
    for file, name in names.items():
        if name:
            what = f"{file.name} passed by: {name} is open in Excel or LibreOffice"
            click.secho(
                f"{what}; what was not saved there yet is not in it. Save and close it first.", fg="yellow", err=True
            )
    kept = [x for x in files if not names[x]]
    if not kept:
        raise UsageError(
            "No other file was named: there is nothing to import.", "Close the workbook, then name it itself."
        )
    return kept


def _write(asked: Sequence[_Import]) -> None:
    """Write what all files bring; nothing where something stands against one of them."""
    from grants.services.returns.importing import write  # noqa: PLC0415  # heavy

    drafts = [x.drafted for x in asked if x.drafted]
    if len(drafts) == len(asked):
        for one, done in zip(asked, write(drafts), strict=True):
            one.say_written(done)
        return
    for one in asked:
        one.say_left()


class _Import:
    """One file on its way."""

    def __init__(
        self, file: Path, reviewed: Reviewed, alone: Review | None, here: Path, quiet: bool, everything: bool
    ) -> None:
        """`alone` is its review without those before it, where it is not the first of its command."""
        from grants.services.returns.together import find_between  # noqa: PLC0415  # heavy

        self.file, self.here, self.quiet, self.everything = file, here, quiet, everything
        self.reviewed = reviewed
        self.between = find_between(reviewed.review, alone) if reviewed.review else []
        self.fine = self.corrected = False
        self.decided: Decided | None = None
        self.drafted: Drafted | None = None
        self.told: dict[str, object] = {"file": str(file)}

    @property
    def brings(self) -> tuple[Grounds, Mapping[Path, bytes]] | None:
        """Its project, and what it would write: as it was decided, else with all that could be taken over."""
        review = self.reviewed.review
        if review is None:
            return None
        files = self.drafted.files if self.drafted else review.checked.files if review.checked else {}
        return review.recognised.grounds, files

    def run(self, *, write: bool, side: Side | None, correct: bool, who: str) -> None:
        """Say what there is; then write, or say how."""
        review = self.reviewed.review
        self.told["findings"] = [as_data(x) for x in (*self.reviewed.findings, *self._list_ahead(review))]
        if not self.quiet:
            self._show(review)
        if review is None:
            return
        self.told |= _describe(review)
        self.fine = is_fine(review)
        if correct and review.expected.headers:
            self._correct(review)
        if write:
            try:
                self._accept(review, side, who)
            except click.Abort:  # also Ctrl-C, and the end of the input
                self._say("\nStopped: nothing was written, everything is as it was.", "yellow")
                sys.exit(1)
        elif not self.quiet:
            self._advise(review)

    def _show(self, review: Review | None) -> None:
        from grants.cli.import_show import show_review  # noqa: PLC0415

        if review:
            show_review(review, shorten(self.file.resolve(), self.here), everything=self.everything)
        if self.reviewed.findings:
            self._show_findings(self.reviewed.findings, self.file.resolve().parent)
        if review and (ahead := self._list_ahead(review)):
            click.echo("Where this is taken over, the checks will also say:")
            self._show_findings(ahead, review.recognised.grounds.folder)

    def _list_ahead(self, review: Review | None) -> list[Finding]:
        """What the checks would say that has no place in the file itself."""
        return [x for x in review.ahead if x.place.file != self.file.name] if review else []

    def _show_findings(self, findings: Sequence[Finding], folder: Path) -> None:
        from grants.cli.import_groups import group_findings  # noqa: PLC0415

        show_findings(group_findings(findings, everything=self.everything), folder, self.here)

    def _correct(self, review: Review) -> None:
        from grants.services.returns.faults import list_faults  # noqa: PLC0415  # heavy
        from grants.services.returns.importing import correct  # noqa: PLC0415  # heavy

        if not list_faults(review):
            self._say("✓ Nothing has to be corrected: no copy is needed.")
            return
        done = correct(review)
        self.corrected = True
        self.told["correction"] = str(done.file)
        self._say(f"✓ {shorten(done.file.resolve(), self.here)}: send this copy back; its faults are marked.")
        for file in done.standing:
            self._say(
                f"  {file.name} says something else, perhaps what finance repaired: it was left as it is.", "yellow"
            )

    def _accept(self, review: Review, side: Side | None, who: str) -> None:
        from grants.services.returns.importing import draft  # noqa: PLC0415  # heavy

        self.decided = self._decide(review, side)
        if self.decided:
            self.drafted = draft(review, self.decided, who, datetime.datetime.now().astimezone())
            self.fine = True

    def _decide(self, review: Review, side: Side | None) -> Decided | None:
        """What is to be written; None where something stands against it, after saying what."""
        from grants.services.returns.importing import decide_review  # noqa: PLC0415  # heavy

        can_ask = is_terminal() and not self.quiet and (side != "ours" or bool(self.between))
        stuck = 0 if side == "ours" and not has_errors(review.findings) else count_stuck(review)
        ask = self._make_asking(review, side) if can_ask and not stuck else None
        decided = decide_review(review, side, ask, self.between)
        if not (decided.open or stuck):
            return decided
        self.fine = False
        self._say(f"Nothing was written: {say_open(decided.open, stuck)}.", "red")
        if not self.quiet:
            if decided.open and not stuck and not can_ask and side is None:
                click.echo("Nobody can be asked here: it is no terminal.")
            if self.between:
                cells = ", ".join(f"{x.sheet}!{x.cell}" for x in self.between[:5])
                click.echo(f"A file before it in this command says otherwise: {cells}. Decide at a terminal: --accept.")
                return None
            self._advise(review)
        return None

    def _make_asking(self, review: Review, side: Side | None) -> Ask:
        """Asks at the terminal for what the side does not settle."""
        from grants.cli.import_ask import Asking  # noqa: PLC0415

        count = sum(side is None or x.verdict != "conflict" or x in self.between for x in review.open)
        return Asking(count, review)

    def say_left(self) -> None:
        """That nothing of it was written for the sake of another file."""
        if self.drafted and self.drafted.files:
            self.fine = False
            self._say(
                f"Nothing of {self.file.name} was written either: the files of one command are written together.", "red"
            )

    def say_written(self, done: Accepted) -> None:
        """What was written of it."""
        from grants.services.returns.said import list_unsaved  # noqa: PLC0415

        review, decided = self.reviewed.review, self.decided
        if review is None or decided is None:
            return
        self.told |= {"written": [str(file) for file in done.files], "new_findings": list(map(as_data, done.findings))}
        unsaved = list_unsaved(review)
        for file in done.files:
            self._say(f"✓ {shorten(file, self.here)}")
        if done.files and review.settles:
            self._say(f"✓ {review.recognised.period} came back without a cost: that is on record.")
        if not done.files and decided.refused:
            self._say("✓ Nothing to write: what is here stays.")
        elif not done.files and not unsaved:
            self._say("✓ Nothing to write: the project says the same already.")
        if unsaved:
            many = "1 cell is" if len(unsaved) == 1 else f"{len(unsaved):,} cells are"
            self._say(f"{'' if done.files else 'Nothing was written. '}{many} not taken over by an import; "
                      "the notes above say where each is to be written.", "yellow")  # fmt: skip
        if done.findings and not self.quiet:
            click.echo("\nThe checks now also say:")
            self._show_findings(done.findings, review.recognised.grounds.folder)

    def _advise(self, review: Review) -> None:
        for line in list_advice(review, corrected=self.corrected):
            click.echo(line)

    def _say(self, text: str, colour: str = "green") -> None:
        if not self.quiet:
            click.secho(text, fg=colour)


def is_terminal() -> bool:
    """Whether somebody can be asked: sees the question, and can answer it."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _describe(review: Review) -> dict[str, object]:
    """The review for machines."""
    changes = [
        {
            "kind": x.kind,
            "verdict": x.verdict,
            "table": x.table,
            "row": x.row,
            "column": x.column,
            "sheet": x.sheet,
            "cell": x.cell,
            "base": x.base,
            "ours": x.ours,
            "theirs": x.theirs,
            **({"oddity": x.odd.kind, "shown": x.odd.shown, "readings": list(x.odd.readings)} if x.odd else {}),
            **({"texts": dict(x.texts)} if x.texts else {}),
        }
        for x in review.changes
    ]
    return {
        "form": review.recognised.form.key,
        "project": review.recognised.grounds.folder.name,
        "period": review.recognised.period,
        "sha256": review.sha256,
        "stamped": review.stamped,
        "changes": changes,
        "notes": [x._asdict() for x in review.notes],
    }
