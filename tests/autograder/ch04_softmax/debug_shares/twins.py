"""The mistakes in the shares: the two given ones, and what mending can make of them."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.losses import softmax as reference

rows = catalogue.beside(__file__, "rows")


def REFERENCE(S):
    """The right answer."""
    return reference(S)


def forms(case):
    """The shape that is understood."""
    return {"(N, C), as S": case.values[0].shape}


def exponential_left_out(S):
    shifted = S - S.max(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return shifted / shifted.sum(axis=1, keepdims=True)


def two_for_e(S):
    powers = 2.0 ** (S - S.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def scores_cut_at_zero(S):
    shifted = S - S.min(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return shifted / shifted.sum(axis=1, keepdims=True)


def powers_of(S):
    """The exponentials again, the largest of a row 1, out of the shares."""
    P = REFERENCE(S)
    return P / P.max(axis=1, keepdims=True)


def total_of_each_class(S):
    powers = powers_of(S)
    with np.errstate(all="ignore"):
        return powers / powers.sum(axis=0, keepdims=True)


def total_of_everything(S):
    powers = powers_of(S)
    return powers / powers.sum()


def total_left_out(S):
    return powers_of(S)


def row_for_a_column(S):
    powers = powers_of(S)
    return powers / powers.sum(axis=1)


# the largest score is the last of each row, and the smallest the third
_S = np.array([[0.3, -0.6, -1.6, 1.1], [0.2, 0.7, -2.4, 1.9], [-0.5, 0.1, -0.8, 0.9]])


def exponential(f):
    """The odds of the first two classes of an example over those of the next: no total can change them."""
    P = rows.read(f(_S.copy()).value, {"": _S.shape})
    if P is None:
        return [({}, {})]
    with np.errstate(all="ignore"):
        odds = P[:, 0] / P[:, 1]
        return [({}, {"the odds": odds[:-1] / odds[1:]})]


def total(f):
    """What sums to one, as a word; in the third and the last column a shifted score can be 0 throughout."""
    P = rows.read(f(_S.copy()).value, {"": _S.shape})
    if P is None:
        return [({}, {})]
    sums = {"rows": P.sum(axis=1), "columns": P[:, :2].sum(axis=0), "everything": P.sum()}
    word = " and ".join(name for name, each in sums.items() if np.allclose(each, 1))
    return [({}, {"sums to one": word or "nothing"})]


def shape(f):
    """How a call with more classes than examples ends."""
    return [({}, {"call": f(_S.copy()).error or "ends"})]


GROUPS = [
    Group("exponential", "the exponentials", exponential),
    Group("sum", "the totals", total),
    Group("shape", "the shape of the totals", shape),
]
