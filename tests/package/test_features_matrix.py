"""The feature matrix keeps the order and the lengths; standardization looks at training rows alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.preprocessing import StandardScaler

from lintutor import features
from lintutor.features import color_histogram_hsv, hog_feature

ROWS = hnp.arrays(
    float, st.tuples(st.integers(1, 6), st.just(3)), elements=st.integers(-40, 40).map(lambda k: k / 4)
)


def test_the_features_of_an_image_stand_in_its_row_in_the_order_of_the_functions():
    images = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)
    matrix = features.extract_features(images, [hog_feature, color_histogram_hsv, np.mean])
    assert matrix.shape == (3, 36 + 10 + 1)
    for row, im in zip(matrix, images, strict=True):
        np.testing.assert_array_equal(row, [*hog_feature(im), *color_histogram_hsv(im), im.mean()])
    np.testing.assert_array_equal(features.extract_features(list(images), iter([np.mean])), matrix[:, -1:])


def test_single_precision_stays_only_where_all_features_have_it():
    images = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype(np.float32)
    assert features.extract_features(images, [hog_feature, color_histogram_hsv]).dtype == np.float32
    assert features.extract_features(images, [hog_feature, lambda im: [1]]).dtype == np.float64


def test_a_function_that_writes_into_its_image_changes_nothing_for_others():
    def darken(im):
        im[:] = 0
        return im.ravel()

    images = np.ones((2, 2, 2))
    matrix = features.extract_features(images, [darken, np.ravel])
    np.testing.assert_array_equal(matrix, [[0, 0, 0, 0, 1, 1, 1, 1]] * 2)
    np.testing.assert_array_equal(images, np.ones((2, 2, 2)))


@pytest.mark.parametrize(
    ("imgs", "functions", "message"),
    [
        ([], [np.mean], "imgs holds no images"),
        (5.0, [np.mean], "imgs must be a sequence of images, got float"),
        (np.ma.masked_equal([[[1.0, 2.0]]], 2), [np.mean], "imgs has masked entries"),
        ([[[1.0]]], [], "feature_fns holds no functions"),
        ([[[1.0]]], [np.mean, lambda im: im], r"feature_fns\[1\] must return one axis, got shape \(1, 1\)"),
        ([[[1.0]]], [lambda im: [np.nan]], r"feature_fns\[0\]\(imgs\[0\]\) must be finite"),
        ([[[1.0]]], [lambda im: ["a"]], r"feature_fns\[0\]\(imgs\[0\]\) must hold real numbers"),
        ([[[1.0]]], [lambda im: None], r"feature_fns\[0\]\(imgs\[0\]\) must hold real numbers, not NoneType"),
        ([[[1.0]], [[1.0, 2.0]]], [np.ravel], r"returned 1 features for imgs\[0\], 2 for imgs\[1\]"),
    ],
)  # fmt: skip
def test_functions_that_make_no_matrix_are_refused_by_their_number(imgs, functions, message):
    with pytest.raises((ValueError, TypeError), match=message):
        features.extract_features(imgs, functions)


@given(ROWS, ROWS)
def test_equal_to_scikit_learn_fit_on_the_training_rows(train, other):
    scaler = StandardScaler().fit(train)
    ours, theirs = features.standardize(train, other)
    np.testing.assert_allclose(ours, scaler.transform(train), atol=1e-12)
    np.testing.assert_allclose(theirs, scaler.transform(other), rtol=1e-12, atol=1e-12)


@given(ROWS, st.integers(-5, 5), st.integers(1, 5))
def test_shifting_and_scaling_a_column_before_changes_nothing_after(train, shift, factor):
    (before,), (after,) = features.standardize(train), features.standardize(factor * train + shift)
    np.testing.assert_allclose(after, before, atol=1e-12)


@given(ROWS)
def test_columns_come_out_with_mean_zero_and_deviation_one_or_zero(train):
    (scaled,) = features.standardize(train)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    constant = np.ptp(train, axis=0) == 0
    np.testing.assert_allclose(scaled.std(axis=0), np.where(constant, 0, 1), atol=1e-12)


@given(ROWS, ROWS)
def test_other_splits_change_nothing_in_the_first(train, other):
    np.testing.assert_array_equal(features.standardize(train, other)[0], features.standardize(train)[0])


def test_a_constant_that_no_float_holds_exactly_becomes_zero_and_not_noise():
    train, other = features.standardize(np.full((7, 1), 0.1), [[0.3]])
    np.testing.assert_array_equal(train, np.zeros((7, 1)))
    np.testing.assert_allclose(other, [[0.2]])


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_columns_of_any_size_are_scaled_without_overflow(scale):
    train = np.array([[1.0], [2.0], [6.0]])
    np.testing.assert_allclose(features.standardize(train * scale)[0], features.standardize(train)[0])


def test_each_split_keeps_its_precision_and_its_memory():
    train, other = np.array([[1, 2], [3, 5]]), np.array([[4, 4]], dtype=np.float32)
    for array in (train, other):
        array.setflags(write=False)
    scaled, scaled_other = features.standardize(train, other)
    assert (scaled.dtype, scaled_other.dtype) == (np.float64, np.float32)
    one = np.array([[1.0], [2.0]])
    assert not np.shares_memory(features.standardize(one)[0], one)


@pytest.mark.parametrize(
    ("splits", "message"),
    [
        (([[1.0]], [[1.0, 2.0]]), "split 1 has 2 columns, X_train has 1"),
        ((np.zeros((0, 2)),), "X_train has no rows"),
        (([1.0, 2.0],), r"X_train must have two axes, got shape \(2,\)"),
        (([[np.inf]],), "X_train must be finite"),
        (([[1.0]], [["a"]]), "split 1 must hold real numbers"),
        (([[1.6e308], [-1.6e308]],), "the range of a column of X_train must be finite"),
        (([[1.0], [1.0 + 1e-15]], [[1e300]]), "split 1, standardized, must be finite"),
    ],
)  # fmt: skip
def test_splits_that_cannot_be_scaled_are_refused_with_their_name(splits, message):
    with pytest.raises((ValueError, TypeError), match=message):
        features.standardize(*splits)
