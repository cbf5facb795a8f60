"""The questions: the slope of a batch's mean cross-entropy along a bias, at several N and C."""

from lintutor.autograder import catalogue

slopes = catalogue.beside(__file__, "slopes")
say, inline = slopes.problems.say, slopes.problems.inline


def rule(at_zero, S, y, k):
    """The mean error of class k."""
    return sum(slopes.share(s, k) - int(k == label) for s, label in zip(S, y, strict=True)) / len(S)


def working(count, y, k):
    """Return what to write on the board."""

    def told(point):
        values, lines = list(point.values()), []
        for i, label in enumerate(y):
            line, p = slopes.told_shares(values[i * count : (i + 1) * count])
            lines.append(f"example {i}: {line}; says {say(p[k])} for class {k}, true is class {label}")
        return "\n".join(lines)

    return told


def question(count, y, k, points):
    """The question for C = count, some labels and the bias of class k."""
    names = [[f"s_{i}{c}" for c in range(count)] for i in range(len(y))]
    flat = [name for row in names for name in row]
    return slopes.question(slopes.real(flat), [names, y, k], rule, working(count, y, k), points)


ONE = [question(2, [0], 0, [(0, 0), (1, 0)]), question(3, [2], 0, [(0, 1, 2), (1, 0, -1)])]
BATCHES = [
    question(2, [0, 0], 1, [(0, 0, 1, 0), (1, 0, -1, 2)]),
    question(3, [1, 0, 1], 1, [(0, 0, 0, 1, 2, 3, 2, -1, 0), (1, 0, 1, 0, 1, 0, 2, 1, 2)]),
    question(2, [1, 0, 1, 1], 0, [(0, 1, 2, 1, 1, 0, -1, 2)]),
]
QUESTIONS = [*ONE, *BATCHES]


def where(each):
    """The place of a question, for a sentence."""
    names, y, k = each.names
    return f"With N = {len(y)}, C = {len(names[0])}, y = {y} and k = {k},"
