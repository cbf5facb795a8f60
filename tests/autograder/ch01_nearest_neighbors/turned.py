"""What the two questions on turned axes share: their unknowns, points that are easy to follow, the board."""

from lintutor.autograder import catalogue
from lintutor.autograder.expressions import Abs

derivatives = catalogue.beside(__file__, "derivatives")

KINDS = dict.fromkeys("uvcs", "real")
VALUES = [
    (3, 4, 2, 0),
    (3, -4, 0, 1),
    (1, -1, 1, 1),
    (2, 1, 3, -2),
    (-1, 5, 2, 3),
    (1, 0, 2, 5),
    (-2, -3, -1, 4),
]
POINTS = [dict(zip("uvcs", row, strict=True)) for row in VALUES]


def size(part):
    """The absolute value of an expression."""
    return Abs(part)


def question(rule, finish, what):
    """The question that `rule` (u, v, c, s) answers; `finish` (p, q) writes down what is done with (p, q).

    `what` is asked for, as it reads after "the".
    """

    def working(point):
        u, v, c, s = (point[name] for name in "uvcs")
        p, q = c * u - s * v, s * u + c * v
        return f"the matrix takes ({u}, {v}) to (c u - s v, s u + c v) = ({p}, {q})\n{finish(p, q)}"

    return derivatives.Question(
        KINDS,
        list("uvcs"),
        lambda at_zero, *unknowns: rule(*unknowns),
        working,
        POINTS,
        depends="u, v and the entries of the matrix",
        what=what,
    )
