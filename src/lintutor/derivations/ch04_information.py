"""The derivations of chapter 4 on information: cross-entropy and its parts, and the likelihood."""

from sympy import IndexedBase, KroneckerDelta, S, exp, log, pi, sqrt

from lintutor.derivations.ch03_symbols import C, D, N, W, d, i, j, k, labels, y
from lintutor.derivations.ch04_symbols import TESTS
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, ProductOver, Ratio, SumOver, abbreviation, index, positive

__all__ = ["DERIVATIONS"]

_l = index("l")
_a, _b, _A = (IndexedBase(name, positive=True) for name in ("a", "b", "A"))


def _share(name: str, of: IndexedBase) -> type:
    """Return shares: positive numbers over their sum."""
    base = abbreviation(name, lambda j: Ratio(of[j], SumOver(of[_l], _l, C)))
    return type(name, (base,), {"is_positive": True, "__doc__": base.__doc__})


p, q = _share("p", _a), _share("q", _b)
_base = abbreviation("P", lambda i, j: Ratio(_A[i, j], SumOver(_A[i, _l], _l, C)))
P = type("P", (_base,), {"is_positive": True, "__doc__": _base.__doc__})
_DISTRIBUTIONS = r"$p$ and $q$ are positive and sum to one"
_TWO = Domain(sizes={C: (2, 3, 4)}, arrays={_a: (C,), _b: (C,)}, draws=8)


def parts() -> Derivation:
    """Return number 39: the parts of a cross-entropy."""
    own = -SumOver(p(j) * log(p(j)), j, C)
    return Derivation(
        id="softmax-cross-entropy-parts",
        number=39,
        title="Cross-entropy is entropy plus divergence",
        assumptions=(_DISTRIBUTIONS, r"$H(p, q) = -\sum_j p_j \log q_j$, $H(p) = H(p, p)$"),
        lines=(
            Line(-SumOver(p(j) * log(q(j)), j, C)),
            Line(
                -SumOver(p(j) * (log(p(j)) - Group(log(p(j)) - log(q(j)))), j, C),
                r"add and subtract $\log p_j$",
            ),
            Line(own + SumOver(p(j) * (log(p(j)) - log(q(j))), j, C), "split the sum"),
            Line(
                own + SumOver(p(j) * log(Ratio(p(j), q(j))), j, C),
                r"the logarithm of a quotient: this is $H(p) + \mathrm{KL}(p \,\|\, q)$",
            ),
        ),
        domain=_TWO,
        twins=(
            Twin(3, own - SumOver(p(j) * log(Ratio(p(j), q(j))), j, C), "sign"),
            Twin(
                3, own + SumOver(q(j) * log(Ratio(q(j), p(j))), j, C), "index: the divergence the other way"
            ),
            Twin(3, SumOver(p(j) * log(Ratio(p(j), q(j))), j, C), "missing term: the entropy"),
            Twin(2, -SumOver(q(j) * log(q(j)), j, C) + SumOver(p(j) * (log(p(j)) - log(q(j))), j, C), "H(q)"),
        ),
        section="softmax-information",
        code="losses.cross_entropy",
        code_test=TESTS + "test_information_of_the_code_is_the_definitions",
    )


def divergence() -> Derivation:
    """Return number 40: a divergence is never negative."""
    return Derivation(
        id="softmax-divergence-nonnegative",
        number=40,
        title="A divergence is never negative",
        assumptions=(_DISTRIBUTIONS, r"$\log t \le t - 1$: the logarithm lies below its tangent at 1"),
        lines=(
            Line(SumOver(p(j) * log(Ratio(p(j), q(j))), j, C)),
            Line(SumOver(-p(j) * log(Ratio(q(j), p(j))), j, C), "turn the quotient around"),
            Line(
                SumOver(p(j) * Group(1 - Ratio(q(j), p(j))), j, C),
                r"$-\log t \ge 1 - t$, term by term",
                ">=",
            ),
            Line(SumOver(p(j), j, C) - SumOver(q(j), j, C), "$p_j$ cancels"),
            Line(S.Zero, "both sum to one"),
        ),
        domain=_TWO,
        twins=(
            Twin(2, SumOver(p(j) * Group(Ratio(q(j), p(j)) - 1) + p(j), j, C), "sign of the tangent"),
            Twin(1, SumOver(p(j) * log(Ratio(q(j), p(j))), j, C), "sign"),
            Twin(3, SumOver(p(j), j, C) + SumOver(q(j), j, C), "sign of a sum"),
            Twin(4, S.One, "missing term: the sum over q"),
        ),
        section="softmax-information",
        code="losses.kl_divergence",
        code_test=TESTS + "test_information_of_the_code_is_the_definitions",
    )


def one_hot() -> Derivation:
    """Return what is left of the cross-entropy when the truth is certain."""
    return Derivation(
        id="softmax-one-hot-cross-entropy",
        number=None,
        title="With a certain truth, cross-entropy is one logarithm",
        assumptions=("the truth is certain: it gives 1 to class $y$ and 0 to the others", "$q$ is positive"),
        lines=(
            Line(-SumOver(KroneckerDelta(j, y) * log(q(j)), j, C)),
            Line(-log(q(y)), "one term is left, $j = y$"),
        ),
        domain=_TWO.but(indices={y: C}),
        twins=(
            Twin(1, log(q(y)), "sign"),
            Twin(1, -SumOver(log(q(j)), j, C), "every class counted"),
            Twin(1, -log(1 - q(y)) / C, "the probability of the others"),
        ),
        section="softmax-information",
        code="losses.cross_entropy",
        code_test=TESTS + "test_information_of_the_code_is_the_definitions",
    )


_true = P(i, labels[i])
_BATCH = Domain(sizes={C: (2, 3), N: (1, 2, 3)}, arrays={_A: (N, C)}, labels={labels: (N, C)}, draws=6)


def likelihood() -> Derivation:
    """Return the mean loss as a likelihood."""
    return Derivation(
        id="softmax-likelihood",
        number=None,
        title="The mean loss is minus the log-likelihood, per example",
        assumptions=(
            r"$P_{ij}$ is the probability that the classifier gives to class $j$ for row $i$",
            "the labels are independent, given the pictures: their probabilities multiply",
        ),
        lines=(
            Line(-log(ProductOver(_true, i, N)) / N),
            Line(-SumOver(log(_true), i, N) / N, "the logarithm of a product is the sum of the logarithms"),
            Line(SumOver(-log(_true), i, N) / N, r"the mean of $L_i = -\log P_{i y_i}$"),
        ),
        domain=_BATCH,
        twins=(
            Twin(1, -log(SumOver(_true, i, N)) / N, "the logarithm of a sum"),
            Twin(1, SumOver(log(_true), i, N) / N, "sign"),
            Twin(2, SumOver(-log(_true), i, N), "factor: a sum, not the mean"),
            Twin(2, -log(ProductOver(_true, i, N)), "factor: not per example"),
        ),
        section="softmax-mle-map",
        code="losses.cross_entropy_on_scores",
        code_test=TESTS + "test_loss_of_the_code_is_minus_the_log_likelihood",
    )


_sigma = positive("sigma")
_Root = abbreviation(r"\sqrt{2 \pi \sigma^2}", lambda: sqrt(2 * pi * _sigma**2))
_squares = SumOver(SumOver(W[d, k] ** 2, d, D), k, C)


def gaussian_prior() -> Derivation:
    """Return the price of weights under a Gaussian prior."""
    bell = Ratio(exp(-Ratio(W[d, k] ** 2, 2 * _sigma**2)), _Root())
    return Derivation(
        id="softmax-gaussian-prior",
        number=None,
        title="A Gaussian prior charges for squared weights",
        assumptions=(
            r"the prior: all weights are independent, Gaussian, of mean 0 and standard deviation $\sigma$",
        ),
        lines=(
            Line(-log(ProductOver(ProductOver(bell, d, D), k, C))),
            Line(-SumOver(SumOver(log(bell), d, D), k, C), "logarithms of products are sums"),
            Line(
                Ratio(S.One, 2 * _sigma**2) * _squares + D * C * log(Group(2 * pi * _sigma**2)) / 2,
                r"$-\log$ of each factor; the last part does not depend on the weights",
            ),
        ),
        domain=Domain(sizes={C: (2, 3), D: (1, 2)}, arrays={W: (D, C)}, scalars=(_sigma,), draws=8),
        twins=(
            Twin(
                2,
                -Ratio(S.One, 2 * _sigma**2) * _squares + D * C * log(Group(2 * pi * _sigma**2)) / 2,
                "sign",
            ),
            Twin(
                2,
                Ratio(S.One, _sigma**2) * _squares + D * C * log(Group(2 * pi * _sigma**2)) / 2,
                "factor: the one half forgotten",
            ),
            Twin(
                2,
                Ratio(S.One, 2 * _sigma**2) * _squares + log(Group(2 * pi * _sigma**2)) / 2,
                "index: the constant counted once",
            ),
            Twin(1, -SumOver(log(SumOver(bell, d, D)), k, C), "the logarithm of a sum"),
        ),
        section="softmax-mle-map",
        code="regularizers.l2_penalty",
        code_test=TESTS + "test_penalty_of_the_code_is_minus_the_log_of_a_gaussian_prior",
    )


DERIVATIONS = (one_hot, parts, divergence, likelihood, gaussian_prior)
