"""The graded checks of ``l1_penalty(W, reg) -> (value, gradient)``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.regularizers import l1_penalty as reference

penalties = catalogue.beside(__file__, "penalties")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch05.l1_penalty")

ENTRY = penalties.Entry(
    cost=np.abs,
    slope=np.sign,
    cost_told=lambda w: f"|{penalties.say(w)}|",
    slope_told=lambda w: f"of |w| at {penalties.say(w)}",
)

CONVENTIONS = {"with a free bias row": twins.bias_row_spared}


@pytest.fixture
def answer(submission):
    return penalties.PenaltyChecks(submission.ch05.l1_penalty, reference, ENTRY, CONVENTIONS)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of W"""
    answer.form(rng, follow)


@pytest.mark.points(3)
@pytest.mark.about("penalty")
def test_value(answer, rng):
    """the value is reg * sum(|W|)"""
    answer.value(rng)


@pytest.mark.points(3)
@pytest.mark.about("penalty")
def test_gradient(answer, rng, follow):
    """the gradient is that of the absolute values"""
    answer.gradient(rng, follow)


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_zero_weights(answer):
    """a weight of exactly 0 is left in peace"""
    answer.zero_weights()


@pytest.mark.points(2)
@pytest.mark.about("penalty")
def test_gradient_is_the_slope_of_the_value(answer, rng, follow):
    """the gradient is the slope of the value, by nudging each weight"""
    answer.slope(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("penalty")
def test_laws(answer, rng):
    """signs do not count, no weight is special, twice the strength is twice the price"""
    answer.laws(rng)


@pytest.mark.points(1)
@pytest.mark.about("penalty")
def test_edges(answer, rng, follow):
    """reg of 0, weights of 0, one weight, large ones, float32"""
    answer.edges(rng, follow)


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W stays as it was, and the gradient is a new array"""
    answer.arguments_unchanged(rng)
