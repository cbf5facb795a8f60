"""The derivations of chapter 7, "Stochastic gradient descent": what a batch says of the whole."""

from sympy import KroneckerDelta, S

from lintutor.derivations.ch07_symbols import (
    BATCH,
    BATCHES,
    DEVIATIONS,
    DISTINCT,
    EXAMPLES,
    TESTS,
    B,
    BatchGradient,
    D,
    Deviation,
    I,
    MeanGradient,
    N,
    R,
    Variance,
    b,
    d,
    eta,
    g,
    h,
    i,
    j,
    k,
    noise,
    r,
    x,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, Ratio, SumOver, SumWrong, abbreviation
from lintutor.derivations.processes import Average

__all__ = ["DERIVATIONS"]

_ANY = r"$\mathbb{E}_I$ is the mean over all $N^B$ batches: every place is drawn from all examples"
_DIFFERENT = r"$\mathbb{E}_I$ is the mean over all batches of $B \le N$ different examples, in any order"
_products = SumOver(SumWrong(Deviation(i) * Deviation(j), j, N, i), i, N)
_Pair = abbreviation("p", lambda: _products / (N * (N - 1)))
_MeanDeviation = abbreviation(r"\bar a", lambda: SumOver(Deviation(i), i, N) / N)
_squares = SumOver(Deviation(i) ** 2, i, N)


def unbiased() -> Derivation:
    """Return number 49: a batch's gradient is right on average."""
    place = SumOver(SumOver(g[i], i, N) / N, b, B) / B
    return Derivation(
        id="sgd-minibatch-unbiased",
        number=49,
        title="The gradient of a batch is right on average",
        assumptions=(EXAMPLES, BATCH, _ANY),
        lines=(
            Line(Average(BatchGradient(), I, B, N)),
            Line(
                Average(SumOver(g[I[b]], b, B) / B, I, B, N),
                "the definition of the gradient on a batch",
            ),
            Line(SumOver(Average(g[I[b]], I, B, N), b, B) / B, "the mean of a sum is the sum of the means"),
            Line(place, "each example is as likely as any other, in every place"),
            Line(SumOver(g[i], i, N) / N, "$B$ equal terms, divided by $B$"),
            Line(MeanGradient(), "the gradient on all examples"),
        ),
        domain=BATCHES,
        twins=(
            Twin(1, Average(SumOver(g[I[b]], b, B), I, B, N), "factor: a sum over the batch, not the mean"),
            Twin(3, SumOver(SumOver(g[i], i, N), b, B) / B, "factor: the mean over the examples is missing"),
            Twin(3, SumOver(g[b], b, B) / B, "index: always the first examples"),
            Twin(4, SumOver(g[i], i, N) / B, "divided by the size of the batch"),
        ),
        section="sgd-minibatch",
        code="optimizers.sample_batch",
        code_test=TESTS + "test_batches_of_the_code_are_right_on_average",
    )


def variance() -> Derivation:
    """Return the variance of a batch drawn with replacement."""
    square = Average(Ratio(Group(SumOver(Deviation(I[b]), b, B)) ** 2, B**2), I, B, N)
    own = B * Variance()
    return Derivation(
        id="sgd-batch-variance",
        number=None,
        title="With replacement, the variance falls as one over the size of the batch",
        assumptions=(EXAMPLES, BATCH, DEVIATIONS, r"$\bar a$ is the mean of all $a_i$", _ANY),
        lines=(
            Line(Average((BatchGradient() - MeanGradient()) ** 2, I, B, N)),
            Line(square, "the mean of $B$ numbers less $\\bar g$ is the mean of their deviations"),
            Line(
                Ratio(own + B * (B - 1) * _MeanDeviation() ** 2, B**2),
                "$B$ squares, and $B (B - 1)$ products of two places that are drawn apart: the mean of "
                "such a product is the product of the means",
            ),
            Line(Ratio(own, B**2), "deviations add up to zero"),
            Line(Ratio(Variance(), B), "$B$ cancels once"),
        ),
        domain=BATCHES,
        twins=(
            Twin(
                2,
                (own - B * (B - 1) * _squares / N**2) / B**2,
                "places drawn apart, taken for opposed",
            ),
            Twin(3, own / B, "factor: divided by B once"),
            Twin(4, Variance(), "the size of the batch is forgotten"),
            Twin(4, Variance() / (B + 1), "an example too many"),
            Twin(4, Variance() / B**2, "the standard deviation's root on the wrong side"),
        ),
        section="sgd-minibatch",
        code="optimizers.sample_batch",
        code_test=TESTS + "test_batches_of_the_code_have_the_variance_of_the_formula",
    )


def variance_without_replacement() -> Derivation:
    """Return number 50: the variance of a batch of different examples."""
    square = Average(Ratio(Group(SumOver(Deviation(I[b]), b, B)) ** 2, B**2), I, B, N, 1)
    own = B * Variance()
    return Derivation(
        id="sgd-batch-variance-without-replacement",
        number=50,
        title="Without replacement, the variance falls to nothing",
        assumptions=(
            EXAMPLES,
            BATCH,
            DEVIATIONS,
            r"$p = \frac{1}{N (N - 1)} \sum_i \sum_{j \ne i} a_i a_j$: the mean product of two deviations",
            _DIFFERENT,
        ),
        lines=(
            Line(Average((BatchGradient() - MeanGradient()) ** 2, I, B, N, 1)),
            Line(square, "the mean of $B$ numbers less $\\bar g$ is the mean of their deviations"),
            Line(
                Ratio(own + B * (B - 1) * _Pair(), B**2),
                "$B$ squares, and $B (B - 1)$ products of two different examples, "
                "every pair as likely as any other",
            ),
            Line(
                Ratio(own - B * (B - 1) * Ratio(Variance(), N - 1), B**2),
                r"deviations add up to zero: $\sum_{j \ne i} a_j = -a_i$, so $p = -\frac{\sigma^2}{N - 1}$",
            ),
            Line(
                Ratio(Variance(), B) * Ratio(N - B, N - 1),
                r"$\frac{\sigma^2}{B}$ in front, and $1 - \frac{B - 1}{N - 1} = \frac{N - B}{N - 1}$",
            ),
        ),
        domain=DISTINCT,
        twins=(
            Twin(2, own / B**2, "different examples, taken for drawn apart"),
            Twin(3, (own + B * (B - 1) * _squares / (N * (N - 1))) / B**2, "sign"),
            Twin(4, Variance() * (N - B) / (B * N), "factor: N in place of N - 1"),
            Twin(4, Variance() / B, "with replacement"),
            Twin(4, Variance() * (N - 1) / (B * (N - B + 1)), "the fraction upside down"),
        ),
        section="sgd-minibatch",
        code="optimizers.sample_batch",
        code_test=TESTS + "test_batches_of_the_code_have_the_variance_of_the_formula",
    )


def duplicates() -> Derivation:
    """Return what copies do to a mean gradient: nothing."""
    return Derivation(
        id="sgd-duplicates-exact",
        number=None,
        title="Copies change nothing: one of each is enough",
        assumptions=("each of $N$ examples stands $R$ times in the data", EXAMPLES),
        lines=(
            Line(Ratio(SumOver(SumOver(g[i], i, N), r, R), R * N)),
            Line(Ratio(R * SumOver(g[i], i, N), R * N), "every copy has the same gradient"),
            Line(Ratio(SumOver(g[i], i, N), N), "$R$ cancels"),
        ),
        domain=Domain(sizes={N: (1, 2, 3), R: (1, 2, 4)}, arrays={g: (N,)}, draws=4),
        twins=(
            Twin(1, SumOver(g[i], i, N) / (R * N), "factor: copies counted once above, R times below"),
            Twin(2, R * SumOver(g[i], i, N) / N, "R does not cancel"),
            Twin(2, SumOver(g[i], i, N), "missing mean"),
        ),
        section="sgd-duplicates",
        code="losses.hinge_loss_vectorized",
        code_test=TESTS + "test_copies_leave_the_gradient_of_the_code_as_it_is",
    )


_Floor = abbreviation("q", lambda: eta * noise**2 / (h * (2 - eta * h)))


def noise_floor() -> Derivation:
    """Return the spread at which a constant rate keeps the weights."""
    floor = _Floor()
    return Derivation(
        id="sgd-noise-floor",
        number=None,
        title="At a constant rate, noise keeps the weights from settling",
        assumptions=(
            r"a bowl of curvature $h$; each gradient is $h w$ plus noise of mean 0 and variance $s^2$",
            r"the noise is drawn apart from $w$, so a step turns a mean square $q$ of $w$ into "
            r"$(1 - \eta h)^2 q + \eta^2 s^2$",
            r"here $q = \frac{\eta s^2}{h (2 - \eta h)}$, with $0 < \eta h < 2$",
        ),
        lines=(
            Line((1 - eta * h) ** 2 * floor + eta**2 * noise**2),
            Line(
                floor - eta * h * (2 - eta * h) * floor + eta**2 * noise**2,
                r"$(1 - \eta h)^2 = 1 - \eta h (2 - \eta h)$",
            ),
            Line(floor, "the last two terms cancel: a step leaves the spread as it is"),
        ),
        domain=Domain(scalars=(eta, h, noise), given=(eta * h < 2,), draws=60),
        twins=(
            Twin(1, floor + eta * h * (eta * h + 2) * floor + eta**2 * noise**2, "sign"),
            Twin(2, eta * noise**2 / (2 * h), "the limit of a small step, taken for the whole"),
            Twin(2, eta * noise**2 / (h * (1 - eta * h)), "factor"),
            Twin(2, S.Zero, "noise averages out by itself"),
        ),
        section="sgd-loss-curve-reading",
        code="optimizers.sgd_plain",
        code_test=TESTS + "test_noise_keeps_the_spread_of_the_weights",
    )


_PixelMean = abbreviation("m", lambda d: SumOver(x[i, d], i, N) / N)
_Centered = abbreviation("z", lambda i, d: x[i, d] - _PixelMean(d))


def centering() -> Derivation:
    """Return what the mean adds to the curvature of a squared loss."""
    centered = SumOver(_Centered(i, d) * _Centered(i, k), i, N) / N
    return Derivation(
        id="sgd-centering-curvature",
        number=None,
        title="Pixels that are not centered add one steep direction",
        assumptions=(
            r"rows $x_i$, $i = 0, \dots, N - 1$; $m_d = \frac{1}{N} \sum_i x_{id}$ is the mean of pixel $d$, "
            r"and $z_{id} = x_{id} - m_d$",
            r"the left side is entry $(d, k)$ of $\frac{1}{N} X^\top X$, the curvature of a squared loss",
        ),
        lines=(
            Line(SumOver(x[i, d] * x[i, k], i, N) / N),
            Line(
                SumOver((_Centered(i, d) + _PixelMean(d)) * (_Centered(i, k) + _PixelMean(k)), i, N) / N,
                "take the mean off and put it on again",
            ),
            Line(
                centered + _PixelMean(d) * _PixelMean(k),
                "multiply out: what is centered adds up to zero, so both mixed terms vanish",
            ),
        ),
        domain=Domain(sizes={N: (1, 2, 3), D: (2, 3)}, indices={d: D, k: D}, arrays={x: (N, D)}),
        twins=(
            Twin(2, centered, "missing term: the means"),
            Twin(2, centered - _PixelMean(d) * _PixelMean(k), "sign"),
            Twin(2, centered + 2 * _PixelMean(d) * _PixelMean(k), "factor"),
            Twin(2, centered + KroneckerDelta(d, k) * _PixelMean(d) ** 2, "index: the diagonal only"),
        ),
        section="sgd-conditioning",
        code="scores.center",
        code_test=TESTS + "test_centering_in_the_code_takes_one_direction_off",
    )


DERIVATIONS = (unbiased, variance, variance_without_replacement, duplicates, noise_floor, centering)
