"""The questions: entry (j, k) of the Jacobian of softmax, at several C."""

from lintutor.autograder import catalogue

slopes = catalogue.beside(__file__, "slopes")
say, inline = slopes.problems.say, slopes.problems.inline


def rule(at_zero, s, j, k):
    """The share of j, times one for j itself less the share of k."""
    return slopes.share(s, j) * (int(j == k) - slopes.share(s, k))


def working(j, k):
    """Return what to write on the board."""

    def told(point):
        line, p = slopes.told_shares(point.values())
        return f"{line}\nhow does p_{j} answer, if s_{k} rises? p_{j} = {say(p[j])}, p_{k} = {say(p[k])}"

    return told


def question(count, j, k, points):
    """The question for C = count and the entry (j, k)."""
    names = [f"s_{c}" for c in range(count)]
    return slopes.question(slopes.real(names), [names, j, k], rule, working(j, k), points)


SAME = [
    question(2, 0, 0, [(0, 0), (1, 0), (-2, 1)]),
    question(3, 1, 1, [(0, 0, 0), (1, 2, 3), (2, -1, 0)]),
    question(4, 3, 3, [(0, 1, 2, 1), (1, 0, -1, 2)]),
]
OTHER = [
    question(2, 0, 1, [(0, 0), (1, 0), (-2, 1)]),
    question(3, 1, 2, [(0, 0, 0), (1, 2, 3), (2, -1, 0)]),
    question(4, 3, 0, [(0, 1, 2, 1), (1, 0, -1, 2)]),
]
QUESTIONS = [*SAME, *OTHER]


def where(each):
    """The place of a question, for a sentence."""
    names, j, k = each.names
    return f"With C = {len(names)}, j = {j} and k = {k},"
