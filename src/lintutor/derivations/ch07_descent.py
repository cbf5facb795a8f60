"""The derivations of chapter 7, "Stochastic gradient descent": steps on a bowl, decay."""

import random
from collections.abc import Iterator
from fractions import Fraction

from sympy import Abs, Max, Rational, S

from lintutor.derivations.ch07_symbols import (
    BOWL,
    STEPS,
    TESTS,
    L,
    eta,
    h,
    lam,
    mu,
    t,
    w,
    w0,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.evaluate import Env
from lintutor.derivations.notation import (
    At,
    Partial,
    Ratio,
    abbreviation,
    positive,
)
from lintutor.derivations.processes import Iterated

__all__ = ["DERIVATIONS"]

_BOWL = Rational(1, 2) * h * w**2


def bowl_iterates() -> Derivation:
    """Return where t steps lead in a bowl."""
    return Derivation(
        id="sgd-bowl-steps",
        number=None,
        title="In a bowl, every step multiplies by the same factor",
        assumptions=(BOWL, r"$t$ steps of rate $\eta$ from $w_0$"),
        lines=(
            Line(Iterated(w - eta * Partial(_BOWL, w), w, w0, t)),
            Line(Iterated(w - eta * h * w, w, w0, t), r"the slope of $\frac{1}{2} h w^2$ is $h w$"),
            Line(Iterated((1 - eta * h) * w, w, w0, t), "$w$ in front"),
            Line((1 - eta * h) ** t * w0, "a product of $t$ equal factors"),
        ),
        domain=STEPS.but(scalars=(eta, h, w0)),
        twins=(
            Twin(1, Iterated(w - eta * h * w / 2, w, w0, t), "factor: the one-half is not used up"),
            Twin(1, Iterated(w + eta * h * w, w, w0, t), "sign: uphill"),
            Twin(3, (1 - t * eta * h) * w0, "a sum for a product"),
            Twin(3, (1 - eta * h) ** (t + 1) * w0, "index: one step too many"),
        ),
        section="sgd-conditioning",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_steps_of_the_code_shrink_a_bowl_by_the_factor",
    )


def _at_the_limit(point: Env, rng: random.Random) -> Iterator[Env]:
    """Yield the point again with a step exactly at the limit, and just beside it."""
    for factor in (1, Fraction(9, 10), Fraction(11, 10)):
        yield {**point, "eta": 2 * factor / Fraction(point["h"])}


def step_limit() -> Derivation:
    """Return number 51: a step is safe below two over the curvature."""
    width = positive("w")
    after = width - eta * h * width
    return Derivation(
        id="sgd-step-limit",
        number=51,
        title="A step is safe below two over the curvature",
        assumptions=(
            BOWL,
            r"$w \ne 0$, taken positive; the left side says that the step ends nearer to the minimum",
            r"$\eta > 0$; with several directions, the condition must hold for the greatest curvature $L$",
        ),
        lines=(
            Line(after**2 < width**2),
            Line((1 - eta * h) ** 2 < 1, "divide by $w^2 > 0$", "iff"),
            Line(eta * h * (2 - eta * h) > 0, r"$1 - (1 - \eta h)^2 = \eta h (2 - \eta h)$", "iff"),
            Line(2 - eta * h > 0, r"divide by $\eta h > 0$", "iff"),
            Line(eta < Ratio(S(2), h), "solve for the rate", "iff"),
        ),
        domain=Domain(scalars=(eta, h, width), special=_at_the_limit, draws=40),
        twins=(
            Twin(1, (1 - eta * h) ** 2 < 2, "factor"),
            Twin(2, eta * h * (1 - eta * h) > 0, "a term lost in the square"),
            Twin(3, 2 - eta * h < 0, "sign"),
            Twin(4, eta < 1 / h, "factor: where the step lands on the minimum"),
            Twin(4, eta < h / 2, "the curvature upside down"),
        ),
        section="sgd-conditioning",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_steps_of_the_code_shrink_a_bowl_by_the_factor",
    )


_Slope = abbreviation("g", lambda: h * w)


def step_drop() -> Derivation:
    """Return by how much a step lowers the loss of a bowl."""
    after = Rational(1, 2) * h * (w - eta * h * w) ** 2
    slope = _Slope()
    return Derivation(
        id="sgd-step-drop",
        number=None,
        title="What a step wins, and what it pays for its length",
        assumptions=(BOWL, "its slope is $g = h w$"),
        lines=(
            Line(after - _BOWL),
            Line(
                -eta * slope**2 + Rational(1, 2) * eta**2 * h * slope**2,
                "multiply out",
            ),
            Line(
                -eta * (1 - eta * h / 2) * slope**2,
                r"rate times squared slope, less a share that grows with the rate",
            ),
        ),
        domain=Domain(scalars=(eta, h, w), draws=60),
        twins=(
            Twin(1, -eta * slope**2, "missing term: the straight line only"),
            Twin(1, -eta * slope**2 - Rational(1, 2) * eta**2 * h * slope**2, "sign"),
            Twin(2, -eta * (1 - eta * h) * slope**2, "factor one-half"),
        ),
        section="sgd-gradient-descent",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_a_step_of_the_code_wins_what_the_formula_says",
    )


_Factor = abbreviation("r", lambda curvature: 1 - eta * curvature)
_Kappa = abbreviation(r"\kappa", lambda: L / mu)
_WORST = Max(Abs(_Factor(mu)), Abs(_Factor(L)))
_CURVED = Domain(scalars=(eta, mu, L), given=(mu <= L,), draws=60)
_CURVATURES = (
    r"curvatures from $\mu > 0$ to $L$; a step of rate $\eta$ multiplies the flattest direction by "
    r"$r_\mu = 1 - \eta \mu$ and the steepest by $r_L = 1 - \eta L$"
)


def best_step() -> Derivation:
    """Return number 52, first half: no rate does better than (kappa - 1) / (kappa + 1)."""
    weighed = Ratio(L * Abs(_Factor(mu)) + mu * Abs(_Factor(L)), L + mu)
    return Derivation(
        id="sgd-best-step",
        number=52,
        title="No constant step shrinks every direction faster",
        assumptions=(_CURVATURES, r"$\kappa = L / \mu$ is the condition number"),
        lines=(
            Line(_WORST),
            Line(weighed, "the larger of two numbers is at least any weighted mean of them", ">="),
            Line(
                Ratio(L * _Factor(mu) - mu * _Factor(L), L + mu),
                r"$|r_\mu| \ge r_\mu$ and $|r_L| \ge -r_L$",
                ">=",
            ),
            Line(Ratio(L - mu, L + mu), r"$\eta L \mu$ cancels: the bound knows no rate"),
            Line(Ratio(_Kappa() - 1, _Kappa() + 1), r"divide by $\mu$ above and below"),
        ),
        domain=_CURVED,
        twins=(
            Twin(1, Abs(1 - eta * mu) + Abs(1 - eta * L), "a sum for a mean"),
            Twin(2, (L * (1 - eta * mu) + mu * (eta * L + 1)) / (L + mu), "sign"),
            Twin(3, (L + mu) / (L + mu), "sign of the smaller curvature"),
            Twin(4, L / mu / (L / mu + 1), "missing term"),
        ),
        section="sgd-conditioning",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_no_rate_of_the_code_beats_the_best_one",
    )


def best_step_reached() -> Derivation:
    """Return number 52, second half: the rate 2 / (L + mu) reaches the bound."""
    best = Ratio(S(2), L + mu)
    return Derivation(
        id="sgd-best-step-reached",
        number=None,
        title="The best constant step, and its rate of convergence",
        assumptions=(_CURVATURES, r"$\eta = \frac{2}{L + \mu}$"),
        lines=(
            Line(At(_WORST, eta, best)),
            Line(
                Max(Abs(Ratio(L - mu, L + mu)), Abs(Ratio(mu - L, L + mu))),
                "put the rate in: both directions shrink alike, one of them with a change of side",
            ),
            Line(Ratio(L - mu, L + mu), r"$L \ge \mu$"),
        ),
        domain=Domain(scalars=(mu, L), given=(mu <= L,), draws=60),
        twins=(
            Twin(1, Max(Abs((L - mu) / (L + mu)), Abs(mu / (L + mu))), "one direction only"),
            Twin(2, (mu - L) / (L + mu), "sign"),
            Twin(2, L / (L + mu), "missing term"),
        ),
        section="sgd-conditioning",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_no_rate_of_the_code_beats_the_best_one",
    )


def weight_decay() -> Derivation:
    """Return number 54: where only the penalty pulls, the weights decay geometrically."""
    start, entry = w0, w
    return Derivation(
        id="sgd-weight-decay",
        number=54,
        title="Where only the penalty pulls, every step takes the same share",
        assumptions=(
            r"the penalty $\lambda \sum_{d, j} W_{dj}^2$, no one-half, and no data loss; rate $\eta$",
            r"$w$ stands for one entry $W_{dk}$ and starts at $w_0$",
        ),
        lines=(
            Line(Iterated(entry - eta * Partial(lam * entry**2, entry), entry, start, t)),
            Line(
                Iterated(entry - 2 * eta * lam * entry, entry, start, t),
                "an entry appears in one of the squares only, and a square has slope twice its base",
            ),
            Line(Iterated((1 - 2 * eta * lam) * entry, entry, start, t), "$w$ in front"),
            Line((1 - 2 * eta * lam) ** t * start, "a product of $t$ equal factors"),
        ),
        domain=STEPS.but(scalars=(eta, lam, start)),
        twins=(
            Twin(1, Iterated(entry - eta * lam * entry, entry, start, t), "factor: a one-half smuggled in"),
            Twin(2, Iterated((1 + 2 * eta * lam) * entry, entry, start, t), "sign: the weights grow"),
            Twin(3, (1 - eta * lam) ** t * start, "factor"),
            Twin(3, (1 - 2 * eta * lam * t) * start, "a sum for a product"),
        ),
        section="sgd-forensics",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_weights_of_the_code_decay_by_the_formula",
    )


DERIVATIONS = (
    step_drop,
    bowl_iterates,
    step_limit,
    best_step,
    best_step_reached,
    weight_decay,
)
