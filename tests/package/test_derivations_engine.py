"""Every line of every derivation holds, every wrong twin is refused, and no strength is claimed unearned."""

import ast
import importlib.util
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from lintutor import derivations
from lintutor.derivations import Derivation, Domain, Line, Twin, verify
from lintutor.derivations.compare import compare
from lintutor.derivations.engine import rows
from lintutor.derivations.evaluate import compile_expr
from lintutor.derivations.exact import Kink, TooLarge, Unknown
from lintutor.derivations.inequalities import nonnegative, proves_at_least
from lintutor.derivations.normal import reduces_to_zero
from lintutor.derivations.notation import (
    Every,
    Group,
    Hinge,
    Indicator,
    Partial,
    SumOver,
    SumWrong,
    index,
    positive,
    real,
    size,
    unfold,
)
from lintutor.derivations.printer import to_tex

ROOT = Path(__file__).resolve().parents[2]
ALL = derivations.all()
TWINS = [pytest.param(d, t, id=f"{d.id}: {t.mistake}") for d in ALL for t in d.twins]

C, D = size("C"), size("D")
j, k, y = index("j"), index("k"), index("y")
x, m, n = real("x"), real("m"), real("n")
a, b = sp.IndexedBase("a", real=True), sp.IndexedBase("b", real=True)
CLASSES = Domain(sizes={C: (2, 3, 4)}, indices={y: C, k: C}, arrays={a: (C,), b: (C,)})


def chain(*lines: Line, domain: Domain, twins: tuple[Twin, ...] = ()) -> Derivation:
    return Derivation("trial", None, "Trial", (), lines, domain, twins, "nowhere")


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.id)
def test_every_line_holds_and_was_compared_at_many_points(derivation: Derivation) -> None:
    report = derivations.report(derivation.id)
    assert report.ok
    assert len(report.lines) == len(derivation.lines)
    for line in report.lines[1:]:
        assert line.strength in ("general", "instances")
        assert line.points >= 20
        assert line.points > 4 * line.skipped


@pytest.mark.parametrize(("derivation", "twin"), TWINS)
def test_every_wrong_twin_is_refused_at_its_line_with_a_counterexample(
    derivation: Derivation, twin: Twin
) -> None:
    found = derivations.refusal(derivation, twin)
    assert found.strength == "refuted"
    assert found.counterexample is not None
    assert found.detail


def test_verifying_a_whole_twin_stops_at_the_broken_line() -> None:
    derivation = derivations.get("hinge-at-zero")
    twin = derivation.twins[-1]
    report = verify(derivation.with_twin(twin))
    assert not report.ok
    assert report.broken_line == twin.line == len(report.lines) - 1
    assert report.strength == "refuted"


@pytest.mark.parametrize(("derivation", "twin"), TWINS)
def test_no_wrong_twin_is_ever_proved(derivation: Derivation, twin: Twin) -> None:
    """The proofs must not lean on the points: on their own they refuse what is false."""
    line, domain = derivation.lines[twin.line], derivation.domain
    before = derivation.lines[0 if line.for_some else twin.line - 1].expr
    if line.relation == "=":
        assert not reduces_to_zero(before, twin.expr, domain)
    elif line.relation in (">=", "<=") and not line.for_some:
        sides = (before, twin.expr) if line.relation == ">=" else (twin.expr, before)
        assert not proves_at_least(*sides, line.split, domain.unit)


def test_the_numbers_one_to_fifty_seven_are_all_there() -> None:
    assert sorted(d.number for d in ALL if d.number) == list(range(1, 58))


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.id)
def test_a_derivation_ships_three_twins_or_more_and_names_a_test_that_exists(derivation: Derivation) -> None:
    assert len(derivation.twins) >= 3
    assert len({t.mistake for t in derivation.twins}) == len(derivation.twins)
    assert bool(derivation.code) == bool(derivation.code_test)
    if not derivation.code:  # it speaks of no function of the package
        return
    file, _, function = derivation.code_test.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for code in derivation.code.split(", "):
        module, *names = code.split(".")
        thing = importlib.import_module(f"lintutor.{module}")
        for name in names:
            thing = getattr(thing, name)


def test_an_unknown_id_is_answered_with_the_ids_there_are() -> None:
    with pytest.raises(KeyError, match="no derivation is called 'hinge'; there are distance-expand-square"):
        derivations.get("hinge")


def test_importing_lintutor_does_not_import_sympy() -> None:
    code = "import sys, lintutor; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_in_the_package_evaluates_text() -> None:
    assert derivations.__file__ is not None
    for file in Path(derivations.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                assert name not in ("parse_expr", "eval", "exec", "lambdify"), file.name
                if name == "sympify":  # objects only: strings are refused
                    assert any(w.arg == "strict" for w in node.keywords)


# Strengths are earned.


def test_general_needs_the_declared_range() -> None:
    once = SumOver(sp.KroneckerDelta(j, k), j, C)
    assert reduces_to_zero(once, sp.Integer(1), CLASSES)
    assert not reduces_to_zero(once, sp.Integer(1), CLASSES.but(indices={y: C}))
    assert not reduces_to_zero(once, sp.Integer(1), CLASSES.but(indices={k: D}))


def test_unequal_indices_must_be_declared() -> None:
    without_y = SumWrong(sp.KroneckerDelta(j, k), j, C, y)
    assert reduces_to_zero(without_y, sp.Integer(1), CLASSES.but(unequal=((k, y),)))
    assert not reduces_to_zero(without_y, sp.Integer(1), CLASSES)
    assert compare(without_y, sp.Integer(1), CLASSES).status == "different"  # k = y gives 0


def test_a_true_line_without_a_proof_gets_instances_only() -> None:
    hinges = Hinge(m) - Hinge(-m)
    report = verify(chain(Line(hinges * x), Line(m * x, "pieces"), domain=Domain.of_symbols(m, x)))
    assert report.lines[1].strength == "instances"


def test_a_true_line_with_exponentials_and_sums_is_sampled() -> None:
    p = sp.IndexedBase("p", real=True)
    domain = Domain(sizes={C: (2, 3)}, arrays={p: (C,)})
    up, down = sp.exp(p[j]), sp.exp(-p[j])
    left, right = SumOver(sp.tanh(p[j]), j, C), SumOver((up - down) / (up + down), j, C)
    report = verify(chain(Line(left), Line(right, "the definition of tanh"), domain=domain))
    assert report.lines[1].strength == "sampled"
    nearly = right + sp.Rational(1, 10**30)
    assert compare(left, nearly, domain).status == "different"


def test_a_line_that_has_a_value_nowhere_is_undecided_and_fails() -> None:
    nowhere = sp.log(-1 - x**2)
    report = verify(chain(Line(nowhere), Line(nowhere, "itself"), domain=Domain.of_symbols(x)))
    assert report.lines[1].strength == "undecided"
    assert not report.ok


@pytest.mark.parametrize("relation", [">=", "<="])
def test_a_wrong_inequality_is_refuted(relation: Any) -> None:
    lines = (Line(Hinge(m)), Line(m + 1 if relation == ">=" else m / 2, "wrong", relation))
    report = verify(chain(*lines, domain=Domain.of_symbols(m)))
    assert report.broken_line == 1


def test_an_inequality_is_general_only_with_a_proof() -> None:
    lines = (Line(Hinge(m)), Line(m, "a maximum is at least each part", ">="))
    assert verify(chain(*lines, domain=Domain.of_symbols(m))).lines[1].strength == "instances"
    by_cases = (Line(Hinge(m)), Line(m, "by the sign of m", ">=", split=((m, sp.S.Zero),)))
    assert verify(chain(*by_cases, domain=Domain.of_symbols(m))).lines[1].strength == "general"


@pytest.mark.parametrize("expr", [m, m - 1, Hinge(m) - m, -Indicator(m > 0), Hinge(m) * n])
def test_what_can_be_negative_is_not_called_nonnegative(expr: Any) -> None:
    assert not nonnegative(expr)


def test_statements_and_numbers_do_not_mix() -> None:
    lines = (Line(Every(Hinge(m) >= 0, m)), Line(m, "nonsense", "iff"))
    with pytest.raises(ValueError, match="does not fit"):
        verify(chain(*lines, domain=Domain.of_symbols(m)))


@pytest.mark.parametrize(
    ("lines", "twins", "message"),
    [
        ((Line(m),), (), "needs a first line and one that follows"),
        ((Line(m), Line(m)), (), "line 1 has no reason"),
        ((Line(m), Line(m, "same")), (Twin(2, n, "far"),), "there is no line 2 to break"),
        ((Line(m), Line(n, "more", ">="), Line(m, "less", "<=")), (), "mixes the relations <=, >="),
    ],
)
def test_a_malformed_derivation_is_refused(lines: Any, twins: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        chain(*lines, domain=Domain.of_symbols(m), twins=twins)


def test_a_derivative_across_kinks_must_be_declared_off_them_or_be_smooth() -> None:
    domain = Domain.of_symbols(m)
    slope = (Line(Partial(Hinge(m), m)), Line(Indicator(m > 0), "slope of each piece"))
    assert verify(chain(*slope, domain=domain)).lines[1].strength == "undecided"
    assert verify(replace(chain(*slope, domain=domain), off_kinks=True)).ok
    square = (Line(Partial(Hinge(m) ** 2, m)), Line(2 * Hinge(m), "smooth"))
    assert verify(chain(*square, domain=domain)).lines[1].strength == "general"
    product = (Line(Partial(Hinge(m) * m, m)), Line(2 * Hinge(m), "smooth, but not by the rule"))
    assert not verify(chain(*product, domain=domain)).ok


# Exact evaluation.


def test_a_derivative_at_a_kink_has_no_value_and_beside_it_has() -> None:
    slope = compile_expr(Partial(Hinge(m), m))
    assert [slope({"m": v}) for v in (-1, 1)] == [0, 1]
    with pytest.raises(Kink):
        slope({"m": 0})


def test_the_squared_hinge_has_a_derivative_at_its_kink() -> None:
    assert compile_expr(Partial(Hinge(m) ** 2, m))({"m": 0}) == 0


def test_dual_numbers_agree_with_sympys_diff() -> None:
    f = sp.exp(x) * sp.sin(x) / (1 + x**2) + sp.tanh(x) * sp.cos(x) + sp.log(1 + x**4) * 3 ** (x / 2)
    verdict = compare(Partial(f, x), f.diff(x), Domain.of_symbols(x))
    assert verdict.agrees
    assert not verdict.exact


def test_large_powers_are_refused_before_they_are_computed() -> None:
    with pytest.raises(TooLarge):
        compile_expr(sp.Pow(7, 10**9, evaluate=False))({})
    with pytest.raises(TooLarge):
        compile_expr(sp.Sum(m, (j, 0, 10**9)))({"m": 1})


def test_a_head_without_a_rule_is_unknown() -> None:
    with pytest.raises(Unknown, match="zeta"):
        compile_expr(sp.zeta(m))


def test_rounding_is_never_a_counterexample() -> None:
    tiny = sp.exp(40 + x) - sp.exp(40) * sp.exp(x) + x
    assert compare(tiny, x, Domain.of_symbols(x)).agrees
    assert compare(tiny + sp.exp(-70), x, Domain.of_symbols(x)).status == "different"


def test_an_answer_that_has_a_value_almost_nowhere_does_not_agree() -> None:
    assert not compare(x + sp.log(-1 - x**2), x + sp.log(-1 - x**2), Domain.of_symbols(x)).agrees


def test_points_meet_ties_kinks_and_fractions_in_every_instance_size() -> None:
    domain = derivations.get("hinge-gradient-wrong-class").domain
    seen = set()
    for point in domain.points():
        s = [sum(p * w[c] for p, w in zip(point["x"], point["W"], strict=True)) for c in range(point["C"])]
        margin = s[point["k"]] - s[point["y"]] + point["delta"]
        kind = "kink" if margin == 0 else "tie" if margin == point["delta"] else "off"
        seen.add((point["C"], kind))
        assert point["k"] != point["y"]
    assert seen == {(c, kind) for c in (2, 3, 4, 5) for kind in ("kink", "tie", "off")}


def test_cases_of_two_places_look_between_them_and_prove_equalities_too() -> None:
    t = positive("t")
    soft = Hinge(x - t) - Hinge(-x - t)
    line = Line((x - soft) ** 2, "by cases", split=((x, (-t, t)),))
    cut = Hinge(x + t) - Hinge(x - t) - t  # x, cut off at -t and t
    domain = Domain(scalars=(x, t), draws=40)
    start = Line(cut**2)
    assert verify(chain(start, line, domain=domain)).strength == "general"
    assert verify(chain(start, replace(line, split=()), domain=domain)).strength == "instances"
    assert verify(chain(start, replace(line, expr=(x - soft) ** 2 + 1), domain=domain)).strength == "refuted"
    assert not proves_at_least(t - sp.Abs(x), sp.S(0), ((x, (-t, t)),), ())
    with pytest.raises(ValueError, match="must be known to stand in this order"):
        proves_at_least(soft, sp.S(0), ((x, (t, -t)),), ())


def test_a_bracket_that_is_given_as_at_least_zero_is_known_in_proofs() -> None:
    bracket = Group(x - n)
    lines = Line(3 * bracket), Line(sp.S(0), "given", ">=")
    given = Domain(scalars=(x, n), given=(bracket >= 0,), draws=40)
    assert verify(chain(*lines, domain=given)).strength == "general"
    assert verify(chain(*lines, domain=Domain(scalars=(x, n), draws=40))).strength == "refuted"


def test_a_positive_factor_leaves_a_hinge_and_an_index_of_known_size_is_put_in() -> None:
    t = positive("t")
    assert reduces_to_zero(Hinge(t * a[j] - t), t * Hinge(a[j] - 1), Domain(arrays={a: (C,)}))
    assert not reduces_to_zero(Hinge(x * n - x), x * Hinge(n - 1), Domain(scalars=(x, n)))
    two = Domain(fixed={C: 2}, indices={y: C}, arrays={a: (C,)})
    assert reduces_to_zero(SumWrong(a[j], j, C, y), a[1 - y], two)
    assert not reduces_to_zero(SumWrong(a[j], j, C, y), a[y], two)
    assert reduces_to_zero(sp.Abs(x) ** 2 + sp.Abs(x), x**2 + sp.Abs(x), Domain(scalars=(x,)))


# Printing.


@pytest.mark.parametrize("derivation", ALL, ids=lambda d: d.id)
def test_printed_lines_are_balanced_short_and_in_the_books_notation(derivation: Derivation) -> None:
    for left, _, tex, reason in rows(derivation):
        for text in (left, tex):
            assert text.count("{") == text.count("}")
            for foreign in ("Piecewise", "cases", "Sum", "SumOf", r"\delta_", "Heaviside", "theta_"):
                assert foreign not in text
        visible = re.sub(r"\\[a-zA-Z]+|[{}_^\\ ]", "", tex)
        assert len(visible) <= 66
        assert reason.count("$") % 2 == 0


@pytest.mark.parametrize(
    ("expr", "tex"),
    [
        (unfold(Hinge(m)), r"\max(0, m)"),
        (unfold(Indicator(m > 0)), r"\mathbb{1}[m > 0]"),
        (sp.KroneckerDelta(j, y), r"\mathbb{1}[j = y]"),
        (positive("delta") * 2, r"2 \delta"),
        (SumWrong(Hinge(a[j]), j, C, y), r"\sum_{j \ne y} \max(0, a_{j})"),
        (a[j] - a[y] + positive("delta"), r"a_{j} - a_{y} + \delta"),
        ((C - 1) * positive("delta"), r"(C - 1) \delta"),
    ],
)
def test_the_notation(expr: Any, tex: str) -> None:
    assert to_tex(expr) == tex


def test_the_results_of_the_chapter_read_as_in_the_book() -> None:
    shown = {d.id: d.tex() for d in ALL}
    assert shown["hinge-gradient-wrong-class"] == (
        r"\frac{\partial L_i}{\partial w_{k}} = \mathbb{1}[m_{k} > 0] \, x"
    )
    assert shown["hinge-subgradient"].endswith(r"\iff 0 \le g \le 1")
    assert shown["hinge-at-zero"] == r"L_i\big|_{W = 0} = (C - 1) \delta"


def test_text_is_never_taken_for_an_expression():
    from lintutor.derivations.notation import Hinge

    with pytest.raises(TypeError, match="takes sympy objects and whole numbers, got 'x \\+ 1'"):
        Hinge("x + 1")


def test_an_inequality_between_sums_may_be_divided_by_a_positive_number_and_by_no_other() -> None:
    from sympy import IndexedBase, Integer

    from lintutor.derivations.inequalities import same_statement
    from lintutor.derivations.notation import SumOver, index, size

    D, d = size("D"), index("d")
    x = IndexedBase("x", real=True)
    total = SumOver(x[d], d, D)
    domain = derivations.Domain(sizes={D: (2,)}, arrays={x: (D,)})
    assert same_statement(6 * total >= 0, 4 * total >= 0, domain)
    assert not same_statement(6 * total >= 0, -4 * total >= 0, domain)
    assert not same_statement(6 * total >= 0, 4 * total + 1 >= Integer(0), domain)


def test_what_is_divided_by_a_root_is_printed_as_one_fraction() -> None:
    from sympy import sqrt

    from lintutor.derivations.notation import positive, real
    from lintutor.derivations.printer import to_tex

    g, u = real("g"), positive("u")
    assert to_tex(-2 * g / sqrt(u)) == r"-2 \frac{g}{\sqrt{u}}"
    assert to_tex(g / u) == r"\frac{1}{u} g"
