"""The derivations of chapter 7, "Stochastic gradient descent": momentum."""

from sympy import S

from lintutor.derivations.ch07_symbols import STEPS, TESTS, eta, h, rho, t, v
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, Ratio, SumOver, abbreviation, index, positive, real
from lintutor.derivations.processes import Iterated

__all__ = ["DERIVATIONS"]


def momentum_step() -> Derivation:
    """Return number 53: on a slope, momentum steps 1 / (1 - rho) times as far."""
    slope, s = real("g"), index("s")
    return Derivation(
        id="sgd-momentum-effective-step",
        number=53,
        title="On an even slope, momentum multiplies the step",
        assumptions=(
            r"the gradient $g$ stays the same; $0 \le \rho < 1$ is the share of the velocity that is kept",
            r"the velocity $v$ starts at 0",
            r"$\rho^t$ tends to 0, so the last line tends to $-\frac{\eta}{1 - \rho} g$",
        ),
        lines=(
            Line(Iterated(rho * v - eta * slope, v, S.Zero, t)),
            Line(
                -eta * slope * SumOver(rho**s, s, t),
                r"each push is still there, weaker by the factor $\rho$ with every step",
            ),
            Line(-Ratio(eta, 1 - rho) * (1 - rho**t) * slope, "the geometric series"),
        ),
        domain=STEPS.but(scalars=(eta, slope), unit=(rho,), given=(rho < 1,)),
        twins=(
            Twin(1, -eta * slope * t, "factor: pushes that never fade"),
            Twin(1, eta * slope * SumOver(rho**s, s, t), "sign: uphill"),
            Twin(2, -eta / (1 - rho) * slope, "the limit, taken for every step"),
            Twin(2, -eta * (1 - rho) * (1 - rho**t) * slope, "the factor upside down"),
            Twin(2, -eta / (1 - rho) * (1 - rho ** (t + 1)) * slope, "index: one step too many"),
        ),
        section="sgd-momentum",
        code="optimizers.sgd_momentum",
        code_test=TESTS + "test_momentum_of_the_code_gathers_the_speed_of_the_formula",
    )


_low, _high = positive("p"), positive("q")
_Keep = abbreviation(r"\rho", lambda: ((_high - _low) / (_high + _low)) ** 2)
_Rate = abbreviation(r"\eta", lambda: 4 / (_high + _low) ** 2)


def momentum_rate() -> Derivation:
    """Return the discriminant at the best momentum: nowhere positive between the two curvatures."""
    low, high, keep, rate = _low, _high, _Keep(), _Rate()
    return Derivation(
        id="sgd-momentum-rate",
        number=None,
        title="With the best momentum, all directions shrink alike",
        assumptions=(
            r"curvatures $h$ from $\mu = p^2$ to $L = q^2$",
            r"$\rho = \bigl(\frac{q - p}{q + p}\bigr)^2$ and $\eta = \frac{4}{(q + p)^2}$",
            r"$w_{t+1} = w_t - \eta h w_t + \rho (w_t - w_{t-1})$: the roots of "
            r"$z^2 - (1 + \rho - \eta h) z + \rho$ say how $w_t$ shrinks",
            "the left side is the discriminant of that polynomial",
        ),
        lines=(
            Line((1 + keep - rate * h) ** 2 - 4 * keep),
            Line(
                Ratio(-16 * Group(h - low**2) * Group(high**2 - h), (high + low) ** 4),
                "as a polynomial in $h$ it vanishes at both ends of the curvatures",
            ),
            Line(
                S.Zero,
                r"both brackets are $\ge 0$ between the ends; without a positive discriminant, both roots "
                r"have the length $\sqrt \rho = \frac{q - p}{q + p}$",
                "<=",
            ),
        ),
        domain=Domain(
            scalars=(h, low, high), given=(Group(h - low**2) >= 0, Group(high**2 - h) >= 0), draws=60
        ),
        twins=(
            Twin(1, 16 * (h - low) * (h - high) / (high + low) ** 4, "roots for squares"),
            Twin(1, 16 * (h - low**2) * (h - high**2) / (high + low) ** 2, "power"),
            Twin(2, -S.One, "a bound that is not there: at both ends it is 0"),
        ),
        section="sgd-momentum",
        code="optimizers.gradient_descent",
        code_test=TESTS + "test_momentum_of_the_code_shrinks_by_the_root",
    )


DERIVATIONS = (momentum_step, momentum_rate)
