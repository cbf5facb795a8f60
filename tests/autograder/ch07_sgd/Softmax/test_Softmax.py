"""The graded checks of the class ``Softmax``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.objective import softmax_loss_vectorized as reference

checks = catalogue.beside(__file__, "classifier_checks")
losses = catalogue.beside(__file__, "linear_losses")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch07.Softmax")


@pytest.fixture
def answer(submission):
    return checks.ClassifierChecks(submission.ch07.Softmax, reference, losses.cross_entropy_by_hand)


@pytest.mark.points(1)
@pytest.mark.about("data", "stability", "bookkeeping")
def test_loss(answer, rng):
    """the loss without penalty is the mean cross-entropy loss, of large scores too"""
    answer.data_loss(rng)
    answer.large(twins.FAR, "loss")


@pytest.mark.points(1)
@pytest.mark.about("data", "shape", "bookkeeping")
def test_gradient(answer, rng, follow):
    """the gradient without penalty is the slope of that loss, in the shape of W"""
    answer.form(rng, follow)
    answer.data_gradient(rng, follow)
    answer.large(twins.FAR, "dW")


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
