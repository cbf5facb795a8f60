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
    told = [*PREDICT.hints, *(m.explanation for m in PREDICT.misconceptions), *map(str, messages.values())]
    assert not re.search(r"\b(0?\.33\d*|1 ?/ ?3|a third)\b", " ".join(told))


def test_each_part_of_the_prediction_has_its_own_point(tmp_path):
    right = PREDICT.module("twins").REFERENCE()
    for part in range(3):
        guess = ", ".join(repr(right[i]) if i == part else "'no idea'" for i in range(3))
        row = files.graded(tmp_path, PREDICT, f"def predict_preferred():\n    return {guess}\n")
        assert [check.points for check in row.checks] == [float(i == part) for i in range(3)]


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


@pytest.mark.parametrize("function", PENALTIES)
@pytest.mark.parametrize("key", ["gradient-first", "penalty-per-weight"])
def test_a_wrong_form_costs_one_point(function, key, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    row = files.graded(tmp_path, entry, files.by_name(entry, entry.misconception(key).twin))
    assert row.points == row.max_points - 1


@pytest.mark.parametrize("function", CODE)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(function, tmp_path):
    entry = catalogue.exercise(f"ch05.{function}")
    group = {"soft_threshold": "threshold"}.get(function, "penalty")
    wrong = [mistake for mistake in entry.misconceptions if mistake.group == group]
    for mistake in wrong[::4]:
        row = files.graded(tmp_path, entry, files.by_name(entry, mistake.twin))
        boards = [check.counterexample for check in row.checks if check.counterexample]
        assert boards, mistake.id
        assert all(len(board.splitlines()) < 20 and "yours" in board for board in boards)
