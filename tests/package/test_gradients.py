"""Numerical gradients are right where they can be and say so where they cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lintutor import gradients

numbers = st.floats(-10, 10).map(lambda v: round(v, 3))


@given(arrays(float, (2, 3), elements=numbers))
def test_a_quadratic_is_differentiated_to_many_digits_and_x_is_left_alone(x):
    x.setflags(write=False)
    gradient = gradients.eval_numerical_gradient(lambda v: (v**3).sum(), x)
    np.testing.assert_allclose(gradient, 3 * x**2, atol=1e-6)


def test_a_function_that_scribbles_on_its_argument_does_no_harm():
    def scribble(v):
        value = float((v**2).sum())
        v[:] = 0
        return value

    x = np.array([1.0, -2.0])
    np.testing.assert_allclose(gradients.eval_numerical_gradient(scribble, x), [2.0, -4.0], atol=1e-6)
    np.testing.assert_array_equal(x, [1.0, -2.0])


def test_integers_are_nudged_too():
    np.testing.assert_allclose(
        gradients.eval_numerical_gradient(lambda v: (v**2).sum(), np.array([3])), [6], atol=1e-6
    )


def test_a_nudge_across_a_kink_gives_the_mean_of_both_sides():
    kink = gradients.eval_numerical_gradient(lambda m: np.maximum(0, m), 1e-6, h=1e-5)
    assert float(kink) == pytest.approx(0.55)


@given(arrays(float, 4, elements=numbers), arrays(float, 4, elements=numbers))
def test_the_relative_error_is_symmetric_free_of_scale_and_at_most_two(a, b):
    error = gradients.relative_error(a, b)
    assert error == gradients.relative_error(b, a)
    assert 0 <= error <= 2
    assert gradients.relative_error(8 * a, 8 * b) == pytest.approx(error)
    assert gradients.relative_error(a, a) == 0


def test_a_sparse_check_finds_the_one_wrong_entry_and_is_the_same_for_a_seed():
    f, x = lambda v: (v**2).sum(), np.arange(1.0, 5.0)
    wrong = 2 * x
    wrong[2] *= 2
    checks = gradients.grad_check_sparse(f, x, wrong, num_checks=40, rng=0)
    assert {c.entry for c in checks} == {(0,), (1,), (2,), (3,)}
    assert all((c.relative_error > 0.1) == (c.entry == (2,)) for c in checks)
    assert checks == gradients.grad_check_sparse(f, x, wrong, num_checks=40, rng=0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: gradients.eval_numerical_gradient(lambda v: v, [1.0, 2.0]),
            "f must return one finite number",
        ),
        (
            lambda: gradients.eval_numerical_gradient(lambda v: np.inf, [1.0]),
            "f must return one finite number",
        ),
        (lambda: gradients.eval_numerical_gradient(np.sum, [1.0], h=0), "h must be more than 0, got 0"),
        (lambda: gradients.relative_error([1.0], [1.0, 2.0]), r"a has shape \(1,\), b has shape \(2,\)"),
        (lambda: gradients.grad_check_sparse(np.sum, [1.0], [1.0, 1.0]), r"analytic_grad has shape \(2,\)"),
        (lambda: gradients.grad_check_sparse(np.sum, [], []), "x has no entries to check"),
        (
            lambda: gradients.grad_check_sparse(np.sum, [1.0], [1.0], num_checks=0),
            "num_checks must be at least 1",
        ),
    ],
)
def test_bad_input_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_forward_differences_take_one_call_an_entry_and_one_more_centered_ones_two():
    calls = []
    f = lambda v: (calls.append(1), (v**2).sum())[1]  # noqa: E731
    forward = gradients.eval_numerical_gradient(f, np.arange(6.0), 1e-7, centered=False)
    assert len(calls) == 7
    np.testing.assert_allclose(forward, 2 * np.arange(6.0), atol=1e-6)
    calls.clear()
    gradients.eval_numerical_gradient(f, np.arange(6.0))
    assert len(calls) == 12


@pytest.mark.parametrize(("centered", "order"), [(False, 1), (True, 2)])
def test_the_error_falls_with_the_order_of_the_difference(centered, order):
    error = [
        abs(float(gradients.eval_numerical_gradient(np.exp, 1.0, h, centered=centered)) - np.e)
        for h in (1e-2, 1e-3)
    ]
    assert error[0] / error[1] == pytest.approx(10.0**order, rel=0.05)


@given(arrays(float, (2, 3), elements=numbers), arrays(float, (2, 3), elements=numbers))
def test_the_slope_along_a_direction_is_that_of_the_function_and_at_most_the_length_of_the_gradient(x, v):
    slope = gradients.directional_derivative(3 * x**2, v)
    along = gradients.eval_numerical_gradient(lambda t: ((x + t * v) ** 3).sum(), 0.0)
    assert slope == pytest.approx(float(along), abs=1e-4)
    assert abs(slope) <= np.linalg.norm(3 * x**2) * np.linalg.norm(v) * (1 + 1e-12)


def test_a_nudge_that_rounding_swallows_is_refused():
    with pytest.raises(ValueError, match=r"h = 1e-05 is lost in rounding beside x = 1e\+20 at index \(0,\)"):
        gradients.eval_numerical_gradient(np.sum, [1e20])
    with pytest.raises(ValueError, match=r"grad has shape \(1,\), v has shape \(2,\)"):
        gradients.directional_derivative([1.0], [1.0, 2.0])
