"""The command in this process, and results made by hand: what is printed of them is tested here."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lintutor import cli
from lintutor.autograder import catalogue, project
from lintutor.autograder.diagnosis import Finding
from lintutor.autograder.results import CheckRow, ExerciseRow, Result

ROOT = project.find_root(Path(__file__).parent)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process: exit code, output, errors."""

    def call(*arguments, cwd=ROOT):
        monkeypatch.chdir(cwd)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr(sys, "argv", ["lintutor", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        return code, *capsys.readouterr()

    return call


class Made:
    """Makes exercises, rows and results."""

    entry = catalogue.exercise("ch03.svm_loss_vectorized", ROOT)

    def exercise(self, function="svm_loss_vectorized", chapter="ch03"):
        return replace(self.entry, id=f"{chapter}.{function}", function=function, title=f"On {function}")

    def check(self, points, most=5, message="", diagnoses=(), counterexample="", status=None):
        status = status or ("passed" if points == most else "failed")
        return CheckRow("holds", most, points, status, message, list(diagnoses), counterexample)

    def right(self, function="svm_loss_vectorized"):
        return ExerciseRow(self.exercise(function), [self.check(5), self.check(5)], seconds=0.5)

    def wrong(self, function="svm_loss_vectorized", mistakes=("penalty-missing",), **more):
        found = [Finding(m.group, m) for m in map(self.entry.misconception, mistakes)]
        bad = self.check(0, message="It is not so.", diagnoses=mistakes, counterexample="1 + 1 = 2", **more)
        return ExerciseRow(self.exercise(function), [self.check(5), bad], found, seconds=0.25)

    def unwritten(self, function):
        text = "ch03_hinge_loss.py: not written yet. Replace the line."
        row = ExerciseRow(self.exercise(function), [self.check(0, message=text), self.check(0)])
        row.stopped = "missing"
        return row

    def broken(self, function, message="ch03_hinge_loss.py, line 3: SyntaxError: invalid syntax."):
        row = ExerciseRow(self.exercise(function), [self.check(0, message=message)])
        row.stopped = "error"
        return row

    def result(self, *rows, name="anna", fault=None, isolation="bubblewrap"):
        return Result(f"handed_in/{name}", name, "0" * 64, "1" * 64, isolation, list(rows), fault)


@pytest.fixture
def made():
    return Made()


@pytest.fixture
def printed(monkeypatch):
    """Return what a function prints on a console of some width."""
    import io

    from rich.console import Console

    def call(function, width=88):
        out = io.StringIO()
        console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
        function(console)
        return out.getvalue()

    return call
