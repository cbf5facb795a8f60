"""The graded checks of ``svm_loss_vectorized(W, X, y, reg) -> (loss, dW)``: 20 points.

``points`` is what a check is worth, ``about`` the groups of misconceptions that can explain its failure.
"""

import pytest

from lintutor.autograder import catalogue
from lintutor.objective import svm_loss_vectorized as reference

checks = catalogue.beside(__file__, "loss_checks")
pytestmark = pytest.mark.exercise("ch03.svm_loss_vectorized")


@pytest.fixture
def answer(submission):
    return checks.LossChecks(submission.ch03.svm_loss_vectorized, reference)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of W"""
    answer.form(rng, follow)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_data_loss(answer, rng):
    """the loss without penalty is the mean hinge loss"""
    answer.data_loss(rng)


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_data_gradient(answer, rng, follow):
    """the gradient without penalty is the slope of that loss"""
    answer.data_gradient(rng, follow)


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty_in_loss(answer, rng):
    """the penalty adds reg * sum(W**2) to the loss"""
    answer.penalty_in_loss(rng)


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_penalty_in_gradient(answer, rng, follow):
    """the penalty adds its gradient, 2 * reg * W, to dW"""
    answer.penalty_in_gradient(rng, follow)


@pytest.mark.points(2)
@pytest.mark.about("data", "penalty")
def test_gradient_is_the_slope_of_the_loss(answer, rng):
    """dW is the slope of the loss, by nudging each weight"""
    answer.slope(rng)


@pytest.mark.points(1)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng):
    """one example, two classes, margins of 0, large scores"""
    answer.edges(rng)


@pytest.mark.points(1)
def test_float32(answer, rng):
    """float32 arguments and short integers as labels work"""
    answer.float32(rng)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W, X and y stay as they were, and dW is a new array"""
    answer.arguments_unchanged(rng)


@pytest.mark.points(1)
def test_quiet_numbers(answer, rng):
    """nothing overflows, nothing is divided by zero"""
    answer.quiet(rng)


@pytest.mark.points(2)
def test_no_loop(answer, rng):
    """has no loop: none in the text, none hidden"""
    answer.no_loop(rng)
