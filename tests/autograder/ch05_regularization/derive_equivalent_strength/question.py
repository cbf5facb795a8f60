"""The question: which strength goes with margin 1 and divided pixels."""

import numpy as np

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


def right_but_for_one(answer):
    """The one knob, margin or scale, that does something else than it should, if the other is right."""
    given = QUESTION.ask(answer)

    def fits(points, shares=False):
        got, due = (QUESTION.unknowns.values(each, points) for each in (given, QUESTION.right()))
        return np.allclose(got / due, (got / due)[0] if shares else 1, rtol=1e-9)

    wrong = [name for name, points in (("margin", MARGINS), ("scale", SCALES)) if not fits(points)]
    if len(wrong) != 1:
        return None
    fixed = "delta" if wrong == ["margin"] else "scale"  # at one value of it, the rest has to be right
    points = [{**at(reg, delta, scale), fixed: 6} for reg, delta, scale in ((2, 3, 5), (7, 4, 3), (1, 2, 9))]
    return wrong[0] if fits(points, shares=True) else None
