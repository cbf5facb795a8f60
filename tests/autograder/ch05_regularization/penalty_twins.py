"""The mistakes that every penalty can have, as code, and the probes of their groups.

Each takes the right penalty first, and then its arguments.
"""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

answers = catalogue.beside(__file__, "answers")
penalties = catalogue.beside(__file__, "penalties")


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
            answer = penalties.read(f(*case.arguments).value, case.W)
            sight = {"the value": answer.loss, "the gradient": answer.dW}
            seen.append((case.sizes, {name: part for name, part in sight.items() if part is not None}))
        return seen

    def shape(f):
        case = cases()[0]
        exchange = f(*case.arguments)
        answer = penalties.read(exchange.value, case.W)
        if exchange.failed or not answer.dW_form:
            return [({}, {})]
        return [({}, {"value": answer.loss_form, "gradient": answer.dW_form})]

    def mutation(f):
        return [({}, answers.kept("W", case.arguments, f(*case.arguments).arguments)) for case in cases()]

    def bookkeeping(f):
        case = cases()[0]
        exchange = f(*case.arguments)
        if exchange.failed:
            return [({}, {})]
        returns = exchange.value
        if isinstance(returns, tuple | list) and len(returns) == 2:
            swapped = answers.read(returns, case.W).swapped
            return [({}, {"returns": "gradient, value" if swapped else "two results"})]
        return [({}, {"returns": answers.described(returns, case.W)})]

    return [
        Group("bookkeeping", "what is returned", bookkeeping),
        Group("shape", "the shapes of the results", shape),
        Group("mutation", "W after the call", mutation),
        Group("penalty", "the penalty", penalty),
    ]
