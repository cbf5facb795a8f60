"""The derivations of chapter 4 on two classes and one score: the sigmoid and the losses on it."""

from sympy import IndexedBase, Integer, Rational, S, exp, log

from lintutor.derivations.ch04_symbols import TESTS, z
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Group, Partial, Ratio, Sigmoid, SumOver, index, real

__all__ = ["DERIVATIONS"]

_y = real("y")
_s = IndexedBase("s", real=True)
_l, _C = index("l"), Integer(2)
_sigma = Sigmoid(z)
_half = Rational(1, 2)
_ONE_SCORE = Domain(scalars=(z,), draws=40)
_LABELED = Domain(scalars=(z,), unit=(_y,), draws=40)
_TWO = Domain(arrays={_s: (_C,)}, draws=40)

SIGMOID = r"$\sigma(z) = \frac{1}{1 + e^{-z}}$"
LABEL = r"the label $y$ is 0 or 1 (the algebra holds for any number between)"


def two_classes() -> Derivation:
    """Return number 35: the sigmoid is the softmax of two scores."""
    one, zero = exp(_s[1]), exp(_s[0])
    return Derivation(
        id="softmax-two-classes-sigmoid",
        number=35,
        title="The softmax of two scores is the sigmoid of their difference",
        assumptions=("two classes, 0 and 1", SIGMOID),
        lines=(
            Line(Ratio(exp(_s[1]), SumOver(exp(_s[_l]), _l, _C))),
            Line(Ratio(one, zero + one), "two terms"),
            Line(Ratio(S.One, 1 + exp(_s[0] - _s[1])), "divide numerator and denominator by $e^{s_1}$"),
            Line(Sigmoid(_s[1] - _s[0]), r"the definition, at $z = s_1 - s_0$"),
        ),
        domain=_TWO,
        twins=(
            Twin(3, Sigmoid(_s[0] - _s[1]), "sign: the other class"),
            Twin(3, Sigmoid(_s[1]), "missing term: as if the other score were 0"),
            Twin(2, Ratio(S.One, exp(_s[0] - _s[1])), "missing one"),
            Twin(3, Sigmoid(2 * (_s[1] - _s[0])), "factor"),
        ),
        section="softmax-binary-logistic",
        code="losses.sigmoid",
        code_test=TESTS + "test_sigmoid_of_the_code_is_the_softmax_of_two_scores",
    )


def sigmoid_slope() -> Derivation:
    """Return number 36: the slope of the sigmoid and its bound."""
    return Derivation(
        id="softmax-sigmoid-slope",
        number=36,
        title="The sigmoid is nowhere steeper than one quarter",
        assumptions=(SIGMOID,),
        lines=(
            Line(Partial(_sigma, z)),
            Line(Ratio(exp(-z), Group(1 + exp(-z)) ** 2), "the chain rule, twice"),
            Line(_sigma * Group(1 - _sigma), r"$1 - \sigma(z) = \frac{e^{-z}}{1 + e^{-z}}$"),
            Line(Rational(1, 4) - Group(_sigma - _half) ** 2, "complete the square"),
            Line(Rational(1, 4), "a square is not negative; it is 0 at $z = 0$", "<="),
        ),
        domain=_ONE_SCORE,
        twins=(
            Twin(1, -Ratio(exp(-z), Group(1 + exp(-z)) ** 2), "sign"),
            Twin(2, _sigma * Group(1 + _sigma), "sign in the bracket"),
            Twin(2, _sigma**2, "missing the other probability"),
            Twin(4, Rational(1, 8), "factor: a bound that the slope at 0 breaks"),
            Twin(3, _half - Group(_sigma - _half) ** 2, "one half for one quarter"),
        ),
        section="softmax-binary-logistic",
        code="losses.sigmoid",
        code_test=TESTS + "test_sigmoid_of_the_code_is_the_softmax_of_two_scores",
    )


_bce = -_y * log(_sigma) - (1 - _y) * log(1 - _sigma)


def binary_loss() -> Derivation:
    """Return the form of the binary loss that code computes."""
    return Derivation(
        id="softmax-binary-loss-of-a-score",
        number=None,
        title="The binary cross-entropy as a function of the score",
        assumptions=(SIGMOID, LABEL),
        lines=(
            Line(_bce),
            Line(
                _y * log(1 + exp(-z)) + (1 - _y) * log(1 + exp(z)),
                r"$1 - \sigma(z) = \sigma(-z)$, and $-\log \frac{1}{a} = \log a$",
            ),
            Line(
                _y * Group(log(1 + exp(z)) - z) + (1 - _y) * log(1 + exp(z)),
                r"$1 + e^{-z} = e^{-z} (1 + e^z)$",
            ),
            Line(log(1 + exp(z)) - _y * z, "collect"),
        ),
        domain=_LABELED,
        twins=(
            Twin(1, _y * log(1 + exp(-z)), "missing term: examples with label 0 cost nothing"),
            Twin(3, log(1 + exp(z)) + _y * z, "sign"),
            Twin(3, log(1 + exp(-z)) - _y * z, "sign of the score"),
            Twin(3, log(1 + exp(z)) - z, "index: as if every label were 1"),
        ),
        section="softmax-binary-logistic",
        code="losses.binary_cross_entropy",
        code_test=TESTS + "test_binary_losses_of_the_code_are_the_formulas",
    )


def binary_gradient() -> Derivation:
    """Return number 37: the gradient of the binary cross-entropy."""
    return Derivation(
        id="softmax-binary-gradient",
        number=37,
        title="The binary cross-entropy pulls with the error itself",
        assumptions=(SIGMOID, LABEL),
        lines=(
            Line(Partial(_bce, z)),
            Line(
                (Ratio(1 - _y, 1 - _sigma) - Ratio(_y, _sigma)) * Partial(_sigma, z),
                r"the chain rule: $\log \sigma$ and $\log(1 - \sigma)$",
            ),
            Line(
                (Ratio(1 - _y, 1 - _sigma) - Ratio(_y, _sigma)) * _sigma * (1 - _sigma),
                "the slope of the sigmoid",
            ),
            Line((1 - _y) * _sigma - _y * (1 - _sigma), "the denominators cancel"),
            Line(_sigma - _y, r"$\sigma - y \sigma - y + y \sigma$"),
        ),
        domain=_LABELED,
        twins=(
            Twin(4, _y - _sigma, "sign"),
            Twin(4, (_sigma - _y) * _sigma * (1 - _sigma), "factor: the slope of the sigmoid survives"),
            Twin(4, _sigma, "missing term: the label"),
            Twin(3, (1 - _y) * _sigma + _y * (1 - _sigma), "sign of the true side"),
        ),
        section="softmax-binary-logistic",
        code="losses.binary_cross_entropy",
        code_test=TESTS + "test_binary_losses_of_the_code_are_the_formulas",
    )


def squared_error() -> Derivation:
    """Return number 38: the gradient of the squared error on a sigmoid."""
    half_square = _half * Group(_sigma - _y) ** 2
    return Derivation(
        id="softmax-squared-error-gradient",
        number=38,
        title="The squared error on a sigmoid pulls with the error, times a slope that dies",
        assumptions=(SIGMOID, LABEL),
        lines=(
            Line(Partial(half_square, z)),
            Line(
                (_sigma - _y) * Partial(_sigma, z), "the chain rule; the 2 of the square meets the one half"
            ),
            Line((_sigma - _y) * _sigma * (1 - _sigma), "the slope of the sigmoid"),
        ),
        domain=_LABELED,
        twins=(
            Twin(2, _sigma - _y, "factor: the slope of the sigmoid forgotten"),
            Twin(2, -(_sigma - _y) * _sigma * (1 - _sigma), "sign"),
            Twin(1, 2 * (_sigma - _y) * Partial(_sigma, z), "factor: the one half forgotten"),
            Twin(2, (_sigma - _y) * _sigma**2, "index: the same probability twice"),
        ),
        section="softmax-why-not-mse",
        code="losses.sigmoid_squared_error",
        code_test=TESTS + "test_binary_losses_of_the_code_are_the_formulas",
    )


DERIVATIONS = (two_classes, sigmoid_slope, binary_loss, binary_gradient, squared_error)
