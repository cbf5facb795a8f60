"""What is checked of a loss of scores, ``(x, y) -> (loss, dx)``, and the mistakes of every such loss."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, slope
from lintutor.autograder.diagnosis import Group

parts = catalogue.beside(__file__, "parts")
problems = catalogue.beside(__file__, "problems")
NAMES = ("loss", "dx")


def scored(x, y):
    """A case from lists."""
    return parts.Case({"x": np.array(x, float), "y": np.array(y, np.int64)})


SMALL = [
    scored([[0, 2]], [0]),
    scored([[2, 0, 4]], [0]),
    scored([[0, 2], [4, 0]], [1, 1]),
    scored([[2, 4, -2], [4, 2, 2]], [0, 2]),
]


def random_cases(rng):
    """Scores of several sizes, N and C different, no margin within 1e-3 of its kink."""
    found = []
    for N, C in ((5, 4), (1, 3), (7, 2), (3, 6)):
        case = problems.random_problem(rng, N, 2, C, scale=2.0)
        found.append(parts.Case({"x": case.X @ case.W, "y": case.y}))
    return found


class ScoreChecks(parts.PartsChecks):
    """The checks of one answer."""

    def data(self, rng, name, message):
        """The loss, or its gradient."""
        self.values([*SMALL, *random_cases(rng)], (name,), message)

    def gradient(self, rng, follow):
        """The gradient; that of another loss of the learner's own is followed through."""
        cases = [*SMALL, *random_cases(rng)]
        try:
            self.values(cases, ("dx",), "The gradient {name} is wrong (at {case}).")
        except CheckFailed:
            if "loss" not in self.right(cases) and all(self.belongs(case) for case in cases[4:]):
                follow("The gradient is right for the loss that you compute.")
                return
            raise

    def belongs(self, case):
        """Whether dx is the slope of the learner's own loss."""

        def loss(x):
            return float(self.part(parts.Case({**case.given, "x": x}), "loss")[0])

        try:
            given, _ = self.part(case, "dx")
            own = slope(loss, case.given["x"])
        except LearnerError as error:
            if error.kind != "call":
                raise
            return False
        return bool(np.any(given)) and np.allclose(given, own, rtol=1e-4, atol=1e-6)


# -------------------------------------------------------------------------------------------- twins


def made(mistake, right):
    """The twin of the loss `right` that makes a mistake."""

    def twin(x, y):
        return mistake(right, x, y)

    return twin


def loss_summed(right, x, y):
    loss, dx = right(x, y)
    return len(x) * loss, len(x) * dx


def dscores_not_averaged(right, x, y):
    loss, dx = right(x, y)
    return loss, len(x) * dx


def dscores_negated(right, x, y):
    loss, dx = right(x, y)
    return loss, -dx


def averaged_over_classes(right, x, y):
    loss, dx = right(x, y)
    return loss / x.shape[1], dx / x.shape[1]


def crash_at_other_sizes(right, x, y):
    x - x.max(axis=1)  # a row of N numbers where a column belongs
    return right(x, y)


def scores_changed(right, x, y):
    found = right(x, y)
    x -= x.max()  # not a copy
    return found


def loss_and_gradient_exchanged(right, x, y):
    loss, dx = right(x, y)
    return dx, loss


def loss_without_gradient(right, x, y):
    return right(x, y)[0]


def result_not_returned(right, x, y):
    print(right(x, y))


PROBES = random_cases(np.random.default_rng(98))


def groups(reference):
    """What is looked at."""

    def far(f):
        seen = []
        for row in ([1000.0, 1000.0, -1000.0], [-1000.0, -999.0, -1000.0]):
            exchange = f(np.array([row]), np.array([1]))
            found = parts.read(exchange.value, {"loss": 0.0, "dx": np.zeros((1, 3))})
            if exchange.failed or any(part is None for part in found.parts.values()):
                return [({}, {})]
            seen.append(all(np.isfinite(part).all() for part in found.parts.values()))
        return [({}, {"large scores": "finite" if all(seen) else "not finite"})]

    stability = Group("stability", "large scores", far)
    return parts.groups(PROBES, reference, NAMES, "loss and gradient", [stability])
