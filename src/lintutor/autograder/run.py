"""Runs the checks of some exercises on a submission, for the front door."""

import contextlib
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import catalogue
from .channel import CALL_SECONDS
from .errors import GraderFault
from .grading import Grading
from .results import Result
from .submission import Submission

__all__ = ["grade"]


def grade(
    exercises: Sequence[catalogue.Exercise],
    path: Path,
    isolation: str = "process",
    seconds: float = CALL_SECONDS,
) -> Result:
    """Run the checks of some exercises on a submission and return the result.

    A fault of the grader is tried once more before it is reported.

    Raises
    ------
    GraderFault
        If the checks themselves could not run.
    """
    result = _grade_once(exercises, path, isolation, seconds)
    return result if result.grader_fault is None else _grade_once(exercises, path, isolation, seconds)


def _grade_once(
    exercises: Sequence[catalogue.Exercise], path: Path, isolation: str, seconds: float
) -> Result:
    root = exercises[0].root
    submission = Submission(path, root, isolation, seconds)
    grading = Grading(submission)
    try:
        for entry in exercises:
            if submission.file(entry).is_file():
                submission.answer(entry).start()  # the worker loads numpy while this process loads pytest
        _run_pytest(grading, root, [entry.checks for entry in exercises])
        return grading.result()
    finally:
        submission.close()


def _run_pytest(grading: Grading, root: Path, files: Sequence[Path]) -> None:
    """Run the checks in this process, quietly, with no plugin but the grader's own."""
    import pytest  # here, so that it loads while the worker loads numpy

    from . import plugin

    class Handover:
        @pytest.hookimpl(tryfirst=True)
        def pytest_configure(self, config: pytest.Config) -> None:
            config.stash[plugin.GRADING] = grading

    arguments = ["-q", "-s", "-c", os.devnull, "--rootdir", str(root), "--import-mode=importlib"]
    arguments += ["-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"]
    arguments += [str(path) for path in files]
    handed: list[Any] = [plugin, Handover()]
    printed = io.StringIO()
    before = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = pytest.main(arguments, plugins=handed)
    finally:
        if before is None:
            del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        else:
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = before
    if code == pytest.ExitCode.INTERRUPTED and "KeyboardInterrupt" in printed.getvalue():
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise GraderFault(f"the checks could not run:\n{printed.getvalue()[-2000:]}")
