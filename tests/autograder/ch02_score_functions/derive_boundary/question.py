"""The question: the second pixel at which two classes tie, as a function of the first."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")

KINDS = dict.fromkeys(("x_0", "a_0", "a_1", "c_0", "c_1", "b_a", "b_c"), "real")
WEIGHTS = ["x_0", ["a_0", "a_1"], ["c_0", "c_1"]]
NAMES = [*WEIGHTS, "b_a", "b_c"]


def rule(_, x_0, w_a, w_c, b_a, b_c):
    """Minus the rest of the gap, over the difference of the second weights."""
    return -(x_0 * (w_a[0] - w_c[0]) + b_a - b_c) / (w_a[1] - w_c[1])


def working(point):
    """The two scores at one point, with x_1 still open."""
    scores = (
        f"s_{k} = {point['x_0'] * point[f'{k}_0'] + point[f'b_{k}']} + ({point[f'{k}_1']}) * x_1"
        for k in "ac"
    )
    return "; ".join(scores)


def at(x_0, a, c, b_a, b_c):
    """One point."""
    return {"x_0": x_0, "a_0": a[0], "a_1": a[1], "c_0": c[0], "c_1": c[1], "b_a": b_a, "b_c": b_c}


THROUGH_THE_ORIGIN = [at(1, (3, 1), (1, 2), 0, 0), at(2, (1, 3), (2, 1), 0, 0), at(-3, (1, -1), (4, 2), 0, 0)]
WITH_BIASES = [at(2, (1, 3), (2, 1), 0, 4), at(1, (2, 5), (-1, 2), 7, 1), at(-2, (3, 1), (2, 4), -1, 2)]
QUESTION = derivatives.Question(
    KINDS,
    NAMES,
    rule,
    working,
    THROUGH_THE_ORIGIN + WITH_BIASES,
    depends="the first pixel, the weights and the biases",
    what="second pixel",
)
WITHOUT_BIASES = derivatives.Question(KINDS, [*WEIGHTS, 0, 0], rule, working, THROUGH_THE_ORIGIN)
