"""The graded checks of the class ``LinearSVM``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_vectorized as reference

checks = catalogue.beside(__file__, "classifier_checks")
losses = catalogue.beside(__file__, "linear_losses")
pytestmark = pytest.mark.exercise("ch07.LinearSVM")


@pytest.fixture
def answer(submission):
    return checks.ClassifierChecks(submission.ch07.LinearSVM, reference, losses.hinge_by_hand)


@pytest.mark.points(1)
@pytest.mark.about("data", "bookkeeping")
def test_loss(answer, rng):
    """the loss without penalty is the mean hinge loss"""
    answer.data_loss(rng)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape", "bookkeeping")
def test_gradient(answer, rng, follow):
    """the gradient without penalty is the slope of that loss, in the shape of W"""
    answer.form(rng, follow)
    answer.data_gradient(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("penalty", "mutation", "bookkeeping")
def test_penalty(answer, rng, follow):
    """the penalty is in the loss and in the gradient, and self.W stays as it was"""
    answer.penalty_in_loss(rng)
    answer.penalty_in_gradient(rng, follow)
    answer.weights_unchanged(rng)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape", "mutation", "bookkeeping")
def test_training(answer):
    """train, inherited, makes it learn"""
    answer.learns()
