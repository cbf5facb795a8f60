"""The question: which strength goes with margin 1 and divided pixels."""

from lintutor.autograder import catalogue

derivatives = catalogue.beside(__file__, "derivatives")

KINDS = {"reg": "positive", "delta": "positive", "scale": "positive"}


def rule(at_zero, reg, delta, scale):
    """The strength times the margin, over the square of the scale; there is no kink."""
    return reg * delta / scale**2


def working(point):
    """What happens to the two parts at one point."""
    delta, scale = point["delta"], point["scale"]
    return (
        f"old weights W, new weights V = k W with k = {scale} / {delta}: the new scores are the old over "
        f"{delta}, so each hinge is the old over {delta}, and sum(V**2) is k**2 times sum(W**2)"
    )


def at(reg, delta, scale):
    """One point."""
    return {"reg": reg, "delta": delta, "scale": scale}


MARGINS = [at(3, 10, 1), at(5, 2, 1), at(1, 7, 1)]
SCALES = [at(3, 1, 2), at(5, 1, 10), at(1, 1, 4)]
BOTH = [at(2, 3, 5), at(7, 4, 3)]
DEPENDS = "all three: the old strength, the margin and the scale"
QUESTION = derivatives.Question(
    KINDS, list(KINDS), rule, working, MARGINS + SCALES + BOTH, depends=DEPENDS, what="strength"
)
