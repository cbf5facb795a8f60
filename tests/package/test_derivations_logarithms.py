"""Logarithms, exponentials and products in derivations: what is proved is true, what is false is refused."""

from typing import Any

import pytest
import sympy as sp

from lintutor.derivations import Domain, Line, Twin, verify
from lintutor.derivations.compare import compare
from lintutor.derivations.engine import Derivation
from lintutor.derivations.inequalities import proves_at_least
from lintutor.derivations.logarithms import is_positive
from lintutor.derivations.normal import NotReducible, normal_form, reduces_to_zero
from lintutor.derivations.notation import ProductOver, Ratio, Sigmoid, SumOver, index, positive, real, size
from lintutor.derivations.printer import to_tex

C = size("C")
j, k = index("j"), index("k")
a, g = sp.IndexedBase("a", positive=True), sp.IndexedBase("g", nonnegative=True)
s = sp.IndexedBase("s", real=True)
x, t = real("x"), positive("t")
CLASSES = Domain(sizes={C: (2, 3, 4)}, indices={k: C}, arrays={a: (C,), g: (C,), s: (C,)})


def chain(*lines: Line, domain: Domain, twins: tuple[Twin, ...] = ()) -> Derivation:
    return Derivation("trial", None, "Trial", (), lines, domain, twins, "nowhere")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sp.log(ProductOver(a[j], j, C)), SumOver(sp.log(a[j]), j, C)),
        (sp.log(SumOver(sp.exp(s[j] + x), j, C)), x + sp.log(SumOver(sp.exp(s[j]), j, C))),
        (SumOver(Ratio(a[j], SumOver(a[k], k, C)), j, C), sp.S.One),
        (sp.log(a[k] ** 3 / t), 3 * sp.log(a[k]) - sp.log(t)),
    ],
)
def test_identities_of_logarithms_are_proved_for_every_size(left: Any, right: Any) -> None:
    domain = CLASSES.but(scalars=(x, t))
    assert reduces_to_zero(left, right, domain)
    assert compare(left, right, domain).status == "equal"
    assert compare(left, right + sp.Rational(1, 10**30), domain).status == "different"
    assert not reduces_to_zero(left, 2 * right, domain)


def test_the_logarithm_of_what_may_be_negative_is_not_split() -> None:
    with pytest.raises(NotReducible, match="not known to be positive"):
        normal_form(sp.log(s[k] * a[k]), CLASSES)
    with pytest.raises(NotReducible, match="in no logarithm"):
        normal_form(ProductOver(a[j], j, C), CLASSES)
    assert not is_positive(sp.exp(x) - 1)


def test_a_product_has_the_value_of_its_factors() -> None:
    squares = ProductOver(a[j] ** 2, j, C)
    assert compare(squares, ProductOver(a[j], j, C) ** 2, CLASSES).exact
    assert compare(squares, ProductOver(a[j], j, C), CLASSES).status == "different"


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        (sp.log(1 + t), sp.S.Zero),
        (sp.log(sp.exp(s[k]) + t), s[k]),
        (x + sp.log(SumOver(sp.Integer(1), j, C)), x + sp.log(SumOver(sp.exp(-g[j]), j, C))),
        (t - 1, sp.log(t)),
        (SumOver(-a[j] * sp.log(g[j] + 1), j, C), SumOver(-a[j] * g[j], j, C)),
    ],
)
def test_inequalities_of_logarithms_are_proved_one_way_only(larger: Any, smaller: Any) -> None:
    assert proves_at_least(larger, smaller, (), ())
    assert not proves_at_least(smaller, larger, (), ())


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        (sp.log(t), t - 1),
        (sp.log(t), sp.S.Zero),
        (sp.exp(x), x + 2),
        (sp.log(sp.exp(s[k]) - t), s[k]),
        (-t * sp.log(t), t - 1),
    ],
)
def test_a_false_inequality_of_logarithms_is_not_proved(larger: Any, smaller: Any) -> None:
    assert not proves_at_least(larger, smaller, (), ())


def test_an_inequality_of_reals_without_a_proof_is_sampled_and_forgives_rounding() -> None:
    lines = (Line(sp.exp(x)), Line(2 * x, "a line below its tangent at 1", ">="))
    assert verify(chain(*lines, domain=Domain.of_symbols(x))).lines[1].strength == "sampled"
    third = Line(sp.log(3, evaluate=False) * sp.Rational(1, 3))
    equal = chain(third, Line(sp.log(27) / 9, "the same number", ">="), domain=Domain.of_symbols(x))
    assert verify(equal).ok


def test_positive_and_nonnegative_arrays_stay_so() -> None:
    points = list(CLASSES.points())
    assert min(v for point in points for v in point["a"]) > 0
    assert min(v for point in points for v in point["g"]) == 0
    assert min(v for point in points for v in point["s"]) < 0


@pytest.mark.parametrize(
    ("expr", "tex"),
    [
        (sp.log(SumOver(sp.exp(s[j]), j, C)), r"\log \sum_{j} e^{s_{j}}"),
        (Ratio(sp.exp(s[j]), SumOver(sp.exp(s[k]), k, C)), r"\frac{e^{s_{j}}}{\sum_{k} e^{s_{k}}}"),
        (Sigmoid(x) ** 2, r"\sigma(x)^{2}"),
        (sp.log(1 + t), r"\log(t + 1)"),
        (ProductOver(a[j], j, C), r"\prod_{j} a_{j}"),
    ],
)
def test_the_notation_of_logarithms(expr: Any, tex: str) -> None:
    assert to_tex(expr) == tex
