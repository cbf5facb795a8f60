"""The question: the slope of the sigmoid, from its four gates, in its output."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")


def rule(at_zero, s):
    """The product of the four local gradients."""
    return s * (1 - s)


def working(point):
    """The four local gradients at one point."""
    s = point["s"]
    q = 1 / s
    return (
        f"s = {float(s):g}: q = 1/s = {float(q):g} and e = q - 1 = {float(q - 1):g}\n"
        f"local gradients: -1/q^2 = {float(-1 / q**2):g}, 1, e = {float(q - 1):g}, -1; their product counts"
    )


VALUES = (0.5, 0.25, 0.75, 0.125, 0.9375)  # exact in binary
POINTS = [{"s": value} for value in VALUES]
QUESTION = derivatives.Question({"s": "positive"}, ["s"], rule, working, POINTS, "s")
