"""The question: the squared L2 length after the matrix [[c, -s], [s, c]]."""

from lintutor.autograder import catalogue

turned = catalogue.beside(__file__, "turned")


def rule(u, v, c, s):
    """The squares of the two coordinates."""
    return (c * u - s * v) ** 2 + (s * u + c * v) ** 2


def finish(p, q):
    """The last line on the board."""
    return f"squared length: ({p})^2 + ({q})^2 = {p * p + q * q}"


QUESTION = turned.question(rule, finish, "squared length")
