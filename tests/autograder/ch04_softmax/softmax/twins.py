"""The mistakes of softmax as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.losses import softmax as reference

rows = catalogue.beside(__file__, "rows")


def REFERENCE(S):
    """The right answer."""
    return reference(S)


def forms(case):
    """The shapes that are understood."""
    N, C = case.values[0].shape
    return {"(N, C), as S": (N, C), "(C, N), transposed": (C, N)}


def powers_of(S):
    """Exponentials (N, C), the largest of a row 1."""
    return np.exp(S - S.max(axis=1, keepdims=True))


def not_exponentiated(S):
    with np.errstate(all="ignore"):
        return S / S.sum(axis=1, keepdims=True)


def sum_down_the_columns(S):
    powers = np.exp(S - S.max())
    return powers / powers.sum(axis=0)


def sum_over_everything(S):
    powers = np.exp(S - S.max())
    return powers / powers.sum()


def only_exponentials(S):
    return powers_of(S)


def winner_takes_all(S):
    return np.eye(S.shape[1])[S.argmax(axis=1)]


def logarithm_of_shares(S):
    with np.errstate(all="ignore"):
        return np.log(reference(S))


def base_two_powers(S):
    powers = 2.0 ** (S - S.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def scores_negated(S):
    return reference(-S)


def divided(powers):
    """Each row over its sum, whatever comes of it."""
    with np.errstate(all="ignore"):
        return powers / powers.sum(axis=1, keepdims=True)


def no_shift(S):
    with np.errstate(all="ignore"):
        return divided(np.exp(S))


def maximum_added(S):
    with np.errstate(all="ignore"):
        return divided(np.exp(S + S.max(axis=1, keepdims=True)))


def one_maximum_for_all(S):
    return divided(np.exp(S - S.max()))


def scores_clipped(S):
    return no_shift(np.clip(S, -500, 500))


def shares_transposed(S):
    return REFERENCE(S).T


def row_for_a_column(S):
    powers = np.exp(S - S.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


def scores_changed(S):
    P = REFERENCE(S)
    S -= S.max(axis=1, keepdims=True)
    return P


def array_not_returned(S):
    print(REFERENCE(S))


_S = np.array([[0.3, 2.1, -1.6], [1.2, -0.7, 0.4], [-0.5, 0.1, 0.8], [2.2, 1.9, -0.6]])
PROBES = [rows.scores(_S), rows.scores(_S[:2]), rows.scores(np.append(_S, _S[::-1] / 3, axis=1)[1:])]
# all high, all low, rows far apart, and high enough only for twice as much
FAR = [rows.scores(_S + shift) for shift in (1000, -1000, [[0], [1000], [-1000], [0]], 400)]


def word(f, case):
    """What far scores do: nothing, as it should be, or something."""
    far, near = (rows.read(f(S).value, forms(case)) for S in (case.values[0].copy(), _S.copy()))
    if far is None or near is None:
        return ""
    if not np.isfinite(far).all():
        return "not finite"
    if np.allclose(far, near):
        return "as without the shift"
    return "other" if np.allclose(near, reference(_S)) else ""  # what is no softmax may change with a shift


GROUPS = rows.groups(PROBES, forms, word, FAR, rows.scores(_S[:3]))
