"""What the exercises of chapter 5 hold to be right is computed; what they say helps and tells no answer."""

import itertools
import re

import numpy as np
import pytest

from lintutor import objective, regularizers
from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import diagnose

files = catalogue.beside(__file__, "answer_files")
CODE = ("full_loss", "l2_penalty", "l1_penalty", "soft_threshold", "elastic_net_penalty")
PENALTIES = ("l2_penalty", "l1_penalty", "elastic_net_penalty")
DERIVE, PREDICT, DEBUG, MEASURE = (
    catalogue.exercise(f"ch05.{name}")
    for name in ("derive_equivalent_strength", "predict_preferred", "debug_free_bias", "measure_zeros")
)


def named(entry, function):
    return [finding.misconception and finding.misconception.id for finding in diagnose(entry, function)]


def test_the_equivalent_strength_makes_one_full_loss_a_multiple_of_the_other():
    rng = np.random.default_rng(0)
    X, y, W = rng.normal(size=(6, 3)), rng.integers(0, 4, size=6), rng.normal(size=(3, 4))
    reg, delta, scale = 0.3, 2.5, 4.0
    new = reg * delta / scale**2
    assert DERIVE.module("question").rule(0, reg, delta, scale) == new
    old_loss, _ = objective.svm_loss_vectorized(W, X, y, reg, delta)
    new_loss, _ = objective.svm_loss_vectorized(scale / delta * W, X / scale, y, new)
    assert np.isclose(old_loss, delta * new_loss)
    for mistake in DERIVE.misconceptions:
        assert files.twin_of(DERIVE, mistake.id)(reg, delta, scale) != new


def test_what_each_penalty_prefers_is_computed():
    twins = PREDICT.module("twins")
    a, b, picture = (np.array(each, float) for each in (twins.A, twins.B, twins.PICTURE))
    assert picture @ a == picture @ b
    l2, l1, beta = twins.REFERENCE()
    assert l2 == (regularizers.l2_penalty(b, 1)[0] < regularizers.l2_penalty(a, 1)[0])
    assert l1 == (regularizers.l1_penalty(b, 1)[0] < regularizers.l1_penalty(a, 1)[0])
    costs = [regularizers.elastic_net_penalty(w, 1, beta)[0] for w in (a, b)]
    assert np.isclose(*costs)


def test_no_message_about_a_prediction_holds_the_answer_or_depends_on_the_guess(tmp_path):
    messages = {}
    for guess in ("False, True, 3.0", "False, True, 0.25", "False, True, -1", "False, True, 100"):
        row = files.graded(tmp_path, PREDICT, f"def predict_preferred():\n    return {guess}\n")
        assert row.points == 0
        assert not any(finding.remark for finding in row.findings)
        for check in row.checks:
            messages.setdefault(check.name, set()).add(check.message)
    assert all(len(each) == 1 for each in messages.values())
    told = [*PREDICT.hints, *map(str, messages.values())]
    told += [text for mistake in PREDICT.misconceptions for text in (mistake.title, mistake.explanation)]
    giveaways = r"\b(0?\.33\d*|1 ?/ ?3|a third|upside down|the other way|prefers|costs more|costs less)\b"
    assert not re.search(giveaways, " ".join(told))


def test_each_part_of_the_prediction_has_its_own_point(tmp_path):
    right = PREDICT.module("twins").REFERENCE()
    for part in range(3):
        guess = ", ".join(repr(right[i]) if i == part else "'no idea'" for i in range(3))
        row = files.graded(tmp_path, PREDICT, f"def predict_preferred():\n    return {guess}\n")
        assert [check.points for check in row.checks] == [float(i == part) for i in range(3)]


ODD = ["None", "'x'", "True", "1.0", "{'a': 1}", "(1.0, 2.0)", "[1, 2, 3, 4]"]


@pytest.mark.parametrize("entry", [PREDICT, MEASURE], ids=lambda entry: entry.function)
@pytest.mark.parametrize("value", ODD)
def test_what_is_not_three_things_is_told_plainly(entry, value, tmp_path):
    row = files.graded(tmp_path, entry, f"def {entry.function}():\n    return {value}\n")
    assert row.points == 0
    told = r"It should return 3 .* It returns (None|a text|a number|a bool|a dict|[24] of them)\."
    assert all(re.search(told, check.message) for check in row.checks)


@pytest.mark.parametrize("part", ["None", "'0.4'", "float('nan')", "True", "[0.4]"])
def test_a_figure_that_is_no_number_is_told_and_costs_itself(part, tmp_path):
    weak, _, unplugged = MEASURE.module("twins").REFERENCE()
    row = files.graded(tmp_path, MEASURE, f"def measure_zeros():\n    return {weak}, {part}, {unplugged}\n")
    assert [check.points for check in row.checks] == [2, 0, 3]
    assert row.checks[1].message == "This figure should be a number."


@pytest.mark.parametrize("part", ["0.5", "None", "'True'", "2", "float('nan')"])
def test_a_truth_that_is_none_is_told_and_costs_itself(part, tmp_path):
    row = files.graded(tmp_path, PREDICT, f"def predict_preferred():\n    return {part}, False, 1 / 3\n")
    assert [check.points for check in row.checks] == [0, 1, 1]
    assert row.checks[0].message == "This part should be True or False."


def test_rounding_and_a_borderline_weight_are_forgiven_and_no_more():
    twins = MEASURE.module("twins")
    for part, figure in enumerate(twins.REFERENCE()):
        assert all(twins.near(figure + change, part, figure) for change in (-0.003, 0.003))
        assert not any(twins.near(figure + change, part, figure) for change in (-0.01, 0.01))


def test_both_mistakes_of_the_given_code_are_named_and_the_other_when_one_is_mended(tmp_path):
    stub = DEBUG.stub()
    touched = stub.replace("value =", "price =").replace("return value", "return price")
    mended = {
        touched: ["bias-erased", "slopes-summed"],
        stub.replace("weights = W\n", "weights = W.copy()\n"): ["slopes-summed"],
        stub.replace("np.sum(weights)\n", "weights\n"): ["bias-erased"],
    }
    for source, left in mended.items():
        assert source != stub
        row = files.graded(tmp_path, DEBUG, source)
        assert row.points < row.max_points
        assert sorted(finding.misconception.id for finding in row.findings) == left


def test_the_solution_reports_what_is_measured_and_no_confusion_is_near_it(tmp_path):
    twins = MEASURE.module("twins")
    figures = twins.REFERENCE()
    source = f"def measure_zeros():\n    return {', '.join(f'{each:.3f}' for each in figures)}\n"
    assert files.graded(tmp_path, MEASURE, source).status == "passed"
    for mistake in MEASURE.misconceptions:
        answer = files.twin_of(MEASURE, mistake.id)()
        assert not all(twins.near(answer[part], part, figures[part]) for part in range(3))


def layered(entry, first, second):
    """A function that makes two mistakes: the second one on top of the first."""
    shared = catalogue.beside(entry.checks, "penalty_twins")
    make = shared.made_with_beta if "elastic" in entry.function else shared.made
    return make(getattr(shared, entry.misconception(second).twin), files.twin_of(entry, first))


@pytest.mark.parametrize("function", PENALTIES)
def test_a_wrong_penalty_is_named_beside_a_mistake_of_another_kind(function):
    entry = catalogue.exercise(f"ch05.{function}")
    wrong = [mistake.id for mistake in entry.misconceptions if mistake.group == "penalty"]
    kinds = itertools.cycle(("weights-changed", "gradient-first", "penalty-per-weight"))
    for one, other in zip(wrong, kinds, strict=False):
        assert sorted(named(entry, layered(entry, one, other))) == sorted([one, other])


CONVENTIONS = [("l2_penalty", "half-penalty"), ("elastic_net_penalty", "squares-halved")]


@pytest.mark.parametrize(("function", "key"), CONVENTIONS)
def test_another_convention_costs_the_value_only(function, key, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert len(files.lost(row)) == 1
    assert {check.status for check in row.checks} == {"passed", "failed", "followed_through"}


COSTS = {
    "l2_penalty": {"root-taken-in-value": 3, "penalty-gradient-halved": 5, "bias-row-spared": 4},
    "l1_penalty": {"zero-weight-pushed-up": 2, "zero-weight-divided": 2, "absolute-of-total-in-value": 3},
    "elastic_net_penalty": {"beta-missing-from-gradient": 5, "zero-weight-pushed-down": 2},
    "soft_threshold": {"jumps-over-zero": 4, "cut-without-moving": 4, "two-axes-only": 1},
    "full_loss": {"values-added-only": 6, "gradients-added-only": 4, "data-summed": 5, "swapped-return": 1},
    "derive_equivalent_strength": {"margin-divides": 3, "scale-once": 3},
    "debug_free_bias": {"bias-erased": 3, "slopes-summed": 3},
}


@pytest.mark.parametrize(
    ("function", "key", "cost"),
    [(function, key, cost) for function, keys in COSTS.items() for key, cost in keys.items()],
)
def test_a_mistake_costs_its_own_points_and_leaves_the_others(function, key, cost, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.max_points - row.points == cost
    assert [finding.misconception.id for finding in row.findings] == [key]


@pytest.mark.parametrize("function", PENALTIES)
@pytest.mark.parametrize("key", ["gradient-first", "penalty-per-weight", "penalty-per-class"])
def test_a_wrong_form_costs_one_point(function, key, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.points == row.max_points - 1


@pytest.mark.parametrize("function", [*CODE, "debug_free_bias"])
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(function, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    group = {"soft_threshold": "threshold"}.get(function, "penalty")
    wrong = [mistake for mistake in entry.misconceptions if mistake.group == group]
    for mistake in wrong[::4]:
        row = files.graded(tmp_path, entry, files.by_name(entry, mistake.twin))
        boards = [check.counterexample for check in row.checks if check.counterexample]
        assert boards, mistake.id
        assert all(len(board.splitlines()) < 20 and "yours" in board for board in boards)
