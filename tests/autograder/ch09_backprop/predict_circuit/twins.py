"""The wrong expectations of the gradients in a circuit with a fork."""

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

predictions = catalogue.beside(__file__, "predictions")

KINDS = (float, float, float)
A, B, C = -4.0, 3.0, -1.0
M = max(B, C)


def walked(fork=lambda first, second: first + second, q=A + B, m=M, first=2.0, share=1.0, loser=0.0):
    """What comes back to a, b and c; `q` and `m` stand where the multiply gate takes its inputs from."""
    dq, dm = first * m, first * q
    return share * dq, fork(share * dq, dm), loser * dm


def REFERENCE():
    """The right answer; a test nudges the circuit."""
    return walked()


def predicted_last_branch():
    return walked(fork=lambda first, second: second)


def predicted_first_branch():
    return walked(fork=lambda first, second: first)


def predicted_product_at_fork():
    return walked(fork=lambda first, second: first * second)


def predicted_unswapped():
    return walked(q=M, m=A + B)


def predicted_without_factor():
    return walked(first=1.0)


def predicted_add_splits():
    return walked(share=0.5)


def predicted_max_to_both():
    return walked(loser=1.0)


def predicted_local_only():
    return 1.0, 2.0, 0.0


def prediction(f):
    """The three parts, as words."""
    return [({}, predictions.seen(f(), KINDS))]


GROUPS = [Group("prediction", "your prediction", prediction)]
