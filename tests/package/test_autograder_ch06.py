"""Chapter 6: predictions are measured and not given away, mended code, reports, what a mistake costs."""

import re

import numpy as np
import pytest

from lintutor import gradients, losses
from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
KINK, NORM, MEND, STEP, FREQUENCY = (
    catalogue.exercise(f"ch06.{name}")
    for name in (
        "predict_kink",
        "predict_gradient_norm",
        "debug_numerical_gradient",
        "measure_best_step",
        "measure_kink_frequency",
    )
)
PREDICT = pytest.mark.parametrize("entry", [KINK, NORM], ids=lambda entry: entry.function)
REPORT = pytest.mark.parametrize("entry", [STEP, FREQUENCY], ids=lambda entry: entry.function)


def returning(entry, value):
    """The source of an answer that returns a value."""
    return f"def {entry.function}():\n    return {value}\n"


def named(row):
    return [finding.misconception and finding.misconception.id for finding in row.findings]


def numbers_in(text):
    return {float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)}


# ------------------------------------------------------------------------------------ predictions


def test_the_differences_beside_a_kink_are_those_that_nudges_find():
    a, b, c = KINK.module("twins").REFERENCE()
    for h in (1.0, 0.25):
        at = [np.array([h / 10]), np.array([-h / 4])]
        assert np.isclose(gradients.eval_numerical_gradient(lambda x: abs(x[0]), at[0], h)[0], a)
        assert np.isclose(gradients.eval_numerical_gradient(lambda x: max(0.0, x[0]), at[1], h)[0], b)
        again = gradients.eval_numerical_gradient(lambda x: abs(x[0]), at[0], h / 20)[0]
        assert bool(np.isclose(again, 1.0)) is c


def test_the_length_of_the_gradient_is_that_of_a_ramp_that_falls_so():
    twins = NORM.module("twins")
    length, drop, factor = twins.REFERENCE()
    dW = length * np.array([0.6, 0.0, -0.8])

    def fall(step, times=1.0):
        return float(times * dW @ (step * times * dW))

    assert np.isclose(twins.START - fall(twins.STEP), twins.AFTER)
    assert np.isclose(fall(twins.SHORTER), drop)
    assert np.isclose(fall(twins.STEP, twins.TIMES) / fall(twins.STEP), factor)


GUESSES = ["1, 2, 3", "-1, 0.5, False", "0, 0, 1", "900, 0.009, 10", "'x', None, float('nan')", "None", "5"]


@PREDICT
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer_and_the_words_fit_any_guess(entry, tmp_path):
    twins = entry.module("twins")
    wanted = {float(f"{part:.3g}") for part in twins.REFERENCE() if not isinstance(part, bool)}
    guesses = [*GUESSES, *(repr(getattr(twins, mistake.twin)()) for mistake in entry.misconceptions)]
    messages = {}
    for guess in guesses:
        row = files.graded(tmp_path, entry, returning(entry, guess))
        assert not any(finding.remark for finding in row.findings)
        told = [text for check in row.checks for text in (check.message, check.counterexample)]
        for finding in row.findings:
            if finding.misconception:
                told += [finding.misconception.title, finding.misconception.explanation]
        assert not numbers_in(" ".join(told)) & wanted, told
        for check in row.checks:
            if check.status == "failed" and "should" not in check.message:
                messages.setdefault(check.name, set()).add(check.message)
    assert {name: len(each) for name, each in messages.items()} == dict.fromkeys(messages, 1)
    assert len(messages) == 3
    assert not any(numbers_in(hint) & wanted for hint in entry.hints)


@PREDICT
def test_no_explanation_of_a_prediction_says_what_holds(entry):
    for mistake in entry.misconceptions:
        assert not re.search(r"one straight piece|[Tt]ake the root|a fifth|right but", mistake.explanation)


@PREDICT
def test_each_part_of_a_prediction_has_its_own_points(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for part in range(3):
        guess = [repr(right[i]) if i == part else "'no idea'" for i in range(3)]
        row = files.graded(tmp_path, entry, returning(entry, ", ".join(guess)))
        assert [check.points > 0 for check in row.checks] == [i == part for i in range(3)]
        assert row.checks[part].points == row.checks[part].max_points


# ------------------------------------------------------------------------------------ mended code

FLOATS = [("grad = np.zeros_like(x)\n", "x = x.astype(float)\n    grad = np.zeros_like(x)\n")]
BACK = [("behind = f(x)\n", "behind = f(x)\n        x[k] = middle\n")]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ([("middle", "old")], ["integer-throughout", "x-not-restored"]),  # touched, not mended
        (FLOATS, ["nudges-pile-up"]),
        (BACK, ["integer-throughout"]),
        ([*FLOATS, *BACK], []),
    ],
)
def test_the_given_mistakes_are_named_alone_and_together(changes, left, tmp_path):
    head, mark, body = MEND.stub().rpartition('"""')
    for wrong, right in changes:
        assert wrong.strip() in body
        body = body.replace(wrong, right)
    row = files.graded(tmp_path, MEND, "import numpy as np\n" + head + mark + body)
    assert sorted(named(row)) == left
    assert (row.points == row.max_points) == (not left)


# ---------------------------------------------------------------------------------------- reports


def test_the_share_of_kinks_is_that_of_the_program_in_the_statement():
    measured = FREQUENCY.module("measured")
    for sigma, delta in measured.SETTINGS:
        rng = np.random.default_rng(3)
        X, y = rng.standard_normal((50, 20)), rng.integers(10, size=50)
        W = sigma * rng.standard_normal((20, 10))
        dW = losses.hinge_loss_vectorized(W, X, y, delta)[1]
        nudged = gradients.eval_numerical_gradient(
            lambda W, X=X, y=y, delta=delta: losses.hinge_loss_vectorized(W, X, y, delta)[0], W, 0.01
        )
        assert np.isclose(np.mean(np.abs(nudged - dW) > 1e-9), measured.share(3, sigma, delta))


@REPORT
def test_what_is_measured_today_gets_full_marks_with_three_decimals(entry, tmp_path):
    figures = ", ".join(f"{each:.3f}" for each in entry.module("twins").REFERENCE())
    assert files.graded(tmp_path, entry, returning(entry, figures)).status == "passed"


@REPORT
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("None", "It returns None"),
        ("-8, -5", "It returns 2 of them"),
        ("'all of them'", "It returns a text"),
        ("None, 'x', True", "This figure should be a number"),
        ("float('nan'), float('inf'), [1]", "This figure should be a number"),
    ],
)
def test_a_report_without_figures_is_told_plainly(entry, value, words, tmp_path):
    row = files.graded(tmp_path, entry, returning(entry, value))
    assert row.points == 0
    assert all(words in check.message for check in row.checks)


# ------------------------------------------------------------------------------ what a mistake costs

COSTS = {
    "random_search": {"highest-kept": 3, "later-tie-wins": 1, "scale-forgotten": 2, "loss-before-weights": 1},
    "random_local_search": {"stays-at-start": 3, "step-size-forgotten": 2, "start-not-asked": 1},
    "directional_derivative": {"mean-of-products": 2, "direction-changed": 1},
    "eval_numerical_gradient": {"forward-difference": 4, "integer-gradient": 3, "gradient-flattened": 1},
    "relative_error": {"not-divided": 4, "mean-for-largest": 3, "nothing-by-nothing": 1, "floor-below": 1},
    "grad_check_sparse": {"sparse-divided-by-h": 3, "last-never-drawn": 2, "whole-gradient-first": 1},
}


@pytest.mark.parametrize(
    ("function", "key", "cost"),
    [(function, key, cost) for function, costs in COSTS.items() for key, cost in costs.items()],
)
def test_a_mistake_costs_its_own_points_only(function, key, cost, tmp_path):
    entry = catalogue.exercise(f"ch06.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.max_points - row.points == cost
    assert named(row) == [key]


BOARDS = [
    ("random_search", "last-kept"),
    ("random_local_search", "stays-at-start"),
    ("directional_derivative", "direction-normalized"),
    ("eval_numerical_gradient", "nudges-pile-up"),
    ("eval_numerical_gradient", "divided-by-h"),
    ("debug_numerical_gradient", "integer-throughout"),
    ("relative_error", "signs-kept"),
    ("grad_check_sparse", "sparse-forward-difference"),
    ("derive_centered_error", "factorials-forgotten"),
]


@pytest.mark.parametrize(("function", "key"), BOARDS)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(function, key, tmp_path):
    entry = catalogue.exercise(f"ch06.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    boards = [check.counterexample for check in row.checks if check.counterexample]
    assert boards
    assert all(len(board.splitlines()) < 20 and re.search("your|was asked", board) for board in boards)
