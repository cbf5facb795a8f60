"""The mistakes of the divergence as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue

rows = catalogue.beside(__file__, "rows")


def pair(p, q):
    """Two distributions, from numbers that are divided by their sum."""
    p, q = np.array(p, float), np.array(q, float)
    return rows.Case("pq", (p / p.sum(), q / q.sum()))


def forms(case):
    """The shapes that are understood."""
    return {"one number": (), "one number in an array": (1,), "one term a class": case.values[0].shape}


def terms(p, q):
    """Its summands; infinite where q is 0 and p is not."""
    with np.errstate(all="ignore"):
        return np.where(p > 0, p * np.log(p / q), 0.0)


def REFERENCE(p, q):
    """The right answer."""
    return float(terms(p, q).sum())


def arguments_exchanged(p, q):
    return terms(q, p).sum()


def divergence_in_bits(p, q):
    return terms(p, q).sum() / np.log(2)


def divergence_base_ten(p, q):
    return terms(p, q).sum() / np.log(10)


def divergence_negated(p, q):
    return -terms(p, q).sum()


def cross_entropy_for_divergence(p, q):
    with np.errstate(all="ignore"):
        return -np.where(p > 0, p * np.log(q), 0.0).sum()


def entropy_for_divergence(p, q):
    with np.errstate(all="ignore"):
        return -np.where(p > 0, p * np.log(p), 0.0).sum()


def weight_left_out(p, q):
    with np.errstate(all="ignore"):
        return np.where(p > 0, np.log(p / q), 0.0).sum()


def mean_for_sum(p, q):
    return terms(p, q).mean()


def zero_times_infinity(p, q):
    with np.errstate(all="ignore"):
        return np.sum(p * np.log(p / q))


def impossible_made_finite(p, q):
    q = np.clip(q, 1e-12, None)
    return terms(p, q).sum()


def terms_not_summed(p, q):
    return terms(p, q)


def distributions_changed(p, q):
    value = terms(p, q).sum()
    p /= 2 * p.sum()
    return value


def array_not_returned(p, q):
    print(terms(p, q).sum())


PROBES = [pair([1, 2, 3], [3, 1, 1]), pair([1, 4], [2, 1]), pair([1, 1, 5, 2, 1], [2, 1, 1, 1, 3])]
FAR = [pair([0, 1, 1], [1, 1, 3]), pair([1, 1, 1], [1, 0, 2]), pair([1, 1, 0], [1, 1, 0])]


def word(f, case):
    """What zeros do."""
    value = rows.read(f(*case.arguments).value, forms(case))
    if value is None:
        return "no answer"
    return f"{float(value)}" if not np.isfinite(value) else "0" if abs(value) < 1e-9 else "finite"


GROUPS = rows.groups(PROBES, forms, word, FAR)
