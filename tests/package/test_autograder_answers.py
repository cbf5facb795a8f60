"""Answers end to end: right ones in any style, wrong ones that cost what they should, odd ones."""

import inspect
from pathlib import Path

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.answer_file import MAX_ENDS
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.submission import Submission

files = catalogue.beside(__file__, "answer_files")
right = catalogue.beside(__file__, "right_answers")
STYLES = {
    function: styles
    for path in sorted(Path(__file__).parent.glob("right_answers*.py"))  # one file a chapter
    for function, styles in catalogue.beside(__file__, path.stem).STYLES.items()
}
graded, lost = files.graded, files.lost
EXERCISES = {entry.function: entry for entry in catalogue.exercises()}
LOSSES = ["svm_loss_naive", "svm_loss_vectorized", "squared_svm_loss"]
ONE = EXERCISES["svm_loss_vectorized"]
TWINS = ONE.module("twins")
IMPORTS = "import numpy as np\n"


def twin(function, key):
    """A file with the wrong twin of an exercise."""
    return files.by_name(EXERCISES[function], EXERCISES[function].misconception(key).twin)


# ------------------------------------------------------------------------------------ right answers


@pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
def test_the_worked_answer_gets_all_points_and_they_are_those_of_the_exercise(entry, tmp_path):
    row = graded(tmp_path, entry, (entry.root / "solutions" / entry.file).read_text(encoding="utf-8"))
    assert row.points == row.max_points == entry.points
    assert row.status == "passed"


@pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
def test_the_stub_gets_nothing(entry, tmp_path):
    row = graded(tmp_path, entry, (entry.root / "exercises" / entry.file).read_text(encoding="utf-8"))
    assert (row.points, row.status) == (0, "missing")
    assert "not written yet" in row.checks[0].message


ENOUGH = {"code": 4, "derive": 3, "debug": 2, "predict": 2, "measure": 2}


@pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
def test_right_answers_of_enough_styles_are_kept(entry):
    styles = STYLES.get(entry.function, {})
    assert len({"".join(source.split()) for source in styles.values()}) >= ENOUGH[entry.kind], sorted(styles)


def points_lost(entry, folder, isolation):
    """The messages of right answers that lost points, by their style."""
    styles = STYLES.get(entry.function, {})
    sources = {style: IMPORTS + source for style, source in styles.items()}
    rows = files.graded_all(folder, entry, sources, isolation)
    messages = {
        style: [check.message for check in row.checks if check.message] for style, row in rows.items()
    }
    return {style: messages[style] for style, row in rows.items() if row.points != entry.points}


@pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
def test_right_answers_of_any_style_get_full_marks(entry, tmp_path):
    assert points_lost(entry, tmp_path, "in process") == {}


@pytest.mark.audit
@pytest.mark.parametrize("entry", EXERCISES.values(), ids=EXERCISES)
def test_right_answers_of_any_style_get_full_marks_in_a_process(entry, tmp_path):
    assert points_lost(entry, tmp_path, "process") == {}


@pytest.mark.parametrize("name", ["我的答案.py", "résumé v2.py"])
def test_any_file_name_will_do(name, tmp_path):
    source = IMPORTS + right.PLAIN.replace("def plain", "def svm_loss_vectorized")
    assert graded(tmp_path, ONE, source, name).status == "passed"


# ------------------------------------------------------------------------------ what a mistake costs

FORM, DATA_LOSS, DATA_SLOPE, OWN_SLOPE, PENALTY, PENALTY_SLOPE, EDGES, ARGUMENTS = (
    "returns a number and an array of the shape of W",
    "the loss without penalty is the mean hinge loss",
    "the gradient without penalty is the slope of that loss",
    "dW is the slope of the loss, by nudging each weight",
    "the penalty adds reg * sum(W**2) to the loss",
    "the penalty adds its gradient, 2 * reg * W, to dW",
    "one example, two classes, margins of 0, large scores",
    "W, X and y stay as they were, and dW is a new array",
)
FAILS = {
    "true-class-counted": {DATA_LOSS, EDGES},
    "true-class-minus-one": {DATA_SLOPE, OWN_SLOPE, EDGES},
    "delta-forgotten": {DATA_LOSS, DATA_SLOPE, EDGES},
    "penalty-missing": {PENALTY, PENALTY_SLOPE},
    "penalty-gradient-halved": {PENALTY_SLOPE, OWN_SLOPE},
    "penalty-missing-from-loss": {PENALTY, OWN_SLOPE},
    "weights-changed": {ARGUMENTS},
}


@pytest.mark.parametrize("key", FAILS)
@pytest.mark.parametrize("function", ["svm_loss_naive", "svm_loss_vectorized"])
def test_a_mistake_costs_the_checks_that_it_concerns_and_no_others(function, key, tmp_path):
    row = graded(tmp_path, EXERCISES[function], twin(function, key))
    assert lost(row) == FAILS[key]
    assert {check.name for check in row.checks if check.diagnoses} <= FAILS[key]


def test_mistakes_of_two_groups_are_each_told_beside_the_checks_they_explain(tmp_path):
    source = (ONE.root / "solutions" / ONE.file).read_text(encoding="utf-8")
    before, loss, after = source.partition("def svm_loss_vectorized")
    for good, bad in (("-coefficients.sum(axis=1)", "-1"), ("+ 2 * reg * W", "+ reg * W")):
        assert good in after
        after = after.replace(good, bad, 1)
    told = {check.name: check.diagnoses for check in graded(tmp_path, ONE, before + loss + after).checks}
    assert told[DATA_SLOPE] == ["true-class-minus-one"]
    assert told[PENALTY_SLOPE] == ["penalty-gradient-halved"]
    assert told[OWN_SLOPE] == ["true-class-minus-one", "penalty-gradient-halved"]


@pytest.mark.parametrize("function", LOSSES)
def test_another_convention_of_the_penalty_costs_its_own_points_only(function, tmp_path):
    row = graded(tmp_path, EXERCISES[function], twin(function, "half-penalty"))
    assert lost(row) == {PENALTY}
    assert "followed_through" in [check.status for check in row.checks]


def test_another_convention_of_the_square_costs_the_loss_and_not_its_gradient(tmp_path):
    row = graded(tmp_path, EXERCISES["squared_svm_loss"], twin("squared_svm_loss", "square-halved"))
    (kept,) = [check for check in row.checks if check.name == DATA_SLOPE]
    assert (kept.points, kept.status) == (kept.max_points, "followed_through")
    assert row.points < row.max_points


@pytest.mark.parametrize("key", ["gradient-transposed", "swapped-return", "loss-per-example"])
@pytest.mark.parametrize("function", LOSSES)
def test_a_wrong_form_costs_one_point_and_the_rest_is_followed_through(function, key, tmp_path):
    row = graded(tmp_path, EXERCISES[function], twin(function, key))
    assert row.points == row.max_points - 1


BOXED = {
    "hinge_loss_one": "return np.maximum(0, np.delete(s, y) - s[y] + delta).sum(keepdims=True)",
    "L_i_vectorized": "return np.maximum(0, np.delete(W @ x, y) - W[y] @ x + 1).sum(keepdims=True)",
    "svm_loss_naive": "loss, dW = plain(W, X, y, reg)\n    return np.array([loss]), dW",
    "svm_loss_vectorized": "loss, dW = plain(W, X, y, reg)\n    return np.array([[loss]]), dW",
}


@pytest.mark.parametrize("function", BOXED)
def test_one_number_in_an_array_of_its_own_costs_one_point_and_is_told_so(function, tmp_path):
    entry = EXERCISES[function]
    signature = inspect.signature(entry.module("twins").REFERENCE)
    source = f"{IMPORTS}{right.PLAIN}\ndef {function}{signature}:\n    {BOXED[function]}\n"
    row = graded(tmp_path, entry, source)
    assert row.points == row.max_points - 1
    assert ".item()" in row.checks[0].message
    assert row.findings == []


def test_zeros_of_the_right_shape_earn_nothing(tmp_path):
    for function in LOSSES:
        source = f"def {function}(W, X, y, reg):\n    return 0.0, 0 * W\n"
        row = graded(tmp_path, EXERCISES[function], source)
        assert row.points == 0
        assert "nothing is computed yet" in row.checks[0].message


FLOAT32, QUIET, LAWS = (
    "float32 arguments and short integers as labels work",
    "nothing overflows, nothing is divided by zero",
    "only differences of scores count, and no class is special",
)
SLIPS = [
    *(
        (each, "loss, dW = right(*args); return loss + (args[0].itemsize == 4), dW", FLOAT32)
        for each in LOSSES
    ),
    *(
        (each, "loss, dW = right(*args); return loss + (1 in args[1] @ args[0]), dW", EDGES)
        for each in LOSSES
    ),
    ("svm_loss_vectorized", "np.log(np.zeros(1)); return right(*args)", QUIET),
    ("svm_loss_naive", "result = right(*args); args[2][:] += 1; return result", ARGUMENTS),
    ("svm_loss_naive", "loss, dW = right(*args); return loss + (8 < abs(args[0]).max() < 99), dW", LAWS),
    ("squared_svm_loss", "loss, dW = right(*args); return loss, dW + (8 < abs(args[0]).max() < 99)", LAWS),
    (
        "svm_loss_naive",
        "loss, dW = right(*args); return loss + args[2][0] * (args[1].shape == (5, 2)), dW",
        LAWS,
    ),
    ("L_i_vectorized", "return right(*args) + (8 < abs(args[2]).max() < 99)", LAWS),
    ("hinge_loss_one", "return right(*args) + (args[0].min() > 3.5)", LAWS),
    ("hinge_loss_one", "return right(*args) + (len(args[0]) == 4 and args[1] == 2)", LAWS),
    (
        "hinge_loss_one",
        "return right(*args) + (len(args[0]) == 10)",
        "two classes, ties, margins of 0, large scores, float32, integers",
    ),
    (
        "hinge_loss_one",
        "np.log(np.zeros(1)); return right(*args)",
        "s stays as it was, and numpy has nothing to warn of",
    ),
    (
        "L_i_vectorized",
        "return right(*args) + (len(args[2]) == 10)",
        "one pixel, two classes, W of zeros, margins of 0, float32, integers",
    ),
    (
        "L_i_vectorized",
        "args[0][:] += 1; return right(args[0] - 1, *args[1:])",
        "x and W stay as they were, and numpy has nothing to warn of",
    ),
]


@pytest.mark.parametrize(("function", "body", "check"), SLIPS)
def test_a_slip_that_shows_in_one_situation_costs_the_check_of_that_situation(
    function, body, check, tmp_path
):
    solution = (ONE.root / "solutions" / ONE.file).read_text(encoding="utf-8")
    source = f"{solution}\nright = {function}\ndef {function}(*args):\n    {body}\n"
    assert lost(graded(tmp_path, EXERCISES[function], source)) == {check}


# ------------------------------------------------------------------------------------------- loops

HELPERS = """
def helper(X):
    i = 0
    while i < 3:
        i += 1

def recurse(n):
    return 0 if n == 0 else recurse(n - 1)
"""
HIDDEN = [
    "for i in range(3): pass",
    "[i for i in X]",
    "list(map(abs, range(3)))",
    "np.vectorize(abs)(y)",
    "helper(X)",
    "recurse(len(X))",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_loop_is_found_in_the_text_in_a_helper_and_by_the_lines_that_run(hidden, tmp_path):
    body = f"    loss, dW = plain(W, X, y, reg)\n    {hidden}\n    return loss, dW\n"
    source = IMPORTS + right.PLAIN + HELPERS + f"\ndef svm_loss_vectorized(W, X, y, reg):\n{body}"
    assert lost(graded(tmp_path, ONE, source)) == {"has no loop: none in the text, none hidden"}


def test_a_loop_over_the_classes_of_one_image_costs_the_points_of_having_none(tmp_path):
    entry = EXERCISES["L_i_vectorized"]
    source = "def L_i_vectorized(x, y, W):\n    s = W @ x\n    total = 0\n    for j in range(len(s)):\n"
    source += "        total += max(0, s[j] - s[y] + 1)\n    return total - 1\n"
    row = graded(tmp_path, entry, source)
    assert lost(row) == {"has no loop: none in the text, none hidden"}
    assert "Line 4 holds a for loop" in row.checks[-1].message


# ------------------------------------------------------------------------------------- odd results


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return None", "returns None"),
        ("return 1.0, W, X", "it returns (a number, an array of shape (4, 3), an array of shape (6, 4))"),
        ("return 'loss'", "returns a text"),
        ("return {1, 2}", "returns a set"),
        ("return 1.0, W * 1j", "complex128"),
        ("return float('nan'), W * 1", "not finite"),
        ("return 1.0, W[:1] * 1", "an array of shape (1, 3)"),
        ("return True, W * 1", "a bool"),
        ("import os; os._exit(0)", "the program ended in the call"),
        ("import sys; sys.exit(0)", "must not call exit()"),
        ("return np.ones(10**9), W", "more than a check allows"),
        ("return xrange(3)", "write range"),
        ("raise ValueError('损失')", "损失"),
        ("print('x' * 10**7); return None", "returns None"),
    ],
)
def test_a_result_of_the_wrong_kind_is_described_and_nothing_crashes(body, told, tmp_path):
    source = f"{IMPORTS}def svm_loss_vectorized(W, X, y, reg):\n    {body}\n"
    row = graded(tmp_path, ONE, source, isolation="process")
    assert row.points == 0
    assert told in row.checks[0].message


@pytest.mark.parametrize("function", ["hinge_loss_one", "L_i_vectorized"])
@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("None", "it returns None"),
        ("'3'", "it returns a text"),
        ("(1.0, 2.0)", "it returns a tuple"),
        ("np.eye(3)", "it returns an array of shape (3, 3)"),
        ("True", "it returns a bool"),
        ("np.inf", "not finite"),
        ("0", "nothing is computed yet"),
    ],
)
def test_what_is_not_a_number_is_described(function, result, told, tmp_path):
    entry = EXERCISES[function]
    signature = inspect.signature(entry.module("twins").REFERENCE)
    row = graded(tmp_path, entry, f"{IMPORTS}def {function}{signature}:\n    return {result}\n")
    assert row.points == 0
    assert told in row.checks[0].message


def test_a_function_that_ends_the_worker_does_not_take_the_others_of_its_file_with_it(tmp_path):
    path = tmp_path / ONE.file
    path.write_text("import os\ndef bad():\n    os._exit(3)\ndef good():\n    return 1\n", encoding="utf-8")
    answer = Submission(path, ONE.root).answer(ONE)
    for _ in range(MAX_ENDS + 2):
        with pytest.raises(LearnerError, match="ended in the call"):
            answer.call("bad")
    assert answer.call("good").value == 1
    answer.close()


def test_an_endless_loop_is_waited_for_once(tmp_path):
    body = "def svm_loss_vectorized(W, X, y, reg):\n    while True: pass\n"
    row = graded(tmp_path, ONE, body, seconds=0.5, isolation="process")
    assert "endless loop" in row.checks[0].message
    assert {check.status for check in row.checks[1:]} == {"skipped"}


# --------------------------------------------------------------------------------- counterexamples


def test_random_inputs_are_the_same_on_a_regrade_and_fresh_for_another_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("LINTUTOR_SECRET", "a course")
    wrong = twin("svm_loss_vectorized", "gradient-negated")
    messages = [
        [check.message for check in graded(tmp_path, ONE, source).checks]
        for source in (wrong, wrong, wrong + "# \n")
    ]
    assert messages[0] == messages[1]
    assert messages[0] != messages[2]
    monkeypatch.setenv("LINTUTOR_SECRET", "another course")
    assert [check.message for check in graded(tmp_path, ONE, wrong).checks] != messages[0]


def test_a_mistake_that_no_known_small_case_shows_arrives_shrunk_as_arithmetic(tmp_path):
    source = inspect.getsource(TWINS.margins_of) + inspect.getsource(TWINS.coefficients_of)
    row = graded(
        tmp_path,
        ONE,
        IMPORTS + "\n" + source + "\n\ndef svm_loss_vectorized(W, X, y, reg):\n"
        "    margins = margins_of(W, X, y)\n"
        "    dW = X.T @ coefficients_of(margins, y) / len(X) + 2 * reg * W\n"
        "    return margins.sum() / len(X) + (len(X) == 3) + reg * np.sum(W * W), dW\n",
    )
    (check,) = [c for c in row.checks if c.name == DATA_LOSS]
    assert "(at N=3, D=1, C=2, reg=0)" in check.message
    assert "X = [[0], [0], [0]]" in check.counterexample
    assert "expected 1, yours 2" in check.counterexample


BOARDS = {
    "hinge_loss_one": (
        "true-class-in-the-sum",
        """scores [0, 2], true class 0
    class 1: max(0, 2 - 0 + 1) = 3
loss  expected 3, yours 4""",
    ),
    "L_i_vectorized": (
        "true-class-in-the-sum",
        """x = [1]   W = [[0], [2]]
scores W x = [0, 2], true class 0
    class 1: max(0, 2 - 0 + 1) = 3
loss  expected 3, yours 4""",
    ),
    "svm_loss_naive": (
        "margins-as-coefficients",
        """W = [[0, 2]]   X = [[1]]   y = [0]   reg = 0
example 0: scores [0, 2], true class 0 (score 0)
    class 1: max(0, 2 - 0 + 1) = 3
    x enters the columns of dW [-1, 1] times
data loss: 3 / 1 = 3
dW    expected [[-1, 1]]
         yours [[-3, 3]]""",
    ),
    "squared_svm_loss": (
        "plain-coefficients",
        """W = [[0, 2]]   X = [[1]]   y = [0]   reg = 0
example 0: scores [0, 2], true class 0 (score 0)
    class 1: max(0, 2 - 0 + 1)^2 = 9
    x enters the columns of dW [-6, 6] times
data loss: 9 / 1 = 9
dW    expected [[-6, 6]]
         yours [[-1, 1]]""",
    ),
}


@pytest.mark.parametrize("function", BOARDS)
def test_the_smallest_case_is_written_out_as_on_the_board(function, tmp_path):
    key, board = BOARDS[function]
    row = graded(tmp_path, EXERCISES[function], twin(function, key))
    assert next(check.counterexample for check in row.checks if check.counterexample) == board
