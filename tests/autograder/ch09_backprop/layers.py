"""Inputs of layers, what is written on the board for them, and caches that an answer brings itself."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import LearnerError

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")

ROWS = ((4, 3, 5), (1, 4, 2), (6, 5, 3), (2, 3, 4))  # N, D, H: all different
PICTURES = ((3, (2, 2), 5), (2, (3, 2, 2), 4), (5, (2, 3), 2))


def rows(rng):
    """Cases of an affine layer whose examples are rows."""
    return [_case(rng, (N, D), D, H) for N, D, H in ROWS]


def pictures(rng):
    """Cases whose examples have shapes of their own."""
    return [_case(rng, (N, *shape), int(np.prod(shape)), H) for N, shape, H in PICTURES]


def _case(rng, shape, D, H):
    return parts.Case({"x": rng.normal(size=shape), "w": rng.normal(size=(D, H)), "b": rng.normal(size=H)})


def arriving(rng, case):
    """The case of the way back: a gradient arrives at the output of a case of the way there."""
    x, w, b = case.arguments
    dout = rng.normal(size=(len(x), len(b)))
    return parts.Case({"dout": dout, "cache": (x, w, b)}, ("x", "w", "b"))


def in_rows(case):
    """The same case with each example laid out as a row."""
    x, w, b = case.arguments
    return parts.Case({"x": x.reshape(len(x), -1), "w": w, "b": b})


def cache_flaw(function, case):
    """Say what is wrong with the cache of an affine layer, "" if nothing is, None if there is no result.

    A cache of another kind than (x, w, b) is the answer's own business, and so is an argument that the call
    has changed.
    """
    try:
        reply = (
            function.run(*case.arguments, echo=True)
            if hasattr(function, "run")
            else function(*case.arguments)
        )
    except LearnerError:
        return None
    value = reply.value
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    cache = value[1]
    if cache is None:
        return "it is None"
    if (
        not isinstance(cache, list | tuple)
        or len(cache) != 3
        or not all(map(parts.answers.is_numeric, cache))
    ):
        return ""
    for name, own, after, kept in zip("xwb", case.arguments, reply.arguments, cache, strict=True):
        if np.shape(kept) != own.shape:
            return f"{name} has another shape in it"
        if not np.allclose(kept, own) and np.array_equal(after, own):
            return f"{name} has other values in it"
    return ""


def affine_board(case, due, given):
    """Write the first output out."""
    x, w, b = (case.flat[name] for name in "xwb")
    say, row = problems.say, x.reshape(len(x), -1)[0]
    terms = " + ".join(
        f"{problems.paren(p)} * {problems.paren(q)}" for p, q in zip(row, w[:, 0], strict=True)
    )
    lines = [f"{name} = {problems.inline(value)}" for name, value in case.flat.items()]
    return "\n".join([*lines, f"out[0, 0]: {terms} + {problems.paren(b[0])} = {say(row @ w[:, 0] + b[0])}"])


def affine_back_board(case, due, given):
    """Write one entry of each gradient out."""
    dout, x, w, _ = case.flat.values()
    rows = x.reshape(len(x), -1)
    lines = [f"{name} = {problems.inline(value)}" for name, value in case.flat.items() if name != "b"]
    lines.append(f"dx[0, 0]: x[0, 0] meets w[0, :] = {problems.inline(w[0])}, and dout[0, :] arrives there")
    lines.append(
        f"dw[0, 0]: w[0, 0] meets x[:, 0] = {problems.inline(rows[:, 0])}, and dout[:, 0] arrives there"
    )
    lines.append(
        f"db[0]: b[0] is added to column 0 of every row; there {problems.inline(dout[:, 0])} arrives"
    )
    return "\n".join(lines)


def with_own_cache(forward, inputs):
    """Return how to ask a backward function with the cache that the learner's own forward function gives.

    `inputs` says what the forward function is called with in a case. Where it gives none, the case stands.
    """

    def ways(case):
        try:
            value = forward(*inputs(case))
        except LearnerError:
            return []
        if not isinstance(value, list | tuple) or len(value) != 2:
            return []
        return [(case.arguments[0], value[1])]

    return ways
