"""The question: the hue of a color whose red is the largest and whose blue is the smallest."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")

KINDS = {"low": "positive", "step": "positive", "rest": "positive"}


def rule(_, low, step, rest):
    """A sixth of the share that green has risen."""
    return step / (6 * (step + rest))


def working(point):
    """The color at one point, and how far green has come."""
    low, step, rest = point["low"], point["step"], point["rest"]
    return (
        f"red {low + step + rest}, green {low + step}, blue {low}: green has risen {step} of {step + rest}, "
        f"and the hue goes the same share of a sixth"
    )


def at(low, step, rest):
    """One point."""
    return {"low": low, "step": step, "rest": rest}


PALE = [at(60, 10, 30), at(90, 20, 20), at(120, 30, 90)]
DEEP = [at(1, 30, 60), at(2, 80, 20), at(3, 50, 200)]
QUESTION = derivatives.Question(
    KINDS, list(KINDS), rule, working, DEEP + PALE, depends="how far green has risen", what="hue"
)
