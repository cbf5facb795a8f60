"""Chapter 2's exercises: nothing is given away, a mistake costs its own points, boards show small cases."""

import re

import numpy as np
import pytest

from lintutor import scores
from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
KNOWN = {entry.function: entry for entry in catalogue.exercises("ch02")}
PREDICT, DEBUG, DERIVE, MEASURE = (
    KNOWN[name]
    for name in ("predict_four_pixels", "debug_test_mean", "derive_boundary", "measure_few_examples")
)
IMPORTS = "import numpy as np\n"
ODD = ["None", "'x'", "1.0", "True", "{'cat': 1}", "(1.0, 2.0)", "[1, 2, 3, 4]"]


def named(row):
    return sorted(finding.misconception.id for finding in row.findings if finding.misconception)


def returning(entry, value):
    return f"{IMPORTS}def {entry.function}():\n    return {value}\n"


def wrong(entry, key):
    return files.by_name(entry, entry.misconception(key).twin)


# -------------------------------------------------------------------------------------- predictions


def numbers_in(text):
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)]


def test_the_three_scores_are_those_of_the_package_and_of_the_statement():
    twins = PREDICT.module("twins")
    due = scores.linear_scores(twins.PIXELS[None], twins.WEIGHTS, twins.BIAS)[0]
    assert np.allclose(twins.REFERENCE(), due)
    for text in (PREDICT.statement, PREDICT.stub()):
        told = numbers_in(text)
        assert all(number in told for number in [*twins.PIXELS, *twins.WEIGHTS.ravel(), *twins.BIAS])


def test_nothing_that_a_wrong_prediction_brings_holds_or_depends_on_the_answer(tmp_path):
    right = PREDICT.module("twins").REFERENCE()
    guesses = [files.twin_of(PREDICT, mistake.id)() for mistake in PREDICT.misconceptions]
    guesses += [tuple(change * part for part in right) for change in (2, -1, 0.5, 1.01)]
    messages = {}
    for guess in guesses:
        row = files.graded(tmp_path, PREDICT, returning(PREDICT, guess))
        assert row.points == (2 if guess[1] == right[1] else 0)  # in reverse, the middle one is right
        assert not any(finding.remark for finding in row.findings)
        for check in row.checks:
            if check.points == 0:
                messages.setdefault(check.name, set()).add(check.message)
    assert all(len(each) == 1 for each in messages.values())
    told = [*PREDICT.hints, *map(str, messages.values())]
    told += [text for mistake in PREDICT.misconceptions for text in (mistake.title, mistake.explanation)]
    assert not set(numbers_in(" ".join(told))) & set(right)
    assert not re.search(r"\b(is|are) right\b", " ".join(told))  # "all are right, in another order"


def test_each_part_of_the_prediction_has_its_own_points(tmp_path):
    right = PREDICT.module("twins").REFERENCE()
    for part in range(3):
        guess = ", ".join(repr(right[i]) if i == part else "'no idea'" for i in range(3))
        row = files.graded(tmp_path, PREDICT, returning(PREDICT, guess))
        assert [check.points for check in row.checks] == [2.0 * (i == part) for i in range(3)]


@pytest.mark.parametrize("entry", [PREDICT, MEASURE], ids=lambda entry: entry.function)
@pytest.mark.parametrize("value", ODD)
def test_what_is_not_three_numbers_is_told_plainly(entry, value, tmp_path):
    row = files.graded(tmp_path, entry, returning(entry, value))
    assert row.points == 0
    assert "It should return 3" in row.checks[0].message
    assert re.search(r"It returns (None|a text|a number|a bool|a dict|[24] of them)\.", row.checks[0].message)


@pytest.mark.parametrize("entry", [PREDICT, MEASURE], ids=lambda entry: entry.function)
@pytest.mark.parametrize("part", ["None", "'0.5'", "float('nan')", "True", "np.ones(2)"])
def test_a_part_that_is_no_number_is_told_and_costs_itself(entry, part, tmp_path):
    right = entry.module("twins").REFERENCE()
    row = files.graded(tmp_path, entry, returning(entry, f"{part}, {right[1]}, {right[2]}"))
    assert [check.points for check in row.checks] == [0, 2, 2]
    assert "should be a number" in row.checks[0].message


# -------------------------------------------------------------------------------------- mended code


def test_both_mistakes_of_the_given_code_are_named_and_the_other_when_one_is_mended(tmp_path):
    stub = DEBUG.stub()
    centered = stub.replace("X_test - X_test.mean(axis=0)", "X_test - X_train.mean(axis=0)")
    halved = stub.replace("(means**2).sum(axis=0)", "(means**2).sum(axis=0) / 2")
    touched = stub.replace("bias", "handicap")
    points = {}
    for source in (touched, centered, halved):
        assert source != stub
        row = files.graded(tmp_path, DEBUG, IMPORTS + source)
        points[source] = row.points, named(row)
    assert points == {
        touched: (2, ["batch-centered-by-itself", "bias-lacks-its-half"]),
        centered: (5, ["bias-lacks-its-half"]),
        halved: (5, ["batch-centered-by-itself"]),
    }
    both = centered.replace("(means**2).sum(axis=0)", "(means**2).sum(axis=0) / 2")
    assert files.graded(tmp_path, DEBUG, IMPORTS + both).status == "passed"


# ------------------------------------------------------------------------------------- measurements


def test_rounding_is_forgiven_and_no_confusion_is(tmp_path):
    twins = MEASURE.module("twins")
    figures = twins.REFERENCE()
    for part, figure in enumerate(figures):
        assert all(twins.near(figure + change, part, figure) for change in (-5e-4, 5e-4))
        assert not twins.near(figure + 2 / MEASURE.module("measured").count(), part, figure)
    for mistake in MEASURE.misconceptions:
        answer = files.twin_of(MEASURE, mistake.id)()
        assert not all(twins.near(answer[part], part, figures[part]) for part in range(3))


def test_the_solution_reports_what_is_measured(tmp_path):
    figures = ", ".join(f"{each:.3f}" for each in MEASURE.module("twins").REFERENCE())
    assert files.graded(tmp_path, MEASURE, returning(MEASURE, figures)).status == "passed"


# --------------------------------------------------------------------------------- what a mistake costs

COSTS = {
    "linear_scores": {
        "bias-left-out": 3,
        "bias-for-each-pixel": 3,
        "bias-of-the-example": 4,
        "last-product-kept": 5,
        "scores-transposed": 1,
    },
    "predict": {"tie-to-the-largest": 3, "best-starts-at-zero": 5, "labels-in-a-column": 1},
    "bias_trick": {"ones-first": 4, "pair-exchanged": 1, "zeros-appended": 5},
    "template_image": {
        "equal-weights-divided": 2,
        "bias-row-kept": 4,
        "weights-stretched-too": 2,
        "left-flat": 1,
    },
    "nearest_mean_classifier": {
        "one-mean-for-all": 6,
        "median-for-mean": 6,
        "half-forgotten": 8,
        "classes-in-rows": 1,
    },
    "center": {"test-mean-for-test": 4, "splits-changed": 1, "splits-exchanged": 1},
    "derive_boundary": {"tie-without-biases": 4, "tie-bias-sign": 4},
}


@pytest.mark.parametrize(
    ("function", "key", "cost"),
    [(function, key, cost) for function, keys in COSTS.items() for key, cost in keys.items()],
)
def test_a_mistake_costs_its_own_points_and_leaves_the_others(function, key, cost, tmp_path):
    row = files.graded(tmp_path, KNOWN[function], wrong(KNOWN[function], key))
    assert row.max_points - row.points == cost
    assert named(row) == [key]


def test_wrong_means_do_not_make_the_biases_wrong(tmp_path):
    row = files.graded(
        tmp_path,
        KNOWN["nearest_mean_classifier"],
        wrong(KNOWN["nearest_mean_classifier"], "sums-for-means"),
    )
    followed = [check.message for check in row.checks if check.status == "followed_through"]
    assert any("right for your own means" in message for message in followed)


# --------------------------------------------------------------------------------------------- boards

SHOWN = {  # of the groups whose mistakes numbers show
    name: [mistake for mistake in entry.misconceptions if mistake.group in groups]
    for name, entry in KNOWN.items()
    if (
        groups := {
            "nearest_mean_classifier": {"means", "bias", "order"},
            "debug_test_mean": {"centering", "bias"},
            "template_image": {"data", "equal"},
        }.get(name, {"data"})
    )
    and entry.kind in ("code", "debug")
}


@pytest.mark.parametrize(
    ("function", "key"),
    [
        pytest.param(name, mistake.id, marks=[pytest.mark.audit] * (number > 0))  # each run looks at one
        for name, each in SHOWN.items()
        for number, mistake in enumerate(each)
    ],
)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(function, key, tmp_path):
    row = files.graded(tmp_path, KNOWN[function], wrong(KNOWN[function], key))
    boards = [check.counterexample for check in row.checks if check.counterexample]
    assert boards
    for board in boards:
        assert len(board.splitlines()) < 20
        assert max(map(len, board.splitlines())) < 160
        expected, given = re.search(r"expected (.*)\n +yours (.*)$", board, re.MULTILINE).groups()
        assert expected != given


def test_one_mean_for_all_classes_is_the_nearest_of_none(tmp_path):
    source = (
        IMPORTS
        + """
def nearest_mean_classifier(X, y):
    mean = X.mean(axis=0)
    column = np.append(mean, -mean @ mean / 2)
    return np.tile(column[:, None], (1, y.max() + 1))
"""
    )
    row = files.graded(tmp_path, KNOWN["nearest_mean_classifier"], source)
    assert {"the first D rows are the class means", "the highest score belongs to the nearest mean"} <= (
        files.lost(row)
    )


def test_a_sort_that_mixes_equals_is_no_rule_on_ties(tmp_path):
    source = f"{IMPORTS}def predict(X, W):\n    return np.argsort(-(X @ W), axis=1)[:, 0]\n"
    row = files.graded(tmp_path, KNOWN["predict"], source)
    assert files.lost(row) == {"a tie goes to the smallest label"}


def test_a_bias_that_is_told_apart_by_rows_is_named_as_it_crashes(tmp_path):
    source = f"{IMPORTS}def template_image(W, c, shape):\n    return W[:, c].reshape(shape)\n"
    row = files.graded(tmp_path, KNOWN["template_image"], source)
    assert "bias-row-kept" in named(row)
