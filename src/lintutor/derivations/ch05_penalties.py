"""Chapter 5: penalties, what they single out, and the conventions in which they are written."""

from sympy import KroneckerDelta, Rational, S, exp, log

from lintutor.derivations.ch03_symbols import (
    HINGE,
    MARGINS,
    ONE,
    C,
    D,
    Loss,
    Margin,
    N,
    Score,
    X,
    d,
    delta,
    e,
    i,
    j,
    k,
    lam,
    x,
    y,
)
from lintutor.derivations.ch05_symbols import (
    TESTS,
    ScaledLoss,
    Size,
    a,
    losses,
    sigma,
    targets,
    w,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import (
    Group,
    Hinge,
    Partial,
    ProductOver,
    Ratio,
    SumOver,
    SumWrong,
    abbreviation,
    positive,
    real,
)

__all__ = ["DERIVATIONS"]

_HALF = Rational(1, 2)
_mean = SumOver(losses[i], i, N) / N
_squares = SumOver(w[d] ** 2, d, D)
_all_losses = SumOver(losses[i], i, N)
_OBJECTIVE = Domain(sizes={D: (1, 2, 3), N: (1, 2, 3)}, arrays={w: (D,), losses: (N,)}, scalars=(lam,))
_density = positive("c")


def ambiguity() -> Derivation:
    """Return what scaling the weights up does to the loss: a loss of zero stays zero."""
    more = 1 + a
    return Derivation(
        id="reg-ambiguity",
        number=None,
        title="Where the loss is zero, it is zero for all larger multiples of the weights",
        assumptions=(
            HINGE,
            MARGINS,
            "all weights are multiplied by $1 + a$ with $a > 0$; $a = 1$ doubles them",
        ),
        lines=(
            Line(ScaledLoss()),
            Line(
                SumWrong(Hinge(more * Score(j) - more * Score(y) + delta), j, C, y),
                "every score is multiplied by the same factor",
            ),
            Line(
                SumWrong(Hinge(more * Margin(j) - a * delta), j, C, y),
                r"$m_j = s_j - s_y + \delta$, which counts $\delta$ once with every factor",
            ),
            Line(
                SumWrong(more * Hinge(Margin(j)), j, C, y),
                r"without $a \delta$ each hinge is larger, unless it is closed anyway",
                "<=",
                split=((Margin(j), S.Zero),),
            ),
            Line(more * Loss(), "the sum is the loss at $W$; if that is 0, so is the first line", "="),
        ),
        domain=ONE.but(scalars=(delta, a)),
        twins=(
            Twin(3, SumWrong(Hinge(Margin(j)), j, C, y), "factor: a larger W costs no more where W is wrong"),
            Twin(2, SumWrong(Hinge(more * Margin(j)), j, C, y), "missing term: delta does not grow"),
            Twin(2, SumWrong(Hinge(more * Margin(j) + a * delta), j, C, y), "sign"),
            Twin(4, Loss(), "factor: the loss of W itself"),
        ),
        section="reg-ambiguity",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_loss_of_scaled_weights_of_the_code_is_bounded",
    )


def conventions() -> Derivation:
    """Return the objective of a library that sums the losses and halves the penalty."""
    strength = abbreviation(r"\alpha", lambda: 2 * N * lam)()
    return Derivation(
        id="reg-conventions",
        number=None,
        title="A sum of losses and half a penalty: the same objective, N times",
        assumptions=(
            "$L_0, \\dots, L_{N-1}$ are the losses of the examples, $w$ all weights in one row",
            r"a library minimizes $\sum_i L_i + \frac{\alpha}{2} \sum_d w_d^2$, "
            r"and is given $\alpha = 2 N \lambda$",
        ),
        lines=(
            Line(_all_losses + strength * _HALF * _squares),
            Line(_all_losses + N * lam * _squares, "the one half takes the 2 away"),
            Line(N * Group(_mean + lam * _squares), "take $N$ out: inside stands the objective of this book"),
        ),
        domain=_OBJECTIVE,
        twins=(
            Twin(1, _all_losses + lam * _squares, "factor: forgets that the losses are not averaged"),
            Twin(1, _all_losses + 2 * N * lam * _squares, "factor: forgets the one half"),
            Twin(2, N * Group(_mean + lam * _squares / N), "divides the penalty twice"),
            Twin(2, _mean + lam * _squares, "factor: equal up to N is not equal"),
        ),
        section="reg-full-loss",
        code="objective.full_loss",
        code_test=TESTS + "test_full_loss_of_the_code_is_a_libraries_objective_over_n",
    )


def smallest() -> Derivation:
    """Return the smallest sum of squares that gives a score."""
    score = abbreviation("s", lambda: SumOver(x[e] * w[e], e, D))()
    size_of_x = Size(x)
    along = score / size_of_x
    rest = SumOver((w[d] - along * x[d]) ** 2, d, D)
    return Derivation(
        id="reg-l2-smallest",
        number=None,
        title="Of all weights with one score, those along the picture have the smallest squares",
        assumptions=(r"the score is $s = \sum_d x_d w_d$, and $x$ is not zero", r"$|x|^2 = \sum_d x_d^2$"),
        lines=(
            Line(_squares),
            Line(
                rest + score**2 / size_of_x,
                r"split $w$ into its part along $x$, $\frac{s}{|x|^2} x$, and the rest; cross terms cancel",
            ),
            Line(
                score**2 / size_of_x,
                r"a sum of squares is never negative, and is 0 for $w = \frac{s}{|x|^2} x$ only",
                ">=",
            ),
        ),
        domain=Domain(sizes={D: (1, 2, 3, 4)}, arrays={x: (D,), w: (D,)}, given=(size_of_x > 0,), draws=10),
        twins=(
            Twin(1, rest - score**2 / size_of_x, "sign"),
            Twin(1, rest + 2 * score**2 / size_of_x, "factor"),
            Twin(1, rest, "missing term: the part along x"),
            Twin(2, score**2, "forgets to divide by the size of the picture"),
        ),
        section="reg-l2",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_penalty_of_the_code_is_smallest_along_the_picture",
    )


def gaussian_prior() -> Derivation:
    """Return number 41: a Gaussian prior is an L2 penalty."""
    belief = abbreviation("p", lambda d: _density * exp(-(w[d] ** 2) / (2 * sigma**2)))
    likelihood = ProductOver(exp(-losses[i]), i, N)
    prior = ProductOver(belief(d), d, D)
    spread = SumOver(w[d] ** 2 / (2 * sigma**2), d, D)
    return Derivation(
        id="reg-gaussian-prior",
        number=41,
        title="A Gaussian belief about the weights is an L2 penalty",
        assumptions=(
            "$L_i$ is minus the logarithm of the probability of label $i$, so that probability is $e^{-L_i}$",
            r"before the data, weight $d$ has the density $p_d = c\, e^{-w_d^2 / (2 \sigma^2)}$",
        ),
        lines=(
            Line(-log(likelihood * prior) / N),
            Line(
                -(log(likelihood) + log(prior)) / N,
                "the logarithm of a product is a sum",
            ),
            Line(
                _mean + SumOver(Ratio(w[d] ** 2, 2 * sigma**2) - log(_density), d, D) / N,
                r"again for both products, and $\log e^t = t$",
            ),
            Line(
                _mean + Ratio(S.One, 2 * N * sigma**2) * _squares - Ratio(D, N) * log(_density),
                r"so $\lambda = \frac{1}{2 N \sigma^2}$; the last term moves no minimum",
            ),
        ),
        domain=Domain(
            sizes={D: (1, 2, 3), N: (1, 2, 3)}, arrays={w: (D,), losses: (N,)}, scalars=(sigma, _density)
        ),
        twins=(
            Twin(
                3,
                _mean + _squares / (2 * sigma**2) - D * log(_density) / N,
                "factor: forgets the mean over N",
            ),
            Twin(
                3,
                _mean + _squares / (N * sigma**2) - D * log(_density) / N,
                "factor: forgets the 2 of the bell",
            ),
            Twin(3, _mean - _squares / (2 * N * sigma**2) - D * log(_density) / N, "sign"),
            Twin(2, _mean + spread / N, "missing term: the constant of the density"),
        ),
        section="reg-l2",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_penalty_of_the_code_is_minus_a_gaussian_log_density",
    )


def ridge() -> Derivation:
    """Return number 44: the gradient of ridge regression, whose zero is a linear system."""
    error = SumOver(X[i, d] * w[d], d, D) - targets[i]
    squared = abbreviation("F", lambda: SumOver(error**2, i, N) / N + lam * _squares)
    moments = SumOver(X[i, k] * X[i, d], i, N)
    right = SumOver(X[i, k] * targets[i], i, N)
    system = SumOver(Group(moments + N * lam * KroneckerDelta(d, k)) * w[d], d, D) - right
    return Derivation(
        id="reg-ridge",
        number=44,
        title=r"Ridge regression: the slope is zero where a linear system holds",
        assumptions=(
            r"$F = \frac{1}{N} \sum_i \bigl(\sum_d X_{id} w_d - y_i\bigr)^2 + \lambda \sum_d w_d^2$, "
            "with real targets $y_i$",
            r"all slopes are 0 where $(X^\top X + N \lambda I)\, w = X^\top y$, so at "
            r"$w = (X^\top X + N \lambda I)^{-1} X^\top y$",
        ),
        lines=(
            Line(Partial(squared(), w[k])),
            Line(
                2 / N * SumOver(X[i, k] * error, i, N) + 2 * lam * w[k],
                "a square has slope twice its base, times the slope of the base",
            ),
            Line(
                2 / N * Group(SumOver(moments * w[d], d, D) + N * lam * w[k] - right),
                r"exchange the sums; take $\frac{2}{N}$ out",
            ),
            Line(
                2 / N * Group(system),
                r"$w_k = \sum_d \mathbb{1}[d = k]\, w_d$: the penalty adds $N \lambda$ to the diagonal",
            ),
        ),
        domain=Domain(
            sizes={D: (1, 2, 3), N: (1, 2, 3)},
            indices={k: D},
            arrays={X: (N, D), w: (D,), targets: (N,)},
            scalars=(lam,),
            draws=4,
        ),
        twins=(
            Twin(
                1,
                2 / N * SumOver(X[i, k] * error, i, N) + lam * w[k],
                "factor: half the slope of the penalty",
            ),
            Twin(2, 2 / N * Group(SumOver(moments * w[d], d, D) + lam * w[k] - right), "forgets the N"),
            Twin(
                3,
                2 / N * Group(SumOver(Group(moments + N * lam) * w[d], d, D) - right),
                "adds to every entry, not to the diagonal",
            ),
            Twin(2, 2 / N * Group(SumOver(moments * w[d], d, D) - N * lam * w[k] - right), "sign"),
        ),
        section="reg-overfitting",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_solution_of_the_linear_system_has_no_slope_in_the_code",
    )


def norm_falls() -> Derivation:
    """Return why the penalty of the minimizer falls as lambda rises."""
    (l1, l2), (data1, data2), (r1, r2) = (
        (real(f"{name}_1"), real(f"{name}_2")) for name in ("lambda", "L", "R")
    )
    first = Group(data2 + l1 * r2 - data1 - l1 * r1)
    second = Group(data1 + l2 * r1 - data2 - l2 * r2)
    return Derivation(
        id="reg-norm-falls",
        number=None,
        title="A stronger penalty never ends at a larger one",
        assumptions=(
            r"weights 1 minimize $L + \lambda_1 R$, with data loss $L_1$ and penalty $R_1$; weights 2 "
            r"minimize $L + \lambda_2 R$, with $L_2$ and $R_2$",
            "so both brackets of the second line are at least 0: each is best at its own strength",
        ),
        lines=(
            Line((l2 - l1) * (r1 - r2)),
            Line(first + second, "add both brackets: the data losses cancel"),
            Line(S.Zero, r"both are at least 0; so if $\lambda_2 > \lambda_1$, then $R_1 \ge R_2$", ">="),
        ),
        domain=Domain(scalars=(l1, l2, data1, data2, r1, r2), given=(first >= 0, second >= 0), draws=60),
        twins=(
            Twin(1, first - second, "sign"),
            Twin(1, 2 * (first + second), "factor"),
            Twin(1, first, "missing term: one bracket only"),
            Twin(2, r1 - r2, "forgets the strengths"),
        ),
        section="reg-two-coefficients",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_penalty_of_the_ridge_solution_falls",
    )


DERIVATIONS = (ambiguity, conventions, smallest, gaussian_prior, ridge, norm_falls)
