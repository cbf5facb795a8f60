"""The questions: the slope of one example's cross-entropy along score k, at several C and y."""

from lintutor.autograder import catalogue

slopes = catalogue.beside(__file__, "slopes")
say, inline = slopes.problems.say, slopes.problems.inline


def rule(at_zero, s, y, k):
    """The share, minus one at the true class."""
    return slopes.share(s, k) - int(k == y)


def working(y, k):
    """Return what to write on the board."""

    def told(point):
        line, p = slopes.told_shares(point.values())
        return f"{line}\nthe classifier says {say(p[k])} for class {k}; true is class {y}"

    return told


def question(count, y, k, points):
    """The question for C = count, the true class y and the score k."""
    names = [f"s_{c}" for c in range(count)]
    return slopes.question(slopes.real(names), [names, y, k], rule, working(y, k), points)


TRUE = [
    question(2, 0, 0, [(0, 0), (1, 0), (-2, 1)]),
    question(3, 1, 1, [(0, 0, 0), (1, 2, 3), (2, -1, 0)]),
    question(4, 3, 3, [(0, 1, 2, 1), (1, 0, -1, 2)]),
]
WRONG = [
    question(2, 0, 1, [(0, 0), (1, 0), (-2, 1)]),
    question(3, 1, 2, [(0, 0, 0), (1, 2, 3), (2, -1, 0)]),
    question(4, 3, 0, [(0, 1, 2, 1), (1, 0, -1, 2)]),
]
QUESTIONS = [*TRUE, *WRONG]


def where(each):
    """The place of a question, for a sentence."""
    names, y, k = each.names
    return f"With C = {len(names)}, y = {y} and k = {k},"
