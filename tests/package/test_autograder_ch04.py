"""Chapter 4's exercises: nothing is given away, two mistakes are both named, conventions are forgiven."""

import re

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import diagnose

files = catalogue.beside(__file__, "answer_files")
KNOWN = {entry.function: entry for entry in catalogue.exercises("ch04")}
PREDICT = [entry for entry in KNOWN.values() if entry.kind == "predict"]
DEBUG = [entry for entry in KNOWN.values() if entry.kind == "debug"]
BOTH = catalogue.exercises("ch03") + catalogue.exercises("ch04")
LOSSES = ("softmax_loss_naive", "softmax_loss_vectorized")
IMPORTS = "import numpy as np\n"


def named(findings):
    return [finding.misconception and finding.misconception.id for finding in findings]


# ------------------------------------------------------------------------------------- predictions


def returning(entry, value):
    return f"def {entry.function}():\n    return {value}\n"


def numbers_in(text):
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)]


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    wanted = [part for part in right if not isinstance(part, bool)]
    wrong = [files.twin_of(entry, mistake.id)() for mistake in entry.misconceptions]
    wrong += [
        tuple(p if isinstance(p, bool) else change(p) for p in right) for change in (np.negative, np.sqrt)
    ]
    for guess in [*wrong, "'x', None, 3", "1", "None"]:
        row = files.graded(tmp_path, entry, returning(entry, str(guess).replace("np.float64", "")))
        assert row.points < row.max_points
        assert not any(finding.remark for finding in row.findings)
        told = [text for check in row.checks for text in (check.message, check.counterexample)]
        told += [m.misconception.explanation for m in row.findings if m.misconception]
        for number in numbers_in(" ".join(told)):
            assert not any(abs(number - part) < 5e-3 for part in wanted), told
    for hint in entry.hints:
        assert not any(abs(number - part) < 5e-3 for number in numbers_in(hint) for part in wanted)


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_each_part_of_a_prediction_has_its_own_point(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for part in range(3):
        guess = [repr(right[i]) if i == part else "'no idea'" for i in range(3)]
        row = files.graded(tmp_path, entry, returning(entry, ", ".join(guess)))
        assert [check.points for check in row.checks] == [float(i == part) for i in range(3)]


ODD = {
    "None": "should return 3 things",
    "0.5, True": "should return 3 things",
    "'0.5', 'no', 'yes'": "should be",
    "float('nan'), None, float('inf')": "should be",
    "None, 3, [1]": "should be",
}


@pytest.mark.parametrize("guess", ODD)
@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_what_is_no_prediction_is_told_plainly(entry, guess, tmp_path):
    row = files.graded(tmp_path, entry, returning(entry, guess))
    assert row.points == 0
    for check in row.checks:
        assert ODD[guess] in check.message or check.message.startswith("Not this.")
    assert any(ODD[guess] in check.message for check in row.checks)


def test_a_number_in_place_of_a_truth_is_no_prediction(tmp_path):
    row = files.graded(tmp_path, KNOWN["predict_base"], returning(KNOWN["predict_base"], "True, 0.3, 2"))
    assert [check.message for check in row.checks] == [
        "This part should be a number.",
        "This part should be True or False.",
        "This part should be True or False.",
    ]


def test_the_figures_of_another_base_are_what_two_programs_print():
    """Both programs, run: the ratio of their losses, their minima, and a gradient check of the mixed one."""
    from scipy.optimize import minimize

    from lintutor import gradients
    from lintutor.objective import softmax_loss_vectorized

    rng = np.random.default_rng(4)
    X, y, tens = rng.normal(size=(30, 2)), rng.integers(0, 3, size=30), np.log(10)

    def program(W, reg, factor):
        data, dW = softmax_loss_vectorized(W, X, y, 0.0)
        return data / factor + reg * np.sum(W * W), dW

    W = rng.normal(size=(2, 3))
    natural, same_minimum, caught = KNOWN["predict_base"].module("twins").REFERENCE()
    assert np.isclose(program(W, 0.0, 1.0)[0], natural / 0.5 * program(W, 0.0, tens)[0])
    found = [
        minimize(lambda w, factor=factor: program(w.reshape(2, 3), 1.0, factor)[0], np.zeros(6), tol=1e-10).x
        for factor in (1.0, tens)
    ]
    assert np.allclose(*found, atol=1e-4) == same_minimum
    measured = gradients.eval_numerical_gradient(lambda W: program(W, 0.0, tens)[0], W, 1e-6)
    assert (np.abs(measured - program(W, 0.0, tens)[1]).max() > 1e-3) == caught


def test_the_first_loss_is_what_the_package_prints():
    from lintutor.objective import softmax_loss_vectorized

    twins = KNOWN["predict_first_loss"].module("twins")
    for (C, N, score, reg), right in zip(twins.SITUATIONS, twins.REFERENCE(), strict=True):
        W, y = np.full((1, C), score), np.arange(N) % C
        assert np.isclose(softmax_loss_vectorized(W, np.ones((N, 1)), y, reg if not score else 0.0)[0], right)


# ------------------------------------------------------------------------------------- mended code


def test_both_mistakes_of_a_given_code_are_named_as_soon_as_it_has_been_touched(tmp_path):
    found = {}
    for entry in DEBUG:
        touched = IMPORTS + entry.stub().replace("shifted", "moved")
        found[entry.function] = sorted(named(files.graded(tmp_path, entry, touched).findings))
    assert found == {
        "debug_shares": ["exponential-left-out", "total-of-each-class"],
        "debug_overflow": ["largest-added", "logarithm-of-a-share"],
        "debug_log_probabilities": ["exponential-of-shares", "logarithm-never-taken"],
    }


@pytest.mark.parametrize(
    ("function", "wrong", "right", "left"),
    [
        ("debug_shares", "shifted * 1.0", "np.exp(shifted)", "total-of-each-class"),
        ("debug_shares", "axis=0", "axis=1", "exponential-left-out"),
        ("debug_overflow", "S + top", "S - top", "logarithm-of-a-share"),
    ],
)
def test_with_one_mistake_mended_the_other_is_named(function, wrong, right, left, tmp_path):
    entry = KNOWN[function]
    assert entry.stub().count(wrong) == 1
    row = files.graded(tmp_path, entry, IMPORTS + entry.stub().replace(wrong, right))
    assert named(row.findings) == [left]
    assert row.points < row.max_points


# --------------------------------------------------------------------------------- losses of a batch


@pytest.mark.parametrize("function", LOSSES)
@pytest.mark.parametrize(
    "first", ["label-not-subtracted", "base-ten-throughout", "no-shift", "maximum-added"]
)
@pytest.mark.parametrize(
    "second", ["half-penalty", "penalty-missing", "gradient-transposed", "weights-changed"]
)
def test_two_mistakes_of_different_groups_are_both_named(function, first, second):
    entry = KNOWN[function]
    shared = catalogue.beside(entry.checks, "loss_twins")
    both = shared.made(getattr(shared, entry.misconception(second).twin), files.twin_of(entry, first))
    assert sorted(named(diagnose(entry, both))) == sorted([first, second])


@pytest.mark.parametrize("function", LOSSES)
def test_another_convention_of_the_penalty_costs_its_own_points_only(function, tmp_path):
    row = files.graded(tmp_path, KNOWN[function], files.by_name(KNOWN[function], "half_penalty"))
    assert files.lost(row) == {"the penalty adds reg * sum(W**2) to the loss"}
    assert "followed_through" in [check.status for check in row.checks]


def test_an_infinite_loss_is_forgiven_where_the_share_is_too_small_for_a_float_and_nowhere_else(tmp_path):
    body = """
def softmax_loss_naive(W, X, y, reg):
    S = X @ W
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(P[rows, y]).mean() + reg * np.sum(W * W)
    P[rows, y] -= 1
    return loss, X.T @ P / len(y) + 2 * reg * W
"""
    assert files.graded(tmp_path, KNOWN["softmax_loss_naive"], IMPORTS + body).status == "passed"
    plain = body.replace("S - S.max(axis=1, keepdims=True)", "S")
    row = files.graded(tmp_path, KNOWN["softmax_loss_naive"], IMPORTS + plain)
    assert named(row.findings) == ["no-shift"]
    assert row.points == row.max_points - 2


@pytest.mark.parametrize(
    ("function", "body", "key"),
    [
        ("softmax", "E = np.exp(S)\n    return E / E.sum(axis=1)", "row-for-a-column"),
        ("softmax", "return S / S.sum(axis=1, keepdims=True)", "not-exponentiated"),
        ("log_sum_exp", "return np.log(np.exp(S).sum(axis=1))", "no-shift"),
        (
            "binary_cross_entropy",
            "p = 1 / (1 + np.exp(-z))\n"
            "    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(z)",
            "logarithm-of-a-sigmoid",
        ),
    ],
)
def test_what_is_written_most_often_is_named(function, body, key, tmp_path):
    arguments = "z, y" if "binary" in function else "S"
    row = files.graded(tmp_path, KNOWN[function], f"{IMPORTS}def {function}({arguments}):\n    {body}\n")
    assert key in named(row.findings)
    assert row.points < row.max_points


def test_a_plain_zero_off_the_diagonal_is_named(tmp_path):
    entry = KNOWN["derive_softmax_jacobian"]
    body = """
import sympy as sp

def derive_softmax_jacobian(s, j, k):
    p = sp.exp(s[j]) / sum(sp.exp(each) for each in s)
    return p * (1 - p) if j == k else 0
"""
    row = files.graded(tmp_path, entry, body)
    assert named(row.findings) == ["jacobian-off-diagonal-zero"]
    assert 0 < row.points < row.max_points


# ------------------------------------------------------------------------------------ measurements


def test_other_seeds_are_within_what_is_forgiven_and_no_confusion_is():
    entry = KNOWN["measure_pulls"]
    measured, twins = entry.module("measured"), entry.module("twins")
    for seed in (5, 6):
        for part, figure in enumerate(measured.run(seed)[0].answer):
            assert twins.near(figure, part, twins.REFERENCE()[part])
    for mistake in entry.misconceptions:
        answer = files.twin_of(entry, mistake.id)()
        assert not all(twins.near(answer[part], part, twins.REFERENCE()[part]) for part in range(3))


@pytest.mark.parametrize("value", ["None", "0.8, 0.9", "0.8, 'few', None", "True, False, True", "'x'"])
def test_a_report_that_holds_no_figures_is_told_and_earns_nothing_there(value, tmp_path):
    entry = KNOWN["measure_pulls"]
    row = files.graded(tmp_path, entry, returning(entry, value))
    assert row.points == 0
    assert any("number" in check.message for check in row.checks)


# ----------------------------------------------------------------------------------- right answers


@pytest.mark.parametrize("entry", BOTH, ids=lambda entry: entry.function)
def test_right_answers_of_several_styles_are_kept(entry):
    known = {**catalogue.beside(__file__, "right_answers").STYLES}
    known |= catalogue.beside(__file__, "right_answers_ch04").STYLES
    assert len(known[entry.function]) >= {"code": 4, "derive": 3}.get(entry.kind, 2)


@pytest.mark.parametrize(
    ("function", "body", "left"),
    [
        ("softmax", "E = np.exp(S - S.max(axis=1)[:, None])\n    return E / E.sum(axis=1)", 2),
        ("log_sum_exp", "top = S.max(axis=1)\n    return top + np.log(np.exp(S - top).sum(axis=1))", 1),
    ],
)
def test_a_row_for_a_column_is_shown_by_hand_and_leaves_what_it_does_not_touch(
    function, body, left, tmp_path
):
    row = files.graded(tmp_path, KNOWN[function], f"{IMPORTS}def {function}(S):\n    {body}\n")
    assert named(row.findings) == ["row-for-a-column"]
    assert row.points == left
    assert any("scores [0, 1]" in check.counterexample for check in row.checks)


def test_scores_a_thousand_apart_in_one_row_need_the_largest_and_not_the_smallest(tmp_path):
    text = (KNOWN["softmax"].root / "solutions" / "ch04_softmax.py").read_text(encoding="utf-8")
    for function in LOSSES:
        before, name, after = text.partition(f"def {function}(")
        wrong = after.replace("scores - scores.max(", "scores - scores.min(", 1)
        row = files.graded(tmp_path, KNOWN[function], before + name + wrong)
        assert files.lost(row) == {"scores of thousands, and nothing for numpy to warn of"}
