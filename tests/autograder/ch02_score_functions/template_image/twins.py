"""The mistakes of a template's image as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.scores import template_image as reference

arrays = catalogue.beside(__file__, "arrays")


def REFERENCE(W, c, shape):
    """The right answer."""
    return reference(W, c, shape)


def pixels_of(W, c, shape):
    """The template, without a bias."""
    return W[: int(np.prod(shape)), c]


def stretched(template, low, high):
    """The template between 0 and 255, or 127.5 if there is nothing to stretch."""
    return np.full(template.shape, 127.5) if low == high else 255 * (template - low) / (high - low)


def stretched_by_all_classes(W, c, shape):
    every = W[: int(np.prod(shape))]
    return stretched(pixels_of(W, c, shape), every.min(), every.max()).reshape(shape)


def bias_among_the_pixels(W, c, shape):
    return stretched(pixels_of(W, c, shape), W[:, c].min(), W[:, c].max()).reshape(shape)


def smallest_not_subtracted(W, c, shape):
    t = pixels_of(W, c, shape)
    if t.min() == t.max():
        return np.full(shape, 127.5)
    return (255 * t / (t.max() - t.min())).reshape(shape)


def divided_by_the_largest(W, c, shape):
    t = pixels_of(W, c, shape)
    if t.min() == t.max():
        return np.full(shape, 127.5)
    return (255 * (t - t.min()) / t.max()).reshape(shape)


def stretched_to_one(W, c, shape):
    t = pixels_of(W, c, shape)
    return stretched(t, t.min(), t.max()).reshape(shape) / 255


def rounded_to_bytes(W, c, shape):
    t = pixels_of(W, c, shape)
    return stretched(t, t.min(), t.max()).reshape(shape).astype(np.uint8)


def sizes_for_weights(W, c, shape):
    t = np.abs(pixels_of(W, c, shape))
    return stretched(t, t.min(), t.max()).reshape(shape)


def equal_weights_divided(W, c, shape):
    t = pixels_of(W, c, shape)
    with np.errstate(all="ignore"):
        return (255 * (t - t.min()) / (t.max() - t.min())).reshape(shape)


def left_flat(W, c, shape):
    t = pixels_of(W, c, shape)
    return stretched(t, t.min(), t.max())


def sides_exchanged(W, c, shape):
    t = pixels_of(W, c, shape)
    return stretched(t, t.min(), t.max()).reshape(shape[::-1])


def row_for_column(W, c, shape):
    t = W[c]
    return stretched(t, t.min(), t.max()).reshape(shape)


def weights_stretched_too(W, c, shape):
    t = pixels_of(W, c, shape)
    if t.min() == t.max():
        return np.full(shape, 127.5)
    t -= t.min()  # a window onto W
    t *= 255 / t.max()
    return t.reshape(shape)


def template(W, c, shape):
    """A case."""
    W = np.array(W, float)
    return arrays.Case({"W": W, "c": c, "shape": shape}, {"rows of W": len(W), "C": W.shape[1]})


def tiny_templates():
    """Cases for hand arithmetic: of three pixels, then with a bias."""
    return [
        template([[1], [3], [2]], 0, (1, 3)),
        template([[4, 1], [2, 0], [0, 5]], 0, (3, 1)),
        template([[1, -2], [9, 2], [4, 0]], 1, (1, 3)),
        template([[1], [3], [2], [9]], 0, (1, 3)),
        template([[1, 0], [3, 4], [2, 1], [7, -6]], 1, (3, 1)),
    ]


def random_templates(rng, extra=None):
    """Random cases, with and without a bias; no side equals another."""
    found = []
    for number, (shape, C, c) in enumerate(
        (((2, 4, 3), 5, 0), ((3, 5), 4, 3), ((4, 2, 3), 3, 1), ((5, 6), 2, 1))
    ):
        bias = number % 2 if extra is None else extra
        W = rng.normal(size=(int(np.prod(shape)) + bias, C)) - 0.5
        if bias:
            W[-1] = 7 * (-1) ** number
        found.append(template(W, c, shape))
    return found


PROBES = [*random_templates(np.random.default_rng(24)), template([[2, 1], [2, 0], [2, 5]], 0, (1, 3))]
GROUPS = arrays.groups(PROBES, REFERENCE, ("the image",))


def result_not_returned(W, c, shape):
    t = pixels_of(W, c, shape)
    print(stretched(t, t.min(), t.max()).reshape(shape))
