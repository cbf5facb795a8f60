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


@pytest.mark.parametrize(
    ("entry", "changes", "left"),
    [
        (LOOP, [("history", "losses")], "batch-drawn-unused"),
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
