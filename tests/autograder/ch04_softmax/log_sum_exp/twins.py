"""The mistakes of log-sum-exp as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.losses import log_sum_exp as reference

rows = catalogue.beside(__file__, "rows")


def REFERENCE(S):
    """The right answer."""
    return reference(S)


def forms(case):
    """The shapes that are understood."""
    N = len(case.values[0])
    return {"(N,), one number a row": (N,), "(N, 1)": (N, 1), "(1, N)": (1, N)}


def maximum_for_log_sum(S):
    return S.max(axis=1)


def logarithm_left_out(S):
    return np.exp(reference(S - S.max(axis=1, keepdims=True))) + S.max(axis=1)


def maximum_not_added_back(S):
    return reference(S - S.max(axis=1, keepdims=True))


def maximum_subtracted_again(S):
    top = S.max(axis=1)
    return reference(S - top[:, None]) - top


def mean_of_exponentials(S):
    return REFERENCE(S) - np.log(S.shape[1])


def log_sum_base_ten(S):
    return REFERENCE(S) / np.log(10)


def only_logarithm_base_ten(S):
    top = S.max(axis=1)
    return top + reference(S - top[:, None]) / np.log(10)


def no_shift(S):
    with np.errstate(all="ignore"):
        return np.log(np.exp(S).sum(axis=1))


def maximum_added(S):
    top = S.max(axis=1)
    with np.errstate(all="ignore"):
        return np.log(np.exp(S + top[:, None]).sum(axis=1)) - top


def one_maximum_for_all(S):
    with np.errstate(all="ignore"):
        return np.log(np.exp(S - S.max()).sum(axis=1)) + S.max()


def scores_clipped(S):
    return no_shift(np.clip(S, -500, 500))


def column_of_results(S):
    return REFERENCE(S)[:, None]


def row_for_a_column(S):
    top = S.max(axis=1)
    return np.log(np.exp(S - top).sum(axis=1)) + top


def scores_changed(S):
    result = REFERENCE(S)
    S -= S.max(axis=1, keepdims=True)
    return result


def array_not_returned(S):
    print(REFERENCE(S))


_S = np.array([[0.3, 2.1, -1.6], [1.2, -0.7, 0.4], [-0.5, 0.1, 0.8], [2.2, 1.9, -0.6]])
_SHIFTS = [np.full((4, 1), v) for v in (1000.0, -1000.0)] + [np.array([[0.0], [1000], [-1000], [0]]), 400.0]
PROBES = [rows.scores(_S), rows.scores(_S[:2]), rows.scores(np.append(_S, _S[::-1] / 3, axis=1)[1:])]
# all high, all low, rows far apart, and high enough only for twice as much
FAR = [rows.scores(_S + shift) for shift in _SHIFTS]


def word(f, case):
    """What far scores do: their shift comes out again, as it should, or something else does."""
    far, near = (rows.read(f(S).value, forms(case)) for S in (case.values[0].copy(), _S.copy()))
    if far is None or near is None:
        return ""
    if not np.isfinite(far).all():
        return "not finite"
    moved = (case.values[0] - _S)[:, 0]
    if np.allclose(far, near + moved):
        return "moved with the shift"
    return "other" if np.allclose(near, reference(_S)) else ""  # what is no log-sum-exp may move otherwise


GROUPS = rows.groups(PROBES, forms, word, FAR, rows.scores(_S[:3]))
