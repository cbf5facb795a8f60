"""Runs the checks on submissions: collected once, run again for each.

`grade` serves a learner; `grade_all` a folder of submissions, in one process or several, each of which
can end without taking a result with it.
"""

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import catalogue, derive, transports
from .channel import CALL_SECONDS
from .errors import GraderFault
from .grading import Grading
from .project import CHECKS
from .results import Result, tests_digest
from .submission import Submission

__all__ = ["grade", "grade_all", "grade_each", "prepare"]


def grade(
    exercises: Sequence[catalogue.Exercise],
    path: Path,
    isolation: str = "process",
    seconds: float = CALL_SECONDS,
    step: Callable[[], None] | None = None,
) -> Result:
    """Run the checks of some exercises on a submission and return the result; `step` is told of each.

    Raises
    ------
    GraderFault
        If the checks themselves could not run.
    """
    found: list[Result] = []
    grade_each(exercises, [path], found.append, isolation, seconds, step)
    return found[0]


def prepare(isolation: str = "process", derives: bool = False, memory: int | None = None) -> None:
    """Start what loads for long, sympy above all, before it is known what to do with it."""
    if derives:
        derive.start()
    transports.prepare(isolation, derives, memory)


def grade_all(
    exercises: Sequence[catalogue.Exercise],
    paths: Sequence[Path],
    isolation: str,
    seconds: float = CALL_SECONDS,
    jobs: int = 1,
    memory: int | None = None,
    brief: bool = False,
) -> Iterator[Result]:
    """Yield the result of each submission as it is done, graded by `jobs` processes at a time.

    A process that ends takes nothing with it: its submission is tried once more by another one, and is
    then a fault of the grader.
    """
    from .jobs import run_jobs

    yield from run_jobs(exercises, paths, isolation, seconds, min(jobs, len(paths)), memory, brief)


def grade_each(
    exercises: Sequence[catalogue.Exercise],
    paths: Iterable[Path],
    report: Callable[[Result], None],
    isolation: str = "process",
    seconds: float = CALL_SECONDS,
    step: Callable[[], None] | None = None,
    memory: int | None = None,
    brief: bool = False,
) -> None:
    """Grade one submission after another in this process and report each result.

    `step` is called after each exercise of each submission. A fault of the grader is tried once more
    before it is reported. `brief` ends an exercise with the first check that costs points and explains
    nothing: for who asks only whether an answer is refused.

    Raises
    ------
    GraderFault
        If the checks themselves could not run.
    """
    root = exercises[0].root
    opened = (Submission(path, root, isolation, seconds, memory) for path in paths)
    first = next(opened, None)
    if first is None:
        return
    if any(entry.kind == "derive" for entry in exercises):
        prepare(isolation, derives=True, memory=memory)
    first.start(exercises[0])  # its worker loads numpy while this process loads pytest
    with contextlib.closing(first):
        _Session(exercises, itertools.chain([first], opened), report, step, brief).run()


class _Session:
    """One run of pytest, as a plugin of it: the loop over submissions in place of the loop over tests."""

    def __init__(
        self,
        exercises: Sequence[catalogue.Exercise],
        submissions: Iterable[Submission],
        report: Callable[[Result], None],
        step: Callable[[], None] | None,
        brief: bool,
    ) -> None:
        self.exercises, self.submissions, self.report = exercises, submissions, report
        self.brief = brief
        self.step = step or (lambda: None)
        self.tests_sha256 = tests_digest(exercises[0].root)
        self.trouble: list[str] = []

    def run(self) -> None:
        """Run pytest with no plugin but the grader's own, quietly."""
        import pytest  # here, so that it loads while the worker loads numpy

        from . import plugin

        root = self.exercises[0].root
        arguments = ["-s", "-c", os.devnull, "--rootdir", str(root), "--import-mode=importlib"]
        for name in ("cacheprovider", "unraisableexception", "threadexception", "terminal", "faulthandler"):
            arguments += ["-p", f"no:{name}"]
        arguments += [str(entry.checks) for entry in self.exercises]
        handed: list[Any] = [plugin, self]
        with _quietly(), _environment("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1"), modules_forgotten(root):
            code = pytest.main(arguments, plugins=handed)
        if code == pytest.ExitCode.INTERRUPTED and not self.trouble:
            raise KeyboardInterrupt
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            raise GraderFault(f"the checks could not run:\n{chr(10).join(self.trouble)[-2000:]}")

    def pytest_configure(self, config: Any) -> None:
        """Tell the grader's plugin that submissions come from here."""
        from . import plugin

        config.stash[plugin.BATCH] = True

    def pytest_collectreport(self, report: Any) -> None:
        """Keep what is wrong with a file of checks."""
        if report.failed:
            self.trouble.append(str(report.longrepr))

    def pytest_internalerror(self, excrepr: Any) -> None:
        """Keep what went wrong in pytest itself."""
        self.trouble.append(str(excrepr))

    def pytest_runtestloop(self, session: Any) -> bool:
        """Grade every submission with the items that were collected once."""
        if session.testsfailed:
            raise session.Interrupted("the checks do not load")
        items: dict[Path, list[Any]] = {}
        for item in session.items:
            items.setdefault(item.path, []).append(item)
        for submission in self.submissions:
            result = self._grade(session, items, submission)
            if result.grader_fault is not None:
                again = submission.fresh()
                result = self._grade(session, items, again)
            self.report(result)
        return True

    def _grade(self, session: Any, items: dict[Path, list[Any]], submission: Submission) -> Result:
        from . import plugin

        grading = session.config.stash[plugin.GRADING] = Grading(submission, self.tests_sha256, self.brief)
        try:
            for entry in sorted(self.exercises, key=submission.worker):  # each file is loaded once
                own = items.get(entry.checks, [])
                _run_items(session, own)
                first = grading.rows.get(entry.id)
                if first is not None and (used := grading.lean_on_neighbors(entry)):
                    _run_items(session, own)
                    grading.settle(entry, first, used)
                    submission.lean_on(entry, {})  # what comes next is graded without the grader's functions
                self.step()
            return grading.result()
        finally:
            submission.close()


def _run_items(session: Any, items: list[Any]) -> None:
    for number, item in enumerate(items):
        following = items[number + 1] if number + 1 < len(items) else None
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Let what a check prints go nowhere: standard output may carry results."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


@contextlib.contextmanager
def modules_forgotten(root: Path) -> Iterator[None]:
    """Forget the modules of checks afterwards: another project's have the same names."""
    before = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(root / CHECKS)):
                del sys.modules[name]


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
