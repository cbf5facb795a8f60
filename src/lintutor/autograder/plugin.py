"""The pytest plugin: graded checks are pytest functions.

Options ``--submission DIR_OR_FILE`` (default ``solutions/``), ``--isolation`` and ``--call-seconds``;
fixtures ``submission``, ``rng`` (a generator seeded in secret, the same on a regrade) and ``follow``
(says that a check was passed on top of a mistake that costs points elsewhere); markers ``points(n)``,
``exercise(id)``, ``about(group, ...)`` and ``gate`` (the rest is skipped if this one fails).

An instructor adds a check by writing a function.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from . import catalogue
from .channel import CALL_SECONDS
from .errors import LearnerError
from .grading import Grading
from .project import ProjectError, find_root
from .reports.clean import text
from .results import seed
from .sandbox import LEVELS
from .submission import Submission

GRADING = pytest.StashKey[Grading]()
EXERCISE = pytest.StashKey[catalogue.Exercise | None]()
BATCH = pytest.StashKey[bool]()  # submissions come from the front door, one after another
FOLLOWED = pytest.StashKey[list[tuple[str, float]]]()
REFUSED = (
    "{path} lies outside exercises/ and solutions/. isolation 'process' is suitable for your own code only: "
    "it limits time and memory and hides nothing of this machine. "
    "To use it all the same, say so: --isolation process"
)
REFUSALS = (AssertionError, LearnerError)  # what a check raises where an answer is wrong
OWN = ("exercises", "solutions")
MARKERS = (
    "points(n): how many points of its exercise a graded check is worth",
    "exercise(id): the exercise that the checks of a file belong to",
    "about(group, ...): the groups of misconceptions that can explain why a check fails",
    "gate: the other checks of the exercise are skipped if this one fails",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the grader's options."""
    group = parser.getgroup("lintutor", "grading")
    group.addoption("--submission", metavar="DIR_OR_FILE", help="what to grade (default: solutions/)")
    group.addoption(
        "--isolation", choices=LEVELS, help="how the submission is kept apart; your own exercises/ need none"
    )
    group.addoption("--call-seconds", type=float, default=CALL_SECONDS, help="time that one call may take")


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to grade what the options name; nothing starts before a check asks for it."""
    for line in MARKERS:
        config.addinivalue_line("markers", line)
    if BATCH in config.stash:
        return
    try:
        root = find_root(config.rootpath)
        given = config.getoption("submission")
        path = Path(config.invocation_params.dir, given) if given else root / "solutions"
        if config.getoption("isolation") is None and path.exists() and not _is_own(path, root):
            raise ProjectError(REFUSED.format(path=path))
        submission = Submission(
            path, root, config.getoption("isolation") or "process", config.getoption("call_seconds")
        )
    except ProjectError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[GRADING] = Grading(submission)


def _is_own(path: Path, root: Path) -> bool:
    """Whether a submission is one of the project's own folders, or lies in one."""
    return any(path.resolve().is_relative_to((root / folder).resolve()) for folder in OWN)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Name what is graded, and how it is kept apart."""
    submission = config.stash[GRADING].submission
    return [f"lintutor: grading {submission.path} (isolation: {submission.isolation})"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End every worker."""
    if GRADING in config.stash:
        config.stash[GRADING].submission.close()


@pytest.fixture
def submission(pytestconfig: pytest.Config) -> Submission:
    """The submission that is graded: ``submission.ch03.svm_loss_vectorized(W, X, y, reg)``."""
    return pytestconfig.stash[GRADING].submission


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """A generator of this check's own: fresh for each submission, the same on a regrade."""
    grading = request.config.stash[GRADING]
    name = f"{request.path.parent.name}/{request.path.name}::{request.node.name}"
    return np.random.default_rng(seed(grading.secret, grading.submission_sha256, grading.tests_sha256, name))


@pytest.fixture
def follow(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Say that the check passes on top of a mistake; `lost` points of this check go for it."""
    noted: list[tuple[str, float]] = []
    request.node.stash[FOLLOWED] = noted

    def note(text: str, lost: float = 0) -> None:
        noted.append((text, lost))

    return note


def exercise_of(item: pytest.Item) -> catalogue.Exercise | None:
    """Return the exercise that a test is a graded check of, or None."""
    if EXERCISE not in item.stash:
        marker = item.get_closest_marker("exercise")
        item.stash[EXERCISE] = _asked_for(item, marker.args[0]) if marker else None
    return item.stash[EXERCISE]


def _asked_for(item: pytest.Item, key: str) -> catalogue.Exercise:
    submission = item.config.stash[GRADING].submission
    known = {entry.id: entry for entry in submission.exercises}
    return known[key] if key in known else catalogue.exercise(key, submission.root)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot say anything new: the checks after a closed gate."""
    item.stash[FOLLOWED] = []
    exercise = exercise_of(item)
    if exercise is not None:
        reason = item.config.stash[GRADING].stopped(exercise)
        if reason:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Turn what happened in a graded check into a row of the result."""
    exercise = exercise_of(item)
    if exercise is not None and call.excinfo is not None and call.excinfo.errisinstance(REFUSALS):
        item.repr_failure = _undrawn  # type: ignore[method-assign, assignment]
    report = yield
    if exercise is None or (call.when != "call" and call.excinfo is None):
        return report
    points = item.get_closest_marker("points")
    followed = item.stash.get(FOLLOWED, [])
    row = item.config.stash[GRADING].record(
        exercise,
        name=_first_line(item),
        max_points=points.args[0] if points else 0,
        groups=[group for marker in item.iter_markers("about") for group in marker.args],
        gate=item.get_closest_marker("gate") is not None,
        error=call.excinfo.value if call.excinfo is not None else None,
        followed=followed,
        seconds=call.duration,
    )
    if row.status == "failed":
        report.longrepr = text("\n".join(filter(None, [row.message, row.counterexample])))
    return report


def _undrawn(*_: Any) -> str:
    """Spare pytest the picture of a traceback that the row replaces: it takes longer than the check."""
    return ""


def _first_line(item: pytest.Item) -> str:
    text = (getattr(getattr(item, "obj", None), "__doc__", None) or item.name).strip()
    return str(text).splitlines()[0]
