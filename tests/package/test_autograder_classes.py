"""An exercise that asks for a class: objects stay in the worker, and everything else sees plain values."""

import io
import json

import numpy as np
import pytest
from rich.console import Console

from lintutor.autograder import catalogue, sessions, stubs
from lintutor.autograder.diagnosis import diagnose, observed
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.reports.report import show
from lintutor.autograder.run import grade
from lintutor.autograder.submission import Submission

FILES = {
    "chapter.toml": 'file = "ch01_toys.py"\nexercises = ["shift", "Scale"]\n',
    "misconceptions.toml": """
[[misconception]]
id = "mean-of-all"
group = "mean"
title = "One mean for all columns"
explanation = "Each column has its own."
section = "a-section"

[[misconception]]
id = "X-moved"
group = "mutation"
title = "X is changed"
explanation = "A copy will do."
section = "a-section"
""".replace("X-moved", "x-moved"),
    "shift/exercise.toml": """
kind = "code"
title = "Shift"
points = 1
sections = ["a-section"]
statement = "Write it."
hints = ["one", "two", "three"]
""",
    "shift/test_shift.py": """
import pytest

pytestmark = pytest.mark.exercise("ch01.shift")


@pytest.mark.points(1)
def test_shift(submission):
    assert submission.ch01.shift(3.0, 1.0) == 2.0
""",
    "shift/twins.py": "GROUPS = []\n\n\ndef REFERENCE(x, m):\n    return x - m\n",
    "Scale/exercise.toml": """
kind = "code"
title = "Scale"
points = 6
sections = ["a-section"]
statement = "Write it."
hints = ["one", "two", "three"]
misconceptions = ["mean-of-all", "x-moved"]
uses = ["shift"]
""",
    "Scale/session.py": '''
"""Sessions with a scale."""


def session(make, what, X=None):
    scale = make(2.0)
    if what == "train":
        again = scale.train(X)
        return again.mean, scale.mean
    if what == "apply":
        scale.mean = X[0]
        return scale.apply(X)
    if what == "keywords":
        return make(factor=3.0).apply(X=X, mean=0.0)
    third = scale * make(5.0) * 2.0
    return third.factor, (-scale).factor, (7.0 * scale).factor
''',
    "Scale/test_Scale.py": '''
import numpy as np
import pytest

from lintutor.autograder.checks import CheckFailed, near

pytestmark = pytest.mark.exercise("ch01.Scale")
X = np.array([[1.0, 5.0], [3.0, 9.0]])


@pytest.mark.points(2)
@pytest.mark.about("mean")
def test_train(submission):
    """train keeps the mean"""
    if not near(submission.ch01.Scale("train", X), [[2, 7], [2, 7]]):
        raise CheckFailed("The mean of [1, 3] is 2.")


@pytest.mark.points(2)
@pytest.mark.about("mutation")
def test_apply(submission):
    """apply takes the mean away and scales"""
    reply = submission.ch01.Scale.run("apply", X)
    if not near(reply.value, [[0, 0], [4, 8]]):
        raise CheckFailed("2 * (3 - 1) is 4.")
    if not np.array_equal(reply.arguments[1], X):
        raise CheckFailed("X is changed.")


@pytest.mark.points(2)
def test_product(submission):
    """scales multiply"""
    assert submission.ch01.Scale("multiply") == (20.0, -2.0, 14.0)
''',
    "Scale/twins.py": """
import numpy as np

from lintutor.autograder.diagnosis import Group

X = np.array([[1.0, 4.0], [3.0, 9.0]])


class REFERENCE:
    def __init__(self, factor):
        self.factor = factor

    def train(self, X):
        self.mean = X.mean(axis=0)
        return self

    def apply(self, X, mean=None):
        return self.factor * (X - (self.mean if mean is None else mean))

    def __mul__(self, other):
        return type(self)(self.factor * getattr(other, "factor", other))

    __rmul__ = __mul__

    def __neg__(self):
        return type(self)(-self.factor)


class mean_of_all(REFERENCE):
    def train(self, X):
        self.mean = np.full(X.shape[1], X.mean())
        return self


class x_moved(REFERENCE):
    def apply(self, X, mean=None):
        X -= self.mean if mean is None else mean
        return self.factor * X


def mean(f):
    made = f("train", X)
    return [({}, {} if made.failed else {"the mean": made.value[0]})]


def mutation(f):
    made = f("apply", X)
    return [({}, {} if made.failed else {"X": "kept" if np.array_equal(made.arguments[1], X) else "changed"})]


GROUPS = [Group("mean", "the mean", mean), Group("mutation", "the arguments", mutation)]
""",
}
SOLUTION = '''\
import numpy as np


def shift(x, m):
    """Return x - m."""
    # BEGIN SOLUTION
    return x - m
    # END SOLUTION


class Scale:
    """Scales.

    >>> Scale(2.0).factor
    2.0
    """

    def __init__(self, factor):
        self.factor = factor

    def train(self, X):
        """Keep the mean."""
        # BEGIN SOLUTION
        self.mean = X.mean(axis=0)
        return self
        # END SOLUTION

    def apply(self, X, mean=None):
        """Take the mean away, then scale."""
        # BEGIN SOLUTION
        return self.factor * shift(X, self.mean if mean is None else mean)
        # END SOLUTION

    def __mul__(self, other):
        """Return the product."""
        # BEGIN SOLUTION
        return Scale(self.factor * getattr(other, "factor", other))
        # END SOLUTION

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1.0
'''
TRAIN, APPLY, PRODUCT = "train keeps the mean", "apply takes the mean away and scales", "scales multiply"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = root / "tests" / "autograder" / "ch01_toys" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "solutions").mkdir()
    (root / "solutions" / "ch01_toys.py").write_text(SOLUTION, encoding="utf-8")
    return root


@pytest.fixture
def entry(project):
    return catalogue.exercise("ch01.Scale", root=project)


@pytest.fixture
def hand_in(tmp_path):
    def write(text):
        path = tmp_path / "ch01_toys.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def graded(entry, path, isolation="in process"):
    result = grade([entry], path, isolation=isolation)
    assert result.grader_fault is None
    return result.exercises[0]


def with_stub(*methods):
    """The worked answers, with some methods not written."""
    text = SOLUTION
    for method in methods:
        before, start, after = text.partition(f"    def {method}(")
        body, end, rest = after.partition("        # END SOLUTION")
        head = body.partition("        # BEGIN SOLUTION")[0]
        text = f"{before}{start}{head}        raise NotImplementedError\n{end}{rest}"
    return text


def test_a_class_gets_the_same_result_through_every_transport(entry, hand_in, isolation):
    results = {}
    wrong = SOLUTION.replace("X.mean(axis=0)", "X.mean() + 0 * X[0]")
    for name, text in {"right": SOLUTION, "wrong": wrong, "half": with_stub("train")}.items():
        rows = [graded(entry, hand_in(text), each).as_dict() for each in ("in process", isolation)]
        for row in rows:
            del row["seconds"]
        assert json.dumps(rows[0]) == json.dumps(rows[1])
        results[name] = rows[0]
    assert (results["right"]["points"], results["right"]["status"]) == (6, "passed")
    assert [check["diagnoses"] for check in results["wrong"]["checks"]] == [["mean-of-all"], [], []]


@pytest.mark.parametrize("key", ["mean-of-all", "x-moved"])
def test_a_twin_that_is_a_class_is_named_here_and_handed_in(entry, key, hand_in):
    files = catalogue.beside(__file__, "answer_files")
    wrong = files.twin_of(entry, key)
    assert [finding.misconception.id for finding in diagnose(entry, wrong)] == [key]
    for source in (files.by_name(entry, entry.misconception(key).twin), files.standalone(entry, wrong)):
        row = graded(entry, hand_in(source))
        assert {found for check in row.checks for found in check.diagnoses} == {key}
    assert diagnose(entry, sessions.twin(entry)) == []


def test_a_method_that_is_not_written_costs_its_own_checks_and_is_named(entry, hand_in):
    row = graded(entry, hand_in(with_stub("train")))
    assert {check.name: check.points for check in row.checks} == {TRAIN: 0, APPLY: 2, PRODUCT: 2}
    assert row.status == "partial"
    assert "Scale.train is not written yet" in row.checks[0].message
    assert row.findings == []


def test_a_report_says_which_methods_are_not_written_and_what_they_are_worth(entry, hand_in):
    console = Console(width=90, record=True, file=io.StringIO())
    show(grade([entry], hand_in(with_stub("train", "__mul__")), isolation="in process"), console)
    assert "not written yet: train, __mul__ (4 points)" in console.export_text()


def test_a_class_of_which_nothing_is_written_is_missing(entry, hand_in):
    row = graded(entry, hand_in(stubs.cut(entry.root / "solutions" / entry.file)))
    assert (row.points, row.status) == (0, "missing")
    told = [check.message for check in row.checks]
    assert all(
        f"Scale.{name} is not written yet" in text
        for name, text in zip(("train", "apply", "__mul__"), told, strict=True)
    )


def test_a_class_leans_on_the_book_s_function_where_its_neighbor_is_wrong(entry, hand_in):
    row = graded(entry, hand_in(SOLUTION.replace("return x - m", "return x + m")))
    assert row.points == row.max_points
    assert "the book's shift in place of yours" in row.checks[1].message


def test_an_error_in_a_method_is_told_with_its_line_and_the_others_are_graded(entry, hand_in):
    text = SOLUTION.replace("self.mean = X.mean(axis=0)", "self.mean = X.means(axis=0)")
    row = graded(entry, hand_in(text))
    line = text.splitlines().index("        self.mean = X.means(axis=0)") + 1
    assert f"ch01_toys.py, line {line}: AttributeError" in row.checks[0].message
    assert [check.points for check in row.checks] == [0, 2, 2]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("def train", "def training"), "has no attribute 'train'"),
        (("return self\n", "return 3\n"), "what a method of Scale returns cannot be used as it should"),
        (("class Scale:", "class Scales:"), "was it renamed?"),
        (
            ("        self.factor = factor\n", "        import os; os._exit(1)\n"),
            "the program ended in the call",
        ),
        (("        return self\n", "        while True: pass\n"), "endless loop"),
    ],
)
def test_what_a_broken_class_does_is_the_learner_s_and_told(change, told, entry, hand_in):
    assert change[0] in SOLUTION
    path = hand_in(SOLUTION.replace(*change, 1))
    row = grade([entry], path, isolation="process", seconds=0.5).exercises[0]
    assert told in row.checks[0].message


def test_a_session_gives_values_alone_and_what_cannot_travel_as_its_type(entry, hand_in):
    path = hand_in(SOLUTION.replace("self.mean = X.mean(axis=0)", "self.mean = {1, 2}"))
    submission = Submission(path, entry.root, "in process")
    (first, second) = submission.ch01.Scale("train", np.eye(2))
    assert first.type_name == second.type_name == "set"
    submission.close()


def test_arguments_loops_and_lines_are_seen_as_with_a_function(entry, hand_in):
    text = SOLUTION.replace(
        "self.mean = X.mean(axis=0)", "self.mean = sum(row for row in X) / len(X); X += 1"
    )
    submission = Submission(hand_in(text), entry.root, "in process")
    scale, X = submission.ch01.Scale, np.eye(2)
    assert np.array_equal(scale.run("train", X).arguments[1], X + 1)
    assert np.array_equal(X, np.eye(2))
    assert [kind for _, kind in scale.loops("train")] == ["generator expression"]
    assert scale.loops("apply") == []
    assert {"apply", "shift"} <= scale.reached()
    assert scale.run("train", X, lines=True).lines > scale.run("apply", X, lines=True).lines > 0
    assert np.array_equal(scale("keywords", X), 3 * X)
    submission.close()


def test_what_a_session_kept_is_forgotten_in_the_next(entry, hand_in):
    submission = Submission(hand_in(SOLUTION), entry.root, "in process")
    scale = submission.ch01.Scale
    for _ in range(3):
        scale("multiply")
        kept = len(scale.answer._channel._transport._session.kept)
    assert kept < 12
    submission.close()


def test_a_twin_that_crashes_is_seen_as_an_answer_that_crashes(entry):
    seen = observed(sessions.twin(entry))("apply", "no array")
    assert seen.failed
    with pytest.raises(LearnerError):
        sessions.twin(entry)("apply", "no array")
