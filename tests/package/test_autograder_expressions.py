"""The grader's own expressions mean what the same lines mean in sympy, and refuse what has no meaning."""

import itertools
import subprocess
import sys

import pytest
import sympy as sp

from lintutor.autograder import expressions
from lintutor.autograder.expressions import Eq, Max, Piecewise, symbol
from lintutor.derivations.tree import Refused, decode, measure

NAMES = ("x", "y")
THEIRS = {name: sp.Symbol(name, real=True) for name in NAMES}

RULES = {
    "sums": lambda m, x, y: (x + y) + (x + 2) + (3 + y),
    "differences": lambda m, x, y: (x - y) - (2 - x) - (y - 3),
    "products": lambda m, x, y: (x * y) * (2 * x) * (y * -3),
    "quotients": lambda m, x, y: x / y + 2 / x + y / 3,
    "powers": lambda m, x, y: x**2 + x**y + 2**y,
    "signs": lambda m, x, y: -x - -y,
    "decimals": lambda m, x, y: 0.5 * x + 0.1,
    "a sum of many": lambda m, x, y: sum(x * j for j in range(4)),
    "the largest": lambda m, x, y: m.Max(x, 0, y - 1) + m.Max(2, x),
    "the size": lambda m, x, y: m.Abs(x - y) - m.Abs(2),
    "exponentials and logarithms": lambda m, x, y: m.exp(x) / (m.exp(x) + m.exp(-y)) - m.log(2 + x * x),
    "pieces": lambda m, x, y: m.Piecewise((x, y > 0), (7, m.Eq(y, 0)), (0, True)),
    "pieces that cannot be": lambda m, x, y: m.Piecewise((x, False), (y, True)),
    "every comparison": lambda m, x, y: sum(
        m.Piecewise((2**n, condition), (0, True))
        for n, condition in enumerate([x > y, x >= y, x < y, x <= y, x > 1, x >= 1, x < 1, x <= 1])
    ),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_gives_the_same_values_as_with_sympy(rule):
    ours = rule(expressions, *map(symbol, NAMES)).tree
    assert measure(ours) > 1
    theirs = rule(sp, *THEIRS.values())
    built = decode(ours, THEIRS)
    for values in itertools.product((-2, 0, 1, 3), repeat=2):
        at = dict(zip(THEIRS.values(), values, strict=True))
        want, got = sp.nsimplify(theirs).subs(at), built.doit().subs(at)
        assert got == want or not want.is_finite, (at, got, want)


REFUSED = {
    "a condition as a number": (lambda x: x * (x > 0), "got a condition"),
    "a condition beside a number": (lambda x: 1 + (x > 0), "unsupported operand"),
    "a condition as a truth": (lambda x: 1 if x > 0 else 0, "neither true nor false"),
    "two conditions at once": (lambda x: 0 < x < 1, "neither true nor false"),
    "a text": (lambda x: x + "1", "got '1'"),
    "nothing": (lambda x: None - x, "got None"),
    "a truth as a number": (lambda x: Max(x, True), "got True"),
    "a symbol of sympy": (lambda x: x > THEIRS["y"], "got y"),
    "a piece without a condition": (lambda x: Piecewise((x, x)), "expected a condition"),
    "an equation with a condition": (lambda x: Eq(x, x > 0), "got a condition"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_number_or_no_condition_is_named(name):
    build, told = REFUSED[name]
    with pytest.raises(TypeError, match=told):
        build(symbol("x"))


@pytest.mark.parametrize(
    "module", ["autograder.expressions", "autograder.derive", "derivations.limited", "derivations.tree"]
)
def test_no_sympy_is_loaded_before_it_is_needed(module):
    code = f"import sys, lintutor.{module}; print('sympy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**12, 3.14159265358979])
def test_a_number_without_a_short_fraction_is_refused(value):
    with pytest.raises(Refused, match="stands for no short fraction"):
        value * symbol("x")
