"""The graded checks of ``elastic_net_penalty(W, reg, beta) -> (value, gradient)``: 14 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.regularizers import elastic_net_penalty as reference

penalties = catalogue.beside(__file__, "penalties")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch05.elastic_net_penalty")

ENTRY = penalties.Entry(
    cost=lambda w, beta: beta * w * w + np.abs(w),
    slope=lambda w, beta: 2 * beta * w + np.sign(w),
    cost_told=lambda w, beta: f"{beta:g} * {penalties.paren(w)}^2 + |{penalties.say(w)}|",
    slope_told=lambda w, beta: f"2 * {beta:g} * {penalties.paren(w)} + {penalties.paren(np.sign(w))}",
)

BETAS = 2.0, 0.7, 0.0, 1.0

CONVENTIONS = {"with its one half": twins.squares_halved, "with a free bias row": twins.bias_row_spared}


@pytest.fixture
def answer(submission):
    return penalties.PenaltyChecks(submission.ch05.elastic_net_penalty, reference, ENTRY, CONVENTIONS, BETAS)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a number and an array of the shape of W"""
    answer.form(rng, follow)


@pytest.mark.points(3)
@pytest.mark.about("penalty")
def test_value(answer, rng):
    """the value is reg * sum(beta * W**2 + |W|)"""
    answer.value(rng)


@pytest.mark.points(3)
@pytest.mark.about("penalty")
def test_gradient(answer, rng, follow):
    """the gradient has both parts"""
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
