"""How the results of code that was mended are read: as they should be, without forgiveness."""

from types import SimpleNamespace

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError

answers = catalogue.beside(__file__, "answers")


def number(value):
    """The number that a value is, or None."""
    return float(value) if answers.is_numeric(value) and np.ndim(value) == 0 else None


def array(value, shape):
    """The array of this shape that a value is, or None."""
    return np.asarray(value) if answers.is_numeric(value) and np.shape(value) == shape else None


def two(value, shape):
    """Loss and gradient of a result; what cannot be read is None."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return SimpleNamespace(loss=None, dW=None)
    return SimpleNamespace(loss=number(value[0]), dW=array(value[1], shape))


def demand_two(value, shape, W, name="dW"):
    """Loss and gradient of a result, or the check fails and says what came; `name` is the gradient's."""
    found = two(value, shape)
    if found.loss is None or found.dW is None:
        given = value if isinstance(value, tuple | list) else [value]
        told = ", ".join(answers.described(part, W) for part in given[:4])
        raise CheckFailed(
            f"It should return (loss, {name}), a number and an array of shape {shape}; it returns {told}."
        )
    return found


def first_wrong(cases, wrong):
    """The first of some cases that is wrong, or None. Code that was mended crashes nowhere."""
    for case in cases:
        try:
            if wrong(case):
                return case
        except LearnerError as error:
            if error.kind == "call":
                error.message += f" (with {case})"
            raise
    return None


def visible(found):
    """What a probe sees of loss and gradient."""
    seen = {"the loss": found.loss, "the gradient": found.dW}
    return {name: value for name, value in seen.items() if value is not None}
