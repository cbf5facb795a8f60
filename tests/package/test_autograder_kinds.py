"""Predictions, mended code and measurements: named mistakes, nothing given away, no typed figure believed."""

import inspect
import itertools
import re
import textwrap

import numpy as np
import pytest

from lintutor import gradients
from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import diagnose, observed
from lintutor.autograder.run import grade

files = catalogue.beside(__file__, "answer_files")
graded = files.graded
PREDICT = [catalogue.exercise(f"ch03.{n}") for n in ("predict_initial_loss", "predict_true_class_counted")]
DEBUG = [
    catalogue.exercise(f"ch03.{n}") for n in ("debug_accumulator", "debug_batch_gradient", "debug_columns")
]
MEASURE = catalogue.exercise("ch03.measure_violations")
ALL = [*PREDICT, *DEBUG, MEASURE]
PAIRS = [(entry, mistake.id) for entry in ALL for mistake in entry.misconceptions]


def returning(entry, value):
    """The source of an answer that returns a value."""
    return f"def {entry.function}():\n    return {value}\n"


def source_of(entry, key):
    """The twin as a learner would hand it in."""
    twins, name = entry.module("twins"), entry.misconception(key).twin
    twin = getattr(twins, name)
    if entry not in DEBUG:
        return returning(entry, tuple(v if isinstance(v, bool) else float(v) for v in twin()))
    return files.by_name(entry, name)


def named(findings):
    return [finding.misconception and finding.misconception.id for finding in findings]


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.function)
def test_every_two_mistakes_can_be_told_apart_and_the_right_answer_shows_none(entry):
    twins = entry.module("twins")
    assert {mistake.group for mistake in entry.misconceptions} == {group.id for group in twins.GROUPS}
    for group in twins.GROUPS:
        members = [mistake for mistake in entry.misconceptions if mistake.group == group.id]
        sights = [str(group.observe(observed(getattr(twins, mistake.twin)))) for mistake in members]
        assert all(one != other for one, other in itertools.combinations(sights, 2)), sights
    assert diagnose(entry, twins.REFERENCE) == []


@pytest.mark.parametrize(("entry", "key"), PAIRS, ids=lambda part: getattr(part, "function", part))
def test_a_mistake_is_refused_and_named_and_nothing_else_is(entry, key, tmp_path):
    row = graded(tmp_path, entry, source_of(entry, key))
    assert row.points < row.max_points
    assert named(row.findings) == [key]


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.function)
def test_the_solution_gets_everything_and_the_stub_nothing(entry):
    solved = grade([entry], entry.root / "solutions").exercises[0]
    assert (solved.points, solved.max_points, solved.status) == (entry.points, entry.points, "passed")
    stub = grade([entry], entry.root / "exercises").exercises[0]
    assert (stub.points, stub.status) == (0, "missing")


# ------------------------------------------------------------------------------------- predictions

GUESSES = [
    "10, 20, 50",
    "0, 0, 0",
    "1, 15, 'x'",
    "9, 0, 1e9",
    "float('nan'), None, 15",
    "-1",
    "None",
    "5, True, True",
    "0.3, False, False",
    "0.25, 1, 0",
    "'0.25', 'no', 'yes'",
]


CHANGES = (lambda v: 2 * v, lambda v: -v, lambda v: v + 3, lambda v: v / 2)


def numbers_in(text):
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)]


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    wanted = [part for part in right if not isinstance(part, bool)]
    wrong = [source_of(entry, mistake.id) for mistake in entry.misconceptions]
    scaled = [tuple(v if isinstance(v, bool) else change(v) for v in right) for change in CHANGES]
    wrong += [returning(entry, guess) for guess in [*GUESSES, *scaled]]
    messages = {}
    for source in wrong:
        row = graded(tmp_path, entry, source)
        for check in row.checks:
            told = [check.message, check.counterexample]
            assert not any(finding.remark for finding in row.findings)  # "twice what it should be"
            entries = [finding.misconception for finding in row.findings if finding.misconception]
            told += [text for each in entries for text in (each.title, each.explanation)]
            assert not set(numbers_in(" ".join(told))) & set(wanted), told
            if check.status == "failed" and "should" not in check.message:
                messages.setdefault(check.name, set()).add(check.message)
    assert messages
    assert all(len(each) == 1 for each in messages.values())  # the words do not depend on the guess
    assert not any(set(numbers_in(hint)) & set(wanted) for hint in entry.hints)


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_each_part_of_a_prediction_has_its_own_point(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for part in range(3):
        guess = [repr(right[i]) if i == part else "'no idea'" for i in range(3)]
        row = graded(tmp_path, entry, returning(entry, ", ".join(guess)))
        assert [check.points for check in row.checks] == [float(i == part) for i in range(3)]


def test_a_prediction_may_come_as_a_list_an_array_and_with_three_digits(tmp_path):
    entry = PREDICT[0]
    a, b, c = entry.module("twins").REFERENCE()
    for value in (
        f"[{a}, {b}, {c}]",
        f"__import__('numpy').array([{a}, {b}, {c}])",
        f"{a:.0f}, {b:.0f}, {c}",
    ):
        assert graded(tmp_path, entry, returning(entry, value)).status == "passed"


def test_the_first_loss_is_what_the_package_prints():
    from lintutor.objective import svm_loss_vectorized

    twins = PREDICT[0].module("twins")
    rng = np.random.default_rng(0)
    for (C, N, delta, reg), right in zip(twins.SITUATIONS, twins.REFERENCE(), strict=True):
        X, y = rng.normal(size=(N, 3)), rng.integers(0, C, size=N)
        loss, _ = svm_loss_vectorized(np.zeros((3, C)), X, y, reg)
        assert np.isclose(loss * delta, right)  # at W = 0 the data loss is proportional to delta


def test_what_counting_the_true_class_does_is_measured_on_the_two_programs():
    """The programs of the statement, run, with a gradient check of each."""
    stub = PREDICT[1].stub()
    loops, arrays = re.findall(r"::\n\n((?: {8}.*\n|\n)+)", stub)
    twins = PREDICT[1].module("twins")
    rng = np.random.default_rng(1)
    N, C = twins.N, twins.C
    X, y, start = rng.normal(size=(N, 3)), rng.integers(0, C, size=N), rng.normal(size=(3, C))

    def program(text):
        body = compile(textwrap.dedent(text), "program", "exec")

        def run(W):
            names = {"X": X, "y": y, "W": W, "N": N, "C": C, "delta": twins.DELTA, "np": np}
            names |= {"loss": 0.0, "dW": np.zeros_like(W)}
            exec(body, names)  # the text of our own stub
            return names["loss"], names["dW"]

        return run

    def right(W):
        S = X @ W
        margins = np.maximum(0, S - S[np.arange(N), y][:, None] + twins.DELTA)
        margins[np.arange(N), y] = 0
        return margins.sum() / N

    excess, caught = [], []
    for text in (loops, arrays):
        run = program(text)
        loss, dW = run(start)
        excess.append(loss - right(start))
        nudged = gradients.eval_numerical_gradient(lambda W, run=run: run(W)[0], start, 1e-6)
        caught.append(bool(np.abs(nudged - dW).max() > 1e-3))
    assert np.allclose(excess, twins.REFERENCE()[0])
    assert tuple(caught) == twins.REFERENCE()[1:]


# ------------------------------------------------------------------------------------- mended code


def test_both_mistakes_of_a_given_code_are_named(tmp_path):
    """As soon as it has been touched: the code as it was given is not written yet."""
    found = {}
    for entry in DEBUG:
        path = tmp_path / entry.file
        path.write_text(entry.stub().replace("margins", "slack"), encoding="utf-8")
        found[entry.function] = named(grade([entry], path).exercises[0].findings)
    assert found == {
        "debug_accumulator": ["score-indexed-twice"],  # it hides the other one
        "debug_batch_gradient": ["full-set-used", "penalty-missing-from-loss"],
        "debug_columns": ["gradient-in-rows", "divided-by-features"],
    }


@pytest.mark.parametrize(
    ("function", "wrong", "right", "left"),
    [
        ("debug_accumulator", "true_score[y[i]]", "true_score", "accumulator-misspelled"),
        ("debug_accumulator", "total_loss", "loss", "score-indexed-twice"),
        ("debug_batch_gradient", "loss = margins.sum() / num_examples",
         "loss = margins.sum() / num_examples + reg * np.sum(W * W)", "full-set-used"),
        ("debug_columns", "X.shape[0]", "X.shape[1]", "gradient-in-rows"),
        ("debug_columns", "X @ counts.T", "counts @ X.T", "divided-by-features"),
    ],
)  # fmt: skip
def test_with_one_mistake_mended_the_other_is_named(function, wrong, right, left, tmp_path):
    entry = catalogue.exercise(f"ch03.{function}")
    stub = entry.stub()
    assert stub.count(wrong) == 1
    row = graded(tmp_path, entry, stub.replace(wrong, right))
    assert named(row.findings) == [left]
    assert row.points < row.max_points


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("debug_accumulator", "accumulator-unread"),
        ("debug_batch_gradient", "full-set-used"),
        ("debug_batch_gradient", "gradient-of-full-set"),
        ("debug_columns", "divided-by-features"),
        ("debug_columns", "gradient-not-averaged"),
    ],
)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(entry, key, tmp_path):
    exercise = catalogue.exercise(f"ch03.{entry}")
    row = graded(tmp_path, exercise, source_of(exercise, key))
    boards = [check.counterexample for check in row.checks if check.counterexample]
    assert boards
    for board in boards:
        assert len(board.splitlines()) < 20
        assert "max(0, " in board
        expected, given = re.search(r"(?:loss|dW) +expected (.*?)(?:,|\n) +yours (.*)$", board).groups()
        assert expected != given


@pytest.mark.parametrize("entry", DEBUG, ids=lambda entry: entry.function)
def test_what_comes_back_in_a_wrong_form_is_told(entry, tmp_path):
    for value, told in (("None", "it returns None"), ("'x'", "it returns a text")):
        arguments = ", ".join(inspect.signature(entry.module("twins").REFERENCE).parameters)
        row = graded(tmp_path, entry, f"def {entry.function}({arguments}):\n    return {value}\n")
        assert row.points == 0
        assert told in row.checks[0].message


# ------------------------------------------------------------------------------------ measurements


def test_other_seeds_are_within_what_is_forgiven_and_no_confusion_is():
    measured, twins = MEASURE.module("measured"), MEASURE.module("twins")
    for seed in (5, 6):
        for part, figure in enumerate(measured.run(seed).answer):
            assert twins.near(figure, part, twins.REFERENCE()[part])
    for mistake in MEASURE.misconceptions:
        answer = getattr(twins, mistake.twin)()
        assert not all(twins.near(answer[part], part, twins.REFERENCE()[part]) for part in range(3))


def test_the_solution_reports_what_is_measured_today(tmp_path):
    figures = MEASURE.module("twins").REFERENCE()
    row = graded(tmp_path, MEASURE, returning(MEASURE, ", ".join(f"{each:.3f}" for each in figures)))
    assert row.status == "passed"


@pytest.mark.parametrize("value", ["None", "1.0, 0.04", "1.0, 'few', None", "True, False, True"])
def test_a_report_that_holds_no_figures_is_told_and_earns_nothing_there(value, tmp_path):
    row = graded(tmp_path, MEASURE, returning(MEASURE, value))
    assert row.points <= 1
    assert any("number" in check.message for check in row.checks)
