"""Chapter 5: absolute values: the slopes at their corner, and the thresholds that make exact zeros."""

from sympy import Abs, And, Rational, S

from lintutor.derivations.ch03_symbols import g, m
from lintutor.derivations.ch05_symbols import TESTS, beta, p, q, t
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Every, Group, Hinge, abbreviation

__all__ = ["DERIVATIONS"]

_HALF = Rational(1, 2)
_Soft = abbreviation("S", lambda: Hinge(q - t) - Hinge(-q - t))
_Rest = abbreviation("r", lambda: q - _Soft())
_More = type("c", (abbreviation("c", lambda: 1 + 2 * t * beta),), {"is_positive": True})
_Constant = abbreviation("k", lambda: _HALF * q**2 * (1 - 1 / _More()))
_CASES = ((q, (-t, t)), (p, S.Zero))
_SOFT = r"$S = \max(0, v - t) - \max(0, -v - t)$: that is $\operatorname{sign}(v) \max(0, |v| - t)$"


def subgradient() -> Derivation:
    """Return the subgradients of the absolute value at 0: the numbers from -1 to 1."""
    return Derivation(
        id="reg-l1-subgradient",
        number=None,
        title="At zero every slope from -1 to 1 is a subgradient of the absolute value",
        assumptions=(
            r"$g$ is a subgradient of $|m|$ at 0 if the line with slope $g$ through the corner stays on or "
            "below it for every $m$",
        ),
        lines=(
            Line(Every(Abs(m) >= g * m, m)),
            Line(Every(Abs(m) - g * m >= 0, m), "bring $g m$ to the left", "iff"),
            Line(And(1 - g >= 0, 1 + g >= 0), "put $m = 1$, then $m = -1$", "implies", values=(1, -1)),
            Line(And(g >= -1, g <= 1), "the same, written as an interval", "iff"),
            Line(
                Every(Abs(m) - g * m >= 0, m),
                r"back again: above 0 the left side is $(1 - g) m$, below 0 it is $(1 + g) |m|$",
                "implies",
                split=((m, S.Zero),),
            ),
        ),
        domain=Domain(scalars=(g,), draws=60),
        twins=(
            Twin(2, And(1 - g >= 0, g >= 0), "the interval of the hinge"),
            Twin(3, And(g >= -2, g <= 2), "factor"),
            Twin(1, Every(Abs(m) - 2 * g * m >= 0, m), "factor on the way"),
            Twin(3, And(g >= 1, g <= 1), "sign"),
        ),
        section="reg-l1",
        code="regularizers.l1_penalty",
        code_test=TESTS + "test_code_picks_a_subgradient_of_the_absolute_value",
    )


def soft_threshold() -> Derivation:
    """Return number 42: the weight that L1 leaves is the soft threshold."""
    soft, rest = _Soft(), _Rest()
    cost = _HALF * (p - q) ** 2 + t * Abs(p)
    lowest = rest * soft + _HALF * rest**2
    return Derivation(
        id="reg-soft-threshold",
        number=42,
        title="The L1 penalty moves a weight by t towards zero, and no further",
        assumptions=(
            r"a weight $u$ is to stay near $v$ and pays $t |u|$ with $t > 0$",
            _SOFT,
            r"$r = v - S$ is what the threshold takes away",
        ),
        lines=(
            Line(cost),
            Line(
                _HALF * (p - soft) ** 2 + Group(t * Abs(p) - rest * p) + Group(lowest),
                "write $v = S + r$ and multiply out",
            ),
            Line(
                lowest,
                r"$-t \le r \le t$, so $r u \le t |u|$; and a square is never negative",
                ">=",
                split=_CASES,
            ),
            Line(
                _HALF * (soft - q) ** 2 + t * Abs(soft),
                r"$r = t$ where $S > 0$, $r = -t$ where $S < 0$: so $r S = t |S|$. No $u$ costs less",
                "=",
                split=_CASES[:1],
            ),
        ),
        domain=Domain(scalars=(p, q, t), draws=80),
        twins=(
            Twin(1, _HALF * (p - soft) ** 2 + Group(t * Abs(p) + rest * p) + Group(lowest), "sign"),
            Twin(2, 2 * rest * soft + rest**2, "factor"),
            Twin(3, _HALF * (soft - q) ** 2 + 2 * t * Abs(soft), "factor of what S pays"),
            Twin(3, _HALF * (soft - q) ** 2, "missing term: what S itself pays"),
        ),
        section="reg-l1",
        code="regularizers.soft_threshold",
        code_test=TESTS + "test_threshold_of_the_code_costs_least",
    )


def elastic_square() -> Derivation:
    """Return how the squares of the elastic net join the square that is there."""
    more = _More()
    return Derivation(
        id="reg-elastic-net-square",
        number=None,
        title="The elastic net is an L1 problem about a smaller weight",
        assumptions=(
            r"a weight $u$ is to stay near $v$ and pays $t (\beta u^2 + |u|)$ with $t, \beta > 0$",
            r"$c = 1 + 2 t \beta$ and $k = \frac{1}{2} v^2 (1 - \frac{1}{c})$, which does not contain $u$",
        ),
        lines=(
            Line(_HALF * (p - q) ** 2 + t * Group(beta * p**2 + Abs(p))),
            Line(
                _HALF * more * p**2 - p * q + _HALF * q**2 + t * Abs(p),
                r"the squares of $u$ add up",
            ),
            Line(
                more * Group(_HALF * (p - q / more) ** 2 + t / more * Abs(p)) + _Constant(),
                r"complete the square: what is left does not move the minimum",
            ),
        ),
        domain=Domain(scalars=(p, q, t, beta), draws=60),
        twins=(
            Twin(1, _HALF * Group(1 + t * beta) * p**2 - p * q + _HALF * q**2 + t * Abs(p), "factor"),
            Twin(1, _HALF * more * p**2 + p * q + _HALF * q**2 + t * Abs(p), "sign"),
            Twin(2, more * Group(_HALF * (p - q / more) ** 2 + t / more * Abs(p)), "missing term"),
            Twin(
                2,
                more * Group(_HALF * (p - q / more) ** 2 + t * Abs(p)) + _HALF * q**2 * (1 - 1 / more),
                "the threshold does not shrink",
            ),
        ),
        section="reg-elastic-net",
        code="regularizers.elastic_net_penalty",
        code_test=TESTS + "test_threshold_of_the_elastic_net_in_the_code_costs_least",
    )


def elastic_threshold() -> Derivation:
    """Return number 43: the threshold of the elastic net."""
    more = _More()
    return Derivation(
        id="reg-elastic-net-threshold",
        number=43,
        title="The elastic net thresholds first and shrinks then",
        assumptions=(
            r"the threshold of the problem above: $v$ and $t$ are both divided by $c = 1 + 2 t \beta$",
            _SOFT,
        ),
        lines=(
            Line(Hinge(q / more - t / more) - Hinge(-q / more - t / more)),
            Line(
                (Hinge(q - t) - Hinge(-q - t)) / more,
                r"$c$ is positive, so $\max(0, m / c) = \max(0, m) / c$",
            ),
            Line(_Soft() / more, "above stands the threshold of $v$"),
        ),
        domain=Domain(scalars=(q, t, beta), draws=60),
        twins=(
            Twin(1, Hinge(q - t) - Hinge(-q - t), "missing factor: no shrinking"),
            Twin(1, (Hinge(q - t) - Hinge(-q - t)) / Group(1 + t * beta), "factor"),
            Twin(1, (Hinge(q - t) + Hinge(-q - t)) / more, "sign"),
            Twin(2, _Soft() * more, "multiplies where it divides"),
        ),
        section="reg-elastic-net",
        code="regularizers.elastic_net_prox",
        code_test=TESTS + "test_threshold_of_the_elastic_net_in_the_code_costs_least",
    )


DERIVATIONS = (subgradient, soft_threshold, elastic_square, elastic_threshold)
