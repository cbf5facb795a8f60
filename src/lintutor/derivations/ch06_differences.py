"""The derivations of chapter 6, "Gradients": differences for slopes, their errors, and their best steps.

A function is known near x by Taylor's theorem: the unknowns are its value, its slopes there and one slope
of higher order at a place in between. Rounding is at most ``epsilon`` times the size of a value. Which
direction is steepest, and the product ``X^T dS``, stand in :mod:`~lintutor.derivations.ch06_directions`.
"""

from typing import Any

from sympy import Pow, Rational, S

from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Defined, Group, Hinge, Ratio, abbreviation, positive, real

__all__ = ["DERIVATIONS"]

_f0, _f1, _f2, _ahead, _behind = (real(f"f{name}") for name in ("0", "1", "2", "3+", "3-"))
_TESTS = "tests/package/test_derivations_code_ch06.py::"
_CODE = "gradients.eval_numerical_gradient"

h, epsilon = positive("h"), positive("varepsilon")
Here = abbreviation("f(x)", lambda: _f0)
Slope = abbreviation("f'(x)", lambda: _f1)
Curvature = abbreviation("f''(x)", lambda: _f2)
CurvatureBetween = abbreviation(r"f''(\xi)", lambda: _f2)
ThirdAhead = abbreviation(r"f'''(\xi_+)", lambda: _ahead)
ThirdBehind = abbreviation(r"f'''(\xi_-)", lambda: _behind)
ThirdBetween = abbreviation(r"f'''(\xi)", lambda: (_ahead + _behind) / 2)
Ahead = abbreviation("f(x+h)", lambda: _f0 + h * _f1 + h**2 / 2 * _f2)
AheadThird = abbreviation("f(x+h)", lambda: _f0 + h * _f1 + h**2 / 2 * _f2 + h**3 / 6 * _ahead)
BehindThird = abbreviation("f(x-h)", lambda: _f0 - h * _f1 + h**2 / 2 * _f2 - h**3 / 6 * _behind)


def forward_error() -> Derivation:
    """Return number 46: the error of the forward difference."""
    rise = h * Slope() + Ratio(h**2, 2) * CurvatureBetween()
    return Derivation(
        id="grad-forward-error",
        number=46,
        title="The forward difference is off by half a step times the curvature",
        assumptions=(
            "$f$ has a continuous second derivative, and $h > 0$",
            r"Taylor: $f(x+h) = f(x) + h f'(x) + \frac{h^2}{2} f''(\xi)$, with $\xi$ between $x$ and $x + h$",
        ),
        lines=(
            Line(Ratio(Ahead() - Here(), h) - Slope()),
            Line(Ratio(rise, h) - Slope(), "Taylor's theorem; $f(x)$ cancels"),
            Line(Ratio(h, 2) * CurvatureBetween(), "divide by $h$: the slope cancels, and this is left"),
        ),
        domain=Domain(scalars=(h, _f0, _f1, _f2), draws=60),
        twins=(
            Twin(2, -h / 2 * CurvatureBetween(), "sign"),
            Twin(2, h * CurvatureBetween(), "factor: the one half of Taylor's term"),
            Twin(2, h**2 / 2 * CurvatureBetween(), "power: not divided by h"),
            Twin(2, S.Zero, "missing term: the difference is taken for the slope"),
        ),
        section="grad-numerical",
        code=_CODE,
        code_test=_TESTS + "test_differences_of_the_code_err_as_the_formulas_say",
    )


def centered_error() -> Derivation:
    """Return number 47: the error of the centered difference."""
    odd = 2 * h * Slope() + Ratio(h**3, 6) * Group(ThirdAhead() + ThirdBehind())
    between = Ratio(h**2, 12) * Group(ThirdAhead() + ThirdBehind())
    return Derivation(
        id="grad-centered-error",
        number=47,
        title="The centered difference is off by a sixth of the step squared, times the third derivative",
        assumptions=(
            "$f$ has a continuous third derivative, and $h > 0$",
            r"Taylor: $f(x \pm h) = f(x) \pm h f'(x) + \frac{h^2}{2} f''(x) \pm \frac{h^3}{6} f'''(\xi_\pm)$",
        ),
        lines=(
            Line(Ratio(AheadThird() - BehindThird(), 2 * h) - Slope()),
            Line(
                Ratio(odd, 2 * h) - Slope(),
                "Taylor's theorem, twice; what is even in $h$ cancels: value and curvature are gone",
            ),
            Line(between, "divide by $2h$; the slope cancels"),
            Line(
                Ratio(h**2, 6) * ThirdBetween(),
                r"$f'''$ is continuous: at some $\xi$ in between it is the mean of its two values",
            ),
        ),
        domain=Domain(scalars=(h, _f0, _f1, _f2, _ahead, _behind), draws=60),
        twins=(
            Twin(3, -(h**2) / 6 * ThirdBetween(), "sign"),
            Twin(3, h**2 / 3 * ThirdBetween(), "factor"),
            Twin(3, h / 6 * ThirdBetween(), "power: as bad as the forward difference"),
            Twin(2, h / 2 * Curvature(), "the curvature does not cancel"),
            Twin(2, h**2 / 12 * (ThirdAhead() - ThirdBehind()), "sign: the two remainders cancel"),
        ),
        section="grad-numerical",
        code=_CODE,
        code_test=_TESTS + "test_differences_of_the_code_err_as_the_formulas_say",
    )


def _positive(name: str, value: Any) -> type[Defined]:
    """Return an abbreviation for something positive."""
    return type(name, (abbreviation(name, lambda: value),), {"is_positive": True})


class _Share(Ratio):
    """A fraction of positive parts."""

    is_positive = True


_size, _second, _third = positive("F"), positive("F2"), positive("F3")
Size, Second, Third = _positive("|f|", _size), _positive("|f''|", _second), _positive("|f'''|", _third)
BestForward = _positive("h_*", 2 * Pow(epsilon * _size / _second, Rational(1, 2)))
BestCentered = _positive("h_*", Pow(3 * epsilon * _size / _third, Rational(1, 3)))
_ROUNDED = r"each value of $f$ is computed to within $\varepsilon |f|$; $\varepsilon$, $|f|$ and $h$ positive"


def best_step_forward() -> Derivation:
    """Return the step at which the error bound of a forward difference is lowest."""
    best = BestForward()
    floor = Second() * best
    return Derivation(
        id="grad-best-step-forward",
        number=None,
        title="The best step of a forward difference goes with the square root of the rounding",
        assumptions=(_ROUNDED, r"$h_* = 2 \sqrt{\varepsilon |f| / |f''|}$ with $|f''| > 0$"),
        lines=(
            Line(Ratio(2 * epsilon * Size(), h) + Ratio(h, 2) * Second()),
            Line(
                _Share(Second(), 2 * h) * Group(best**2 + h**2),
                r"rounding is $2 \varepsilon |f| / h = |f''| h_*^2 / (2h)$, by the definition of $h_*$",
            ),
            Line(floor + _Share(Second(), 2 * h) * (h - best) ** 2, "complete the square"),
            Line(floor, "a square is never negative, and is 0 only at $h = h_*$", ">="),
        ),
        domain=Domain(scalars=(h, epsilon, _size, _second), draws=40),
        twins=(
            Twin(1, _Share(Second(), h) * Group(best**2 + h**2), "factor"),
            Twin(2, floor + _Share(Second(), 2 * h) * (h + best) ** 2, "sign"),
            Twin(3, 2 * floor, "factor: each of two equal parts is counted twice"),
            Twin(2, _Share(Second(), 2 * h) * (h - best) ** 2, "missing term: no floor"),
        ),
        section="grad-error-curve",
        code=_CODE,
        code_test=_TESTS + "test_best_steps_of_the_code_are_near_the_formulas",
    )


def best_step_centered() -> Derivation:
    """Return number 48: the step at which the error bound of a centered difference is lowest."""
    best = BestCentered()
    floor = Ratio(Third(), 2) * best**2
    scale = _Share(Third(), 6 * h)
    return Derivation(
        id="grad-best-step-centered",
        number=48,
        title="The best step of a centered difference goes with the cube root of the rounding",
        assumptions=(_ROUNDED, r"$h_* = (3 \varepsilon |f| / |f'''|)^{1/3}$ with $|f'''| > 0$"),
        lines=(
            Line(Ratio(epsilon * Size(), h) + Ratio(h**2, 6) * Third()),
            Line(
                scale * Group(2 * best**3 + h**3),
                r"rounding is $\varepsilon |f| / h = |f'''| h_*^3 / (3h)$, by the definition of $h_*$",
            ),
            Line(
                floor + scale * (h - best) ** 2 * (h + 2 * best),
                r"$h^3 - 3 h_*^2 h + 2 h_*^3 = (h - h_*)^2 (h + 2 h_*)$",
            ),
            Line(floor, "no factor is negative, and the product is 0 only at $h = h_*$", ">="),
        ),
        domain=Domain(scalars=(h, epsilon, _size, _third), draws=40),
        twins=(
            Twin(1, scale * Group(best**3 + h**3), "factor: the 2 of rounding"),
            Twin(2, floor + scale * (h + best) ** 2 * (h - 2 * best), "sign: a step below zero"),
            Twin(3, 2 * floor, "factor"),
            Twin(3, Third() * best, "power: the floor of a forward difference"),
        ),
        section="grad-error-curve",
        code=_CODE,
        code_test=_TESTS + "test_best_steps_of_the_code_are_near_the_formulas",
    )


_place, _rest = positive("p"), positive("q")
#: x, and a step h that is larger than x by what is left.
Place, Nudge = _positive("x", _place), _positive("h", _place + _rest)


def kink_difference() -> Derivation:
    """Return the centered difference of max(0, x) right beside its kink."""
    x, step = Place(), Nudge()
    difference = Ratio(Hinge(x + step) - Hinge(x - step), 2 * step)
    return Derivation(
        id="grad-kink-difference",
        number=None,
        title="Beside a kink, the centered difference measures a mixture of two slopes",
        assumptions=(r"$f = \max(0, \cdot)$ and $0 < x < h$: the nudge to the left crosses the kink",),
        lines=(
            Line(difference),
            Line(Ratio(x + step, 2 * step), r"$x - h < 0$: the maximum is 0 there; $x + h$ is positive"),
            Line(S.Half + Ratio(x, 2 * step), "divide"),
        ),
        domain=Domain(scalars=(_place, _rest), draws=40, first=({"p": 1, "q": 9},)),
        twins=(
            Twin(2, S.One, "the slope at x, as if no kink were near"),
            Twin(2, S.Half, "x is taken to be on the kink"),
            Twin(2, S.Half - Ratio(x, 2 * step), "sign"),
            Twin(1, Ratio(x + step, step), "factor: divided by h where it is 2h"),
        ),
        section="grad-check-kink",
        code=_CODE,
        code_test=_TESTS + "test_code_beside_a_kink_gives_the_mixture",
    )


DERIVATIONS = (forward_error, centered_error, best_step_forward, best_step_centered, kink_difference)
