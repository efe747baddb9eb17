"""`grants build`: projects -> their documents, written whole or not at all, only where something has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from grants.errors import GrantsError
from grants.services.freshness import is_current, keep_state
from grants.services.inputs import describe_state
from grants.services.options import Options, Outcome
from grants.services.workspace import find_templates

BATCH = 10
"""Projects a process takes at a time where LibreOffice counts pages: one call of it serves them all."""


MOST_PROCESSES = 61
"""Windows waits for no more."""

Report = Callable[[Outcome], None]


def build_projects(projects: Sequence[Path], options: Options, jobs: int, report: Report) -> list[Outcome]:
    """Build every project, by several processes where there are several; `report` hears of each as it ends."""
    outcomes = {}
    waiting = []
    for project in projects:
        if not options.force and is_fresh(project, options):
            outcomes[project] = Outcome(project, unchanged=True)
            report(outcomes[project])
        else:
            waiting.append(project)
    for outcome in _run(waiting, options, jobs):
        outcomes[outcome.project] = outcome
        report(outcome)
    return [outcomes[project] for project in projects]


def _run(projects: Sequence[Path], options: Options, jobs: int) -> Iterator[Outcome]:
    size = BATCH if options.page_numbers or options.pdf else 1
    size = min(size, -(-len(projects) // max(jobs, 1))) or 1
    batches = [projects[start : start + size] for start in range(0, len(projects), size)]
    if jobs < 2 or len(batches) < 2:
        for batch in batches:
            yield from build_batch(batch, options)
        return
    yield from _run_in_processes(batches, options, min(jobs, len(batches), MOST_PROCESSES))


def _run_in_processes(batches: Sequence[Sequence[Path]], options: Options, processes: int) -> Iterator[Outcome]:
    """Whoever stops the program stops its processes too, and what they have not begun."""
    import multiprocessing  # noqa: PLC0415  # 15 ms, for many projects only
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    with ProcessPoolExecutor(processes, initializer=_stop_quietly) as pool:
        try:
            for future in as_completed([pool.submit(_build_until_told, batch, options) for batch in batches]):
                yield from future.result()
        except BrokenProcessPool as error:
            what = "One of the processes that build was ended from outside; what it had not finished is as before."
            raise GrantsError(what, "Is memory short? Build fewer at once: --jobs 1.") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise


def _stop_quietly() -> None:
    """In a process that builds: end when told to, after what is half written was taken back, and say nothing."""
    import signal  # noqa: PLC0415

    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: sys.exit(1))


def _build_until_told(projects: Sequence[Path], options: Options) -> list[Outcome]:
    """As build_batch; whoever is told to end does so at once, where the pool would go on with the next batch."""
    try:
        return build_batch(projects, options)
    except SystemExit:
        os._exit(1)


def build_batch(projects: Sequence[Path], options: Options) -> list[Outcome]:
    """Build projects in this process; LibreOffice is called once or twice for all of them."""
    from grants.services.production import produce  # noqa: PLC0415  # heavy: every library that makes documents

    states = {project: _describe(project, options) for project in projects}  # before: what changes meanwhile is new
    outcomes = produce(projects, options)
    for outcome in outcomes:
        if outcome.is_complete:
            keep_state(options.folder(outcome.project), states[outcome.project], outcome.files)
    return outcomes


def is_fresh(project: Path, options: Options) -> bool:
    """Whether the documents are there, untouched, and made from what is there now, as asked."""
    return is_current(options.folder(project), _describe(project, options))


def _describe(project: Path, options: Options) -> str:
    import shutil  # noqa: PLC0415  # 2 ms that no help text needs

    office = bool(shutil.which("soffice")) and options.page_numbers  # installed since: pages can be counted now
    asked = (office, options.languages, options.only, options.date, options.pdf, options.page_numbers)
    return f"{asked}\n{describe_state(project, find_templates(project))}"
