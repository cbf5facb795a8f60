"""The grader's plugin, for every test run: options, fixtures and markers of the graded checks."""

import pytest

pytest_plugins = ["lintutor.autograder.plugin"]


@pytest.fixture(autouse=True)
def _no_secret_of_the_user_s(request, monkeypatch):
    """Tests of the grader draw from a secret of their own; graded checks draw from the real one."""
    if request.node.get_closest_marker("exercise") is None:
        monkeypatch.setenv("LINTUTOR_SECRET", "of the tests")
