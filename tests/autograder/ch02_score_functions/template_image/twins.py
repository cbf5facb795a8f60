"""The mistakes of a template's image as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
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


def alike(W, c, shape):
    """Whether all weights of the template are equal."""
    return np.ptp(pixels_of(W, c, shape)) == 0


# --------------------------------------------------------------------------------------------- data


def stretched_by_all_classes(W, c, shape):
    every = W[: int(np.prod(shape))]
    if alike(W, c, shape):
        return np.full(shape, 127.5)
    return stretched(pixels_of(W, c, shape), every.min(), every.max()).reshape(shape)


def bias_among_the_pixels(W, c, shape):
    return stretched(pixels_of(W, c, shape), W[:, c].min(), W[:, c].max()).reshape(shape)


def first_row_left_out(W, c, shape):
    t = W[-int(np.prod(shape)) :, c]
    return stretched(t, t.min(), t.max()).reshape(shape)


def smallest_not_subtracted(W, c, shape):
    t = pixels_of(W, c, shape)
    return np.full(shape, 127.5) if alike(W, c, shape) else (255 * t / np.ptp(t)).reshape(shape)


def divided_by_the_largest(W, c, shape):
    t = pixels_of(W, c, shape)
    return np.full(shape, 127.5) if alike(W, c, shape) else (255 * (t - t.min()) / t.max()).reshape(shape)


def shift_left_out(W, c, shape):
    t = pixels_of(W, c, shape)
    return np.full(shape, 127.5) if alike(W, c, shape) else (255 * t / t.max()).reshape(shape)


def stretched_to_one(W, c, shape):
    image = reference(W, c, shape)
    return image if alike(W, c, shape) else image / 255


def rounded_to_bytes(W, c, shape):
    image = reference(W, c, shape)
    return image if alike(W, c, shape) else np.floor(image)


def sizes_for_weights(W, c, shape):
    t = np.abs(pixels_of(W, c, shape))
    return stretched(t, t.min(), t.max()).reshape(shape)


def read_down_the_columns(W, c, shape):
    return reference(W, c, shape).ravel().reshape(shape, order="F")


# -------------------------------------------------------------------------------------- equal weights


def equal_weights_divided(W, c, shape):
    return np.full(shape, np.nan) if alike(W, c, shape) else REFERENCE(W, c, shape)


def equal_weights_zero(W, c, shape):
    return np.zeros(shape) if alike(W, c, shape) else REFERENCE(W, c, shape)


def equal_weights_cut(W, c, shape):
    return np.full(shape, 127.0) if alike(W, c, shape) else REFERENCE(W, c, shape)


# ------------------------------------------------------------------------ shape, mutation, bookkeeping


def left_flat(W, c, shape):
    return np.ravel(REFERENCE(W, c, shape))


def sides_exchanged(W, c, shape):
    return np.ravel(REFERENCE(W, c, shape)).reshape(shape[::-1])


def row_for_column(W, c, shape):
    t = W[c]
    return stretched(t, t.min(), t.max()).reshape(shape)


def bias_row_kept(W, c, shape):
    if len(W) > int(np.prod(shape)):
        W[:, c].reshape(shape)  # one number too many
    return REFERENCE(W, c, shape)


def last_row_always_left_out(W, c, shape):
    W[:-1, c].reshape(shape)  # one number too few where there is no bias
    return REFERENCE(W, c, shape)


def weights_stretched_too(W, c, shape):
    image = REFERENCE(W, c, shape)
    t = pixels_of(W, c, shape)  # a window onto W
    t -= t.min()
    return image


def result_not_returned(W, c, shape):
    print(REFERENCE(W, c, shape))


# --------------------------------------------------------------------------------------------- groups


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
        template([[1, 7], [2, 9], [3, 7], [5, 8]], 0, (2, 2)),
        template([[-3], [-1], [-2]], 0, (1, 3)),
        template([[0.01], [0.03], [0.02]], 0, (1, 3)),
        template([[5], [5], [6]], 0, (3,)),
        template([[1], [3], [2], [9]], 0, (1, 3)),
        template([[1, 0], [3, 4], [2, 1], [7, -6]], 1, (3, 1)),
        template([[4], [6], [9]], 0, (1, 2)),
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


EQUAL = [template([[2], [2], [2]], 0, (1, 3)), template([[0, 1], [0, 5], [0, 7]], 0, (3, 1))]
EQUAL.append(template([[4]], 0, (1, 1)))
PROBES = random_templates(np.random.default_rng(24))
SQUARE = [template(np.random.default_rng(29).normal(size=(6, 6)), 1, (2, 3))]  # rows fit, too


def data(f):
    """The images, but for those that lie on their sides; whole numbers near the right ones are the same."""
    seen = []
    for case in PROBES:
        image, odd = arrays.settle(f(*case.arguments).value, case.given["shape"])
        if image is None or odd == arrays.TRANSPOSED:
            seen.append((case.sizes, {}))
            continue
        due = REFERENCE(*case.arguments)
        whole = np.array_equal(image, np.round(image)) and np.abs(image - due).max() <= 1
        seen.append((case.sizes, {"the image": np.floor(due) if whole else image}))
    return seen


def equal(f):
    """What templates of equal weights become."""
    seen = []
    for case in EQUAL[:2]:
        image, _ = arrays.settle(f(*case.arguments).value, case.given["shape"])
        seen.append(({}, {} if image is None else {"equal weights": image}))
    return seen


GROUPS = [
    *arrays.groups(PROBES, REFERENCE, ("the image",), SQUARE)[:3],
    Group("data", "the result", data),
    Group("equal", "a template of equal weights", equal),
]
