"""Answers that are expressions: any equal form is right, a wrong one is shown beside a point and named."""

import inspect
import itertools
import json
import subprocess
import sys
import time

import pytest
import sympy as sp

from lintutor.autograder import catalogue, derive
from lintutor.autograder.checks import CheckFailed
from lintutor.autograder.derive import LONGEST, Unknowns, show
from lintutor.autograder.diagnosis import diagnose, observed
from lintutor.autograder.expressions import Max
from lintutor.autograder.inside.codec import Handle, Tree
from lintutor.autograder.run import grade
from lintutor.derivations.tree import encode

WRONG = catalogue.exercise("ch03.derive_wrong_class_gradient")
TRUE = catalogue.exercise("ch03.derive_true_class_gradient")
PAIRS = [(entry, mistake.id) for entry in (WRONG, TRUE) for mistake in entry.misconceptions]
X, Y = (sp.Symbol(name, real=True) for name in "xy")
HEADS = {WRONG: "x_d, s_j, s_y, delta", TRUE: "x_d, s, y, delta"}


def graded(tmp_path, entry, body, **options):
    """The row of an answer whose function has this body."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return graded_file(
        tmp_path, entry, f"import sympy as sp\n\ndef {entry.function}({HEADS[entry]}):\n{lines}", **options
    )


def graded_file(tmp_path, entry, source, **options):
    path = tmp_path / entry.file
    path.write_text(source, encoding="utf-8")
    result = grade([entry], path, **options)
    assert result.grader_fault is None
    return result.exercises[0]


def sent(expr):
    """An expression of sympy as it arrives from a worker."""
    return Tree(json.dumps(encode(expr)))


def source_of(entry, key):
    """The twin as a learner would hand it in."""
    twins, derivatives = entry.module("twins"), entry.module("derivatives")
    helpers = [derivatives.open_hinge, *filter(None, [getattr(twins, "opened", None)])]
    name = entry.misconception(key).twin
    parts = [*map(inspect.getsource, helpers), inspect.getsource(getattr(twins, name))]
    text = "\n\n".join(parts).replace("derivatives.", "")
    return f"from sympy import Eq, Max, Piecewise\n\n{text}".replace(f"def {name}(", f"def {entry.function}(")


# ------------------------------------------------------------------------------- right answers

M = "m = s_j - s_y + delta\n"
RIGHT = {
    "pieces with >=": "return sp.Piecewise((x_d, s_j - s_y + delta >= 0), (0, True))",
    "pieces turned around": "return sp.Piecewise((0, s_y >= s_j + delta), (x_d, True))",
    "three pieces": M + "return sp.Piecewise((x_d, m > 0), (0, m < 0), (x_d / 3, True))",
    "no value at the kink": M + "return sp.Piecewise((x_d, m > 0), (0, m < 0))",
    "a step": M + "return x_d * sp.Heaviside(m)",
    "a step with a value at 0": M + "return x_d * sp.Heaviside(m, 1)",
    "a sign": M + "return x_d * (1 + sp.sign(m)) / 2",
    "a decimal": M + "return 0.5 * x_d * (1 + sp.sign(m))",
    "a quotient": M + "return x_d * sp.Max(0, m) / m",
    "absolute values": M + "return sp.expand(x_d * (m + abs(m))) / (2 * m)",
    "a derivative of a step": "m = sp.Symbol('m')\n"
    "return (sp.Heaviside(m) * m).diff(m).subs(m, s_j - s_y + delta) * x_d",
    "a derivative of Max": M + "return sp.Max(0, m).diff(s_j) * x_d",
    "a derivative of pieces": M + "return sp.diff(sp.Piecewise((m, m > 0), (0, True)), s_j) * x_d",
    "the whole chain rule": (
        "w, rest = sp.symbols('w rest')\n"
        "loss = sp.Max(0, x_d * w + rest - s_y + delta)\n"
        "return loss.diff(w).subs(rest, s_j - x_d * w)"
    ),
    "two conditions": "return x_d * sp.Piecewise((1, sp.And(s_j > s_y - delta, True)), (0, True))",
    "its own import": "from sympy import Piecewise\nreturn Piecewise((x_d, s_j > s_y - delta), (0, True))",
}


@pytest.mark.parametrize("form", RIGHT)
def test_any_equal_form_is_right(form, tmp_path):
    row = graded(tmp_path, WRONG, RIGHT[form])
    assert row.points == row.max_points == WRONG.points, [check.message for check in row.checks]


@pytest.mark.parametrize(
    "body",
    [
        "total = 0\nfor j in range(len(s)):\n    if j != y:\n"
        "        total -= sp.Heaviside(s[j] - s[y] + delta) * x_d\nreturn total",
        "loss = sum(sp.Max(0, s[j] - s[y] + delta) for j in range(len(s)) if j != y)\n"
        "return loss.diff(s[y]) * x_d",
        "return sp.expand(x_d * (1 - sum(sp.Heaviside(t - s[y] + delta, 0) for t in s)))",
    ],
)
def test_a_loop_a_derivative_and_a_corrected_count_are_right_for_the_true_class(body, tmp_path):
    row = graded(tmp_path, TRUE, body)
    assert row.points == row.max_points == TRUE.points, [check.message for check in row.checks]


def test_a_worker_that_is_loaded_collects_garbage(tmp_path):
    row = graded(tmp_path, WRONG, M + "import gc\nreturn x_d * sp.Heaviside(m) * int(gc.isenabled())")
    assert row.points == row.max_points


def test_a_worker_that_is_loaded_has_all_of_sympy_that_a_first_sum_needs(tmp_path):
    body = "import sys\nbefore = set(sys.modules)\n" + M + "same = int(before == set(sys.modules))\n"
    row = graded(tmp_path, WRONG, body + "return x_d * sp.Heaviside(m) * same")
    assert row.points == row.max_points


def test_at_the_kink_a_value_outside_the_two_slopes_is_wrong(tmp_path):
    row = graded(tmp_path, WRONG, M + "return sp.Piecewise((x_d, m > 0), (0, m < 0), (7, True))")
    assert [check.status for check in row.checks] == ["passed", "passed", "passed", "failed"]
    assert "at the kink: any value between 0 and x_d is right" in row.checks[-1].counterexample


# ------------------------------------------------------------------------------- wrong answers


@pytest.mark.parametrize(("entry", "key"), PAIRS)
def test_a_mistake_is_refused_and_named_and_nothing_else_is(entry, key, tmp_path):
    row = graded_file(tmp_path, entry, source_of(entry, key))
    assert row.points <= row.max_points / 2
    assert [finding.misconception.id for finding in row.findings] == [key]
    failed = next(check for check in row.checks if check.status == "failed")
    assert failed.counterexample.startswith("your answer: ")
    assert "expected" in failed.counterexample.splitlines()[-1]


@pytest.mark.parametrize("entry", [WRONG, TRUE])
def test_every_two_mistakes_can_be_told_apart_and_the_right_answer_shows_none(entry):
    twins = entry.module("twins")
    (group,) = twins.GROUPS
    assert {mistake.group for mistake in entry.misconceptions} == {group.id}
    sights = [str(group.observe(observed(getattr(twins, mistake.twin)))) for mistake in entry.misconceptions]
    assert all(one != other for one, other in itertools.combinations(sights, 2))
    assert diagnose(entry, twins.REFERENCE) == []


def test_where_no_mistake_fits_a_factor_is_still_recognized():
    def doubled(x_d, s_j, s_y, delta):
        return 2 * WRONG.module("twins").REFERENCE(x_d, s_j, s_y, delta)

    (finding,) = diagnose(WRONG, doubled)
    assert finding.misconception is None
    assert "is twice what it should be" in finding.remark


@pytest.mark.parametrize("entry", [WRONG, TRUE])
def test_the_solution_gets_everything_and_the_stub_nothing(entry):
    for folder, points, status in (("solutions", entry.points, "passed"), ("exercises", 0, "missing")):
        row = grade([entry], entry.root / folder).exercises[0]
        assert (row.points, row.status) == (points, status)


NO_ANSWER = {
    "a number": ("return 0", "returns 0, which is the same whatever the unknowns are"),
    "a float": ("return 2.5", "returns 2.5, which is the same"),
    "sympy's zero": ("return sp.Integer(0)", "Your answer: 0. It is the same whatever"),
    "nothing": ("x_d", "returns None, as a function without `return` does"),
    "a text": ("return 'x_d if margin > 0 else 0'", "returns a text; leave the quotes out"),
    "an array": ("import numpy as np\nreturn np.ones(3)", "returns an array of numpy"),
    "two answers": ("return x_d, 0", "returns a tuple"),
    "a set": ("return {1}", "returns a set"),
    "a condition": ("return s_j - s_y + delta > 0", "returns a condition: s_j + delta - s_y > 0"),
    "a product with a condition": ("return x_d * (s_j > s_y)", "neither a number nor yet true or false"),
    "an if": ("if s_j > s_y:\n    return x_d\nreturn 0", "neither a number nor yet true or false"),
    "an unknown name": (
        "return x_d * sp.Symbol('q')",
        "the name 'q' is not known here; there are delta, s_j",
    ),
    "an unknown function": ("return sp.zeta(x_d)", "zeta is not known here. Known are sums"),
    "a derivative left open": ("return sp.Derivative(sp.Max(0, s_j), s_j)", "call .doit() on it"),
    "infinity": ("return x_d * sp.oo", "Infinity"),
    "an enormous sum": ("return sum((x_d + i) ** i for i in range(2, 900))", "more than 2000 parts"),
    "a deep one": ("for _ in range(70):\n    x_d = sp.exp(x_d)\nreturn x_d", "nested more than 60 deep"),
    "a large number": ("return x_d * 10**40", "more than 12 digits"),
}


@pytest.mark.parametrize("name", NO_ANSWER)
def test_what_is_no_answer_is_told_in_a_clear_line_and_earns_nothing(name, tmp_path):
    body, told = NO_ANSWER[name]
    row = graded(tmp_path, WRONG, body)
    assert row.points == 0
    assert told in row.checks[0].message
    assert len(row.checks[0].message) < 500


def test_an_expression_that_never_comes_to_an_end_is_given_up(tmp_path):
    start = time.monotonic()
    row = graded(
        tmp_path,
        WRONG,
        "i, j, k = sp.symbols('i j k')\nn = 9000\n"
        "return sp.Sum(x_d * i * j * k, (i, 0, n), (j, 0, n), (k, 0, n))",
    )
    assert time.monotonic() - start < 15
    assert row.points == 0
    assert "no values within 5 seconds" in row.checks[0].message


def test_a_comparator_that_does_not_start_is_a_fault_of_the_grader_and_no_zero(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    derive._comparator.cache_clear()
    path = tmp_path / WRONG.file
    path.write_text("def derive_wrong_class_gradient(x_d, s_j, s_y, delta):\n    return x_d\n")
    try:
        result = grade([WRONG], path, isolation="in process")
    finally:
        derive._comparator.cache_clear()
    assert "does not answer" in result.grader_fault


def test_a_page_without_processes_compares_where_it_stands(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(subprocess, "Popen", None)
    derive._comparator.cache_clear()
    unknowns = Unknowns({"x": "real"})
    (x,) = unknowns.symbols("x")
    answer = sent(sp.Heaviside(X) * X)
    assert unknowns.compare(unknowns.read(answer), Max(0, x)).agrees
    assert unknowns.compare(answer, x).status == "different"
    assert unknowns.values(answer, [{"x": 3}, {"x": -3}]).tolist() == [3, 0]
    derive._comparator.cache_clear()


def test_what_cannot_be_decided_but_agrees_everywhere_counts_as_right(tmp_path):
    row = graded(tmp_path, WRONG, M + "return x_d * sp.Heaviside(m) * (sp.sin(x_d)**2 + sp.cos(x_d)**2)")
    assert row.points == row.max_points


GRADE = """
import pathlib, sys
from lintutor.autograder import catalogue
from lintutor.autograder.run import grade
row = grade([catalogue.exercise(sys.argv[1])], pathlib.Path(sys.argv[2])).exercises[0]
print(*(finding.misconception.id for finding in row.findings), row.status, "sympy" in sys.modules)
"""


@pytest.mark.parametrize("mistake", ["", WRONG.misconceptions[0].id])
def test_the_process_that_grades_never_loads_sympy_whether_the_answer_is_right_or_not(mistake, tmp_path):
    path = WRONG.root / "solutions"
    if mistake:
        path = tmp_path / WRONG.file
        path.write_text(source_of(WRONG, mistake), encoding="utf-8")
    command = [sys.executable, "-c", GRADE, WRONG.id, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=WRONG.root)
    assert ran.stdout.split() == ([mistake, "partial", "False"] if mistake else ["passed", "False"])


@pytest.mark.parametrize("entry", [WRONG, TRUE])
def test_the_points_that_are_shown_first_lie_off_every_kink(entry):
    question = entry.module("question")
    for each in getattr(question, "QUESTIONS", None) or [question.QUESTION]:
        low, high = (each.unknowns.values(each.right(end), each.points) for end in (0, 1))
        assert (low == high).all()


# ------------------------------------------------------------------------------- the parts


@pytest.mark.parametrize(
    ("expr", "shown"),
    [
        (X + 1, "x + 1"),
        (-2 * X * (X + Y), "-2*x*(x + y)"),
        (X - 2 * Y, "x - 2*y"),
        (X ** (Y + 1) / 3, "1/3"),
        ((X + 1) ** 2, "(x + 1)**2"),
        (sp.Piecewise((X, X > 0), (0, True)), "x if x > 0, else 0"),
        (Y * sp.Piecewise((1, sp.And(X > 0, Y < 1)), (0, True)), "y*(1 if x > 0 and y < 1, else 0)"),
        (sp.Max(X, 0), "Max("),
        (sp.Heaviside(X), "Heaviside(x)"),
    ],
)
def test_an_expression_is_shown_as_one_writes_it(expr, shown):
    answer = sent(expr)
    text = show(answer)
    assert shown in text
    if "if" not in text:
        assert sp.simplify(sp.sympify(text, {"x": X, "y": Y}) - expr) == 0


def test_a_long_expression_is_shortened():
    text = show(sent(sum(X**n for n in range(200))))
    assert len(text) < LONGEST + 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[" * 10_000,
        '["Integer", ' + "9" * 5000 + "]",
        "{}",
        '["Not"]',
        '["And"]',
        '["Mul"]',
        "1",
    ],
)
def test_a_text_that_is_no_tree_is_refused(text):
    with pytest.raises(CheckFailed, match="cannot be read"):
        Unknowns({"x": "real"}).read(Tree(text))


def test_a_handle_is_named_by_its_type():
    with pytest.raises(CheckFailed, match="returns a Matrix"):
        Unknowns({"x": "real"}).read(Handle(1, "Matrix"))


def test_a_counterexample_holds_the_point_and_both_values():
    unknowns = Unknowns({"x": "real"})
    (x,) = unknowns.symbols("x")
    answer = Tree(json.dumps(["Pow", ["Symbol", "x"], ["Integer", -1]]))
    assert unknowns.counterexample(answer, 2 * x, {"x": 4}) == (
        "your answer: 1/x\nat x = 4:\nexpected 8, yours gives 0.25"
    )
    assert "yours gives no value" in unknowns.counterexample(answer, 2 * x, {"x": 0})
