"""The limited process answers honest questions and survives every hostile one, in bounded time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import lintutor
from lintutor.derivations import tree
from lintutor.derivations.limited import SERVE, LimitedComparator, NoAnswer
from lintutor.derivations.notation import Hinge
from lintutor.derivations.tree import Refused, decode, encode

X: list[Any] = ["Symbol", "x"]
x, y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)
REALS = {"x": "real", "y": "real"}


def nested(head: str, depth: int) -> list[Any]:
    expr = X
    for _ in range(depth):
        expr = [head, expr]
    return expr


def tower(height: int) -> list[Any]:
    expr: list[Any] = ["Integer", 7]
    for _ in range(height):
        expr = ["Pow", ["Integer", 7], expr]
    return expr


@pytest.fixture(scope="module")
def comparator() -> Iterator[LimitedComparator]:
    with LimitedComparator(seconds=3) as warm:
        yield warm


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((x + 1) ** 2, x**2 + 2 * x + 1),
        (sp.exp(x) * sp.exp(y), sp.exp(x + y)),
        (1 / (1 + sp.exp(-x)), sp.exp(x) / (1 + sp.exp(x))),
        (x / 2, x * sp.Rational(1, 2)),
    ],
)
def test_equal_expressions_are_equal(comparator: LimitedComparator, a: Any, b: Any) -> None:
    verdict = comparator.compare(a, b, REALS)
    assert verdict.status == "equal"
    assert verdict.agrees


def test_different_expressions_come_with_a_point_where_they_differ(comparator: LimitedComparator) -> None:
    verdict = comparator.compare(x**2 / 3, x**3 / 3, REALS)
    assert verdict.status == "different"
    assert verdict.counterexample is not None
    value = Fraction(verdict.counterexample["x"])
    assert verdict.detail == f"{value**2 / 3} against {value**3 / 3}"


def test_indices_arrays_and_sums_cross_too(comparator: LimitedComparator) -> None:
    C, k, j = sp.Symbol("C"), sp.Symbol("k"), sp.Symbol("j")
    a = sp.IndexedBase("a")
    names = {"C": "size", "k": "index C", "a": "array C"}
    total = sp.Sum(a[j] * sp.KroneckerDelta(j, k), (j, 0, C - 1))
    assert comparator.compare(total, a[k], names).status == "equal"
    verdict = comparator.compare(total, a[0], names)
    assert verdict.status == "different"
    assert verdict.counterexample is not None
    assert isinstance(verdict.counterexample["a"], tuple)


def test_undecided_counts_as_agreeing_and_says_at_how_many_points(comparator: LimitedComparator) -> None:
    verdict = comparator.compare(sp.Max(x, 0), sp.Piecewise((x, x > 0), (0, True)), REALS)
    assert (verdict.status, verdict.agrees) == ("undecided", True)
    assert verdict.detail == f"agrees at {verdict.points} points"


def test_a_range_of_two_agrees_with_what_lies_between_and_with_nothing_else(
    comparator: LimitedComparator,
) -> None:
    low, high = (sp.Piecewise((y, relation), (0, True)) for relation in (x > 0, x >= 0))
    at_zero = [{"x": 0, "y": 4}]
    for value in (0, y / 2, y):
        between = sp.Piecewise((y, x > 0), (value, sp.Eq(x, 0)), (0, True))
        assert comparator.compare(between, low, REALS, upto=high, first=at_zero).agrees
    for value in (-y, 2 * y, sp.exp(y)):
        outside = sp.Piecewise((y, x > 0), (value, sp.Eq(x, 0)), (0, True))
        verdict = comparator.compare(outside, low, REALS, upto=high, first=at_zero)
        assert (verdict.status, verdict.counterexample) == ("different", at_zero[0])
    assert comparator.compare(high, low, REALS, upto=high).status == "equal"
    assert comparator.compare(high, low, REALS, first=at_zero).status == "different"


def test_values_at_points_come_back_and_poles_have_none(comparator: LimitedComparator) -> None:
    points = [{"x": 2, "y": Fraction(1, 2)}, {"x": 0, "y": 1}]
    assert comparator.values(encode(y / x), REALS, points) == [0.25, None]
    with pytest.raises(Refused, match="not known here"):
        comparator.values(["Symbol", "z"], REALS, points)
    with pytest.raises(NoAnswer, match="no values within 3 seconds"):
        comparator.values(HOSTILE["sums in sums"], REALS, points)


@pytest.mark.parametrize(
    ("expr", "values"),
    [
        (sp.Heaviside(x), [0, 0.5, 1]),
        (sp.Heaviside(x, 0), [0, 0, 1]),
        (sp.Heaviside(x, y), [0, 7, 1]),
        (sp.sign(x), [-1, 0, 1]),
        (sp.Float(0.1) * x, [-0.3, 0, 0.3]),
        (sp.Float(2.0) * x, [-6, 0, 6]),
    ],
)
def test_steps_signs_and_short_decimals_have_values(
    comparator: LimitedComparator, expr: Any, values: list[float]
) -> None:
    points = [{"x": place, "y": 7} for place in (-3, 0, 3)]
    assert comparator.values(encode(expr), REALS, points) == values


def test_a_decimal_that_stands_for_no_short_fraction_is_refused() -> None:
    with pytest.raises(Refused, match="stands for no short fraction"):
        encode(sp.Float(3.14159265358979) * x)


REFUSED = {
    "an unknown head": (["factorial", ["Integer", 10**7]], "not in the list of heads"),
    "a large integer": (["Integer", 10**400], "more than 12 digits"),
    "a text for a number": (["Integer", "7"], "whole numbers, got str"),
    "a truth for a number": (["Integer", True], "whole numbers, got bool"),
    "depth 3000": (nested("exp", 3000), "nested more than 60 deep"),
    "a million parts": (["Add", *[X] * 10**6], "more than 2000 parts"),
    "a million parts below": (["Add", *[["Add", *[X] * 1000]] * 1000], "more than 2000 parts"),
    "a name from outside": (["Symbol", "os"], "not known here; there are x, y"),
    "no list": ("x", "is not a list"),
    "an empty list": ([], "is not a list"),
    "a head that is no text": ([["Add"], X], "is not a list"),
    "too few parts": (["Pow", X], "cannot have 1 parts"),
    "a condition for a number": (["Add", ["Gt", X, X]], "was given a condition"),
    "a number for a condition": (["And", X, X], "was given a number"),
    "half a piece": (["Piecewise", X], "pairs of value and condition"),
    "a sum without limits": (["Sum", X], "its name and two bounds"),
    "an index of a number": (["Indexed", X, X], "name of an array"),
    "a zero denominator": (["Rational", 1, 0], "denominator 0"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_tree_outside_the_rules_is_refused_at_once(comparator: LimitedComparator, name: str) -> None:
    bad, message = REFUSED[name]
    start = time.monotonic()
    with pytest.raises(Refused, match=message):
        if isinstance(bad, list):
            comparator.compare(bad, X, REALS)
        else:
            decode(bad, {})
    assert time.monotonic() - start < 2


HOSTILE = {
    "7 ** 10**9": ["Pow", ["Integer", 7], ["Integer", 10**9]],
    "a tower of sevens": tower(40),
    "x ** 10**9": ["Pow", X, ["Integer", 10**9]],
    "a root of a tower": ["Pow", tower(5), ["Rational", 1, 7]],
    "exp of exp of exp": nested("exp", 50),
    "a product that fills the memory": [
        "Pow",
        ["Add", *[["Pow", X, ["Rational", n, 7]] for n in range(1, 400)]],
        ["Integer", 8],
    ],
    "sum of 10**11 terms": ["Sum", X, ["Symbol", "i"], ["Integer", 0], ["Integer", 10**11]],
    "sums in sums": [
        *["Sum", ["Sum", ["Sum", X, *[["Symbol", "i"], ["Integer", 0], ["Integer", 9000]] * 3]]],
        *[["Symbol", "i"], ["Integer", 0], ["Integer", 9000]],
    ],
    "powers of powers": ["Pow", ["Pow", ["Pow", X, ["Integer", 60]], ["Integer", 60]], ["Integer", 60]],
}
HOSTILE["sums in sums"][1] = HOSTILE["sums in sums"][1][1]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_ends_in_bounded_time_without_agreeing(
    comparator: LimitedComparator, name: str
) -> None:
    start = time.monotonic()
    verdict = comparator.compare(HOSTILE[name], X, REALS)
    assert time.monotonic() - start < 7
    assert verdict.status in ("undecided", "different")
    assert not verdict.agrees


def test_after_a_deadline_the_next_question_is_answered() -> None:
    loop = HOSTILE["sums in sums"]
    with LimitedComparator(seconds=1) as comparator:
        start = time.monotonic()
        assert comparator.compare(loop, X, REALS).detail == "no answer within 1 seconds"
        assert time.monotonic() - start < 3
        comparator.seconds = 5
        assert comparator.compare(X, X, REALS).status == "equal"


def test_what_never_simplifies_counts_as_agreeing_at_the_points(comparator: LimitedComparator) -> None:
    terms = [X, ["Integer", 1], ["sin", ["Symbol", "y"]], ["exp", X], ["tanh", ["Symbol", "y"]]]
    square = ["Add", *[["Mul", p, q] for p in terms for q in terms]]
    verdict = comparator.compare(
        ["Pow", ["Add", *terms], ["Integer", 40]], ["Pow", square, ["Integer", 20]], REALS
    )
    assert verdict.agrees
    assert verdict.detail == f"agrees at {verdict.points} points"


def test_names_and_kinds_are_checked(comparator: LimitedComparator) -> None:
    with pytest.raises(ValueError, match="x must be 'real', 'positive'"):
        comparator.compare(X, X, {"x": "complex"})
    with pytest.raises(ValueError, match="not all of its sizes are declared"):
        comparator.compare(X, X, {"x": "index C"})
    with pytest.raises(ValueError, match="x must be 'real', 'positive'"):
        comparator.values(X, {"x": "complex"}, [{"x": 1}])
    with pytest.raises(ValueError, match="pairs of declared indices"):
        comparator.compare(X, X, REALS, [("x", "y")])
    with pytest.raises(ValueError, match="seconds must be more than 0"):
        LimitedComparator(seconds=0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_has_limits_and_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SECRET", "hidden")
    with LimitedComparator() as comparator:
        comparator.compare(X, X, REALS)
        assert comparator._process is not None
        proc = Path("/proc") / str(comparator._process.pid)
        limits = (proc / "limits").read_text()
        assert "Max address space         1073741824" in limits
        assert "Max file size             0 " in limits
        cpu = next(line for line in limits.splitlines() if line.startswith("Max cpu time"))
        assert cpu.split()[3].isdigit()
        assert b"hidden" not in (proc / "environ").read_bytes()


def served(code: str) -> str:
    """Run the process until nobody asks any more, then this code in it; return what that prints."""
    command = [sys.executable, "-c", SERVE + code, str(Path(lintutor.__file__).parent)]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return ran.stderr.strip()


def test_the_process_collects_garbage_once_it_is_loaded() -> None:
    assert served("print(gc.isenabled(), file=sys.stderr)") == "True"


def test_the_process_has_all_of_sympy_that_a_first_comparison_needs() -> None:
    sides = {"a": encode(sp.Max(x, 0)), "b": encode(sp.Piecewise((x, x > 0), (0, True)))}
    asked = {**sides, "names": REALS, "unequal": [], "points": [], "seconds": 5}
    code = (
        "from lintutor.derivations.comparing import answer\n"
        "before = set(sys.modules)\n"
        f"answer({asked!r}, lambda said: None)\n"
        "print(sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    assert served(code) == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_dies_with_its_parent_even_in_the_middle_of_work() -> None:
    code = (
        "import os, sys, json, threading, time\n"
        "from lintutor.derivations.limited import LimitedComparator\n"
        "c = LimitedComparator(seconds=60).__enter__()\n"
        "loop = json.loads(sys.argv[1])\n"
        "work = (loop, ['Symbol', 'x'], {'x': 'real'})\n"
        "threading.Thread(target=c.compare, args=work, daemon=True).start()\n"
        "time.sleep(0.5)\n"
        "print(c._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    hostile = json.dumps(HOSTILE["sums in sums"])
    ran = subprocess.run([sys.executable, "-c", code, hostile], capture_output=True, text=True, check=False)
    pid = int(ran.stdout)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _alive(pid):
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


# Trees.


@pytest.mark.parametrize(
    "expr",
    [
        x**2 / 3 - sp.pi * y,
        sp.exp(x) + sp.log(x) * sp.sin(y) - sp.E * sp.cos(y) + sp.tanh(x),
        sp.Piecewise((x, sp.And(x > 0, sp.Not(sp.Eq(y, 1)))), (0, True)),
        sp.Max(x, y, 0) + sp.Min(x, y) + sp.Abs(x),
    ],
)
def test_a_tree_goes_there_and_back(expr: Any) -> None:
    wire = json.loads(json.dumps(encode(expr)))
    assert tree.measure(wire) > 1
    assert decode(wire, {"x": x, "y": y}).doit() == expr


def test_building_a_tree_evaluates_nothing() -> None:
    start = time.monotonic()
    expr = decode(["Pow", ["Integer", 7], ["Integer", 10**9]], {})
    assert expr.args == (7, 10**9)
    assert time.monotonic() - start < 1


def test_names_become_our_own_symbols() -> None:
    theirs = sp.Symbol("x", positive=True)
    assert decode(encode(theirs + 1), {"x": x}).free_symbols == {x}


def test_what_has_no_head_in_the_list_cannot_be_encoded() -> None:
    with pytest.raises(Refused, match="zeta is not in the list"):
        encode(sp.zeta(x))
    with pytest.raises(Refused, match="Hinge is not in the list"):
        encode(Hinge(x))
