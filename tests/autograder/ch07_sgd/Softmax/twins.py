"""The mistakes in the loss of ``Softmax``: those of every classifier, and exponentials that overflow."""

import numpy as np

from lintutor.autograder import catalogue
from lintutor.autograder.diagnosis import Group

classifiers = catalogue.beside(__file__, "classifier_twins")
losses = catalogue.beside(__file__, "linear_losses")
problems = catalogue.beside(__file__, "problems")
globals().update(classifiers.twins(right=losses.cross_entropy, other=losses.hinge))
of_shifted = losses.of_shifted


class plain_exponentials(REFERENCE):  # noqa: F821 (one of the twins of every classifier)
    def data(self, X, y):
        return of_shifted(X @ self.W, X, y)


class one_maximum_for_the_batch(REFERENCE):  # noqa: F821
    def data(self, X, y):
        return of_shifted(X @ self.W - (X @ self.W).max(), X, y)


# All scores high; one high; rows far apart. No share is too small for a float.
FAR = [
    problems.problem([[1000, 1001, 999]], [[1]], [0]),
    problems.problem([[0, 720]], [[1], [1]], [1, 0]),
    problems.problem([[1000, 1000], [0, 1]], [[1, 1], [0, 1], [-1, 1]], [0, 1, 0]),
]


def stability(f):
    """Whether loss and gradient are finite where scores are large."""
    words = {}
    for number, case in enumerate(FAR):
        parts = classifiers.shared.parts(f, case)
        if len(parts) == 2:
            finite = all(np.isfinite(part).all() for part in parts.values())
            words[f"large scores {number}"] = "finite" if finite else "not finite"
    return [({}, words)]


GROUPS = [*classifiers.GROUPS, Group("stability", "large scores", stability)]
