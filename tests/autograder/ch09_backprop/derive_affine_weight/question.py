"""The question: the slope of the loss along one weight of an affine layer, for several N."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")


def rule(at_zero, x, g):
    """The weight meets one entry an example."""
    return sum((x[i] * g[i] for i in range(len(x))), 0 * x[0])


def working(count):
    """What to write on the board for N = count."""

    def told(point):
        shares = [
            f"example {i}: raise w by 0.01, and out[{i}, h] moves by 0.01 * {point[f'x_{i}']}; "
            f"the loss moves {point[f'g_{i}']} times as far"
            for i in range(count)
        ]
        return "\n".join(shares)

    return told


def question(count, rows):
    """The question for N = count; a row of values is the x and then the g."""
    x, g = [f"x_{i}" for i in range(count)], [f"g_{i}" for i in range(count)]
    kinds = dict.fromkeys([*x, *g], "real")
    points = [dict(zip(kinds, row, strict=True)) for row in rows]
    return derivatives.Question(kinds, [x, g], rule, working(count), points, "x and g of every example")


QUESTIONS = [
    question(2, [(1, 3, 3, -1), (2, 5, 3, 4), (-1, 2, 4, 3)]),
    question(1, [(2, 5), (-3, 4)]),
    question(3, [(1, 2, 3, 5, -4, 2), (-2, 1, 4, 3, 2, -5)]),
]
