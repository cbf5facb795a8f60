"""The mistakes that every penalty can have, as code, and the probes of their groups.

Each takes the right penalty first, and then its arguments.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
penalties = catalogue.beside(__file__, "penalty_cases")


def made(mistake, right):
    """The twin of a penalty ``(W, reg)`` that makes a mistake."""

    def twin(W, reg):
        return mistake(right, W, reg)

    return twin


def made_with_beta(mistake, right):
    """The twin of a penalty ``(W, reg, beta)`` that makes a mistake."""

    def twin(W, reg, beta):
        return mistake(right, W, reg, beta)

    return twin


# ------------------------------------------------------------------------------------------ penalty


def bias_row_spared(right, W, reg, *beta):
    spared = W.copy()
    spared[-1] = 0
    return right(spared, reg, *beta)


def averaged_over_weights(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return value / W.size, gradient / W.size


def strength_forgotten(right, W, reg, *beta):
    return right(W, 1.0, *beta)


def strength_missing_from_gradient(right, W, reg, *beta):
    return right(W, reg, *beta)[0], right(W, 1.0, *beta)[1]


def gradient_against_growth(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return value, -gradient


# ----------------------------------------------------------------------- shape, mutation, bookkeeping


def penalty_per_weight(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return np.full(W.shape, value / W.size), gradient


def penalty_per_class(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return np.full(W.shape[1], value / W.shape[1]), gradient


def gradient_summed(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return value, np.sum(gradient)


def weights_changed(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    weights = W  # not a copy
    weights *= 2 * reg
    return value, gradient


def gradient_first(right, W, reg, *beta):
    value, gradient = right(W, reg, *beta)
    return gradient, value


def value_alone(right, W, reg, *beta):
    return right(W, reg, *beta)[0]


def pair_not_returned(right, W, reg, *beta):
    print(*right(W, reg, *beta))


# ------------------------------------------------------------------------------------------- groups


def put_straight(f, case):
    """What comes of a case; of two numbers the price is the one that grows when weights turn and double."""
    value = f(*case.arguments).value
    mirror = f(*case.with_weights(-2 * case.W).arguments).value
    if not (two_numbers(value) and two_numbers(mirror)):
        return value, False
    turned = value[0] * mirror[0] < 0 and mirror[1] > 1.5 * value[1] > 0
    return (value[::-1] if turned else value), turned


def two_numbers(value):
    """Whether a result is a pair of single numbers."""
    two = isinstance(value, tuple | list) and len(value) == 2
    return two and all(answers.is_numeric(part) and np.ndim(part) == 0 for part in value)


def groups(*extra):
    """What is looked at, with these arguments after reg."""

    def cases():
        found = []
        for reg in (0.5, 0.3):
            found += penalties.drawn(np.random.default_rng(50), (reg, *extra))
            found += penalties.with_zeros((reg, *extra))[2:]
        return found

    def penalty(f):
        seen = []
        for case in cases():
            value, _ = put_straight(f, case)
            answer = penalties.read(value, case.W)
            sight = {"the value": answer.loss, "the gradient": answer.dW}
            seen.append((case.sizes, {name: part for name, part in sight.items() if part is not None}))
        return seen

    def shape(f):
        case = cases()[0]
        exchange = f(*case.arguments)
        answer = penalties.read(exchange.value, case.W)
        if exchange.failed or not answer.dW_form:
            return [({}, {})]
        price = np.shape(exchange.value[1 if answer.swapped else 0])
        form = penalties.prices(case.W).get(price, answer.loss_form)
        return [({}, {"value": form, "gradient": answer.dW_form})]

    def mutation(f):
        return [({}, answers.kept("W", case.arguments, f(*case.arguments).arguments)) for case in cases()]

    def bookkeeping(f):
        case = cases()[0]
        exchange = f(*case.arguments)
        if exchange.failed:
            return [({}, {})]
        returns, turned = put_straight(f, case)
        if isinstance(returns, tuple | list) and len(returns) == 2:
            swapped = turned or penalties.read(returns, case.W).swapped
            return [({}, {"returns": "gradient, value" if swapped else "two results"})]
        if isinstance(returns, tuple | list):
            return [({}, {"returns": f"{len(returns)} results"})]
        one = answers.is_numeric(returns)
        return [({}, {"returns": "one result" if one else answers.described(returns, case.W)})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shapes of the results", shape),
        Group("mutation", "W after the call", mutation),
        Group("penalty", "the penalty", penalty),
    ]
