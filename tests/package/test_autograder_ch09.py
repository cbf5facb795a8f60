"""Chapter 9's prediction is measured: what the grader calls right, a nudge of the circuit finds too."""

import pytest

from lintutor.autograder import catalogue
from lintutor.gradients import eval_numerical_gradient

CIRCUIT = catalogue.exercise("ch09.predict_circuit")


def test_the_gradients_of_the_circuit_are_those_that_nudges_find():
    twins = CIRCUIT.module("twins")
    nudged = eval_numerical_gradient(
        lambda v: 2 * (v[0] + v[1]) * max(v[1], v[2]), [twins.A, twins.B, twins.C]
    )
    assert twins.REFERENCE() == pytest.approx(tuple(nudged))
    for mistake in CIRCUIT.misconceptions:
        assert getattr(twins, mistake.twin)() != pytest.approx(tuple(nudged)), mistake.id
