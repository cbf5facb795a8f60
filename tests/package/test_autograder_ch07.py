"""Chapter 7's exercises: predictions are measured, mended code is named in steps, nothing is given away."""

import re

import numpy as np
import pytest

from lintutor import optimizers
from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_vectorized

files = catalogue.beside(__file__, "answer_files")
RATES, PRINT, MEASURE, LOOP, BEST = (
    catalogue.exercise(f"ch07.{name}")
    for name in (
        "predict_rates",
        "predict_first_print",
        "measure_batch_variance",
        "debug_training_loop",
        "debug_best_setting",
    )
)


def named(row):
    return [finding.misconception and finding.misconception.id for finding in row.findings]


def returning(entry, value):
    """The source of an answer that returns a value."""
    return f"def {entry.function}():\n    return {', '.join(map(repr, value))}\n"


def numbers_in(text):
    return {float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)}


# ------------------------------------------------------------------------------------ predictions


def test_the_logs_of_the_statement_and_of_the_stub_are_those_of_the_walks():
    steepness = np.array([1.0, 25.0])

    def valley(w):
        return 0.5 * (steepness * w**2).sum(), steepness * w

    for letter, rate in zip("ABCD", RATES.module("twins").REFERENCE(), strict=True):
        _, losses = optimizers.gradient_descent(valley, [4.0, 1.0], rate, 9)
        printed = [f"{loss:.2f}" for loss in losses]
        for text in (RATES.stub(), RATES.statement.replace("|", " ")):
            (row,) = re.findall(rf"^ *{letter} +(20\.50.*)$", text, re.MULTILINE)
            assert row.split() == printed


def test_the_first_print_is_what_the_package_measures():
    twins = PRINT.module("twins")
    data, penalty, later = twins.REFERENCE()
    zero, X = np.zeros((twins.ROWS, twins.CLASSES)), np.ones((4, twins.ROWS))
    assert svm_loss_vectorized(zero, X, [0, 3, 9, 5], twins.REG)[0] == data
    W = twins.DEVIATION * np.random.default_rng(0).standard_normal(zero.shape)
    measured = twins.REG * np.sum(W**2)
    assert abs(measured / penalty - 1) < 0.03
    for _ in range(twins.STEPS):
        W = W - twins.RATE * 2 * twins.REG * W
    assert np.isclose(twins.REG * np.sum(W**2) / measured, later / penalty)


@pytest.mark.parametrize("entry", [RATES, PRINT], ids=lambda entry: entry.function)
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    guesses = [tuple(change(v) for v in right) for change in (lambda v: 2 * v, lambda v: -v, lambda v: v + 3)]
    guesses += [getattr(entry.module("twins"), mistake.twin)() for mistake in entry.misconceptions]
    messages = {}
    for guess in guesses:
        row = files.graded(tmp_path, entry, returning(entry, map(float, guess)))
        told = [text for check in row.checks for text in (check.message, check.counterexample)]
        told += [
            text for f in row.findings if f.misconception for text in (f.misconception.explanation, f.remark)
        ]
        assert not numbers_in(" ".join(told)) & set(right)
        for check in row.checks:
            if check.status == "failed":
                messages.setdefault(check.name, set()).add(check.message)
    assert len(messages) == len(right)
    assert all(len(each) == 1 for each in messages.values())  # the words do not depend on the guess
    assert not any(numbers_in(hint) & set(right) for hint in entry.hints)


@pytest.mark.parametrize("entry", [RATES, PRINT], ids=lambda entry: entry.function)
def test_each_part_of_a_prediction_has_its_own_point(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for part in range(len(right)):
        guess = [right[i] if i == part else -1.0 for i in range(len(right))]
        row = files.graded(tmp_path, entry, returning(entry, guess))
        assert [check.points for check in row.checks] == [float(i == part) for i in range(len(right))]


# ------------------------------------------------------------------------------------ mended code


def test_no_explanation_of_a_prediction_says_what_holds():
    for mistake in (*RATES.misconceptions, *PRINT.misconceptions):
        assert not re.search(r"[Yy]ou (have them )?exchanged|wrong classes", mistake.explanation)


@pytest.mark.parametrize("entry", [RATES, PRINT, MEASURE], ids=lambda entry: entry.function)
@pytest.mark.parametrize("value", [None, "abc", (1.0, 2.0), ("x", None, True, float("nan"))])
def test_what_holds_no_figures_is_told_plainly_and_earns_nothing(entry, value, tmp_path):
    if isinstance(value, tuple) and len(value) == 4:
        value = value[: len(entry.module("twins").REFERENCE())]
    source = f"nan = float('nan')\n\n\ndef {entry.function}():\n    return {value!r}\n"
    row = files.graded(tmp_path, entry, source)
    assert row.points == 0
    for check in row.checks:
        assert re.search(r"It should return \d|should be a number", check.message)


@pytest.mark.parametrize(
    ("entry", "changes", "left"),
    [
        (LOOP, [("history", "losses")], "batch-drawn-unused"),  # it hides the other one
        (LOOP, [("(W, X, y)", "(W, X_batch, y_batch)")], "same-batch-every-step"),
        (LOOP, [("        rng = np.random.default_rng(0)\n", "")], "batch-drawn-unused"),
        (BEST, [("return setting", "return best_setting")], "compared-with-the-one-before"),
        (BEST, [("        best_accuracy = acc", "            best_accuracy = acc")], "last-setting-returned"),
    ],
)
def test_with_one_mistake_mended_the_other_is_named(entry, changes, left, tmp_path):
    source = entry.stub()
    body = source.rpartition('"""')
    mended = body[2]
    for wrong, right in changes:
        assert wrong in mended
        mended = mended.replace(wrong, right)
    row = files.graded(tmp_path, entry, "".join((*body[:2], mended)))
    assert named(row) == [left]
    assert row.points < row.max_points


# ------------------------------------------------------------------------------------ measurements


def test_other_seeds_are_within_what_is_forgiven_and_no_confusion_is():
    measured, twins = MEASURE.module("measured"), MEASURE.module("twins")
    for seed in (5, 6):
        for part, figure in enumerate(measured.run(seed).answer):
            assert twins.near(figure, part, twins.REFERENCE()[part])
    for mistake in MEASURE.misconceptions:
        answer = getattr(twins, mistake.twin)()
        assert not all(twins.near(answer[part], part, twins.REFERENCE()[part]) for part in range(3))


def test_the_slope_is_what_the_derivation_foretells():
    assert MEASURE.module("twins").near(-1.0, 2, MEASURE.module("twins").REFERENCE()[2])


def test_a_slope_that_fits_wrong_errors_keeps_its_points(tmp_path):
    twins = MEASURE.module("twins")
    row = files.graded(tmp_path, MEASURE, returning(MEASURE, twins.root_of_the_error()))
    assert [check.points for check in row.checks] == [0, 0, 2]
    assert named(row) == ["root-of-the-error"]


# ------------------------------------------------------------------------------ what a mistake costs

COSTS = {
    "gradient_descent": {"step-uphill": 5, "loss-after-the-move": 3, "start-changed": 1, "history-first": 1},
    "sample_batch": {"drawn-without-replacement": 2, "last-row-never": 2, "own-generator": 1},
    "decayed": {"cosine-quarter": 2, "exponential-rises": 1, "unknown-kind-passes": 1},
    "sgd_momentum": {"rate-outside": 3, "velocity-not-kept": 3, "config-demanded": 1},
    "LinearClassifier": {"training-uphill": 3, "history-of-one": 2, "start-large": 2, "lowest-score-wins": 2},
    "LinearSVM": {"half-penalty": 1, "gradient-not-averaged": 1, "gradient-transposed": 1},
    "Softmax": {"plain-exponentials": 1, "one-maximum-for-the-batch": 1, "penalty-missing": 1},
    "grid_search": {"validated-on-training": 2, "pairs-in-step": 2, "last-among-equals": 1},
}


@pytest.mark.parametrize(
    ("function", "key", "cost"),
    [(function, key, cost) for function, costs in COSTS.items() for key, cost in costs.items()],
)
def test_a_mistake_costs_its_own_points_only(function, key, cost, tmp_path):
    entry = catalogue.exercise(f"ch07.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.max_points - row.points == cost
    assert named(row) == [key]


STARTS = {
    "0.001 * np.random.standard_normal((D, C))": 2,
    "0.002 * np.random.standard_normal((D, C))": 0,
    "0.001 * np.random.random((D, C))": 0,
    "0.001 / np.random.standard_normal((D, C))": 0,
    "np.zeros((D, C))": 0,
}


@pytest.mark.parametrize(("start", "points"), STARTS.items())
def test_the_first_weights_are_those_of_the_statement(start, points, tmp_path):
    entry = catalogue.exercise("ch07.LinearClassifier")
    source = (entry.root / "solutions" / entry.file).read_text(encoding="utf-8")
    given = "self.W = 0.001 * rng.standard_normal((X.shape[1], y.max() + 1))"
    assert source.count(given) == 1
    changed = source.replace(given, f"D, C = X.shape[1], y.max() + 1; self.W = {start}")
    (check,) = [
        check for check in files.graded(tmp_path, entry, changed).checks if "small random ones" in check.name
    ]
    assert check.points == points
