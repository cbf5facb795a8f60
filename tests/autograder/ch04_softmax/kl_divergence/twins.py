"""The mistakes of the divergence as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

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
    return REFERENCE(q, p)


def divergence_in_bits(p, q):
    return REFERENCE(p, q) / np.log(2)


def divergence_base_ten(p, q):
    return REFERENCE(p, q) / np.log(10)


def divergence_negated(p, q):
    return -REFERENCE(p, q)


def entropy_for_divergence(p, q):
    return -REFERENCE(p, np.ones_like(p))


def cross_entropy_for_divergence(p, q):
    return REFERENCE(p, q) - REFERENCE(p, np.ones_like(p))


def weight_left_out(p, q):
    with np.errstate(all="ignore"):
        return np.where((p > 0) | (q > 0), np.log(p / q), 0.0).sum()


def mean_for_sum(p, q):
    return REFERENCE(p, q) / len(p)


def zero_times_infinity(p, q):
    with np.errstate(all="ignore"):
        return np.sum(p * np.log(p / q))


def impossible_made_finite(p, q):
    return REFERENCE(p, np.clip(q, 1e-12, None))


def terms_not_summed(p, q):
    return np.array([REFERENCE(p[[j]], q[[j]]) for j in range(len(p))])


def distributions_changed(p, q):
    value = REFERENCE(p, q)
    p /= 2 * p.sum()
    return value


def array_not_returned(p, q):
    print(REFERENCE(p, q))


PROBES = [pair([1, 2, 3], [3, 1, 1]), pair([1, 4], [2, 1]), pair([1, 1, 5, 2, 1], [2, 1, 1, 1, 3])]
FAR = [pair([0, 1, 1], [1, 1, 3]), pair([1, 1, 1], [1, 0, 2])]


def word(f, case):
    """What becomes of a zero, held against what becomes of a small number in its place."""
    near = [[np.where(each == 0, small, each) for each in case.values] for small in (1e-4, 1e-6)]
    found = [rows.read(f(*values).value, forms(case)) for values in (case.arguments, *near)]
    if any(value is None for value in found):
        return ""
    at, *beside = map(float, found)
    if np.isnan(at):
        return "not a number"
    grows = abs(beside[1] - beside[0]) > 0.1
    if np.isinf(at):
        return "as it grows" if grows else "infinite"
    return "finite where it grows" if grows else "as beside it" if abs(at - beside[1]) < 1e-3 else "other"


def stability(f):
    """All that becomes of zeros: with arguments exchanged, it happens in other cases."""
    words = {word(f, case) for case in FAR} - {"", "as it grows", "as beside it"}
    return [({}, {"zeros": " and ".join(sorted(words)) or "fine"})]


GROUPS = [group for group in rows.groups(PROBES, forms, word, FAR) if group.id != "stability"]
GROUPS.append(Group("stability", "zeros", stability))
