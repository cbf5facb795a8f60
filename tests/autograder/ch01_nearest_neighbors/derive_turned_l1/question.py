"""The question: the L1 length after the matrix [[c, -s], [s, c]]."""

from lintutor.autograder import catalogue

turned = catalogue.beside(__file__, "turned")


def rule(u, v, c, s):
    """The sizes of the two coordinates."""
    return turned.size(c * u - s * v) + turned.size(s * u + c * v)


def finish(p, q):
    """The last line on the board."""
    return f"L1 length: |{p}| + |{q}| = {abs(p) + abs(q)}"


QUESTION = turned.question(rule, finish, "L1 length")
