"""Every mistake is explained: wrong twins are refused and named, right answers of any style are not."""

import inspect
import itertools

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import diagnose, observed
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.run import grade
from lintutor.autograder.submission import MAX_ENDS, AnswerFile
from lintutor.autograder.transports import TRANSPORTS

EXERCISE = catalogue.exercise("ch03.svm_loss_vectorized")
TWINS = EXERCISE.module("twins")
IDS = [entry.id for entry in EXERCISE.misconceptions]
RIGHT_AT_SIZE = {"gradient-transposed", "swapped-return", "loss-per-example"}  # followed through


def twin_of(key):
    return getattr(TWINS, EXERCISE.misconception(key).twin)


def named(function):
    return [finding.misconception and finding.misconception.id for finding in diagnose(EXERCISE, function)]


def source_of(key):
    """The twin as a learner would hand it in: a file of its own, with numpy alone."""
    entry = EXERCISE.misconception(key)
    parts = ["import numpy as np\n", *map(inspect.getsource, (TWINS.margins_of, TWINS.coefficients_of))]
    parts.append(
        "def reference(W, X, y, reg):\n"
        "    margins = margins_of(W, X, y)\n"
        "    dW = X.T @ coefficients_of(margins, y) / len(X) + 2 * reg * W\n"
        "    return margins.sum() / len(X) + reg * np.sum(W * W), dW\n"
    )
    parts.append(inspect.getsource(twin_of(key)).replace(f"def {entry.twin}(", f"def {EXERCISE.function}("))
    return "\n\n".join(parts)


def graded(tmp_path, source, name=EXERCISE.file, **options):
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    result = grade([EXERCISE], path, **options)
    assert result.grader_fault is None
    return result.exercises[0]


# --------------------------------------------------------------------------------- the twins


def test_each_misconception_has_one_twin_and_each_group_of_them_its_probes():
    groups = {group.id for group in TWINS.GROUPS}
    assert {entry.group for entry in EXERCISE.misconceptions} == groups
    for key in IDS:
        assert callable(twin_of(key))


def test_the_right_answer_shows_nothing():
    assert named(TWINS.REFERENCE) == []


@pytest.mark.parametrize("key", IDS)
def test_a_twin_alone_is_named_and_nothing_else_is(key):
    assert named(twin_of(key)) == [key]


def together(first, second):
    """A function with both mistakes, of two groups."""

    def pair(key):
        return EXERCISE.misconception(key).group

    groups = {pair(first): first, pair(second): second}
    data = twin_of(groups["data"]) if "data" in groups else TWINS.REFERENCE
    penalty = twin_of(groups["penalty"]) if "penalty" in groups else TWINS.REFERENCE
    others = [key for group, key in groups.items() if group not in ("data", "penalty")]

    def wrong(W, X, y, reg):
        before = W.copy(), X.copy()
        loss, dW = data(W, X, y, 0.0)
        with_reg, without = penalty(*before, y, reg), penalty(*before, y, 0.0)
        result = loss + with_reg[0] - without[0], dW + with_reg[1] - without[1]
        for key in others:
            result = disturb(key, result, W, X, y, reg)
        return result

    return wrong


def disturb(key, result, W, X, y, reg):
    """Do to a result and the arguments what the twin `key` of another group does."""
    loss, dW = result
    if key == "gradient-transposed":
        return loss, dW.T
    if key == "loss-per-example":
        return np.linspace(loss - 1, loss + 1, len(X)), dW
    if key == "swapped-return":
        return dW, loss
    if key == "weights-changed":
        W *= 2 * reg
    if key == "examples-changed":
        X /= len(X)
    if key == "crash-at-other-sizes":
        TWINS.crash_at_other_sizes(W, X, y, reg)
    return result


CAN_COME_TOGETHER = [
    (first, second)
    for first, second in itertools.combinations(IDS, 2)
    if EXERCISE.misconception(first).group != EXERCISE.misconception(second).group
    and not {first, second} & {"loss-alone", "nothing-returned"}
    and {EXERCISE.misconception(key).group for key in (first, second)} & {"data", "penalty"}
    and "crash-at-other-sizes" not in (first, second)
]


@pytest.mark.parametrize("first", sorted({first for first, _ in CAN_COME_TOGETHER}))
def test_two_mistakes_of_different_groups_are_both_named(first):
    for one, other in CAN_COME_TOGETHER:
        if one == first:
            assert sorted(named(together(one, other))) == sorted([one, other])


@pytest.mark.parametrize("key", ["half-penalty", "penalty-missing", "penalty-missing-from-gradient"])
def test_a_crash_at_some_sizes_does_not_hide_the_penalty(key):
    assert sorted(named(together("crash-at-other-sizes", key))) == sorted(["crash-at-other-sizes", key])


def test_every_two_twins_can_be_told_apart():
    for group in TWINS.GROUPS:
        members = [entry for entry in EXERCISE.misconceptions if entry.group == group.id]
        for one, other in itertools.combinations(members, 2):
            sights = [group.observe(observed(getattr(TWINS, entry.twin))) for entry in (one, other)]
            assert any(str(left) != str(right) for (_, left), (_, right) in zip(*sights, strict=True)), (
                f"{one.id} and {other.id} look alike"
            )


def test_a_factor_a_sign_and_an_offset_are_recognized_where_no_twin_fits():
    def told(change):
        def wrong(W, X, y, reg):
            loss, dW = TWINS.REFERENCE(W, X, y, 0.0)
            return change(loss, dW, len(X))

        return next(f.remark for f in diagnose(EXERCISE, wrong) if f.group == "data")

    assert "the gradient is twice what it should be" in told(lambda loss, dW, n: (loss, 2 * dW))
    assert "the loss is 1/N of what it should be" in told(lambda loss, dW, n: (loss / n, dW))
    assert "the loss is off by +3 everywhere" in told(lambda loss, dW, n: (loss + 3, dW))
    assert "the loss is right; the gradient is -N times" in told(lambda loss, dW, n: (loss, -n * dW))
    assert "does not recognize" in told(lambda loss, dW, n: (loss, dW**3))


# -------------------------------------------------------------------------- the checks, end to end


def rows_over_every_transport(tmp_path, source):
    rows = [graded(tmp_path, source, isolation=isolation) for isolation in TRANSPORTS]
    plain = [{key: value for key, value in row.as_dict().items() if key != "seconds"} for row in rows]
    return rows[0], all(each == plain[0] for each in plain)


@pytest.mark.parametrize("key", IDS)
def test_the_checks_refuse_a_twin_and_name_it_the_same_over_every_transport(key, tmp_path):
    row, same = rows_over_every_transport(tmp_path, source_of(key))
    assert row.points < row.max_points
    assert {diagnosis for check in row.checks for diagnosis in check.diagnoses} == {key}
    assert [finding.misconception.id for finding in row.findings] == [key]
    assert same


def test_the_points_of_the_checks_add_up_to_those_of_the_exercise(tmp_path):
    solution = (EXERCISE.root / "solutions" / EXERCISE.file).read_text(encoding="utf-8")
    row, same = rows_over_every_transport(tmp_path, solution)
    assert row.points == row.max_points == EXERCISE.points
    assert row.status == "passed"
    assert same


DATA_LOSS, DATA_SLOPE, OWN_SLOPE, PENALTY, PENALTY_SLOPE = (
    "the loss without penalty is the mean hinge loss",
    "the gradient without penalty is the slope of that loss",
    "dW is the slope of the loss, by nudging each weight",
    "the penalty adds reg * sum(W**2) to the loss",
    "the penalty adds its gradient, 2 * reg * W, to dW",
)
EDGES, ARGUMENTS = (
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
def test_a_mistake_costs_the_checks_that_it_concerns_and_no_others(key, tmp_path):
    row = graded(tmp_path, source_of(key))
    assert {check.name for check in row.checks if check.status == "failed"} == FAILS[key]
    explained = {check.name for check in row.checks if check.diagnoses}
    assert explained <= FAILS[key]


def test_mistakes_of_two_groups_are_each_told_beside_the_checks_they_explain(tmp_path):
    source = (EXERCISE.root / "solutions" / EXERCISE.file).read_text(encoding="utf-8")
    for right, wrong in (("-coefficients.sum(axis=1)", "-1"), ("+ 2 * reg * W", "+ reg * W")):
        assert right in source
        source = source.replace(right, wrong)
    told = {check.name: check.diagnoses for check in graded(tmp_path, source).checks}
    assert told[DATA_SLOPE] == ["true-class-minus-one"]
    assert told[PENALTY_SLOPE] == ["penalty-gradient-halved"]
    assert told[OWN_SLOPE] == ["true-class-minus-one", "penalty-gradient-halved"]


def test_another_convention_of_the_penalty_costs_its_own_points_only(tmp_path):
    row = graded(tmp_path, source_of("half-penalty"))
    assert [check.name for check in row.checks if check.points < check.max_points] == [PENALTY]
    assert "followed_through" in [check.status for check in row.checks]


@pytest.mark.parametrize("key", sorted(RIGHT_AT_SIZE))
def test_a_wrong_form_costs_one_point_and_the_rest_is_followed_through(key, tmp_path):
    row = graded(tmp_path, source_of(key))
    assert row.points == row.max_points - 1


STYLES = {
    "fancy indexing": """
    N = X.shape[0]
    S = X.dot(W)
    M = np.clip(S - S[np.arange(N), y].reshape(-1, 1) + 1, 0, None)
    M[np.arange(N), y] = 0
    loss = np.sum(M) / N + reg * np.sum(W ** 2)
    B = np.where(M > 0, 1.0, 0.0)
    B[np.arange(N), y] -= B.sum(axis=1)
    return loss, X.T.dot(B) / N + 2 * reg * W
""",
    "one-hot and einsum": """
    N, C = X.shape[0], W.shape[1]
    Y = np.eye(C)[y]
    S = np.einsum("nd,dc->nc", X, W)
    M = (S - (S * Y).sum(1, keepdims=True) + 1) * (1 - Y)
    A = (M > 0) * 1.0
    A = A - Y * A.sum(1, keepdims=True)
    return (M * (M > 0)).sum() / N + reg * (W * W).sum(), np.einsum("nd,nc->dc", X, A) / N + 2 * reg * W
""",
    "a boolean mask": """
    N = len(y)
    S = X @ W
    mask = np.ones_like(S, dtype=bool)
    mask[range(N), y] = False
    M = np.maximum(S - S[~mask][:, np.newaxis] + 1, 0) * mask
    V = (M > 0).astype(float)
    V[~mask] = -V.sum(axis=1)
    dW = np.zeros(W.shape)
    dW += X.T @ V
    dW /= N
    dW += 2 * reg * W
    loss = 0.0
    loss += M.sum() / N
    loss += reg * np.sum(W * W)
    print("loss is", loss)
    return loss, dW
""",
    "at the kink >=": """
    rows = np.arange(len(X))
    S = X @ W
    raw = S - S[rows, y][:, None] + 1
    raw[rows, y] = 0
    V = (raw >= 0).astype(float)
    V[rows, y] = 0
    V[rows, y] = -V.sum(axis=1)
    return np.maximum(raw, 0).sum() / len(X) + reg * np.sum(W * W), X.T @ V / len(X) + 2 * reg * W
""",
    "np.matrix": """
    loss, dW = plain(W, X, y, reg)
    return float(loss), np.matrix(dW)
""",
    "a 0-d loss": """
    loss, dW = plain(W, X, y, reg)
    return np.array(loss), dW
""",
    "a list of two": """
    loss, dW = plain(np.asarray(W), X, y, reg)
    return [np.float32(loss) if W.dtype == np.float32 else loss, dW]
""",
    "math and keywords": """
    import math
    loss, dW = plain(X=X, W=W, reg=reg, y=y)
    return math.fsum([loss, 0.0]), dW
""",
}
PLAIN = """
def plain(W, X, y, reg):
    rows = np.arange(len(X))
    S = X @ W
    M = np.maximum(S - S[rows, y][:, None] + 1, 0)
    M[rows, y] = 0
    V = (M > 0).astype(W.dtype)
    V[rows, y] = -V.sum(axis=1)
    return M.sum() / len(X) + reg * np.sum(W * W), X.T @ V / len(X) + 2 * reg * W
"""


@pytest.mark.parametrize("style", STYLES)
def test_a_right_answer_of_another_style_gets_full_marks(style, tmp_path):
    body = f"import numpy as np\n{PLAIN}\ndef svm_loss_vectorized(W, X, y, reg):{STYLES[style]}"
    row = graded(tmp_path, body)
    assert row.points == row.max_points, [check.message for check in row.checks if check.message]


def test_the_stub_gets_nothing_and_is_called_not_written_yet(tmp_path):
    row = graded(tmp_path, (EXERCISE.root / "exercises" / EXERCISE.file).read_text())
    assert (row.points, row.status) == (0, "missing")
    assert "not written yet" in row.checks[0].message


HELPERS = """
def helper(X):
    i = 0
    while i < 3:
        i += 1

def recurse(n):
    return 0 if n == 0 else recurse(n - 1)
"""
LOOP = """
def svm_loss_vectorized(W, X, y, reg):
    loss, dW = plain(W, X, y, reg)
    {}
    return loss, dW
"""


@pytest.mark.parametrize(
    "hidden",
    [
        "for i in range(3): pass",
        "[i for i in X]",
        "list(map(abs, range(3)))",
        "np.vectorize(abs)(y)",
        "helper(X)",
        "recurse(len(X))",
    ],
)
def test_a_loop_is_found_in_the_text_in_a_helper_and_by_the_lines_that_run(hidden, tmp_path):
    row = graded(tmp_path, "import numpy as np\n" + PLAIN + HELPERS + LOOP.format(hidden))
    assert [check.name for check in row.checks if check.status == "failed"] == [
        "has no loop: none in the text, none hidden"
    ]


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
        ("return np.ones(10**9), W", "1 GB"),
        ("return xrange(3)", "write range"),
        ("raise ValueError('损失')", "损失"),
        ("print('x' * 10**7); return None", "returns None"),
    ],
)
def test_a_result_of_the_wrong_kind_is_described_and_nothing_crashes(body, told, tmp_path):
    row = graded(tmp_path, f"import numpy as np\ndef svm_loss_vectorized(W, X, y, reg):\n    {body}\n")
    assert row.points == 0
    assert told in row.checks[0].message


def test_a_function_that_ends_the_worker_does_not_take_the_others_of_its_file_with_it(tmp_path):
    path = tmp_path / EXERCISE.file
    path.write_text("import os\ndef bad():\n    os._exit(3)\ndef good():\n    return 1\n", encoding="utf-8")
    answer = AnswerFile(path, "process", 10)
    for _ in range(MAX_ENDS + 2):
        with pytest.raises(LearnerError, match="ended in the call"):
            answer.call("bad")
    assert answer.call("good").value == 1
    answer.close()


def test_an_endless_loop_is_waited_for_once(tmp_path):
    body = "def svm_loss_vectorized(W, X, y, reg):\n    while True: pass\n"
    row = graded(tmp_path, body, seconds=0.5)
    assert "endless loop" in row.checks[0].message
    assert {check.status for check in row.checks[1:]} == {"skipped"}


@pytest.mark.parametrize("name", ["我的答案.py", "résumé v2.py"])
def test_any_file_name_will_do(name, tmp_path):
    row = graded(
        tmp_path, "import numpy as np\n" + PLAIN.replace("def plain", "def svm_loss_vectorized"), name
    )
    assert row.status == "passed"


def test_random_inputs_are_the_same_on_a_regrade_and_fresh_for_another_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("LINTUTOR_SECRET", "a course")
    wrong = source_of("gradient-negated")
    messages = [
        [check.message for check in graded(tmp_path, source).checks]
        for source in (wrong, wrong, wrong + "# \n")
    ]
    assert messages[0] == messages[1]
    assert messages[0] != messages[2]
    monkeypatch.setenv("LINTUTOR_SECRET", "another course")
    assert [check.message for check in graded(tmp_path, wrong).checks] != messages[0]


def test_a_single_wrong_number_is_not_called_an_offset():
    def row_for_column(W, X, y, reg):  # runs only where N equals C
        margins = np.maximum(0, X @ W - (X @ W)[np.arange(len(X)), y] + 1)
        margins[np.arange(len(X)), y] = 0
        return margins.sum() / len(X) + reg * np.sum(W * W), TWINS.REFERENCE(W, X, y, reg)[1]

    remarks = [finding.remark for finding in diagnose(EXERCISE, row_for_column) if finding.remark]
    assert remarks
    assert not any("off by" in remark for remark in remarks)
    assert "crash-at-other-sizes" in named(row_for_column)


def test_zeros_of_the_right_shape_earn_nothing(tmp_path):
    row = graded(tmp_path, "def svm_loss_vectorized(W, X, y, reg):\n    return 0.0, 0 * W\n")
    assert row.points == 0
    assert "nothing is computed yet" in row.checks[0].message


def test_a_mistake_that_no_known_small_case_shows_arrives_shrunk_as_arithmetic(tmp_path):
    source = inspect.getsource(TWINS.margins_of) + inspect.getsource(TWINS.coefficients_of)
    row = graded(
        tmp_path,
        "import numpy as np\n\n" + source + "\n\ndef svm_loss_vectorized(W, X, y, reg):\n"
        "    margins = margins_of(W, X, y)\n"
        "    dW = X.T @ coefficients_of(margins, y) / len(X) + 2 * reg * W\n"
        "    return margins.sum() / len(X) + (len(X) == 3) + reg * np.sum(W * W), dW\n",
    )
    (check,) = [c for c in row.checks if c.name == "the loss without penalty is the mean hinge loss"]
    assert "(at N=3, D=1, C=2, reg=0)" in check.message
    assert "X = [[0], [0], [0]]" in check.counterexample
    assert "expected 1, yours 2" in check.counterexample
