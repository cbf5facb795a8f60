"""The mistakes of the nearest mean classifier as code: one function a misconception."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

arrays = catalogue.beside(__file__, "arrays")
tables = catalogue.beside(__file__, "tables")


def of_each_class(X, y, fold):
    """What `fold` makes of the rows of each class, a column a class."""
    return np.stack([fold(X[y == c]) for c in range(y.max() + 1)], axis=1)


def means_of(X, y):
    """The class means (D, C)."""
    return of_each_class(X, y, lambda rows: rows.mean(axis=0))


def with_bias(means):
    """The means with their biases below."""
    return np.vstack([means, -(means**2).sum(axis=0) / 2])


def REFERENCE(X, y):
    """The right answer."""
    return with_bias(means_of(X, y))


# -------------------------------------------------------------------------------------------- means


def sums_for_means(X, y):
    return with_bias(of_each_class(X, y, lambda rows: rows.sum(axis=0)))


def divided_by_all_examples(X, y):
    return with_bias(of_each_class(X, y, lambda rows: rows.sum(axis=0) / len(X)))


def one_mean_for_all(X, y):
    return with_bias(of_each_class(X, y, lambda rows: np.full(X.shape[1], rows.mean())))


def first_example_for_mean(X, y):
    return with_bias(of_each_class(X, y, lambda rows: rows[0]))


def median_for_mean(X, y):
    return with_bias(of_each_class(X, y, lambda rows: np.median(rows, axis=0)))


# --------------------------------------------------------------------------------------------- bias


def bias_of_zero(X, y):
    return replaced(REFERENCE(X, y), lambda means: 0 * means[0])


def half_forgotten(X, y):
    return replaced(REFERENCE(X, y), lambda means: -(means**2).sum(axis=0))


def handicap_turned_around(X, y):
    return replaced(REFERENCE(X, y), lambda means: (means**2).sum(axis=0) / 2)


def length_not_squared(X, y):
    return replaced(REFERENCE(X, y), lambda means: -np.sqrt((means**2).sum(axis=0)) / 2)


def square_of_the_sum_of_pixels(X, y):
    return replaced(REFERENCE(X, y), lambda means: -(means.sum(axis=0) ** 2) / 2)


def mean_of_squares(X, y):
    squares = of_each_class(X**2, y, lambda rows: rows.mean(axis=0).sum(keepdims=True))
    return replaced(REFERENCE(X, y), lambda means: -squares[0] / 2)


def replaced(W, bias):
    """The same means with other biases."""
    return np.vstack([W[:-1], bias(W[:-1])])


# ------------------------------------------------------------------------- order, shape, bookkeeping


def bias_in_the_first_row(X, y):
    return np.roll(REFERENCE(X, y), 1, axis=0)


def classes_in_rows(X, y):
    return REFERENCE(X, y).T


def no_row_for_the_bias(X, y):
    return REFERENCE(X, y)[:-1]


def last_class_missing(X, y):
    return REFERENCE(X, y)[:, :-1]


def result_not_returned(X, y):
    print(REFERENCE(X, y))


# N, D + 1 and C, no two of them equal
SIZES = [(9, 4, 3), (8, 2, 4), (11, 5, 2), (7, 3, 5)]
EQUAL = [(6, 2, 3), (4, 3, 3)]
MEANS = (
    REFERENCE,
    sums_for_means,
    divided_by_all_examples,
    one_mean_for_all,
    first_example_for_mean,
    median_for_mean,
)
BIASES = (
    REFERENCE,
    bias_of_zero,
    half_forgotten,
    handicap_turned_around,
    length_not_squared,
    square_of_the_sum_of_pixels,
    mean_of_squares,
)


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
    """Each probe with what comes of it, as far as it has the right size; a bias row on top is put back."""
    for case in PROBES:
        due = REFERENCE(*case.arguments)
        (W, _) = arrays.settle(f(*case.arguments).value, due.shape)
        first = W is not None and on_top(W, case)
        yield case, np.roll(W, -1, axis=0) if first else W, first


def on_top(W, case):
    """Whether means, right or wrong in a known way, stand below the first row and not above the last."""
    known = [twin(*case.arguments)[:-1] for twin in MEANS]
    return any(np.allclose(W[1:], m) for m in known) and not any(np.allclose(W[:-1], m) for m in known)


def order(f):
    """Where the biases stand."""
    found = [first for _, W, first in weights(f) if W is not None]
    return [({}, {"biases": "first" if all(found) else "last"} if found else {})]


def means(f):
    """The first D rows."""
    return [(case.sizes, {} if W is None else {"the block of means": W[:-1]}) for case, W, _ in weights(f)]


def bias(f):
    """The last row; what is a known function of the means above it is told as that of the right means."""
    found = [(case, W) for case, W, _ in weights(f)]
    readable = [(case, W) for case, W in found if W is not None]
    known = [twin for twin in BIASES if all(belongs_below(W, twin, case) for case, W in readable)]
    return [
        (
            case.sizes,
            {} if W is None else {"the row of biases": known[0](*case.arguments)[-1] if known else W[-1]},
        )
        for case, W in found
    ]


def belongs_below(W, twin, case):
    """Whether the last row is what this twin would put below the means that stand above it."""
    if twin is REFERENCE:
        own = with_bias(W[:-1])[-1]
    elif twin is mean_of_squares:
        own = twin(*case.arguments)[-1]
    else:
        one_each = np.arange(W.shape[1])  # of one example a class, the mean is the example
        own = twin(W[:-1].T, one_each)[-1]
    return np.allclose(W[-1], own)


GROUPS = [
    *arrays.groups(
        PROBES, REFERENCE, ("the matrix",), tables.random_labelled(np.random.default_rng(26), EQUAL)
    )[:3],
    Group("order", "the rows of W", order),
    Group("means", "the means", means),
    Group("bias", "the biases", bias),
]
