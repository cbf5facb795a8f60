"""The mistakes of the nearest mean classifier as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group
from lintutor.classifiers import nearest_mean_weights as reference

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def REFERENCE(X, y):
    """The right answer."""
    return reference(X, y)


def means_of(X, y):
    """The class means (D, C)."""
    return np.stack([X[y == c].mean(axis=0) for c in range(y.max() + 1)], axis=1)


def with_bias(means):
    """The means with their biases below."""
    return np.vstack([means, -(means**2).sum(axis=0) / 2])


def sums_for_means(X, y):
    return with_bias(np.stack([X[y == c].sum(axis=0) for c in range(y.max() + 1)], axis=1))


def divided_by_all_examples(X, y):
    return with_bias(np.stack([X[y == c].sum(axis=0) / len(X) for c in range(y.max() + 1)], axis=1))


def one_mean_for_all(X, y):
    return with_bias(np.stack([np.full(X.shape[1], X[y == c].mean()) for c in range(y.max() + 1)], axis=1))


def first_example_for_mean(X, y):
    return with_bias(np.stack([X[y == c][0] for c in range(y.max() + 1)], axis=1))


def bias_of_zero(X, y):
    means = means_of(X, y)
    return np.vstack([means, np.zeros(means.shape[1])])


def half_forgotten(X, y):
    means = means_of(X, y)
    return np.vstack([means, -(means**2).sum(axis=0)])


def handicap_turned_around(X, y):
    means = means_of(X, y)
    return np.vstack([means, (means**2).sum(axis=0) / 2])


def length_not_squared(X, y):
    means = means_of(X, y)
    return np.vstack([means, -np.sqrt((means**2).sum(axis=0)) / 2])


def square_of_the_sum_of_pixels(X, y):
    means = means_of(X, y)
    return np.vstack([means, -(means.sum(axis=0) ** 2) / 2])


def bias_in_the_first_row(X, y):
    means = means_of(X, y)
    return np.vstack([-(means**2).sum(axis=0) / 2, means])


def classes_in_rows(X, y):
    return with_bias(means_of(X, y)).T


def no_row_for_the_bias(X, y):
    return means_of(X, y)


def result_not_returned(X, y):
    print(with_bias(means_of(X, y)))


# N, D + 1 and C, no two of them equal
SIZES = [(9, 4, 3), (8, 2, 4), (11, 5, 2), (7, 3, 5)]
EQUAL = [(6, 2, 3), (4, 3, 3)]


def small_labelled():
    """A Hypothesis strategy for cases of small whole numbers."""
    from hypothesis import strategies as st

    @st.composite
    def draw_case(draw):
        C, D, more = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(0, 2))
        y = [*range(C), *draw(st.lists(st.integers(0, C - 1), min_size=more, max_size=more))]
        count = len(y) * D
        X = draw(st.lists(st.integers(-4, 4), min_size=count, max_size=count))
        return tables.labelled(np.reshape(np.array(X, float), (len(y), D)), y)

    return draw_case()


PROBES = tables.random_labelled(np.random.default_rng(25), SIZES)


def weights(f):
    """What each probe gives, as far as it has the right size; a bias row on top is put back."""
    for case in PROBES:
        due = REFERENCE(*case.arguments)
        (W, _) = arrays.settle(f(*case.arguments).value, due.shape)
        yield case, W, due


def on_top(W):
    """Whether the biases stand in the first row."""
    inner = -(W[1:] ** 2).sum(axis=0) / 2
    return bool(np.allclose(W[0], inner)) and not np.allclose(W[-1], -(W[:-1] ** 2).sum(axis=0) / 2)


def order(f):
    """Where the biases stand."""
    found = [on_top(W) for _, W, _ in weights(f) if W is not None]
    return [({}, {"biases": "first" if found and all(found) else "last"} if found else {})]


def means(f):
    """The first D rows."""
    seen = []
    for case, W, _ in weights(f):
        W = None if W is None else np.roll(W, -1, axis=0) if on_top(W) else W
        seen.append((case.sizes, {} if W is None else {"the block of means": W[:-1]}))
    return seen


def bias(f):
    """The last row as the part of the squared length of the means above it that it is."""
    seen = []
    for case, W, due in weights(f):
        W = None if W is None else np.roll(W, -1, axis=0) if on_top(W) else W
        if W is None:
            seen.append((case.sizes, {}))
            continue
        own = -(W[:-1] ** 2).sum(axis=0) / 2  # right for these means: then it is not the bias that is wrong
        seen.append((case.sizes, {"the row of biases": due[-1] if np.allclose(W[-1], own) else W[-1]}))
    return seen


GROUPS = [
    *arrays.groups(
        PROBES, REFERENCE, ("the matrix",), tables.random_labelled(np.random.default_rng(26), EQUAL)
    )[:3],
    Group("order", "the rows of W", order),
    Group("means", "the means", means),
    Group("bias", "the biases", bias),
]
