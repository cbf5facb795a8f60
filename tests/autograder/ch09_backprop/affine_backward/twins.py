"""The mistakes of an affine layer backward, as code."""

import numpy as np

from lintutor.autograder import catalogue

layers = catalogue.beside(__file__, "layers")
parts = catalogue.beside(__file__, "parts")


def REFERENCE(dout, cache):
    """The right answer."""
    x, w, _ = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def averaged_again(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw / len(dout), db / len(dout)


def bias_averaged(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw, db / len(dout)


def bias_gradient_forgotten(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw, 0 * db


def bias_gets_one_row(dout, cache):
    dx, dw, _ = REFERENCE(dout, cache)
    return dx, dw, dout[-1] * 1.0


def upstream_ignored(dout, cache):
    return REFERENCE(np.ones_like(dout), cache)


def dx_left_flat(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx.reshape(len(dx), -1), dw, db


def dw_transposed(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw.T, db


def db_kept_as_row(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw, db[None, :]


def db_one_number(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dx, dw, db.sum()


def upstream_changed(dout, cache):
    found = REFERENCE(dout, cache)
    dout /= 2  # not a copy
    return found


def cache_changed(dout, cache):
    found = REFERENCE(dout, cache)
    x = cache[0]
    x *= 2  # not a copy
    return found


def gradients_in_another_order(dout, cache):
    dx, dw, db = REFERENCE(dout, cache)
    return dw, db, dx


def result_not_returned(dout, cache):
    print(REFERENCE(dout, cache))


RNG = np.random.default_rng(95)
PROBES = [layers.arriving(RNG, case) for case in (*layers.rows(RNG)[:3], *layers.pictures(RNG)[:2])]
GROUPS = parts.groups(PROBES, REFERENCE, ("dx", "dw", "db"), "the gradients")
