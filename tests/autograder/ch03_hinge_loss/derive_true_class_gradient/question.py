"""The question: the slope of one example's loss along W[d, y], y the true class, at several C and y."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")


def rule(at_zero, x_d, s, y, delta):
    """Minus x_d, once for each open hinge."""
    wrong = [j for j in range(len(s)) if j != y]
    return -x_d * sum(derivatives.open_hinge(s[j] - s[y] + delta, at_zero) for j in wrong)


def working(y, count):
    """Return what to write on the board for C = count and the true class y."""

    def told(point):
        margins = {j: point[f"s_{j}"] - point[f"s_{y}"] + point["delta"] for j in range(count) if j != y}
        each = ", ".join(f"class {j}: {margin}" for j, margin in margins.items())
        lines = f"margins s_j - s_{y} + delta of the wrong classes: {each}"
        number = sum(margin > 0 for margin in margins.values())
        if 0 in margins.values():
            return f"{lines}\none is at its kink: it may count or not"
        return f"{lines}\nopen hinges: {number}; each holds s_{y} with a minus"

    return told


def question(count, y, values):
    """The question for C = count and the true class y; a row of values is x_d, delta and the scores."""
    names = [f"s_{j}" for j in range(count)]
    kinds = {"x_d": "real", "delta": "positive", **dict.fromkeys(names, "real")}
    points = [dict(zip(kinds, row, strict=True)) for row in values]
    arguments = ["x_d", names, y, "delta"]
    return derivatives.Question(kinds, arguments, rule, working(y, count), points)


# No margin is 0; none, some or all hinges are open; classes after and before the true one.
QUESTIONS = [
    question(3, 1, [(5, 1, 4, 2, -3), (5, 1, 4, 2, 3), (-2, 2, -5, 2, -4), (3, 3, 1, 2, 1), (7, 1, 3, 3, 4)]),
    question(3, 0, [(5, 1, 2, 4, -3), (5, 1, 2, 4, 3), (-2, 2, 9, 2, 1), (3, 3, 2, 1, 1), (7, 1, 5, 5, 2)]),
    question(4, 3, [(5, 1, 4, 6, -3, 2), (-2, 2, 3, 4, 5, 3), (3, 1, -4, -5, -6, 1), (7, 2, 1, 0, -4, 1)]),
    question(2, 1, [(5, 1, 4, 2), (-2, 1, 1, 4), (3, 2, 1, 2)]),
    question(5, 2, [(5, 1, 4, 3, 2, -3, 7), (-2, 1, 4, -3, 2, -3, -7), (3, 1, -4, -3, 2, -3, -7)]),
]
