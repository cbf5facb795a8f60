"""The questions: the slope of one example's cross-entropy along a pixel, at several C and y."""

from lintutor.autograder import catalogue

slopes = catalogue.beside(__file__, "slopes")
say, inline = slopes.problems.say, slopes.problems.inline


def rule(at_zero, w, s, y):
    """The mean weight under the shares, minus the true class's."""
    return sum(slopes.share(s, j) * w[j] for j in range(len(s))) - w[y]


def working(count, y):
    """Return what to write on the board."""

    def told(point):
        values = list(point.values())
        line, p = slopes.told_shares(values[count:])
        errors = [p[j] - int(j == y) for j in range(count)]
        terms = " + ".join(
            f"{say(e)} * {slopes.problems.paren(v)}" for e, v in zip(errors, values, strict=False)
        )
        return f"{line}, errors {inline(errors)}\neach score answers to x_d by its weight: {terms}"

    return told


def question(count, y, points):
    """The question for C = count and the true class y; a point is weights, then scores."""
    weights, names = ([f"{letter}_{c}" for c in range(count)] for letter in "ws")
    kinds = slopes.real([*weights, *names])
    return slopes.question(kinds, [weights, names, y], rule, working(count, y), points)


TWO = [question(2, 0, [(3, 5, 0, 0), (1, -2, 1, 0)]), question(2, 1, [(3, 5, 0, 0), (2, -1, 0, 2)])]
MORE = [
    question(3, 1, [(1, 2, 3, 0, 0, 0), (2, -1, 4, 1, 2, 3), (5, 3, -2, 2, -1, 0)]),
    question(4, 3, [(1, 0, 2, -3, 0, 1, 2, 1), (2, 5, 1, 4, 1, 0, -1, 2)]),
]
QUESTIONS = [*TWO, *MORE]


def where(each):
    """The place of a question, for a sentence."""
    names, _, y = each.names
    return f"With C = {len(names)} and y = {y},"
