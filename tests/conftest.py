"""The grader's plugin, for every test run: options, fixtures and markers of the graded checks."""

import os

import pytest

from lintutor.autograder import levels
from lintutor.autograder.transports import ISOLATIONS

pytest_plugins = ["lintutor.autograder.plugin"]


@pytest.fixture(autouse=True)
def _no_secret_of_the_user_s(request, monkeypatch):
    """Tests of the grader draw from a secret of their own; graded checks draw from the real one."""
    if request.node.get_closest_marker("exercise") is None:
        monkeypatch.setenv("LINTUTOR_SECRET", "of the tests")


@pytest.fixture(scope="session")
def possible():
    """The isolation levels that hold on this machine; the others, with the reason."""
    return {level.name: level.why_not for level in levels.survey()} | {"in process": ""}


@pytest.fixture(params=ISOLATIONS)
def isolation(request, possible):
    """Each isolation level; one that is not possible here is skipped with the reason, but never in CI."""
    why = possible[request.param]
    if why and os.environ.get("CI"):
        pytest.fail(f"{request.param}: {why}")
    if why:
        pytest.skip(f"{request.param}: {why}")
    return request.param
