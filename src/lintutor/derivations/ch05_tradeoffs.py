"""Chapter 5: what a penalty trades for: the margin for the strength, and a loss that is never zero."""

from typing import Any

from sympy import Abs, S, Symbol

from lintutor.derivations.ch03_symbols import C, D, N, V, d, delta, e, i, j, labels, lam, theta, x
from lintutor.derivations.ch05_symbols import (
    BATCH,
    TESTS,
    BatchScore,
    NormSquared,
    loss_of,
    scaled_score,
    u,
    v,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import At, Group, Hinge, Ratio, SumOver, SumWrong, abbreviation

__all__ = ["DERIVATIONS"]

_BATCH = BATCH.but(scalars=(delta, lam))
_ABOUT = (
    r"$F_{\delta, \lambda}(W) = \frac{1}{N} \sum_i \sum_{j \ne y_i} \max(0, s_{ij} - s_{iy_i} + \delta) "
    r"+ \lambda R(W)$",
    r"$s_{ij} = \sum_d X_{id} V_{dj}$ are the scores of $V$, and $\delta > 0$",
)


def _every_entry(f: Any) -> Any:
    return SumOver(SumOver(f, d, D), j, C)


def _objectives(penalty: Any, strength: Any) -> tuple[Any, Any]:
    """Return the objective with margin delta at delta V, and the one with margin 1 at V."""
    scaled = abbreviation(
        "F",
        lambda: (
            SumOver(loss_of(scaled_score(delta), delta, i), i, N) / N
            + lam * SumOver(SumOver(penalty(delta * V[e, j]), e, D), j, C)
        ),
        after=r"_{\delta, \lambda}(\delta V)",
    )
    name = r"\lambda \delta" if strength.has(delta) else r"\lambda"
    plain = abbreviation(
        "F",
        lambda: (
            SumOver(loss_of(BatchScore, S.One, i), i, N) / N
            + strength * SumOver(SumOver(penalty(V[e, j]), e, D), j, C)
        ),
        after=rf"_{{1, {name}}}(V)",
    )
    return scaled(), plain()


def _sum_of_hinges(margin: Any) -> Any:
    return SumWrong(Hinge(margin), j, C, labels[i])


def _gap() -> Any:
    return BatchScore(i, j) - BatchScore(i, labels[i])


def margin_for_squares() -> Derivation:
    """Return number 24: delta and lambda are one trade-off, for the L2 penalty."""
    scaled, plain = _objectives(lambda entry: entry**2, lam * delta)
    wide = _sum_of_hinges(delta * BatchScore(i, j) - delta * BatchScore(i, labels[i]) + delta)
    narrow = _sum_of_hinges(_gap() + 1)
    squares = _every_entry(V[d, j] ** 2)
    return Derivation(
        id="reg-delta-lambda",
        number=24,
        title="Margin and strength are one trade-off: the L2 penalty",
        assumptions=(*_ABOUT, r"$R(W) = \sum_{d, j} W_{dj}^2$"),
        lines=(
            Line(scaled),
            Line(
                SumOver(wide, i, N) / N + lam * _every_entry((delta * V[d, j]) ** 2),
                r"the definition; all scores of $\delta V$ are $\delta$ times those of $V$",
            ),
            Line(
                delta * SumOver(narrow, i, N) / N + lam * delta**2 * squares,
                r"$\max(0, \delta m) = \delta \max(0, m)$, since $\delta > 0$; squares grow by $\delta^2$",
            ),
            Line(
                delta * Group(SumOver(narrow, i, N) / N + lam * delta * squares),
                r"take $\delta$ out: one $\delta$ stays with the penalty",
            ),
            Line(delta * plain, r"inside stands the objective with margin 1 and strength $\lambda \delta$"),
        ),
        domain=_BATCH,
        twins=(
            Twin(2, delta * SumOver(narrow, i, N) / N + lam * delta * squares, "forgets the square of delta"),
            Twin(
                2, delta**2 * SumOver(narrow, i, N) / N + lam * delta**2 * squares, "squares the hinges too"
            ),
            Twin(3, delta * Group(SumOver(narrow, i, N) / N + lam * squares), "factor: the strength stays"),
            Twin(4, plain, "factor: the minimizer is scaled, and so is the value"),
        ),
        section="reg-delta-lambda",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_margin_and_strength_of_the_code_are_one_trade_off",
    )


def margin_for_sizes() -> Derivation:
    """Return number 25: the same for the L1 penalty, where the strength stays."""
    scaled, plain = _objectives(Abs, lam)
    narrow = _sum_of_hinges(_gap() + 1)
    wide = _sum_of_hinges(delta * BatchScore(i, j) - delta * BatchScore(i, labels[i]) + delta)
    sizes = _every_entry(Abs(V[d, j]))
    return Derivation(
        id="reg-delta-lambda-l1",
        number=25,
        title="Margin and strength with the L1 penalty: the strength stays",
        assumptions=(*_ABOUT, r"$R(W) = \sum_{d, j} |W_{dj}|$"),
        lines=(
            Line(scaled),
            Line(
                SumOver(wide, i, N) / N + lam * delta * sizes,
                r"the definition; scores grow by $\delta$, and so do absolute values",
            ),
            Line(
                delta * Group(SumOver(narrow, i, N) / N + lam * sizes),
                r"both parts have the factor $\delta$",
            ),
            Line(delta * plain, r"inside stands the objective with margin 1 and the same strength"),
        ),
        domain=_BATCH,
        twins=(
            Twin(1, SumOver(wide, i, N) / N + lam * delta**2 * sizes, "squares delta, as for L2"),
            Twin(2, delta * Group(SumOver(narrow, i, N) / N + lam * delta * sizes), "factor: delta twice"),
            Twin(2, delta * Group(SumOver(narrow, i, N) / N - lam * sizes), "sign"),
            Twin(3, plain, "factor: the value is scaled"),
        ),
        section="reg-delta-lambda",
        code="regularizers.l1_penalty",
        code_test=TESTS + "test_margin_and_strength_of_the_code_are_one_trade_off",
    )


def never_zero() -> Derivation:
    """Return a floor under the full loss of one example, for every choice of a number theta."""
    gap = SumOver(x[d] * (u[d] - v[d]), d, D)
    margin = abbreviation("m", lambda: SumOver(x[e] * (u[e] - v[e]), e, D) + delta)()
    penalty = lam * SumOver(u[d] ** 2 + v[d] ** 2, d, D)
    shift = Ratio(theta * x[d], 2 * lam)
    rest = lam * SumOver((u[d] + shift) ** 2 + (v[d] - shift) ** 2, d, D)
    floor = theta * delta - Ratio(theta**2 * NormSquared(x), 2 * lam)
    return Derivation(
        id="reg-never-zero",
        number=None,
        title="Under a penalty the full loss has a floor",
        assumptions=(
            r"one hinge, $m = \sum_d x_d u_d - \sum_d x_d v_d + \delta$: $v$ is the column of the true "
            "class, $u$ that of a wrong one",
            r"both columns are penalized whole, with $\lambda > 0$; $\theta$ is any number from 0 to 1",
        ),
        lines=(
            Line(Hinge(margin) + penalty),
            Line(
                theta * margin + penalty,
                r"$\max(0, m) \ge \theta m$: above 0 since $\theta \le 1$, below 0 since $\theta \ge 0$",
                ">=",
                split=((margin, S.Zero),),
            ),
            Line(theta * delta + theta * gap + penalty, "spell out the margin"),
            Line(rest + floor, "complete the squares of both columns, entry by entry"),
            Line(floor, "a sum of squares is never negative", ">="),
        ),
        domain=Domain(
            sizes={D: (1, 2, 3)},
            arrays={x: (D,), u: (D,), v: (D,)},
            scalars=(delta, lam),
            unit=(theta,),
            draws=12,
        ),
        twins=(
            Twin(1, 2 * theta * margin + penalty, "factor: a slope above one"),
            Twin(2, theta * delta - theta * gap + penalty, "sign"),
            Twin(3, rest + theta * delta - theta**2 * NormSquared(x) / (4 * lam), "factor: one column only"),
            Twin(4, theta * delta, "missing term: what the squares cost"),
        ),
        section="reg-never-zero",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_full_loss_of_the_code_stays_above_its_floor",
    )


def floor() -> Derivation:
    """Return the floor at a good theta: it is above zero."""
    norm = NormSquared(x)
    free = Symbol("theta", nonnegative=True)
    below = norm + lam * delta
    value = free * delta - Ratio(free**2 * norm, 2 * lam)
    main = Ratio(lam * delta**2, 2 * Group(below))
    extra = lam**2 * delta**3 / (2 * below**2)
    return Derivation(
        id="reg-floor",
        number=None,
        title="The floor is above zero",
        assumptions=(
            r"the floor of the last derivation, at $\theta = \frac{\lambda \delta}{|x|^2 + \lambda \delta}$; "
            "it lies between 0 and 1",
            r"$\delta > 0$ and $\lambda > 0$",
        ),
        lines=(
            Line(At(value, free, lam * delta / below)),
            Line(
                Ratio(lam * delta**2 * (norm + 2 * lam * delta), 2 * below**2),
                r"put $\theta$ in, over one denominator",
            ),
            Line(
                main + extra,
                r"$|x|^2 + 2 \lambda \delta$ is $|x|^2 + \lambda \delta$, and $\lambda \delta$ more",
            ),
            Line(main, "the second part is positive, and so is what is left", ">="),
        ),
        domain=Domain(sizes={D: (1, 2, 3)}, arrays={x: (D,)}, scalars=(delta, lam), draws=12),
        twins=(
            Twin(1, lam * delta**2 * (norm + lam * delta) / (2 * below**2), "factor of the second term"),
            Twin(2, main - extra, "sign"),
            Twin(2, main, "missing term"),
            Twin(3, 2 * main, "factor: twice the floor is above the full loss"),
        ),
        section="reg-never-zero",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_full_loss_of_the_code_stays_above_its_floor",
    )


DERIVATIONS = (margin_for_squares, margin_for_sizes, never_zero, floor)
