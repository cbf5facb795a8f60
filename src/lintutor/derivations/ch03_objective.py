"""The derivation of the objective's gradient: mean hinge loss plus penalty, previewed in chapter 3."""

from sympy import KroneckerDelta

from lintutor.derivations.ch03_symbols import TESTS, C, D, N, W, X, d, delta, e, i, j, k, labels, lam
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Hinge, Partial, SumOver, SumWrong, abbreviation

__all__ = ["DERIVATIONS"]

_BATCH = {X: (N, D), W: (D, C)}
_BatchScore = abbreviation("s", lambda i, j: SumOver(X[i, e] * W[e, j], e, D))
_BatchLoss = abbreviation(
    "L", lambda i: SumWrong(Hinge(_BatchScore(i, j) - _BatchScore(i, labels[i]) + delta), j, C, labels[i])
)
_Penalty = abbreviation("R", lambda: SumOver(SumOver(W[e, j] ** 2, e, D), j, C))
Objective = abbreviation("F", lambda: SumOver(_BatchLoss(i), i, N) / N + lam * _Penalty())


def objective_gradient() -> Derivation:
    """Return the gradient of the mean loss with its penalty."""
    mean = SumOver(Partial(_BatchLoss(i), W[d, k]), i, N) / N
    squares = SumOver(SumOver(W[e, j] ** 2, e, D), j, C)
    itself = KroneckerDelta(d, e) * KroneckerDelta(j, k)
    return Derivation(
        id="hinge-objective-gradient",
        number=None,
        title="The mean loss with its penalty: the gradient is a mean plus two lambda W",
        assumptions=(
            "rows $x_i$ with labels $y_i$, $i = 0, \\dots, N - 1$; $L_i$ is the hinge loss of row $i$",
            r"$F = \frac{1}{N} \sum_i L_i + \lambda \sum_{d, j} W_{dj}^2$, no one-half",
            "off the kinks of every $L_i$",
        ),
        lines=(
            Line(Partial(Objective(), W[d, k])),
            Line(
                Partial(SumOver(_BatchLoss(i), i, N) / N + lam * squares, W[d, k]),
                "the definition of the objective",
            ),
            Line(mean + lam * Partial(squares, W[d, k]), "derivatives of sums, constants in front"),
            Line(
                mean + lam * SumOver(SumOver(2 * W[e, j] * itself, e, D), j, C),
                "a square has slope twice its base, and each entry depends on itself only",
            ),
            Line(mean + 2 * lam * W[d, k], "one term of the double sum is left"),
        ),
        domain=Domain(
            sizes={C: (2, 3, 4, 5), D: (1, 2), N: (1, 2)},
            indices={k: C, d: D},
            arrays=_BATCH,
            labels={labels: (N, C)},
            scalars=(delta, lam),
        ),
        twins=(
            Twin(4, mean + lam * W[d, k], "factor: one half smuggled in"),
            Twin(4, mean - 2 * lam * W[d, k], "sign"),
            Twin(4, mean, "missing term: no penalty in the gradient"),
            Twin(4, mean + 2 * lam * W[d, k] / N, "the penalty is averaged too"),
            Twin(2, N * mean + lam * Partial(squares, W[d, k]), "factor: a sum, not the mean"),
        ),
        section="hinge-penalty-preview",
        code="objective.svm_loss_vectorized",
        code_test=TESTS + "test_code_gives_the_objective_and_its_gradient",
        off_kinks=True,
    )


DERIVATIONS = (objective_gradient,)
