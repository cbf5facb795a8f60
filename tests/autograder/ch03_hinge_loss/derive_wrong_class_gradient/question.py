"""The question: the slope of one example's loss along W[d, j], j a wrong class."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")

KINDS = {"x_d": "real", "s_j": "real", "s_y": "real", "delta": "positive"}


def rule(at_zero, x_d, s_j, s_y, delta):
    """x_d where the hinge is open."""
    return x_d * derivatives.open_hinge(s_j - s_y + delta, at_zero)


def working(point):
    """The margin at one point, and what a nudge does there."""
    margin = point["s_j"] - point["s_y"] + point["delta"]
    told = (
        "the hinge is open: raising W[d, j] by h raises the loss by x_d * h"
        if margin > 0
        else "the hinge is closed: a small nudge of W[d, j] changes nothing"
        if margin < 0
        else "at the kink: any value between 0 and x_d is right"
    )
    return f"margin s_j - s_y + delta = {margin}; {told}"


def at(x_d, s_j, s_y, delta):
    """One point."""
    return {"x_d": x_d, "s_j": s_j, "s_y": s_y, "delta": delta}


OPEN = [at(5, 3, 1, 1), at(-2, 4, 1, 2), at(3, 1, 2, 2), at(7, -1, -3, 1)]
CLOSED = [at(5, 1, 3, 1), at(-2, 1, 6, 2), at(3, -2, 0, 1), at(7, -3, -1, 1)]
QUESTION = derivatives.Question(KINDS, list(KINDS), rule, working, OPEN + CLOSED)
