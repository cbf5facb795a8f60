"""Scores, the bias trick, predictions and centering keep their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lintutor import scores

small = st.integers(-50, 50).map(float)


@given(
    arrays(float, (4, 3), elements=small),
    arrays(float, (3, 2), elements=small),
    arrays(float, 2, elements=small),
)
def test_folding_the_bias_into_the_weights_leaves_the_scores(X, W, b):
    X1, W1 = scores.bias_trick(X, W, b)
    np.testing.assert_array_equal(X1 @ W1, scores.linear_scores(X, W, b))


@given(arrays(float, (5, 3), elements=small), arrays(float, (3, 4), elements=small))
def test_a_prediction_is_the_smallest_label_with_the_highest_score(X, W):
    S = X @ W
    expected = [min(c for c in range(4) if row[c] == row.max()) for row in S]
    np.testing.assert_array_equal(scores.predict(X, W), expected)


@given(arrays(float, (5, 3), elements=small), arrays(float, (2, 3), elements=small))
def test_centering_uses_the_training_mean_only(X_train, X_test):
    train, test = scores.center(X_train, X_test)
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(test, X_test - X_train.mean(axis=0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scores.linear_scores(np.ones((2, 3)), np.ones((4, 2))), "X has 3 columns, W has 4 rows"),
        (
            lambda: scores.linear_scores(np.ones((2, 3)), np.ones((3, 2)), [1.0]),
            "b has 1 entries, W has 2 columns",
        ),
        (lambda: scores.center(np.empty((0, 2))), "X_train has no rows"),
        (lambda: scores.center(np.ones((2, 2)), np.ones((1, 3))), "split 1 has 3 columns, X_train has 2"),
        (lambda: scores.predict(np.ones((1, 1)), np.ones((1, 0))), "W must have at least one column"),
        (lambda: scores.append_ones(3.0), r"X must have two axes, got shape \(\)"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(arrays(float, (7, 3), elements=small), st.integers(0, 2))
def test_a_template_is_its_column_stretched_over_0_to_255_without_the_bias(W, c):
    image = scores.template_image(W, c, (1, 2, 3))
    column = W[:6, c]
    assert image.shape == (1, 2, 3)
    if np.ptp(column):
        assert (image.min(), image.max()) == (0, pytest.approx(255))
        np.testing.assert_allclose(image.ravel() * np.ptp(column) / 255 + column.min(), column, atol=1e-9)
    else:
        assert (image == 127.5).all()


def test_a_template_needs_a_column_and_pixels():
    with pytest.raises(ValueError, match=r"c must lie in 0\.\.1, got 2"):
        scores.template_image(np.ones((3, 2)), 2, (3,))
    with pytest.raises(ValueError, match=r"W must have 4 or 5 rows for images \(2, 2\), got 3"):
        scores.template_image(np.ones((3, 2)), 0, (2, 2))
