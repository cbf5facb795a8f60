"""The grader's plugin, for every test run: options, fixtures and markers of the graded checks."""

pytest_plugins = ["lintutor.autograder.plugin"]
