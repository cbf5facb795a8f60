"""The question: the expected value of the mean of B draws, for several numbers of examples."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")


def rule(at_zero, g, p, B):
    """Chance times number, summed."""
    return sum(chance * number for chance, number in zip(p, g, strict=True))


def working(count):
    """Return what to write on the board for that many examples."""

    def told(point):
        parts = " + ".join(f"{point[f'p_{i}']} * {point[f'g_{i}']}" for i in range(count))
        return f"one draw, on average: {parts}\nthe mean of B such draws has the same average"

    return told


def question(values):
    """The question for as many examples as a row of values has; a row is g, p and B."""
    count = (len(values[0]) - 1) // 2
    g, p = ([f"{letter}_{i}" for i in range(count)] for letter in "gp")
    kinds = {**dict.fromkeys(g, "real"), **dict.fromkeys([*p, "B"], "positive")}
    points = [dict(zip(kinds, row, strict=True)) for row in values]
    return derivatives.Question(
        kinds, [g, p, "B"], rule, working(count), points, "the numbers and their chances", "expected value"
    )


# Chances in which every product is easy; B is not N, so that the two cannot be taken for each other.
QUESTIONS = [
    question([(4, 8, 0.25, 0.75, 4), (3, 5, 0.5, 0.5, 3), (-2, 6, 0.75, 0.25, 10)]),
    question([(4, 8, -2, 0.25, 0.25, 0.5, 2), (1, 2, 10, 0.5, 0.25, 0.25, 5), (6, 6, 6, 0.25, 0.5, 0.25, 7)]),
    question([(1, 2, 3, 4, 0.125, 0.125, 0.25, 0.5, 3), (5, 0, -5, 8, 0.25, 0.25, 0.25, 0.25, 2)]),
]
