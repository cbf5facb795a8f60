"""The graded checks of the class ``Softmax``: 4 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.objective import softmax_loss_vectorized as reference

classifier_checks = catalogue.beside(__file__, "classifier_checks")
pytestmark = pytest.mark.exercise("ch07.Softmax")


@pytest.fixture
def answer(submission):
    return classifier_checks.ClassifierChecks(submission.ch07.Softmax, reference)


@pytest.mark.points(1)
@pytest.mark.about("data", "bookkeeping")
def test_loss(answer, rng):
    """the loss without penalty is the mean cross-entropy loss"""
    answer.data_loss(rng)


@pytest.mark.points(1)
@pytest.mark.about("data", "bookkeeping")
def test_gradient(answer, rng, follow):
    """the gradient without penalty is the slope of that loss"""
    answer.data_gradient(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("penalty", "bookkeeping")
def test_penalty(answer, rng, follow):
    """the penalty is in the loss and in the gradient"""
    answer.penalty_in_loss(rng)
    answer.penalty_in_gradient(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("data", "bookkeeping")
def test_training(answer):
    """train, inherited, makes it learn"""
    answer.learns()
