"""Chapter 9: a prediction that gives nothing away, mended code, a measurement, what one mistake costs."""

import inspect
import re

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.gradients import eval_numerical_gradient

files = catalogue.beside(__file__, "answer_files")
CIRCUIT, FORK, GATES = (
    catalogue.exercise(f"ch09.{name}") for name in ("predict_circuit", "debug_fork", "measure_open_gates")
)
RIGHT = CIRCUIT.module("twins").REFERENCE()


def returning(entry, value):
    """The source of an answer that returns a value."""
    return f"def {entry.function}():\n    return {value}\n"


def named(row):
    return [finding.misconception and finding.misconception.id for finding in row.findings]


# ------------------------------------------------------------------------------------- the prediction


def test_the_gradients_of_the_circuit_are_those_that_nudges_find():
    twins = CIRCUIT.module("twins")
    nudged = eval_numerical_gradient(
        lambda v: 2 * (v[0] + v[1]) * max(v[1], v[2]), [twins.A, twins.B, twins.C]
    )
    assert pytest.approx(tuple(nudged)) == RIGHT
    for mistake in CIRCUIT.misconceptions:
        assert getattr(twins, mistake.twin)() != pytest.approx(tuple(nudged)), mistake.id


def told(row):
    """Every word that an answer brings."""
    texts = [text for check in row.checks for text in (check.message, check.counterexample)]
    texts += [finding.remark for finding in row.findings]
    entries = [finding.misconception for finding in row.findings if finding.misconception]
    return texts + [text for each in entries for text in (each.title, each.explanation)]


def numbers_in(text):
    return {float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)}


GUESSES = ["1, 2, 3", "0, 0, 0", "-6, -4, 1", "12, 8, 2", "9, 7, 3", "1e9, 4.5, -1", "'six', None, True"]
GUESSES += ["float('nan'), float('inf'), 5", "None", "'no idea'", "6, 4", "6, 4, 0, 0, 1", "{'da': 6}", "3"]


def test_nothing_that_a_wrong_prediction_brings_holds_the_answer_and_the_words_fit_any_guess(tmp_path):
    twins = CIRCUIT.module("twins")
    guesses = [*GUESSES, *(str(getattr(twins, mistake.twin)()) for mistake in CIRCUIT.misconceptions)]
    messages = {}
    for guess in guesses:
        row = files.graded(tmp_path, CIRCUIT, returning(CIRCUIT, guess))
        assert row.points < row.max_points
        assert not any(finding.remark for finding in row.findings)  # "twice what it should be"
        assert not numbers_in(" ".join(told(row))) & set(RIGHT), told(row)
        for check in row.checks:
            if check.status == "failed" and "should" not in check.message:
                messages.setdefault(check.name, set()).add(check.message)
    assert {name: len(each) for name, each in messages.items()} == dict.fromkeys(messages, 1)
    assert len(messages) == 3
    assert not any(numbers_in(hint) & set(RIGHT) for hint in CIRCUIT.hints)


def test_no_explanation_of_a_prediction_says_what_holds():
    for mistake in CIRCUIT.misconceptions:
        assert not re.search(r"nothing|zero|does not move|unchanged|no gradient|stays", mistake.explanation)


def test_each_part_of_the_prediction_has_its_own_points(tmp_path):
    for part, points in enumerate((1, 2, 1)):
        guess = [repr(RIGHT[i]) if i == part else "'no idea'" for i in range(3)]
        row = files.graded(tmp_path, CIRCUIT, returning(CIRCUIT, ", ".join(guess)))
        assert [check.points for check in row.checks] == [points * (i == part) for i in range(3)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("None", "It should return 3 things: return da, db, dc"),
        ("6.5, 4.5", "It should return 3 things"),
        ("'abc'", "It should return 3 things"),
        ("'x', 'y', 'z'", "This part should be a number"),
        ("None, True, float('nan')", "This part should be a number"),
    ],
)
def test_a_prediction_of_another_form_is_told_so(value, words, tmp_path):
    row = files.graded(tmp_path, CIRCUIT, returning(CIRCUIT, value))
    assert row.points == 0
    assert all(words in check.message for check in row.checks)


# ------------------------------------------------------------------------------------ the mended code

WALK = ("for k in range(len(gates)):", "for k in reversed(range(len(gates))):")
SHARES = [(f"slopes[{at}] = ", f"slopes[{at}] += ") for at in "ij"]


def stub_with(*changes):
    source = FORK.stub()
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return source


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ([("arrived", "upstream")], ["fork-overwritten", "walk-from-the-inputs"]),  # touched, not mended
        ([WALK], ["fork-overwritten"]),
        (SHARES, ["walk-from-the-inputs"]),
        ([WALK, *SHARES], []),
    ],
)
def test_the_given_mistakes_are_named_alone_and_together(changes, left, tmp_path):
    row = files.graded(tmp_path, FORK, stub_with(*changes))
    assert sorted(named(row)) == left
    assert (row.points == row.max_points) == (not left)


def test_half_of_the_forks_mended_still_costs_their_points(tmp_path):
    row = files.graded(tmp_path, FORK, stub_with(WALK, SHARES[0]))
    assert 0 < row.points < row.max_points


@pytest.mark.parametrize("value", ["None", "'x'", "values[-1]", "values[-1], 'x'", "values[-1], [None]"])
def test_mended_code_that_returns_something_else_is_told_what_it_should(value, tmp_path):
    before = "return values[-1], slopes[: len(inputs)]"
    row = files.graded(tmp_path, FORK, stub_with(WALK, *SHARES, (before, f"return {value}")))
    assert row.points == 0
    assert "It should return (result, gradients)" in row.checks[0].message


@pytest.mark.parametrize("mistake", FORK.misconceptions, ids=lambda mistake: mistake.id)
def test_a_wrong_gradient_is_shown_on_the_smallest_circuit_that_has_it(mistake, tmp_path):
    row = files.graded(tmp_path, FORK, files.by_name(FORK, mistake.twin))
    boards = [check.counterexample for check in row.checks if check.counterexample]
    assert boards
    for board in boards:
        expected, given = re.search(r"gradients expected (.*)\n +yours (.*)$", board).groups()
        assert expected != given
        assert len(board.splitlines()) < 12


# ------------------------------------------------------------------------------------- the measurement


def test_other_seeds_are_forgiven_and_no_confusion_is():
    measured, twins = GATES.module("measured"), GATES.module("twins")
    right = twins.REFERENCE()
    for seed in range(5, 10):
        for part, figure in enumerate(measured.run(seed)):
            assert twins.near(figure, part, right[part])
    for mistake in GATES.misconceptions:
        figures = getattr(twins, mistake.twin)()
        assert not all(twins.near(figures[part], part, right[part]) for part in range(2)), mistake.id


def test_what_is_measured_today_gets_full_marks_with_three_decimals(tmp_path):
    figures = GATES.module("twins").REFERENCE()
    for value in (", ".join(f"{each:.3f}" for each in figures), str(list(figures))):
        assert files.graded(tmp_path, GATES, returning(GATES, value)).status == "passed"


@pytest.mark.parametrize(
    "value", ["None", "0.5", "'few', None", "True, False", "float('nan'), 'x'", "0.1, 0.2, 0.3"]
)
def test_a_report_without_figures_is_told_plainly(value, tmp_path):
    row = files.graded(tmp_path, GATES, returning(GATES, value))
    assert row.points == 0
    assert all("number" in check.message for check in row.checks)


# -------------------------------------------------------------------------------- what a mistake costs

COSTS = {
    ("affine_backward", "bias-averaged"): 1,
    ("affine_backward", "bias-gets-one-row"): 1,
    ("affine_backward", "gradients-in-another-order"): 1,
    ("affine_backward", "dx-left-flat"): 1,
    ("affine_forward", "bias-forgotten"): 1,
    ("affine_forward", "cache-holds-rows"): 1,
    ("sigmoid", "sigmoid-overflows-to-zero"): 1,
    ("sigmoid", "sigmoid-falls"): 1,
    ("softmax_loss", "dscores-not-averaged"): 2,
    ("Value", "product-not-swapped"): 2,
    ("Value", "sigmoid-factor-missing"): 2,
    ("Value", "numbers-refused"): 1,
    ("TwoLayerNet", "half-penalty"): 1,
    ("TwoLayerNet", "second-layer-spared-in-gradient"): 2,
    ("TwoLayerNet", "hidden-mask-missing"): 3,
    ("TwoLayerNet", "batch-refused"): 1,
    ("TwoLayerNet", "std-ignored"): 1,
}


@pytest.mark.parametrize(("function", "key"), COSTS)
def test_a_mistake_costs_its_own_points_only(function, key, tmp_path):
    entry = catalogue.exercise(f"ch09.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.max_points - row.points == COSTS[function, key]
    assert named(row) == [key]


SHOWN = [
    "gate-not-swapped",
    "max-to-loser",
    "sigmoid-falls",
    "upstream-missing",
    "bias-forgotten",
    "dscores-negated",
]


@pytest.mark.parametrize("key", SHOWN)
def test_a_wrong_number_is_shown_with_the_arithmetic_of_a_small_case(key, tmp_path):
    entries = [
        entry for entry in catalogue.exercises() if entry.id.startswith("ch09.") and entry.kind == "code"
    ]
    for entry in entries:
        if key in {mistake.id for mistake in entry.misconceptions}:
            row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
            boards = [check.counterexample for check in row.checks if check.counterexample]
            assert boards, entry.id
            assert "expected" in boards[0]
            assert "yours" in boards[0]
            assert len(boards[0].splitlines()) < 16


def test_a_method_that_is_not_written_costs_its_own_checks_only(tmp_path):
    """An engine without quotients, curves and powers is graded on its sums, products and walk."""
    entry = catalogue.exercise("ch09.Value")
    source = (entry.root / "solutions" / entry.file).read_text(encoding="utf-8")
    for line in (
        "return self.made(self.data**k, (self, k * self.data ** (k - 1)))",
        "power = float(np.exp(self.data))",
    ):
        assert line in source
        source = source.replace(line, 'raise NotImplementedError("not written yet")')
    row = files.graded(tmp_path, entry, source)
    assert files.lost(row) == {"powers, differences, quotients", "exp, log, relu, sigmoid"}
    assert inspect.cleandoc(row.checks[1].message)


def test_a_net_that_is_wrong_forward_still_gets_the_points_of_its_training(tmp_path):
    entry = catalogue.exercise("ch09.TwoLayerNet")
    row = files.graded(tmp_path, entry, files.by_name(entry, "relu_left_out"))
    earned = {check.name: check.points for check in row.checks}
    assert earned["train draws its batches from all examples, also where they are larger than the data"] == 1
    assert sum(points for name, points in earned.items() if name.startswith("train steps")) == 2
    assert np.isclose(row.points, 6)
