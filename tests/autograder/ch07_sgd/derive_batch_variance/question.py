"""The question: the variance of the mean of B draws, for several numbers of examples."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")


def of_one(g):
    """The variance of one draw."""
    mean = sum(g) / len(g)
    return sum((each - mean) ** 2 for each in g) / len(g)


def rule(at_zero, g, B):
    """The variance of one draw over the size of the batch."""
    return of_one(g) / B


def working(count):
    """Return what to write on the board for that many examples."""

    def told(point):
        g = [point[f"g_{i}"] for i in range(count)]
        mean = sum(g) / count
        squares = " + ".join(f"({each} - {f'({mean:g})' if mean < 0 else f'{mean:g}'})**2" for each in g)
        return f"mean of all: {mean:g}\nvariance of one draw: ({squares}) / {count} = {of_one(g):g}"

    return told


def question(values):
    """The question for as many examples as a row of values has; a row is g and B."""
    names = [f"g_{i}" for i in range(len(values[0]) - 1)]
    kinds = {**dict.fromkeys(names, "real"), "B": "positive"}
    points = [dict(zip(kinds, row, strict=True)) for row in values]
    return derivatives.Question(
        kinds, [names, "B"], rule, working(len(names)), points, "the numbers and on B", "variance"
    )


# B is not N and not 1; means other than 0.
QUESTIONS = [
    question([(3, 5, 4), (2, 10, 8), (-1, 3, 2)]),
    question([(1, 4, 7, 2), (0, 0, 6, 4), (-3, 3, 9, 6)]),
    question([(1, 3, 5, 7, 5), (2, 2, 2, 10, 3)]),
]
